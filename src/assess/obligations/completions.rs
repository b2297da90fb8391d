//! What was done, by subject: results that are not superseded, looked through once.

use crate::assess::View;
pub(super) use crate::assess::allotment::Completion;
use crate::assess::standing::Standing;
use crate::records::{Kind, result};
use chrono::NaiveDate;
use foldhash::HashMap;

/// Brings completions into the order in which they happened; on one day, those that name their period come first.
pub(super) fn in_order(mut completions: Vec<Completion>) -> Vec<Completion> {
    completions.sort_by_key(Completion::order);
    completions
}

type BySubject<'v, T> = HashMap<&'v str, Vec<T>>;

/// The results that count, by what they were done for. A result that names several subjects counts for each.
pub(super) struct Results<'v> {
    standing: Standing<'v>,
    activities: BySubject<'v, Completion>,
    /// Results of activities, by the activity and a record that they name.
    activities_for: HashMap<(&'v str, &'v str), Vec<Completion>>,
    kpis: BySubject<'v, Completion>,
    controls: BySubject<'v, Completion>,
    reports: BySubject<'v, Completion>,
    handled: BySubject<'v, NaiveDate>,
}

impl<'v> Results<'v> {
    /// Looks through all results of a view.
    pub fn of(view: &'v View<'_>) -> Self {
        let mut results = Self {
            standing: Standing::of(view),
            activities: HashMap::default(),
            activities_for: HashMap::default(),
            kpis: HashMap::default(),
            controls: HashMap::default(),
            reports: HashMap::default(),
            handled: HashMap::default(),
        };
        for (seen, result) in view.typed::<result::Result>(Kind::Result) {
            let counts = !results.is_superseded(seen.id());
            let period = results.standing.period(result, view.calendar());
            if let (true, Ok(period)) = (counts, period) {
                let date = results.standing.first_date(result);
                results.add(result, Completion { date, period });
            }
        }
        results.put_in_order();
        results
    }

    fn add(&mut self, result: &'v result::Result, completion: Completion) {
        let subjects = [
            (&mut self.activities, result.activity.as_deref()),
            (&mut self.kpis, result.kpi.as_deref()),
            (&mut self.controls, result.control.as_deref()),
            (&mut self.reports, result.report.as_deref()),
        ];
        for (index, subject) in subjects {
            if let Some(subject) = subject {
                index.entry(subject).or_default().push(completion);
            }
        }
        if let Some(activity) = result.activity.as_deref() {
            for record in &result.r#for {
                let done = self.activities_for.entry((activity, record));
                done.or_default().push(completion);
            }
        }
        if let (Some(kpi), Some(handled)) = (result.kpi.as_deref(), &result.handled) {
            self.handled.entry(kpi).or_default().push(handled.on.0);
        }
    }

    fn put_in_order(&mut self) {
        let indexes = [
            &mut self.activities,
            &mut self.kpis,
            &mut self.controls,
            &mut self.reports,
        ];
        for completions in indexes.into_iter().flat_map(HashMap::values_mut) {
            *completions = in_order(std::mem::take(completions));
        }
    }

    /// Whether a later result corrects the one of this id.
    pub fn is_superseded(&self, id: &str) -> bool {
        self.standing.is_superseded(id)
    }

    /// Results of an activity that name a record in `for`, in no order.
    pub fn of_activity_for(&self, id: &'v str, record: &'v str) -> &[Completion] {
        let done = self.activities_for.get(&(id, record));
        done.map(Vec::as_slice).unwrap_or_default()
    }

    /// Results of an activity, in order.
    pub fn of_activity(&self, id: &str) -> &[Completion] {
        listed(&self.activities, id)
    }

    /// Results of a KPI, in order.
    pub fn of_kpi(&self, id: &str) -> &[Completion] {
        listed(&self.kpis, id)
    }

    /// Results of a control, in order.
    pub fn of_control(&self, id: &str) -> &[Completion] {
        listed(&self.controls, id)
    }

    /// Deliveries of a report, in order.
    pub fn of_report(&self, name: &str) -> &[Completion] {
        listed(&self.reports, name)
    }

    /// Days on which somebody answered a result of a KPI.
    pub fn answers_to_kpi(&self, id: &str) -> &[NaiveDate] {
        listed(&self.handled, id)
    }
}

fn listed<'r, T>(index: &'r BySubject<'_, T>, subject: &str) -> &'r [T] {
    index.get(subject).map(Vec::as_slice).unwrap_or_default()
}
