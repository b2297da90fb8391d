//! Heat maps: how many open risks have which likelihood and impact, without controls, now, and as treatment is to
//! leave them.

use super::{Rating, RiskFilter};
use crate::assess::View;
use crate::assess::risk::{self, Assessed};
use crate::records::config::{Accept, RiskMethod};
use crate::report::Incomplete;
use crate::report::document::{Line, Table};
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// Which rating a heat map is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HeatKind {
    Inherent,
    Current,
    Target,
}

impl HeatKind {
    /// In the order of reading: what it was, what it is, what it is to be.
    pub const ALL: [HeatKind; 3] = [HeatKind::Inherent, HeatKind::Current, HeatKind::Target];

    /// The word in JSON and on screens.
    pub fn word(self) -> &'static str {
        match self {
            HeatKind::Inherent => "inherent",
            HeatKind::Current => "current",
            HeatKind::Target => "target",
        }
    }
}

/// Heat maps over the scales of isms.toml.
#[derive(Debug)]
pub struct Matrix {
    /// The day that was looked at.
    pub as_of: NaiveDate,
    /// Names of the likelihoods, from 1.
    pub likelihood: Vec<String>,
    /// Names of the impacts, from 1.
    pub impact: Vec<String>,
    /// Score above which an open risk needs treatment or acceptance.
    pub appetite: Option<u16>,
    /// How many risks were looked at.
    pub risks: usize,
    /// One map for each rating that was asked for.
    pub maps: Vec<Heat>,
    /// Why something may be missing.
    pub incomplete: Incomplete,
    method: RiskMethod,
}

/// One heat map.
#[derive(Debug)]
pub struct Heat {
    /// Which rating it is about.
    pub kind: HeatKind,
    /// Ids of the risks in each cell that holds some, by likelihood and impact.
    pub cells: BTreeMap<(u8, u8), Vec<String>>,
    /// Risks without such a rating, or with one off the scales.
    pub unrated: Vec<String>,
}

impl Matrix {
    /// Heat maps of the risks that pass a filter.
    pub fn new(
        view: &View<'_>,
        filter: &RiskFilter,
        kinds: &[HeatKind],
        incomplete: Incomplete,
    ) -> Self {
        let mut risks = risk::assess(view);
        risks.retain(|risk| filter.wants(risk));
        Self::of(view, &risks, kinds, incomplete)
    }

    /// Heat maps of some risks.
    pub fn of(
        view: &View<'_>,
        risks: &[Assessed<'_>],
        kinds: &[HeatKind],
        incomplete: Incomplete,
    ) -> Self {
        let method = &view.config().risk;
        let names = |scale: &[Box<str>]| scale.iter().map(ToString::to_string).collect();
        Self {
            as_of: view.day(),
            likelihood: names(&method.likelihood),
            impact: names(&method.impact),
            appetite: method.appetite,
            risks: risks.len(),
            maps: kinds
                .iter()
                .map(|kind| heat(method, risks, *kind))
                .collect(),
            incomplete,
            method: method.clone(),
        }
    }

    /// The positions of a scale, from 1.
    pub fn positions(scale: &[String]) -> impl DoubleEndedIterator<Item = u8> + use<> {
        1..=u8::try_from(scale.len()).unwrap_or(u8::MAX)
    }

    /// The score of a cell.
    pub fn score(&self, likelihood: u8, impact: u8) -> Option<u16> {
        self.method.score(likelihood, impact)
    }

    /// The name of the band of a cell.
    pub fn band(&self, likelihood: u8, impact: u8) -> Option<&str> {
        risk::band(self.score(likelihood, impact)?, &self.method)
    }

    /// Whether the score of a cell is above the appetite.
    pub fn is_over_appetite(&self, likelihood: u8, impact: u8) -> bool {
        risk::is_over_appetite(&self.method, self.score(likelihood, impact))
    }

    /// Whether nobody may accept a risk of a cell.
    pub fn is_forbidden(&self, likelihood: u8, impact: u8) -> bool {
        let score = self.score(likelihood, impact);
        let band = score.and_then(|score| self.method.band(score));
        let rule = band.and_then(|band| band.accept.as_ref());
        matches!(rule, Some(Accept::Never(_)))
    }

    /// Whether a cell is marked: above the appetite, or not to be accepted by anybody.
    pub fn is_marked(&self, likelihood: u8, impact: u8) -> bool {
        self.is_over_appetite(likelihood, impact) || self.is_forbidden(likelihood, impact)
    }

    /// A map as a table: impacts from the highest to the lowest, likelihoods to the right; marked counts are strong.
    pub fn table(&self, heat: &Heat) -> Table {
        let mut titles = vec!["Impact".to_owned()];
        let likelihoods = Self::positions(&self.likelihood).zip(&self.likelihood);
        titles.extend(likelihoods.map(|(position, name)| format!(">{position} {name}")));
        let titles: Vec<&str> = titles.iter().map(String::as_str).collect();
        let mut table = Table::new(&titles);
        for impact in Self::positions(&self.impact).rev() {
            let name = &self.impact[usize::from(impact) - 1];
            let mut cells = vec![Line::from(format!("{impact} {name}"))];
            for likelihood in Self::positions(&self.likelihood) {
                let count = heat.count(likelihood, impact);
                let marked = self.is_marked(likelihood, impact);
                cells.push(match count {
                    0 if marked => "[·]".into(),
                    0 => "·".into(),
                    count if marked => Line::default().strong(format!("[{count}]")),
                    count => count.to_string().into(),
                });
            }
            table.row(cells);
        }
        table
    }
}

impl Heat {
    /// How many risks are in a cell.
    pub fn count(&self, likelihood: u8, impact: u8) -> usize {
        self.cells.get(&(likelihood, impact)).map_or(0, Vec::len)
    }
}

fn heat(method: &RiskMethod, risks: &[Assessed<'_>], kind: HeatKind) -> Heat {
    let mut cells: BTreeMap<(u8, u8), Vec<String>> = BTreeMap::new();
    let mut unrated = Vec::new();
    for it in risks {
        let rating: Option<Rating> = match kind {
            HeatKind::Inherent => it.risk.inherent,
            HeatKind::Current => it.rating,
            HeatKind::Target => it.risk.target,
        };
        let id = it.seen.id().to_owned();
        match rating.filter(|rating| risk::score(*rating, method).is_some()) {
            Some(rating) => {
                let cell = cells.entry((rating.likelihood, rating.impact));
                cell.or_default().push(id);
            }
            None => unrated.push(id),
        }
    }
    cells.values_mut().for_each(|ids| ids.sort_unstable());
    unrated.sort_unstable();
    Heat {
        kind,
        cells,
        unrated,
    }
}
