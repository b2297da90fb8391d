//! What opens a screen when something had to be left out or is not to be trusted.

use super::Paint;
use super::text::harmless;
use crate::report::Incomplete;
use std::fmt::Write;

/// Most names listed before the list is cut.
const SHOWN: usize = 5;

/// Names the records that could not be read, and says that there are errors.
pub fn incomplete(incomplete: &Incomplete, paint: Paint) -> String {
    let Incomplete { left_out, errors } = incomplete;
    if *errors == 0 && left_out.is_empty() {
        return String::new();
    }
    let plural = if *errors == 1 { "" } else { "s" };
    let head = paint.bad(format!("{errors} error{plural} in the records"));
    let mut text = format!("{head}; see ismsctl check. ");
    if left_out.is_empty() {
        text.push_str("Figures may be missing.\n");
    } else {
        text.push_str("Left out, because they cannot be read:\n");
    }
    for name in left_out.iter().take(SHOWN) {
        let _ = writeln!(text, "  {}", harmless(name));
    }
    if left_out.len() > SHOWN {
        let _ = writeln!(text, "  and {} more", left_out.len() - SHOWN);
    }
    text.push('\n');
    text
}
