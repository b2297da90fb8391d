//! Clauses 4 to 10 of ISO/IEC 27001:2022 by number, and what the audit of one covers.

/// The sub-clauses that ask for something, in order.
pub const CLAUSES: [&str; 30] = [
    "4.1", "4.2", "4.3", "4.4", "5.1", "5.2", "5.3", "6.1.1", "6.1.2", "6.1.3", "6.2", "6.3",
    "7.1", "7.2", "7.3", "7.4", "7.5.1", "7.5.2", "7.5.3", "8.1", "8.2", "8.3", "9.1", "9.2.1",
    "9.2.2", "9.3.1", "9.3.2", "9.3.3", "10.1", "10.2",
];

/// What an audit names as a clause.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Named<'a> {
    /// A clause with everything below it: `9` covers 9.1 to 9.3.3, and `9.2` covers 9.2.1 and 9.2.2.
    Whole(&'a str),
    /// Clauses from one number to another: `4-10`.
    Range(u8, u8),
    /// A part of a sub-clause (`9.3.2 c`): the sub-clause is not covered by it alone.
    Part,
    /// Nothing of clauses 4 to 10.
    Unknown,
}

impl<'a> Named<'a> {
    /// Reads a clause as an audit names it: `9.1`, `Clause 9`, `4-10`, `9.3.2 c`.
    pub fn read(written: &'a str) -> Self {
        let plain = written.trim();
        let plain = ["clauses ", "clause ", "Clauses ", "Clause "]
            .iter()
            .find_map(|word| plain.strip_prefix(word))
            .unwrap_or(plain)
            .trim();
        if let Some((from, to)) = plain.split_once(['-', '–']) {
            return match (chapter(from), chapter(to)) {
                (Some(from), Some(to)) if from <= to => Named::Range(from, to),
                _ => Named::Unknown,
            };
        }
        let end = plain.find(|letter: char| !letter.is_ascii_digit() && letter != '.');
        let (number, rest) = plain.split_at(end.unwrap_or(plain.len()));
        let number = number.trim_end_matches('.');
        let is_known = CLAUSES.iter().any(|clause| is_below(clause, number));
        match (is_known, rest.trim().is_empty()) {
            (false, _) => Named::Unknown,
            (true, true) => Named::Whole(number),
            (true, false) => Named::Part,
        }
    }

    /// Whether the audit of it covers a sub-clause of [`CLAUSES`].
    pub fn covers(self, clause: &str) -> bool {
        match self {
            Named::Whole(number) => is_below(clause, number),
            Named::Range(from, to) => chapter(clause.split('.').next().unwrap_or_default())
                .is_some_and(|at| (from..=to).contains(&at)),
            Named::Part | Named::Unknown => false,
        }
    }
}

/// Whether a clause is another or stands below it.
fn is_below(clause: &str, above: &str) -> bool {
    clause
        .strip_prefix(above)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

fn chapter(text: &str) -> Option<u8> {
    text.trim()
        .parse()
        .ok()
        .filter(|number| (4..=10).contains(number))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn covered(written: &str) -> Vec<&'static str> {
        let named = Named::read(written);
        CLAUSES
            .into_iter()
            .filter(|clause| named.covers(clause))
            .collect()
    }

    #[test]
    fn a_clause_covers_what_stands_below_it_and_nothing_beside() {
        assert_eq!(covered("9.2"), ["9.2.1", "9.2.2"]);
        assert_eq!(
            covered("Clause 9"),
            ["9.1", "9.2.1", "9.2.2", "9.3.1", "9.3.2", "9.3.3"]
        );
        assert_eq!(covered("9.1"), ["9.1"]);
        assert_eq!(covered("10"), ["10.1", "10.2"]);
        assert_eq!(covered("6.1"), ["6.1.1", "6.1.2", "6.1.3"]);
        assert_eq!(covered("4-10").len(), CLAUSES.len());
        assert_eq!(covered("clauses 9–10").len(), 8);
    }

    #[test]
    fn a_part_or_something_else_covers_nothing() {
        for (written, wanted) in [
            ("9.3.2 c", Named::Part),
            ("9.1 a)", Named::Part),
            ("9.4", Named::Unknown),
            ("1", Named::Unknown),
            ("9.2.3", Named::Unknown),
            ("A.5.15", Named::Unknown),
            ("GDPR 33", Named::Unknown),
            ("10-4", Named::Unknown),
            ("", Named::Unknown),
        ] {
            assert_eq!(Named::read(written), wanted, "{written}");
            assert!(covered(written).is_empty(), "{written}");
        }
    }
}
