//! The figures of a pack for programs, counted as its first page counts them.

use super::{Pack, Since, Subject};
use crate::report::basis::Basis;
use crate::report::due::Urgency;
use crate::report::kpi::KpiRow;
use crate::report::status::{FindingCount, bands, findings};

/// How much work there is, by urgency.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Work {
    /// Past its deadline.
    pub overdue: usize,
    /// Due on the as-of day.
    pub due_today: usize,
    /// Past its date and before its deadline.
    pub in_grace: usize,
    /// Waiting for something else.
    pub blocked: usize,
    /// Due in the next days, as isms.toml counts them.
    pub due_soon: usize,
}

/// Open risks.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OpenRisks {
    /// All of them.
    pub count: usize,
    /// Those above the appetite.
    pub over_appetite: usize,
    /// By band, gravest first.
    pub bands: Vec<(String, usize)>,
}

impl<'p> Pack<'p> {
    /// What it is made from.
    pub fn basis(&self) -> &'p Basis<'p> {
        self.basis
    }

    /// The review it is for.
    pub fn subject(&self) -> &Subject<'p> {
        &self.subject
    }

    /// The earlier state it is compared with.
    pub fn compared(&self) -> Option<&'p Since<'p>> {
        Some(self.changes.as_ref()?.since)
    }

    /// The KPIs it shows.
    pub fn kpis(&self) -> &[&'p KpiRow] {
        &self.kpis
    }

    /// How much work there is.
    pub fn work(&self) -> Work {
        let mut work = Work::default();
        for it in &self.basis.survey.list {
            match Urgency::of(it) {
                Urgency::Overdue => work.overdue += 1,
                Urgency::Today => work.due_today += 1,
                Urgency::InGrace => work.in_grace += 1,
                Urgency::Blocked => work.blocked += 1,
                Urgency::Soon => work.due_soon += 1,
                Urgency::Later | Urgency::Disposal | Urgency::Done => {}
            }
        }
        work
    }

    /// The open risks.
    pub fn open_risks(&self) -> OpenRisks {
        let open = &self.risks;
        OpenRisks {
            count: open.len(),
            over_appetite: open.iter().filter(|it| it.over_appetite).count(),
            bands: bands(self.basis.view, open),
        }
    }

    /// The open findings, by type.
    pub fn open_findings(&self) -> Vec<FindingCount> {
        findings(self.basis.view)
    }
}
