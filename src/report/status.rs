//! The one screen: where the system stands today.

use super::due::{DueReport, Urgency};
use super::kpi::KpiReport;
use crate::assess::View;
pub use crate::assess::risk::AcceptanceState;

use crate::assess::risk::Assessed;
use crate::records::Kind;
use crate::records::finding::{Finding, FindingType};
use std::collections::BTreeMap;

/// Where the system stands.
#[derive(Debug)]
pub struct StatusReport {
    /// Name of the organisation.
    pub organisation: String,
    /// Revision of the records, if they are in git.
    pub revision: Option<String>,
    /// Figures against targets.
    pub kpis: KpiReport,
    /// Everything with a date.
    pub due: DueReport,
    /// Open risks by band, gravest first.
    pub risks: Vec<(String, usize)>,
    /// Acceptances of open risks that do not hold, by state.
    pub acceptances: Vec<(AcceptanceState, usize)>,
    /// Open findings by type, with the age of the oldest in days.
    pub findings: Vec<FindingCount>,
}

/// Open findings of one type.
#[derive(Debug)]
pub struct FindingCount {
    /// major, minor, observation or opportunity.
    pub r#type: &'static str,
    /// How many.
    pub count: usize,
    /// Age of the oldest, in days.
    pub oldest: i64,
}

/// How many risks there are of each band or state.
type Counts<T> = Vec<(T, usize)>;

/// Open risks by band, gravest first, and their acceptances that do not hold, by state.
pub fn risks(view: &View<'_>) -> (Counts<String>, Counts<AcceptanceState>) {
    let mut open = crate::assess::risk::assess(view);
    open.retain(Assessed::is_open);
    let mut states: BTreeMap<AcceptanceState, usize> = BTreeMap::new();
    for state in open.iter().map(|risk| risk.acceptance.state) {
        if state.fails() {
            *states.entry(state).or_default() += 1;
        }
    }
    (bands(view, &open), states.into_iter().collect())
}

/// How many of some risks are in each band, gravest first, and how many are not rated, if any.
pub fn bands(view: &View<'_>, risks: &[Assessed<'_>]) -> Vec<(String, usize)> {
    let count = |wanted: Option<&str>| {
        let members = risks
            .iter()
            .filter(|risk| risk.band.map(|band| &*band.name) == wanted);
        members.count()
    };
    let bands = view.config().risk.bands.iter().rev();
    let mut counts: Vec<_> = bands
        .map(|band| (band.name.to_string(), count(Some(&band.name))))
        .collect();
    let unrated = count(None);
    if unrated > 0 {
        counts.push(("not rated".to_owned(), unrated));
    }
    counts
}

/// Open findings by type.
pub fn findings(view: &View<'_>) -> Vec<FindingCount> {
    let types = [
        (FindingType::Major, "major"),
        (FindingType::Minor, "minor"),
        (FindingType::Observation, "observation"),
        (FindingType::Opportunity, "opportunity"),
    ];
    types
        .into_iter()
        .filter_map(|(kind, word)| {
            let open = view.typed::<Finding>(Kind::Finding).filter(|(_, finding)| {
                finding.r#type == kind && super::pack::is_open_finding(finding)
            });
            let ages: Vec<i64> = open
                .map(|(_, finding)| (view.day() - finding.raised.0).num_days())
                .collect();
            let oldest = ages.iter().copied().max()?;
            Some(FindingCount {
                r#type: word,
                count: ages.len(),
                oldest,
            })
        })
        .collect()
}

impl StatusReport {
    /// How many open findings there are.
    pub fn open_findings(&self) -> usize {
        self.findings.iter().map(|finding| finding.count).sum()
    }

    /// How many open risks there are.
    pub fn open_risks(&self) -> usize {
        self.risks.iter().map(|(_, count)| count).sum()
    }

    /// How many obligations are open and of some urgency.
    pub fn work(&self) -> usize {
        let urgent = [
            Urgency::Overdue,
            Urgency::Today,
            Urgency::InGrace,
            Urgency::Blocked,
            Urgency::Soon,
        ];
        urgent
            .into_iter()
            .map(|urgency| self.due.group(urgency).count())
            .sum()
    }
}
