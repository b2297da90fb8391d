//! `review`: the plan of the next one, what minutes lack, the pack that is recorded, the sign-off.

mod close;
mod prepare;

use crate::git::repository::{CONFIG, History, SECURITY};

/// Types of review, beside the people of [`CONFIG`].
const TYPES: &str = r#"
[reviews.quarterly]
title = "Quarterly review"
cadence = "quarterly"
grace = "15d"
attendees = ["cto", "ciso"]
optional = ["auditor"]
inputs = ["a", "b"]
[reviews.post-incident]
title = "Post-incident review"
trigger = { over = "incidents", from = "resolved", within = "10d" }
owner = "ciso"
[reviews.special]
title = "Special review"
"#;

/// The roles that attend, for the smallest isms.toml.
const ROLES: &str = "cto = \"Technology\"\nauditor = \"Audit\"\n";

/// A review with a comment wherever there may be one, among others.
const MINUTES: &str = "\
# Both quarters.
- {id: REV-2025-Q4, title: Fourth quarter, owner: ciso, type: quarterly, planned: 2026-01-08, held: 2026-01-08,
   period: {from: 2025-10-01, to: 2025-12-31}, attendees: [cto, ciso]}
# The first of the year.
- id: REV-2026-Q1  # an id
  title: First quarter
  owner: ciso
  type: quarterly
  planned: 2026-04-10
  period: {from: 2026-01-01, to: 2026-03-31}
  chair: cto
  attendees: [cto, ciso]
  inputs:
    b: {state: No change.}  # said by all
  decisions:
    - {text: Ask every team., kind: improvement, action: ACT-1}
# The end.
";

const ACTION: &str = "\
id: ACT-1
title: Ask every team for its list
owner: ciso
type: review
source: REV-2026-Q1
opened: 2026-04-10
due: 2026-05-29
success_criteria: Every list is there.
status: open
";

const INCIDENT: &str = "\
id: INC-1
title: Keys were lost
owner: ciso
severity: sev2
detected: 2026-03-02T08:00:00Z
resolved: 2026-03-04T17:00:00Z
";

/// A repository with the types and some files, committed on 2 March 2026.
fn history(files: &[(&str, &str)]) -> History {
    let history = History::new();
    history.write("isms.toml", &format!("{CONFIG}{TYPES}"));
    for (path, text) in files {
        history.write(path, text);
    }
    history.commit(SECURITY, "2026-03-02", "Begin");
    history
}

fn read(history: &History, path: &str) -> String {
    std::fs::read_to_string(history.folder.path().join(path)).unwrap()
}
