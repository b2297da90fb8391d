//! The one screen: where the system stands today.

use super::due::{DueReport, Urgency};
use super::kpi::KpiReport;
use crate::assess::View;
use crate::assess::risk::{AcceptanceState, acceptance, band, current_score};
use crate::records::Kind;
use crate::records::finding::{Finding, FindingType};
use crate::records::risk::Risk;

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
    /// Acceptances that hold no longer: stale and expired.
    pub acceptances: (usize, usize),
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

/// Open risks by band, gravest first, and acceptances that are stale or expired.
pub fn risks(view: &View<'_>) -> (Vec<(String, usize)>, (usize, usize)) {
    let method = &view.config().risk;
    let open: Vec<&Risk> = view
        .typed::<Risk>(Kind::Risk)
        .map(|(_, risk)| risk)
        .filter(|risk| risk.closed.is_none())
        .collect();
    let members = |name: &str| {
        let in_band = |risk: &&&Risk| {
            current_score(risk, method).and_then(|score| band(score, method)) == Some(name)
        };
        open.iter().filter(in_band).count()
    };
    let mut bands: Vec<_> = method
        .bands
        .iter()
        .rev()
        .map(|band| (band.name.to_string(), members(&band.name)))
        .collect();
    let is_unrated = |risk: &&&Risk| current_score(risk, method).is_none();
    let unrated = open.iter().filter(is_unrated).count();
    if unrated > 0 {
        bands.push(("not rated".to_owned(), unrated));
    }
    let states = |wanted| {
        open.iter()
            .filter(|risk| acceptance(risk, method, view.day()) == Some(wanted))
            .count()
    };
    (
        bands,
        (
            states(AcceptanceState::Stale),
            states(AcceptanceState::Expired),
        ),
    )
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
