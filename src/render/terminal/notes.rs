//! What opens a screen when something had to be left out or is not to be trusted.

use super::Paint;
use super::text::harmless;
use crate::report::Incomplete;
use std::fmt::Write;

/// Most names listed before the list is cut.
const SHOWN: usize = 5;

/// Names the records that could not be read and what may be due, and says that there are errors.
pub fn incomplete(incomplete: &Incomplete, paint: Paint) -> String {
    let Incomplete {
        left_out,
        errors,
        unclear,
    } = incomplete;
    let mut text = String::new();
    if *errors > 0 || !left_out.is_empty() {
        let plural = if *errors == 1 { "" } else { "s" };
        let head = paint.bad(format!("{errors} error{plural} in the records"));
        let _ = write!(text, "{head}; see ismsctl check. ");
        text.push_str(match left_out.is_empty() {
            true => "Figures may be missing.\n",
            false => "Left out, because they cannot be read:\n",
        });
        list(left_out, &mut text);
        text.push('\n');
    }
    if !unclear.is_empty() {
        let head = paint.bad("What may be due, and nobody can tell");
        let _ = writeln!(text, "{head} (see ismsctl check --timely):");
        list(unclear, &mut text);
        text.push('\n');
    }
    text
}

fn list(names: &[String], text: &mut String) {
    for name in names.iter().take(SHOWN) {
        let _ = writeln!(text, "  {}", harmless(name));
    }
    if names.len() > SHOWN {
        let _ = writeln!(text, "  and {} more", names.len() - SHOWN);
    }
}
