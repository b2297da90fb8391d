//! One version of a record: as it is on file, and where it stands on a day.

use super::change::{Judged, Rated};
use super::{Series, Side};
use crate::assess::expr::status_of;
use crate::assess::facts::{FactTable, day_of, field};
use crate::assess::kpi::{KpiSeries, NoFigure, Verdict};
use crate::assess::risk::{band, rating_by, score};
use crate::records::kind::is_last_day;
use crate::records::risk::Risk;
use crate::records::shared::Rating;
use crate::records::{Calendar, Common, Config, Kind, Record};
use crate::text::NodeRef;
use crate::workspace::{Collection, EntryRef, history};
use chrono::NaiveDate;

/// A version of a record.
#[derive(Clone, Copy)]
pub(super) struct Version<'s> {
    pub(super) collection: &'s Collection,
    pub(super) id: &'s str,
    pub(super) path: &'s str,
    /// As it is on file.
    pub(super) node: NodeRef<'s>,
    record: Option<&'s Record>,
    /// As it was on the day; none when it was not born yet.
    seen: Option<(NodeRef<'s>, Option<&'s Record>)>,
    /// By what it is judged.
    pub(super) config: &'s Config,
    pub(super) calendar: Calendar,
    /// The day on which it is looked at.
    pub(super) day: NaiveDate,
}

impl<'s> Version<'s> {
    /// A record of a side, on the day of that side.
    pub(super) fn of_side(side: Side<'s>, entry: EntryRef<'s>) -> Self {
        let seen = side.view.see(entry);
        Self {
            collection: entry.collection(),
            id: entry.id(),
            path: entry.path(),
            node: entry.node(),
            record: entry.record(),
            seen: seen.map(|seen| (seen.node(), seen.record())),
            config: side.view.config(),
            calendar: *side.view.calendar(),
            day: side.view.day(),
        }
    }

    /// A record as some commit has it, on a day. Facts of later days are not taken out of it: where they count, their
    /// days are looked at.
    pub(super) fn of_history(
        version: &'s history::Version,
        config: &'s Config,
        day: NaiveDate,
    ) -> Self {
        let (node, calendar) = (version.node(), config.calendar());
        let birth = FactTable::of(version.collection(), config).birth(node, &calendar);
        let is_born = birth.is_none_or(|birth| birth <= day);
        Self {
            collection: version.collection(),
            id: version.id(),
            path: version.path(),
            node,
            record: version.record(),
            seen: is_born.then(|| (node, version.record())),
            config,
            calendar,
            day,
        }
    }

    pub(super) fn kind(&self) -> Option<Kind> {
        match self.collection {
            Collection::Kind(kind) => Some(*kind),
            Collection::Register(_) => None,
        }
    }

    /// Title, or id where there is none.
    pub(super) fn title(&self) -> &'s str {
        let own = match self.record {
            Some(record) => record.common().title(),
            None => {
                let title = self.node.get("title").or_else(|| self.node.get("name"));
                title.map(NodeRef::text)
            }
        };
        own.unwrap_or(self.id)
    }

    /// Person or role responsible; of a row what isms.toml calls so.
    pub(super) fn owner(&self) -> Option<&'s str> {
        match self.collection {
            Collection::Kind(_) => self.record.map(Record::common).and_then(Common::owner),
            Collection::Register(name) => {
                let declared = self.config.registers.get(&**name)?;
                self.node.get(declared.owner.as_deref()?).map(NodeRef::text)
            }
        }
    }

    /// As it is on file, as a type.
    pub(super) fn typed<T>(&self) -> Option<&'s T>
    where
        &'s T: TryFrom<&'s Record>,
    {
        <&T>::try_from(self.record?).ok()
    }

    /// The day at a path, as it is on file.
    pub(super) fn day_at(&self, path: &str) -> Option<NaiveDate> {
        day_of(field(self.node, path)?, &self.calendar)
    }

    /// Whether it was born by the day.
    pub(super) fn exists(&self) -> bool {
        self.seen.is_some()
    }

    /// The dates that end a record of its kind, as paths.
    pub(super) fn ends(&self) -> Vec<&'s str> {
        match self.collection {
            Collection::Kind(kind) => kind.row().closed.to_vec(),
            Collection::Register(name) => {
                let register = self.config.registers.get(&**name);
                let closed = register.and_then(|register| register.closed.as_deref());
                closed.into_iter().collect()
            }
        }
    }

    /// Whether a date that ends it had come by the day.
    pub(super) fn is_over(&self) -> bool {
        let Some((node, _)) = self.seen else {
            return false;
        };
        let has_come = |path: &str| {
            let end = field(node, path).and_then(|end| day_of(end, &self.calendar));
            end.is_some_and(|end| match is_last_day(path) {
                true => end < self.day,
                false => end <= self.day,
            })
        };
        self.ends().into_iter().any(has_come)
    }

    /// Where it stands on the day, in the words of its kind; none for what has no status.
    pub(super) fn status(&self) -> Option<String> {
        let (node, _) = self.seen?;
        let over = |yes: &'static str, no: &'static str| if self.is_over() { yes } else { no };
        let word = match self.collection {
            Collection::Kind(kind @ (Kind::Action | Kind::Finding | Kind::Risk)) => {
                status_of(*kind, node)?
            }
            Collection::Kind(Kind::Incident) => over("resolved", "open"),
            Collection::Kind(Kind::Audit) => over("performed", "planned"),
            Collection::Kind(Kind::Review) if node.get("signed_off").is_some() => "signed-off",
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
        <&Risk>::try_from(self.seen?.1?).ok()
    }

    /// The rating of a risk that counted on the day.
    pub(super) fn rated(&self) -> Option<Rated> {
        let risk = self.risk()?;
        let own = || {
            Some(Rating {
                likelihood: risk.likelihood?,
                impact: risk.impact?,
            })
        };
        let rating = rating_by(risk, self.day).or_else(own)?;
        let method = &self.config.risk;
        let score = score(rating, method);
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

/// The verdict on the latest period of a KPI that is over and not pending; none when nobody knows.
pub fn last_judged(series: Series<'_>, id: &str) -> Option<Judged> {
    match verdict(series_of(series, id, 0)) {
        Known::Verdict(judged) => judged,
        Known::Nothing => None,
    }
}

/// The series of a side's KPIs, found by id and, of several KPIs of an id, by position.
pub(super) fn series_of<'s>(series: Series<'s>, id: &str, nth: usize) -> Option<&'s KpiSeries> {
    let series = series?;
    let start = series.partition_point(|it| *it.id < *id);
    series.get(start + nth).filter(|it| *it.id == *id)
}
