//! What isms.toml cannot mean.

use super::support::{PEOPLE, found};
use ismsctl::rules::Scope;

/// Line, message and help of every `config` error.
fn faults(config: &str) -> Vec<String> {
    let config = format!("{PEOPLE}{config}");
    let all = found(&config, &[], "2026-06-30", Scope::Valid);
    all.iter()
        .map(|found| {
            assert_eq!(
                (found.rule.id, found.location.path()),
                ("config", "isms.toml")
            );
            let text = found.location.text().lines().next().unwrap_or_default();
            format!(
                "{text}: {} ({})",
                found.message,
                found.help.as_deref().unwrap_or_default()
            )
        })
        .collect()
}

#[test]
fn names_that_nothing_has() {
    let config = "
[ids]
risks = \"RISK-\"
[layout]
incident = \"events\"
kpi = \"events\"
[rules]
unused-controls = \"off\"
config = \"note\"
[registers.incidents]
key = \"id\"
[incident.lessons_within]
sev9 = \"14d\"
[finding.close_within]
huge = \"1y\"
[pack]
vendors = \"vendor\"
";
    assert_eq!(
        faults(config),
        [
            "risks: there is no kind of record `risks` (did you mean `risk`?)",
            "\"events\": `events/` is the folder of `incident` already (give every kind a folder of its own)",
            "unused-controls: there is no rule `unused-controls` (did you mean `unused-control`?)",
            "config: the rule `config` cannot be set to another level (remove the line)",
            "incidents: the register `incidents` has the name of a kind of record (give it another name; `over:` could not tell the two apart)",
            "sev9: `sev9` is none of `severities` (did you mean `sev1` or `sev2`?)",
            "huge: `huge` is no type of finding (known: major, minor, observation, opportunity)",
            "\"vendor\": there is no register `vendor` (known: incidents)",
        ]
    );
}

#[test]
fn people_that_nobody_knows() {
    let config = "
owner = \"Somebody\"
[people.a]
name = \"A\"
roles = [\"ceo\", \"cto\", { role = \"cfo\", from = 2026-01-01 }]
[areas.x]
title = \"X\"
owner = \"coe\"
[[risk.bands]]
name = \"all\"
max = 25
accept = { any_of = [\"owner\", \"ceo\", \"board\"] }
[reviews.annual]
title = \"Annual\"
attendees = [\"ceo\", \"cso\"]
[audits.internal]
title = \"Internal\"
by = [\"auditor\"]
approved = { by = \"cea\", on = 2026-01-05 }
[reports.metrics]
cadence = \"monthly\"
owner = \"security-oficer\"
";
    let found = faults(config);
    let at: Vec<&str> = found
        .iter()
        .map(|line| line.split(':').next().unwrap())
        .collect();
    assert_eq!(
        at,
        [
            "owner",
            "\"cto\"",
            "\"cfo\"",
            "\"coe\"",
            "\"board\"",
            "\"cso\"",
            "\"auditor\"",
            "\"cea\"",
            "\"security-oficer\""
        ]
    );
    assert!(
        found[3].contains("no person or role has the id `coe` (did you mean `ceo`"),
        "{}",
        found[3]
    );
}

#[test]
fn a_risk_method_without_a_band_for_every_score() {
    let bands = "
[[risk.bands]]
name = \"low\"
max = 12
[[risk.bands]]
name = \"low\"
max = 5
[[risk.bands]]
name = \"high\"
max = 20
";
    assert_eq!(
        faults(bands),
        [
            "\"low\": two bands are called `low` (give every band a name of its own)",
            "5: the band `low` ends at 5, not above the one before it, which ends at 12 (write the bands in ascending order)",
            "20: no band reaches the highest score, 25 (write `max = 25`, or add a band above `high`)",
        ]
    );
    let matrix = "
[risk]
likelihood = [\"low\", \"high\"]
impact = [\"low\", \"high\"]
score = \"product\"
matrix = [[1, 2], [2, 3, 4], [5, 6]]
";
    assert_eq!(
        faults(matrix),
        [
            "score: a matrix already says how to score (keep one of `score` and `matrix`)",
            "[[1, 2], [2, 3, 4], [5, 6]]: the matrix has 3 rows for 2 likelihoods (write one row for each likelihood, the lowest first)",
            "[2, 3, 4]: this row has 3 scores for 2 impacts (write one score for each impact, the lowest first)",
        ]
    );
}

#[test]
fn questions_to_records_are_compiled() {
    let config = "
[reviews.post-incident]
title = \"Post-incident review\"
trigger = { over = \"incidents\", where = 'r.severity in [\"sev1\", \"sev7\"]', from = \"resolve\", within = \"10d\" }
[[retention]]
over = \"result\"
from = \"date\"
keep = \"1y\"
[[retention]]
over = \"audits\"
where = \"r.typ == 'x'\"
from = \"scope\"
keep = \"1y\"
";
    let found = faults(config);
    let at: Vec<&str> = found
        .iter()
        .map(|line| line.split(':').next().unwrap())
        .collect();
    assert_eq!(
        at,
        ["\"sev7\"", "\"resolve\"", "\"result\"", "typ", "\"scope\""],
        "{found:#?}"
    );
}

#[test]
fn an_acceptance_rule_that_cannot_decide() {
    let bands = "
[risk]
appetite = 26
[[risk.bands]]
name = \"none\"
max = 0
accept = { any_of = [\"ceo\"], all_of = [\"ceo\"] }
[[risk.bands]]
name = \"low\"
max = 5
accept = { automatic = true, mitigation = true, at_most = \"1y\" }
[[risk.bands]]
name = \"medium\"
max = 12
accept = { mitigation = true }
[[risk.bands]]
name = \"high\"
max = 25
accept = { all_of = [\"ceo\", \"owner\", \"ceo\"] }
";
    assert_eq!(
        faults(bands),
        [
            "26: the appetite of 26 is not on the scale of scores (scores run from 1 to 25)",
            "0: no score falls in the band `none`; the lowest is 1 (write 1 or more, or remove the band)",
            "all_of: `all_of` beside `any_of`: only one of them can decide (keep one of the two)",
            "mitigation: `mitigation` has no effect where risks are accepted automatically (remove it, or `automatic`)",
            "at_most: `at_most` has no effect where risks are accepted automatically (remove it, or `automatic`)",
            "accept: nobody is named who may accept a `medium` risk (write `any_of`, `all_of` or `automatic = true`, or `accept = \"never\"`)",
            "\"ceo\": `ceo` is listed twice (remove one)",
        ]
    );
    let sums = "
[risk]
score = \"sum\"
appetite = 1
[[risk.bands]]
name = \"all\"
max = 10
";
    assert_eq!(
        faults(sums),
        ["1: the appetite of 1 is not on the scale of scores (scores run from 2 to 10)"]
    );
}

#[test]
fn signatures_by_nobody_and_keys_from_outside() {
    assert_eq!(
        faults("[git]\nsignatures = \"required\"\n"),
        [
            "\"required\": signatures are required, and no key may sign (name the file of keys, for example `allowed_signers = \"allowed_signers\"`)"
        ]
    );
    for path in ["../keys", "/etc/keys", ""] {
        let config = format!("[git]\nallowed_signers = \"{path}\"\n");
        assert_eq!(
            faults(&config),
            [format!(
                "\"{path}\": `{path}` is no path within the workspace (keep the file of keys below the folder of isms.toml, so that its changes are seen)"
            )]
        );
    }
    let sound = "[git]\nsignatures = \"required\"\nallowed_signers = \"./keys/allowed_signers\"\n";
    assert!(faults(sound).is_empty());
}
