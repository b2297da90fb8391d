//! `pack --verify DIR`

use super::Paint;
use super::text::harmless;
use crate::report::basis::long;
use crate::report::pack::verification::{Against, Difference, Outcome, Verification};
use std::fmt::Write;
use std::path::Path;

/// Most records named for a file.
const SHOWN: usize = 5;

/// The result for people; `folder` is it as it was named.
pub fn render(found: &Verification, folder: &Path, paint: Paint) -> String {
    let folder = folder.display().to_string();
    let folder = harmless(&folder);
    let made_from = match &found.against {
        Against::Revision(revision) => {
            let short: String = revision.chars().take(7).collect();
            format!("what the records at {short} give")
        }
        Against::WorkTree => "what the records on disk give".to_owned(),
        Against::Nothing => "what it says it was made from".to_owned(),
    };
    let as_of = found.as_of.map(long);
    let as_of = as_of.map_or_else(String::new, |day| format!(" as of {day}"));
    let mut text = match found.outcome() {
        Outcome::Identical => format!(
            "{} the {} files in {folder} are {made_from}{as_of}\n",
            paint.good("ok"),
            found.files
        ),
        Outcome::Differs => format!(
            "{}: {folder} is not {made_from}{as_of}\n",
            paint.bad("differs")
        ),
        Outcome::Unverified => format!(
            "{}: nobody can tell here whether {folder} is {made_from}{as_of}\n",
            paint.bad("not verified")
        ),
    };
    for difference in &found.differences {
        let _ = writeln!(text, "  {}", line(difference));
    }
    for note in &found.notes {
        let _ = writeln!(text, "  {}", paint.faint(harmless(note)));
    }
    text
}

fn line(difference: &Difference) -> String {
    let message = harmless(&difference.message);
    let Some(path) = &difference.path else {
        return message.into_owned();
    };
    let path = harmless(path);
    let shown: Vec<&str> = difference.records.iter().map(|id| &**id).collect();
    let more = match shown.len().checked_sub(SHOWN) {
        Some(more) if more > 0 => format!(" and {more} more"),
        _ => String::new(),
    };
    let names = shown.into_iter().take(SHOWN).collect::<Vec<_>>().join(", ");
    match names.is_empty() {
        true => format!("{path} {message}"),
        false => format!("{path} {message}: {}{more}", harmless(&names)),
    }
}
