//! A year in which a review is held on 10 March 2026: what it decides, what becomes of it, and the next review in July.

use crate::git::repository::{CONFIG, History, SECURITY, TECHNOLOGY};
use crate::harness::Run;
use git2::Oid;

const METHOD: &str =
    "\n[areas.access]\ntitle = \"Access\"\nowner = \"cto\"\n\n[risk]\nappetite = 12\n";
const REVIEWS: &str = "\n[reviews.annual]\ntitle = \"Annual review\"\ncadence = \"annual\"\nattendees = [\"cto\"]\n\n[reviews.quarterly]\ntitle = \"Quarterly review\"\ncadence = \"quarterly\"\nattendees = [\"cto\"]\n";

const RISK_1: &str = "\
id: RISK-1
title: Lost | stolen keys
owner: cto
category: access
identified: 2026-01-05
assessments:
- {date: 2026-01-05, by: ciso, likelihood: 3, impact: 4}
status: open
";
const RISK_2: &str = "id: RISK-2\ntitle: The old portal is open\nowner: cto\ncategory: access\nidentified: 2026-01-05\nlikelihood: 2\nimpact: 4\nstatus: open\n";
const RISK_3: &str = "id: RISK-3\ntitle: A supplier fails\nowner: cto\ncategory: suppliers\nidentified: 2026-04-20\nlikelihood: 3\nimpact: 3\nstatus: open\n";
const RISK_4: &str = "id: RISK-4\ntitle: A leaver takes data\nowner: cto\ncategory: access\nidentified: 2026-01-05\nlikelihood: 2\nimpact: 2\nstatus: open\n";
/// The same in other words.
const RISK_4_REWRITTEN: &str = "- {status: open, impact: 2, likelihood: 2, identified: 2026-01-05, category: access, owner: cto, title: A leaver takes data, id: RISK-4}\n";

const ACT_0: &str = "id: ACT-0\ntitle: Name a deputy\nowner: cto\ntype: review\nsource: RISK-1\nopened: 2026-01-20\ndue: 2026-03-20\nsuccess_criteria: A name.\nstatus: completed\ncompleted: 2026-03-05\n";
const ACT_1: &str = "\
id: ACT-1
title: Rotate the keys
owner: cto
type: review
source: REV-1
opened: 2026-03-10
due: 2026-05-15
success_criteria: No key is older than a year.
extensions:
- {from: 2026-04-15, to: 2026-05-15, by: ciso, on: 2026-03-10, reason: Stock.}
status: open
";
const ACT_2: &str = "id: ACT-2\ntitle: Write the checklist\nowner: cto\ntype: improvement\nsource: REV-1\nopened: 2026-03-10\ndue: 2026-04-30\nstatus: open\n";
const ACT_3: &str = "id: ACT-3\ntitle: Ask every team for its list\nowner: cto\ntype: corrective\nsource: FND-1\nopened: 2026-02-20\ndue: 2026-07-31\nsuccess_criteria: All lists are there.\nstatus: open\n";
const ACT_6: &str = "id: ACT-6\ntitle: Ask twice a year\nowner: cto\ntype: preventive\nsource: FND-1\nopened: 2026-02-20\ndue: 2026-07-31\nsuccess_criteria: Two answers.\nstatus: open\n";
const ACT_4: &str = "id: ACT-4\ntitle: Buy hardware keys\nowner: cto\ntype: treatment\nsource: RISK-1\nopened: 2026-05-12\ndue: 2026-07-31\nsuccess_criteria: Everybody has one.\nstatus: open\n";
/// An action of the review that is entered later than all others.
pub const ACTION_AGREED: &str = "id: ACT-5\ntitle: Ask the supplier\nowner: cto\ntype: review\nsource: REV-1\nopened: 2026-06-22\ndue: 2026-07-31\nsuccess_criteria: An answer.\nstatus: open\n";

const FND_1: &str = "id: FND-1\ntitle: Rights of two leavers were still there\nowner: cto\ntype: minor\nsource: KPI-REVIEWED\nraised: 2026-02-15\nraised_by: auditor\nroot_cause: {date: 2026-02-20, by: cto, text: No list.}\nactions: [ACT-3]\nstatus: open\n";
const FND_2: &str = "id: FND-2\ntitle: No restore was tried\nowner: cto\ntype: major\nsource: KPI-REVIEWED\nraised: 2026-05-30\nraised_by: auditor\nstatus: open\n";

const REVIEWED: &str = "id: KPI-REVIEWED\ntitle: Rights that were reviewed\nowner: ciso\narea: access\nunit: percent\ncadence: monthly\ntarget: \">= 95%\"\nmeasure: recorded\n";
const TRAINED: &str = "id: KPI-TRAINED\ntitle: Trained staff\nowner: ciso\narea: access\nunit: percent\ncadence: monthly\nsince: 2026-02-01\ntarget: [{from: 2026-02-01, target: \">= 97%\"}]\nmeasure: recorded\n";
const TRAINED_LESS: &str = "\">= 97%\"}, {from: 2026-04-01, target: \">= 95%\"}]";

const OBJ_1: &str = "id: OBJ-1\ntitle: Nobody keeps rights they do not need\nowner: cto\nkpis: [KPI-REVIEWED]\ndue: 2026-09-30\nplan: Review them.\n";
const POL_1: &str = "id: POL-1\ntitle: Access policy\nowner: cto\nversion: 1.0\neffective: 2026-01-01\nreview: {every: 1y}\n";

const REV_1: &str = "id: REV-1\ntitle: Annual review of 2025\nowner: ciso\ntype: annual\nplanned: 2026-03-10\nperiod: {from: 2026-01-01, to: 2026-02-28}\n";
const REV_2: &str = "id: REV-2\ntitle: Annual review of 2026\nowner: ciso\ntype: annual\nplanned: 2026-07-07\nperiod: {from: 2026-02-01, to: 2026-06-30}\n";

const FND_3: &str = "id: FND-3\ntitle: A door stood open\nowner: cto\ntype: observation\nsource: KPI-REVIEWED\nraised: 2026-06-25\nraised_by: auditor\nstatus: closed\nclosed: 2026-06-29\nclosed_by: auditor\n";
/// Rated anew to the same score, and accepted at another.
const RISK_4_ACCEPTED: &str = "id: RISK-4\ntitle: A leaver takes data\nowner: cto\ncategory: access\nidentified: 2026-01-05\nlikelihood: 4\nimpact: 1\nacceptance: {by: [{who: ciso, on: 2026-06-25}], until: 2026-12-31, score: 3, rationale: Rare.}\nstatus: accepted\n";

/// What [`Story::turn_about`] replaces.
const TURNS: &[(&str, &str, &str)] = &[
    (
        "actions/ACT-1.yaml",
        "due: 2026-06-26\n",
        "due: 2026-07-31\n",
    ),
    ("actions/ACT-1.yaml", "owner: cto", "owner: ciso"),
    (
        "actions/ACT-2.yaml",
        "due: 2026-04-30\nstatus: completed\ncompleted: 2026-04-28",
        "due: 2026-08-31\nextensions:\n- {from: 2026-04-30, to: 2026-07-31, by: ciso, on: 2026-06-22, reason: It is wrong.}\n- {from: 2026-07-31, to: 2026-08-31, by: ciso, on: 2026-06-25, reason: Holidays.}\nstatus: open",
    ),
    (
        "actions/ACT-3.yaml",
        "on: 2026-05-20, effective: true",
        "on: 2026-06-29, effective: false",
    ),
    ("actions/ACT-4.yaml", "due: 2026-07-31", "due: 2026-07-15"),
    (
        "findings/FND-2.yaml",
        "type: major",
        "type: minor\nroot_cause: {date: 2026-06-25, by: cto, text: Nobody had the time.}",
    ),
    ("kpis/reviewed.yaml", ">= 95%", ">= 85%"),
    (
        "kpis/trained.yaml",
        "measure: recorded",
        "measure: {recorded: mean}",
    ),
    ("objectives/OBJ-1.yaml", "due:", "until: 2026-06-29\ndue:"),
    (
        "risks/RISK-1.yaml",
        "wild.}\n",
        "wild.}\n- {date: 2026-06-25, by: ciso, likelihood: 3, impact: 4}\n",
    ),
    ("risks/RISK-1.yaml", "due: 2026-07-31", "due: 2026-09-30"),
    (
        "risks/RISK-2.yaml",
        "status: closed\nclosed: 2026-05-20",
        "status: open",
    ),
];

fn result(kpi: &str, period: &str, date: &str, value: u8) -> String {
    format!("- {{kpi: {kpi}, period: {period}, date: {date}, value: {value}}}\n")
}

/// The story with its commits, abbreviated.
pub struct Story {
    pub history: History,
    /// 1 January: before there was a workspace.
    pub empty: String,
    /// 9 February.
    pub begun: String,
    /// 6 March, tagged `presented`: what the review looked at.
    pub prepared: String,
    /// 10 March: what it decided.
    pub minutes: String,
    /// 20 June.
    pub head: String,
}

impl Story {
    /// The story up to 20 June 2026.
    pub fn told() -> Self {
        let history = History::new();
        history.write("README.md", "A workspace will stand here.\n");
        let empty = history.commit(SECURITY, "2026-01-01", "Begin");
        let begun = begin(&history);
        let prepared = prepare(&history);
        history.tag("presented", "HEAD");
        let minutes = hold(&history);
        let head = go_on(&history);
        let short = |id: Oid| id.to_string()[..7].to_owned();
        Self {
            history,
            empty: short(empty),
            begun: short(begun),
            prepared: short(prepared),
            minutes: short(minutes),
            head: short(head),
        }
    }

    /// Does to the records of the work tree what did not happen to them before.
    pub fn turn_about(&self) {
        let history = &self.history;
        for (path, from, to) in TURNS {
            history.replace(path, from, to);
        }
        history.remove("actions/ACT-0.yaml");
        history.remove("risks/RISK-3.yaml");
        history.write("risks/older/all.yaml", RISK_4_ACCEPTED);
        history.write("findings/FND-3.yaml", FND_3);
        let other = REVIEWED.replace("KPI-REVIEWED", "KPI-OTHER");
        let other = other.replace("Rights that were reviewed", "Another");
        history.write("kpis/other.yaml", &other);
    }

    /// Runs `pack` as of 30 June 2026.
    pub fn run(&self, words: &str) -> Run {
        self.history.run(&format!("pack {words}"))
    }

    /// The pack as of 30 June 2026.
    #[track_caller]
    pub fn pack(&self, words: &str) -> String {
        self.run(words).fine()
    }
}

fn begin(history: &History) -> Oid {
    history.write("isms.toml", &format!("{CONFIG}{METHOD}{REVIEWS}"));
    for (path, content) in [
        ("risks/RISK-1.yaml", RISK_1),
        ("risks/RISK-2.yaml", RISK_2),
        ("risks/RISK-4.yaml", RISK_4),
        (
            "actions/ACT-0.yaml",
            &ACT_0.replace("status: completed\ncompleted: 2026-03-05", "status: open"),
        ),
        ("kpis/reviewed.yaml", REVIEWED),
        ("kpis/trained.yaml", TRAINED),
        ("objectives/OBJ-1.yaml", OBJ_1),
        ("policies/POL-1.yaml", POL_1),
        ("reviews/REV-1.yaml", REV_1),
        (
            "results/monthly.yaml",
            &result("KPI-REVIEWED", "2026-01", "2026-02-02", 92),
        ),
    ] {
        history.write(path, content);
    }
    history.commit(SECURITY, "2026-02-09", "Start the workspace")
}

/// What happened until the review.
fn prepare(history: &History) -> Oid {
    let results = [
        result("KPI-REVIEWED", "2026-01", "2026-02-02", 92),
        result("KPI-REVIEWED", "2026-02", "2026-03-02", 98),
        result("KPI-TRAINED", "2026-02", "2026-03-02", 98),
    ];
    history.write("results/monthly.yaml", &results.concat());
    history.write("findings/FND-1.yaml", FND_1);
    history.write("actions/ACT-0.yaml", ACT_0);
    history.write("actions/ACT-3.yaml", ACT_3);
    history.write("actions/ACT-6.yaml", ACT_6);
    history.commit(TECHNOLOGY, "2026-03-06", "Prepare the review")
}

/// What the review decided.
fn hold(history: &History) -> Oid {
    let held = "planned: 2026-03-10\nheld: 2026-03-10\n";
    history.replace("reviews/REV-1.yaml", "planned: 2026-03-10\n", held);
    history.write("actions/ACT-1.yaml", ACT_1);
    history.write("actions/ACT-2.yaml", ACT_2);
    history.commit(SECURITY, "2026-03-10", "Hold the annual review")
}

/// What became of it until June.
fn go_on(history: &History) -> Oid {
    history.replace(
        "actions/ACT-2.yaml",
        "status: open",
        "status: completed\ncompleted: 2026-04-28",
    );
    history.replace("kpis/trained.yaml", "\">= 97%\"}]", TRAINED_LESS);
    history.write("risks/RISK-3.yaml", RISK_3);
    history.commit(TECHNOLOGY, "2026-04-30", "Write the checklist");

    let anew = "impact: 4}\n- {date: 2026-05-12, by: ciso, likelihood: 4, impact: 5, note: Exploited in <the>\x20wild.}\ntreatment: {option: mitigate, actions: [ACT-4], due: 2026-07-31}\n";
    history.replace("risks/RISK-1.yaml", "impact: 4}\n", anew);
    history.replace("risks/RISK-1.yaml", "status: open", "status: in-treatment");
    history.write("actions/ACT-4.yaml", ACT_4);
    history.replace(
        "actions/ACT-1.yaml",
        "due: 2026-05-15\n",
        "due: 2026-06-26\n",
    );
    history.replace(
        "actions/ACT-1.yaml",
        "reason: Stock.}\n",
        "reason: Stock.}\n- {from: 2026-05-15, to: 2026-06-26, by: ciso, on: 2026-05-12, reason: The machine broke.}\n",
    );
    history.replace(
        "risks/RISK-2.yaml",
        "status: open",
        "status: closed\nclosed: 2026-05-20",
    );
    history.replace(
        "actions/ACT-3.yaml",
        "status: open",
        "status: verified\ncompleted: 2026-05-12\nverification: {by: ciso, on: 2026-05-20, effective: true, note: Lists compared.}",
    );
    history.replace(
        "actions/ACT-6.yaml",
        "status: open",
        "status: cancelled\ncancelled: {on: 2026-05-20, by: ciso, reason: There is one list now.}",
    );
    history.remove("risks/RISK-4.yaml");
    history.write("risks/older/all.yaml", RISK_4_REWRITTEN);
    history.commit(SECURITY, "2026-05-21", "Rate the keys anew");

    history.write("findings/FND-2.yaml", FND_2);
    history.replace(
        "findings/FND-1.yaml",
        "status: open",
        "status: closed\nclosed: 2026-06-02\nclosed_by: auditor",
    );
    history.replace(
        "objectives/OBJ-1.yaml",
        "due: 2026-09-30",
        "due: 2026-12-31",
    );
    history.replace("policies/POL-1.yaml", "version: 1.0", "version: 1.1");
    history.replace("isms.toml", "appetite = 12", "appetite = 11");
    let results = [
        result("KPI-REVIEWED", "2026-01", "2026-02-02", 92),
        result("KPI-REVIEWED", "2026-02", "2026-03-02", 98),
        result("KPI-REVIEWED", "2026-03", "2026-04-02", 97),
        result("KPI-REVIEWED", "2026-04", "2026-05-02", 96),
        result("KPI-REVIEWED", "2026-05", "2026-06-02", 90),
        result("KPI-TRAINED", "2026-02", "2026-03-02", 98),
        result("KPI-TRAINED", "2026-05", "2026-06-02", 97),
    ];
    history.write("results/monthly.yaml", &results.concat());
    history.write("reviews/REV-2.yaml", REV_2);
    history.commit(TECHNOLOGY, "2026-06-20", "Close what is done")
}
