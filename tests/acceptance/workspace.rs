//! A workspace with a risk for every case, and what the tool says about it.

use crate::signatories::Set;
use chrono::{TimeZone, Utc};
use ismsctl::cli::{self, World};
use std::ffi::OsString;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};

/// How a cell gets its score.
#[derive(Clone, Copy)]
pub enum Method {
    /// Likelihood × impact.
    Product,
    /// Cell by cell, so that every score from 1 to 25 occurs.
    EveryScore,
}

impl Method {
    pub fn score(self, likelihood: u16, impact: u16) -> u16 {
        match self {
            Method::Product => likelihood * impact,
            Method::EveryScore => 5 * (likelihood - 1) + impact,
        }
    }
}

/// One risk.
pub struct Case {
    pub likelihood: u16,
    pub impact: u16,
    pub score: u16,
    pub set: &'static Set,
    /// Whether a control is in place or an action completed.
    pub mitigated: bool,
    /// Whether the acceptance ends on the last day of the test.
    pub ends: bool,
}

impl Case {
    pub fn id(&self) -> String {
        let mark = |is: bool, letter: &str| {
            if is {
                letter.to_owned()
            } else {
                format!("no{letter}")
            }
        };
        format!(
            "R-{}-{}-{}-{}-{}",
            self.likelihood,
            self.impact,
            self.set.name,
            mark(self.mitigated, "mit"),
            mark(self.ends, "end")
        )
    }

    /// What modifies the risk, in turn by a control or by an action; or seems to and does not.
    fn measures(&self) -> &'static str {
        match (self.mitigated, (self.likelihood + self.impact) % 3) {
            (true, 0) => "controls: [CTRL-IN-PLACE]",
            (true, 1) => "controls: [CTRL-ENDED, CTRL-IN-PLACE]",
            (true, _) => "treatment: {option: accept, actions: [ACT-OPEN, ACT-DONE]}",
            (false, 0) => "controls: [CTRL-ENDED, CTRL-PLANNED]",
            (false, 1) => "treatment: {option: accept, actions: [ACT-OPEN]}",
            (false, _) => "controls: []",
        }
    }

    fn record(&self) -> String {
        let signatures: Vec<String> = self
            .set
            .signers
            .iter()
            .map(|signer| format!("{{who: {}, on: {}}}", signer.who, signer.on))
            .collect();
        let until = if self.ends {
            crate::LAST_DAY
        } else {
            "2026-12-31"
        };
        let acceptance = match signatures.is_empty() {
            true => String::new(),
            false => format!(
                "  acceptance: {{by: [{}], until: {until}, score: {}, rationale: Test.}}\n",
                signatures.join(", "),
                self.score
            ),
        };
        format!(
            "- id: {}\n  title: Risk\n  owner: {}\n  category: test\n  identified: 2025-11-03\n  likelihood: {}\n  \
             impact: {}\n  status: accepted\n  {}\n{acceptance}",
            self.id(),
            self.set.owner,
            self.likelihood,
            self.impact,
            self.measures()
        )
    }
}

/// Controls in place, ended, and planned.
pub const CONTROLS: &str = "\
- {id: CTRL-IN-PLACE, title: Control, owner: product-lead, category: test, statement: It is there., until: 2026-06-30}
- {id: CTRL-ENDED, title: Control, owner: product-lead, category: test, statement: It was there., until: 2026-06-28}
- {id: CTRL-PLANNED, title: Control, owner: product-lead, category: test, statement: It is to come., applicability: {applicable: true, justification: Needed., implemented: false}}
";

const ACTIONS: &str = "\
- {id: ACT-DONE, title: Action, owner: product-lead, type: improvement, source: CTRL-IN-PLACE, opened: 2026-01-12, due: 2026-02-27, status: completed, completed: 2026-02-27}
- {id: ACT-OPEN, title: Action, owner: product-lead, type: improvement, source: CTRL-IN-PLACE, opened: 2026-01-12, due: 2026-12-31, status: open}
";

/// The directive as configuration; it sets no longest duration.
pub fn config(method: Method, people: &str) -> String {
    let matrix = match method {
        Method::Product => "score = \"product\"".to_owned(),
        Method::EveryScore => {
            let row = |likelihood| {
                let cells = (1..=5).map(|impact| method.score(likelihood, impact).to_string());
                format!("[{}]", cells.collect::<Vec<_>>().join(", "))
            };
            let rows: Vec<String> = (1..=5).map(row).collect();
            format!("matrix = [{}]", rows.join(", "))
        }
    };
    format!(
        r#"[isms]
name = "Test"
since = 2026-01-01
[roles]
ciso = "CISO"
dpo = "DPO"
cto = "CTO"
ceo = "CEO"
{people}
[risk]
{matrix}
appetite = 12
[[risk.bands]]
name = "low"
max = 5
accept = {{ automatic = true }}
[[risk.bands]]
name = "medium"
max = 12
accept = {{ any_of = ["ciso", "dpo"], mitigation = true }}
[[risk.bands]]
name = "high"
max = 20
accept = {{ all_of = ["cto", "ceo"], mitigation = true }}
[[risk.bands]]
name = "critical"
max = 25
accept = "never"
"#
    )
}

/// A workspace with a risk for each case.
pub fn workspace(method: Method, people: &str, cases: &[Case]) -> Folder {
    let folder = Folder::new();
    folder.write("isms.toml", &config(method, people));
    folder.write("controls/c.yaml", CONTROLS);
    folder.write("actions/a.yaml", ACTIONS);
    // Files of a size that the budget for one file allows.
    for (index, cases) in cases.chunks(500).enumerate() {
        let records: String = cases.iter().map(Case::record).collect();
        folder.write(&format!("risks/{index}.yaml"), &records);
    }
    folder
}

/// A temporary folder, removed at the end.
pub struct Folder(PathBuf);

impl Folder {
    pub fn new() -> Self {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("ismsctl-acceptance-{}-{number}", std::process::id());
        let path = std::env::temp_dir().join(name);
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    pub fn write(&self, path: &str, text: &str) {
        let path = self.0.join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    /// The JSON output of a command.
    pub fn json(&self, arguments: &[&str]) -> serde_json::Value {
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let line: Vec<OsString> = std::iter::once("ismsctl")
            .chain(arguments.iter().copied())
            .chain(["--format", "json"])
            .map(OsString::from)
            .collect();
        let now = Utc.with_ymd_and_hms(2026, 7, 1, 9, 0, 0).unwrap();
        let mut world = World {
            now,
            as_of: None,
            cwd: self.0.clone(),
            out: &mut out,
            err: &mut err,
            color: false,
            width: 80,
        };
        let status = cli::run(&line, &mut world).code();
        assert!(status < 2, "{}", String::from_utf8_lossy(&err));
        serde_json::from_slice(&out).unwrap()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
