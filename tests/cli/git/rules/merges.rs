//! Merges: judged only on what neither side did.

use super::{told, with};
use crate::git::repository::{History, SECURITY, TECHNOLOGY};
use git2::Oid;

const PATH: &str = "risks/r.yaml";
const RISK: &str = "id: RISK-1\ntitle: Risk\nowner: cto\ncategory: access\nidentified: 2026-01-01\nstatus: open\n\
                    assessments:\n  - {date: 2026-01-01, by: ciso, likelihood: 4, impact: 4}\n\
                    acceptance:\n  by: [{who: ciso, on: 2026-02-02}]\n  until: 2026-06-30\n  score: 16\n  rationale: Soon\n";
const RESULT: &str = "id: RES-1\nkpi: KPI-1\nperiod: 2026-03\ndate: 2026-04-02\nvalue: 93\n";

/// Two lines of history from a first commit: what each makes of the files, and the merge.
struct Fork {
    history: History,
    base: Oid,
}

impl Fork {
    fn of(files: &[(&str, &str)]) -> Self {
        let history = History::of(files);
        let base = history
            .repository
            .head()
            .unwrap()
            .peel_to_commit()
            .unwrap()
            .id();
        Self { history, base }
    }

    fn side(&self, name: &str, edit: impl FnOnce(&History)) -> Oid {
        self.history.check_out(&self.base.to_string());
        edit(&self.history);
        self.history
            .commit_on(&[self.base], TECHNOLOGY, "2026-06-01", name)
    }

    fn merge(&self, parents: &[Oid], edit: impl FnOnce(&History)) -> &Self {
        edit(&self.history);
        self.history
            .commit_on(parents, SECURITY, "2026-06-02", "Merge");
        self
    }

    fn told(&self, rule: &str) -> Vec<String> {
        told(&self.history, &self.base.to_string(), rule)
    }
}

const RULES: [&str; 7] = [
    "acceptance-widened",
    "due-date-moved",
    "illegal-transition",
    "log-rewritten",
    "result-rewritten",
    "review-rewritten",
    "target-weakened",
];

fn assessed(text: &str, date: &str) -> String {
    with(
        text,
        "impact: 4}\n",
        &format!("impact: 4}}\n  - {{date: {date}, by: ciso, likelihood: 3, impact: 4}}\n"),
    )
}

#[test]
fn a_merge_of_two_lawful_lines_is_lawful() {
    let fork = Fork::of(&[(PATH, RISK)]);
    let signed = |text: &str| {
        let signed = with(
            text,
            "{who: ciso, on: 2026-02-02}",
            "{who: ciso, on: 2026-06-01}",
        );
        with(&signed, "until: 2026-06-30", "until: 2026-12-31")
    };
    let (may, june) = (assessed(RISK, "2026-05-20"), assessed(RISK, "2026-05-28"));
    let one = fork.side("Assess", |history| {
        history.write(PATH, &may);
    });
    let other = fork.side("Accept", |history| {
        history.write(PATH, &signed(&june));
    });
    let entry = june
        .lines()
        .find(|line| line.contains("2026-05-28"))
        .unwrap();
    let both = with(&may, "acceptance:", &format!("{entry}\nacceptance:"));
    fork.merge(&[one, other], |history| {
        history.write(PATH, &signed(&both));
    });
    for rule in RULES {
        assert_eq!(fork.told(rule), [""; 0], "{rule}");
    }
}

#[test]
fn of_two_extensions_either_date_may_win() {
    let action = "id: ACT-1\ntitle: Action\nowner: cto\ntype: improvement\nsource: RISK-1\nopened: 2026-01-02\n\
                  due: 2026-05-29\nstatus: open\n";
    let extended = |due: &str, to: &[&str]| {
        let entry = |to: &&str| {
            format!("  - {{from: 2026-05-29, to: {to}, by: ciso, on: 2026-05-20, reason: Late}}\n")
        };
        let list: String = to.iter().map(entry).collect();
        format!(
            "{}extensions:\n{list}",
            with(action, "due: 2026-05-29", &format!("due: {due}"))
        )
    };
    let path = "actions/a.yaml";
    for due in ["2026-06-30", "2026-07-31"] {
        let fork = Fork::of(&[(path, action)]);
        let one = fork.side("June", |history| {
            history.write(path, &extended("2026-06-30", &["2026-06-30"]));
        });
        let other = fork.side("July", |history| {
            history.write(path, &extended("2026-07-31", &["2026-07-31"]));
        });
        fork.merge(&[one, other], |history| {
            history.write(path, &extended(due, &["2026-06-30", "2026-07-31"]));
        });
        assert_eq!(fork.told("due-date-moved"), [""; 0], "{due}");
        assert_eq!(fork.told("log-rewritten"), [""; 0], "{due}");
    }
}

#[test]
fn what_neither_side_did_is_the_merges_own() {
    let fork = Fork::of(&[(PATH, RISK), ("results/r.yaml", RESULT)]);
    let one = fork.side("Title", |history| {
        history.replace(PATH, "title: Risk", "title: A risk");
    });
    let other = fork.side("Owner", |history| {
        history.replace(PATH, "owner: cto", "owner: ciso");
    });
    fork.merge(&[one, other], |history| {
        history.replace(PATH, "title: Risk", "title: A risk");
        history.replace(PATH, "score: 16", "score: 20");
        history.replace(PATH, "likelihood: 4", "likelihood: 5");
        history.replace("results/r.yaml", "value: 93", "value: 97");
    });
    assert_eq!(
        fork.told("acceptance-widened"),
        ["Merge: the acceptance was of score 16 and is now of 20, with the signatures it had"]
    );
    assert_eq!(fork.told("log-rewritten").len(), 1);
    assert_eq!(
        fork.told("result-rewritten"),
        ["Merge: the value of this result was 93 and is now 97"]
    );
}

#[test]
fn what_one_side_did_is_told_once() {
    let fork = Fork::of(&[(PATH, RISK), ("results/r.yaml", RESULT)]);
    let one = fork.side("Rewrite", |history| {
        history.replace("results/r.yaml", "value: 93", "value: 97");
    });
    let other = fork.side("Title", |history| {
        history.replace(PATH, "title: Risk", "title: A risk");
    });
    fork.merge(&[one, other], |history| {
        history.replace("results/r.yaml", "value: 93", "value: 97");
    });
    assert_eq!(
        fork.told("result-rewritten"),
        ["Rewrite: the value of this result was 93 and is now 97"]
    );
}

#[test]
fn a_move_on_one_side_hides_nothing() {
    let fork = Fork::of(&[("results/r.yaml", RESULT)]);
    let moved = |history: &History, text: &str| {
        history
            .remove("results/r.yaml")
            .write("results/2026/march.yaml", text);
    };
    let noted = format!("{RESULT}notes: As exported\n");
    let one = fork.side("Move", |history| moved(history, RESULT));
    let other = fork.side("Note", |history| {
        history.write("results/r.yaml", &noted);
    });
    fork.merge(&[one, other], |history| moved(history, &noted));
    assert_eq!(fork.told("result-rewritten"), [""; 0]);
    fork.history.check_out(&other.to_string());
    fork.merge(&[one, other], |history| {
        moved(history, &with(&noted, "value: 93", "value: 97"))
    });
    assert_eq!(
        fork.told("result-rewritten"),
        ["Merge: the value of this result was 93 and is now 97"]
    );
}

#[test]
fn a_record_that_one_side_added_stays_as_it_was_added() {
    let fork = Fork::of(&[(PATH, RISK)]);
    let one = fork.side("Measure", |history| {
        history.write("results/r.yaml", RESULT);
    });
    let other = fork.side("Title", |history| {
        history.replace(PATH, "title: Risk", "title: A risk");
    });
    fork.merge(&[one, other], |history| {
        history.write("results/r.yaml", &with(RESULT, "value: 93", "value: 97"));
    });
    assert_eq!(
        fork.told("result-rewritten"),
        ["Merge: the value of this result was 93 and is now 97"]
    );
}

#[test]
fn an_unnamed_result_is_known_again_in_a_merge() {
    let unnamed = with(RESULT, "id: RES-1\n", "");
    let fork = Fork::of(&[(PATH, RISK), ("results/r.yaml", &unnamed)]);
    let one = fork.side("Title", |history| {
        history.replace(PATH, "title: Risk", "title: A risk");
    });
    let other = fork.side("Owner", |history| {
        history.replace(PATH, "owner: cto", "owner: ciso");
    });
    fork.merge(&[one, other], |history| {
        history.replace("results/r.yaml", "date: 2026-04-02", "date: 2026-03-31");
    });
    assert_eq!(
        fork.told("result-rewritten"),
        ["Merge: the date of this result was 2026-04-02 and is now 2026-03-31"]
    );
}
