//! The commit behind a diagnostic or a change, as git tells it: author and date are claims of whoever committed.

use chrono::NaiveDate;

/// A commit, for reference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommitRef {
    /// Its whole id.
    pub id: String,
    /// Name of its author, by .mailmap where there is one.
    pub author: String,
    /// Day on which it was committed, in the workspace's time zone.
    pub date: NaiveDate,
    /// First line of its message.
    pub subject: String,
}

impl CommitRef {
    /// So much of the id as people read.
    pub fn short(&self) -> &str {
        short_id(&self.id)
    }
}

/// So much of a commit's id as people read.
pub fn short_id(id: &str) -> &str {
    id.get(..7).unwrap_or(id)
}

#[cfg(test)]
mod tests {
    use super::short_id;

    #[test]
    fn ids_are_cut_to_seven_characters_where_they_have_as_many() {
        assert_eq!(short_id("a81e0c2f00"), "a81e0c2");
        assert_eq!(short_id("a81"), "a81");
        assert_eq!(short_id("éééééé"), "éééééé");
    }
}
