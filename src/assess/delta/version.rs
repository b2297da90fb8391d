//! One version of a record: as it is on file, and where it stands on the day of its side.

use super::change::{Judged, Rated};
use super::{Series, Side};
use crate::assess::expr::status_on;
use crate::assess::facts::{day_of, field};
use crate::assess::kpi::{KpiSeries, NoFigure, Verdict};
use crate::assess::risk::{band, rating, score};
use crate::assess::{Seen, View};
use crate::records::kind::is_last_day;
use crate::records::risk::Risk;
use crate::records::{Kind, Record};
use crate::text::NodeRef;
use crate::workspace::{Collection, EntryRef};
use chrono::NaiveDate;

/// A version of a record.
#[derive(Clone, Copy)]
pub(super) struct Version<'s> {
    pub(super) side: Side<'s>,
    pub(super) entry: EntryRef<'s>,
    /// As it was on the day; none when it was not born yet.
    seen: Option<Seen<'s>>,
}

impl<'s> Version<'s> {
    pub(super) fn new(side: Side<'s>, entry: EntryRef<'s>) -> Self {
        Self {
            side,
            entry,
            seen: side.view.see(entry),
        }
    }

    pub(super) fn view(&self) -> &'s View<'s> {
        self.side.view
    }

    /// As it is on file.
    pub(super) fn node(&self) -> NodeRef<'s> {
        self.entry.node()
    }

    /// As it is on file, as a type.
    pub(super) fn typed<T>(&self) -> Option<&'s T>
    where
        &'s T: TryFrom<&'s Record>,
    {
        <&T>::try_from(self.entry.record()?).ok()
    }

    /// The day at a path, as it is on file.
    pub(super) fn day(&self, path: &str) -> Option<NaiveDate> {
        day_of(field(self.node(), path)?, self.view().calendar())
    }

    /// Whether it was born by the day.
    pub(super) fn exists(&self) -> bool {
        self.seen.is_some()
    }

    /// The dates that end a record of its kind, as paths.
    pub(super) fn ends(&self) -> Vec<&'s str> {
        match self.entry.collection() {
            Collection::Kind(kind) => kind.row().closed.to_vec(),
            Collection::Register(name) => {
                let register = self.view().config().registers.get(&**name);
                let closed = register.and_then(|register| register.closed.as_deref());
                closed.into_iter().collect()
            }
        }
    }

    /// Whether a date that ends it had come by the day. Facts of later days are absent there.
    pub(super) fn is_over(&self) -> bool {
        let Some(seen) = self.seen else {
            return false;
        };
        let view = self.view();
        let has_come = |path: &str| match field(seen.node(), path) {
            Some(last) if is_last_day(path) => {
                day_of(last, view.calendar()).is_some_and(|last| last < view.day())
            }
            end => end.is_some(),
        };
        self.ends().into_iter().any(has_come)
    }

    /// Where it stands on the day, in the words of its kind; none for what has no status.
    pub(super) fn status(&self) -> Option<String> {
        let seen = self.seen?;
        let has = |path: &str| field(seen.node(), path).is_some();
        let over = |yes: &'static str, no: &'static str| if self.is_over() { yes } else { no };
        let word = match self.entry.collection() {
            Collection::Kind(Kind::Action | Kind::Finding | Kind::Risk) => status_on(seen)?,
            Collection::Kind(Kind::Incident) => over("resolved", "open"),
            Collection::Kind(Kind::Audit) => over("performed", "planned"),
            Collection::Kind(Kind::Review) if has("signed_off") => "signed-off",
            Collection::Kind(Kind::Review) => over("held", "planned"),
            Collection::Kind(Kind::Result) => return None,
            Collection::Kind(_) => over("ended", "in-force"),
            Collection::Register(_) if self.ends().is_empty() => return None,
            Collection::Register(_) => over("closed", "open"),
        };
        Some(word.to_owned())
    }

    /// The risk as it was on the day.
    pub(super) fn risk(&self) -> Option<&'s Risk> {
        self.seen?.typed::<Risk>()
    }

    /// The rating of a risk that counted on the day.
    pub(super) fn rated(&self) -> Option<Rated> {
        let rating = rating(self.risk()?)?;
        let method = &self.view().config().risk;
        let is_sound = self.view().snapshot().config_is_sound();
        let score = score(rating, method).filter(|_| is_sound);
        Some(Rated {
            rating,
            score,
            band: score
                .and_then(|score| band(score, method))
                .map(str::to_owned),
        })
    }
}

/// What is known of a KPI's verdict.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Known {
    /// KPIs were not computed, or records that the figure needs cannot be read.
    Nothing,
    /// The verdict on the latest period that is judged; none while no period is.
    Verdict(Option<Judged>),
}

/// The verdict on the latest period that is over and not pending. A record whose clock still runs is judged as soon as
/// it has missed.
pub(super) fn verdict(series: Option<&KpiSeries>) -> Known {
    let Some(series) = series else {
        return Known::Nothing;
    };
    let judged = series.points.iter().rev().find_map(|point| {
        let verdict = point.verdict.filter(|it| *it != Verdict::Pending)?;
        (series.by_record || !point.provisional).then_some((point, verdict))
    });
    match judged {
        _ if !series.unreadable.is_empty() => Known::Nothing,
        Some((point, _)) if point.reason == Some(NoFigure::Unreadable) => Known::Nothing,
        judged => Known::Verdict(judged.map(|(point, verdict)| Judged {
            verdict,
            period: point.period.clone(),
        })),
    }
}

/// The series of a side's KPIs, found by id and, of several KPIs of an id, by position.
pub(super) fn series_of<'s>(series: Series<'s>, id: &str, nth: usize) -> Option<&'s KpiSeries> {
    let series = series?;
    let start = series.partition_point(|it| *it.id < *id);
    series.get(start + nth).filter(|it| *it.id == *id)
}
