//! Figures that were restated since the last signed pack, on histories in which something was.

mod figures;
mod missing;
mod places;
mod records;

use super::repository::{CONFIG, History, SECURITY};
use git2::Oid;

const REVIEWS: &str = "\n[reviews.annual]\ntitle = \"Annual review\"\ncadence = \"annual\"\nattendees = [\"cto\"]\n\n[reviews.quarterly]\ntitle = \"Quarterly review\"\ncadence = \"quarterly\"\nattendees = [\"cto\"]\n";
const TRAINED: &str = "id: KPI-TRAINED\ntitle: Trained staff\nowner: ciso\narea: access\nunit: percent\ncadence: monthly\ntarget: \">= 95%\"\nmeasure: recorded\n";
const RESTORED: &str = "id: KPI-RESTORED\ntitle: Time to restore\nowner: ciso\narea: access\nunit: h\ncadence: monthly\ntarget: \"<= 4h\"\nmeasure:\n  over: incidents\n  where: r.severity == \"sev1\"\n  at: resolved\n  value: r.resolved - r.detected\n  aggregate: mean\n";
const RESULTS: &str = "\
- {kpi: KPI-TRAINED, period: 2026-01, date: 2026-02-02, numerator: 50, denominator: 52}
- {kpi: KPI-TRAINED, period: 2026-02, date: 2026-03-02, numerator: 45, denominator: 50}
";
/// What the result of February says.
const FEBRUARY: &str = "numerator: 45, denominator: 50";
const INC_1: &str = "id: INC-1\ntitle: Portal down\nowner: cto\nseverity: sev1\ndetected: 2026-01-10T08:00:00Z\nresolved: 2026-01-10T11:00:00Z\n";
const INC_2: &str = "id: INC-2\ntitle: Mail down\nowner: cto\nseverity: sev1\ndetected: 2026-02-10T08:00:00Z\nresolved: 2026-02-10T10:00:00Z\n";
const RISK: &str = "id: RISK-1\ntitle: Stolen keys\nowner: cto\ncategory: access\nidentified: 2026-01-05\nassessments:\n- {date: 2026-01-05, by: ciso, likelihood: 3, impact: 4}\nstatus: open\n";
const FINDING: &str = "id: FND-1\ntitle: Rights of two leavers\nowner: cto\ntype: minor\nsource: KPI-TRAINED\nraised: 2026-02-15\nraised_by: auditor\nstatus: open\n";
const ACTION: &str = "id: ACT-1\ntitle: Rotate the keys\nowner: cto\ntype: corrective\nsource: FND-1\nopened: 2026-02-20\ndue: 2026-04-30\nsuccess_criteria: Done.\nstatus: open\n";

/// The records of the pack, of 20 March 2026, and the review that it was made for, signed on 26 March.
struct Story {
    history: History,
    /// The revision of the pack.
    presented: Oid,
}

impl Story {
    fn told() -> Self {
        Self::with(&[])
    }

    /// The same with other files among those of the pack.
    fn with(files: &[(&str, &str)]) -> Self {
        let history = History::new();
        history.write("isms.toml", &format!("{CONFIG}{REVIEWS}"));
        for (path, content) in [
            ("kpis/trained.yaml", TRAINED),
            ("kpis/restored.yaml", RESTORED),
            ("results/2026.yaml", RESULTS),
            ("incidents/INC-1.yaml", INC_1),
            ("incidents/INC-2.yaml", INC_2),
            ("risks/RISK-1.yaml", RISK),
            ("findings/FND-1.yaml", FINDING),
            ("actions/ACT-1.yaml", ACTION),
        ] {
            history.write(path, content);
        }
        for (path, content) in files {
            history.write(path, content);
        }
        let presented = history.commit(SECURITY, "2026-03-20", "Prepare the review");
        let pack = format!("pack: {{revision: {presented}}}\n");
        history.write("reviews/REV-1.yaml", &review("REV-1", "quarterly", &pack));
        history.commit(SECURITY, "2026-03-26", "Sign the review");
        Self { history, presented }
    }

    /// Commits the work tree.
    fn commit(&self, day: &str, message: &str) -> String {
        let id = self.history.commit(SECURITY, day, message);
        id.to_string()[..7].to_owned()
    }

    /// The part of the pack of 30 June.
    fn part(&self, words: &str) -> String {
        part(&self.pack(words))
    }

    fn pack(&self, words: &str) -> String {
        let run = self
            .history
            .run(&format!("pack --draft --type quarterly {words}"));
        assert_eq!(run.err, "", "{run:?}");
        run.out
    }

    /// The rows of its table.
    fn rows(&self, words: &str) -> Vec<Vec<String>> {
        rows(&self.part(words))
    }
}

/// A review of a type, held on 24 March and signed off on 26 March.
fn review(id: &str, r#type: &str, pack: &str) -> String {
    format!(
        "id: {id}\ntitle: Review\nowner: ciso\ntype: {type}\nplanned: 2026-03-24\nheld: 2026-03-24\nperiod: {{from: 2026-01-01, to: 2026-02-28}}\nattendees: [cto]\nsigned_off: {{by: cto, on: 2026-03-26}}\n{pack}"
    )
}

/// The part of a pack on restated figures.
#[track_caller]
fn part(pack: &str) -> String {
    let start = pack
        .find("## Figures restated")
        .unwrap_or_else(|| panic!("{pack}"));
    let body = &pack[start..];
    let end = body[3..].find("\n## ").map_or(body.len(), |end| end + 3);
    body[..end].trim().to_owned()
}

/// The cells of the rows of its only table.
fn rows(part: &str) -> Vec<Vec<String>> {
    let lines = part.lines().filter(|line| line.starts_with("| ")).skip(2);
    let cells = |line: &str| {
        let line = line.trim_start_matches('|').trim_end_matches('|');
        line.split(" | ")
            .map(|cell| cell.trim().to_owned())
            .collect()
    };
    lines.map(cells).collect()
}

/// The same without author and day, joined: `figure · period · then · now · what · commit`.
fn told(rows: &[Vec<String>]) -> Vec<String> {
    rows.iter().map(|row| row[..6].join(" · ")).collect()
}
