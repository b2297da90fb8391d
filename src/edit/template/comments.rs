//! Which comments of an example tell about its history, and mean nothing in a workspace that has none.

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// The text without the comments that name a month, a year or a record of the past. Blocks of comment lines go as a whole.
pub fn without_history(text: &str) -> String {
    let mut made = String::with_capacity(text.len());
    let mut block: Vec<&str> = Vec::new();
    for line in text.lines() {
        if line.trim_start().starts_with('#') {
            block.push(line);
            continue;
        }
        write_block(&mut made, &block);
        block.clear();
        let line = match line.rfind(" #") {
            Some(at) if !within_quotes(&line[..at]) && tells_history(&line[at..]) => {
                line[..at].trim_end()
            }
            _ => line,
        };
        let is_second_blank = line.trim().is_empty() && (made.is_empty() || made.ends_with("\n\n"));
        if !is_second_blank {
            push(&mut made, line);
        }
    }
    write_block(&mut made, &block);
    made
}

fn write_block(made: &mut String, block: &[&str]) {
    if !block.iter().any(|line| tells_history(line)) {
        block.iter().for_each(|line| push(made, line));
    }
}

fn push(made: &mut String, line: &str) {
    made.push_str(line);
    made.push('\n');
}

fn within_quotes(before: &str) -> bool {
    before.matches('"').count() % 2 == 1
}

/// Whether a comment names a month, a year (not that of a standard, `27001:2022`), a numbered record, or what is late.
fn tells_history(comment: &str) -> bool {
    let mut before = ' ';
    let mut rest = comment;
    while let Some(start) = rest.find(|c: char| c.is_ascii_alphanumeric()) {
        if let Some(last) = rest[..start].chars().last() {
            before = last;
        }
        let word = &rest[start..];
        let end = word
            .find(|c: char| !(c.is_ascii_alphanumeric() || c == '-'))
            .unwrap_or(word.len());
        let (word, after) = word.split_at(end);
        if (before != ':' && names_year(word)) || names_record(word) || MONTHS.contains(&word) {
            return true;
        }
        before = ' ';
        rest = after;
    }
    ["on purpose", "overdue"]
        .iter()
        .any(|words| comment.contains(words))
}

fn names_year(word: &str) -> bool {
    let mut parts = word.split('-');
    parts.any(|part| {
        part.len() == 4 && part.starts_with("20") && part.bytes().all(|b| b.is_ascii_digit())
    })
}

fn names_record(word: &str) -> bool {
    let Some((prefix, number)) = word.split_once('-') else {
        return false;
    };
    let is = |text: &str, fits: fn(&u8) -> bool| !text.is_empty() && text.bytes().all(|b| fits(&b));
    is(prefix, u8::is_ascii_uppercase) && is(number, u8::is_ascii_digit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_on_the_past_go() {
        let text = "\
# Kept: counts by ISO/IEC 27001:2022, 8 h a day (A.5.15), KPI-NC-90D.
a: 1 # kept, too
# Two lines that go together,
# because ACT-018 is open.
b: 2 # since 2025
b: 3 # since May
# The quarter 2026-Q1.

c: \"# 2025\" # late on purpose
";
        let kept = "\
# Kept: counts by ISO/IEC 27001:2022, 8 h a day (A.5.15), KPI-NC-90D.
a: 1 # kept, too
b: 2
b: 3

c: \"# 2025\"
";
        assert_eq!(without_history(text), kept);
    }
}
