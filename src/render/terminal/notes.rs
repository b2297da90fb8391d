//! What opens a screen when something had to be left out.

use super::Paint;
use super::text::harmless;
use std::fmt::Write;

const SHOWN: usize = 5;

/// Names the records that could not be read.
pub fn left_out(names: &[String], paint: Paint) -> String {
    if names.is_empty() {
        return String::new();
    }
    let mut text = format!(
        "{}: left out, because they cannot be read (see ismsctl check):\n",
        paint.bad("incomplete")
    );
    for name in names.iter().take(SHOWN) {
        let _ = writeln!(text, "  {}", harmless(name));
    }
    if names.len() > SHOWN {
        let _ = writeln!(text, "  and {} more", names.len() - SHOWN);
    }
    text.push('\n');
    text
}
