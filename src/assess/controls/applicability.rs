//! The statement of applicability (clause 6.1.3 d): every reference of Annex A, who claims or excludes it and why.
//!
//! Only the numbers of Annex A of ISO/IEC 27001:2022 stand here; its text is that of the standard.

use crate::assess::View;
use crate::assess::coverage::Named;
use crate::records::Kind;
use crate::records::control::{Applicability, Control};
use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeMap;

/// The themes of Annex A: number, name in our own words, how many controls.
const THEMES: [(u8, &str, u8); 4] = [
    (5, "organisational", 37),
    (6, "people", 8),
    (7, "physical", 14),
    (8, "technological", 34),
];

/// What the records say to a reference.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ReferenceState {
    /// It applies and is in place.
    Implemented,
    /// It applies; at least one control that claims it is not in place yet.
    NotImplemented,
    /// It is excluded, with a reason.
    Excluded,
    /// A control names it, but none says why it applies and whether it is in place.
    Unjustified,
    /// One control says that it applies, another that it does not.
    Contradictory,
    /// No control names it.
    Unaddressed,
}

impl ReferenceState {
    /// Whether the statement has a gap here.
    pub fn is_gap(self) -> bool {
        matches!(
            self,
            ReferenceState::Unjustified
                | ReferenceState::Contradictory
                | ReferenceState::Unaddressed
        )
    }
}

/// A control that names a reference.
#[derive(Debug, Clone)]
pub struct Claim<'v> {
    /// Id of the control.
    pub control: &'v str,
    /// Its title.
    pub title: &'v str,
    /// What it says of applicability.
    pub line: Option<&'v Applicability>,
}

/// A reference of Annex A.
#[derive(Debug, Clone)]
pub struct Reference<'v> {
    /// Its number: `A.5.15`.
    pub id: String,
    /// Its theme, in our own words.
    pub theme: &'static str,
    /// What the records say.
    pub state: ReferenceState,
    /// The controls that name it, by id.
    pub claims: Vec<Claim<'v>>,
}

/// The statement of applicability.
#[derive(Debug, Clone)]
pub struct Statement<'v> {
    /// All 93 references, in their order.
    pub references: Vec<Reference<'v>>,
    /// What controls name that Annex A of the 2022 edition does not have: the reference and the control.
    pub unknown: Vec<(&'v str, &'v str)>,
}

/// The statement as of the day of a view. Controls that have ended say nothing.
pub fn statement<'v>(view: &'v View<'_>) -> Statement<'v> {
    let mut claims: BTreeMap<(u8, u8), Vec<Claim<'v>>> = BTreeMap::new();
    let mut unknown = Vec::new();
    let controls = view.typed::<Control>(Kind::Control);
    for (seen, control) in controls.filter(|(_, control)| is_claimed(control, view.day())) {
        for written in references(control) {
            match read(written) {
                Written::Clause => {}
                Written::Unknown => unknown.push((written, seen.id())),
                Written::Annex(theme, position) => {
                    claims.entry((theme, position)).or_default().push(Claim {
                        control: seen.id(),
                        title: seen.title(),
                        line: control.applicability.as_ref(),
                    })
                }
            }
        }
    }
    unknown.sort_unstable();
    let all = THEMES.iter().flat_map(|(theme, name, count)| {
        (1..=*count).map(move |position| (*theme, *name, position))
    });
    let references = all.map(|(theme, name, position)| {
        let mut claims = claims.remove(&(theme, position)).unwrap_or_default();
        claims.sort_by_key(|claim| claim.control);
        claims.dedup_by_key(|claim| claim.control);
        Reference {
            id: format!("A.{theme}.{position}"),
            theme: name,
            state: state(&claims),
            claims,
        }
    });
    Statement {
        references: references.collect(),
        unknown,
    }
}

impl Statement<'_> {
    /// How many references are in a state.
    pub fn count(&self, state: ReferenceState) -> usize {
        let states = self.references.iter().map(|reference| reference.state);
        states.filter(|it| *it == state).count()
    }
}

fn is_claimed(control: &Control, day: NaiveDate) -> bool {
    control.until.is_none_or(|until| day <= until.0)
}

/// What a control names in ISO/IEC 27001, however the framework is spelled (`iso27001`, `ISO/IEC 27001`).
fn references(control: &Control) -> impl Iterator<Item = &str> {
    let is_iso = |name: &str| {
        let letters = name.chars().filter(char::is_ascii_alphanumeric);
        let plain: String = letters.collect::<String>().to_ascii_lowercase();
        ["iso27001", "isoiec27001"]
            .iter()
            .any(|iso| plain.starts_with(iso))
    };
    let frameworks = control.frameworks.iter();
    let iso = frameworks.filter(move |(name, _)| is_iso(name));
    iso.flat_map(|(_, references)| references)
        .map(|reference| &**reference)
}

/// What a control names in ISO/IEC 27001.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Written {
    /// Theme and position of a control of Annex A.
    Annex(u8, u8),
    /// A clause of the standard itself, which the statement of applicability does not list.
    Clause,
    Unknown,
}

/// Reads a reference such as `A.5.15` or `5.15`. A bare number that is both (`8.2`) is the clause.
fn read(written: &str) -> Written {
    let plain = written.trim();
    let marked = plain
        .strip_prefix(['A', 'a'])
        .map(|rest| rest.trim_start_matches(['.', ' ']));
    if marked.is_none() && Named::read(plain) != Named::Unknown {
        return Written::Clause;
    }
    match number(marked.unwrap_or(plain)) {
        Some((theme, position)) => Written::Annex(theme, position),
        None => Written::Unknown,
    }
}

fn number(plain: &str) -> Option<(u8, u8)> {
    let (theme, position) = plain.split_once('.')?;
    let (theme, position) = (theme.parse().ok()?, position.parse().ok()?);
    let (_, _, count) = THEMES.iter().find(|(number, _, _)| *number == theme)?;
    (1..=*count)
        .contains(&position)
        .then_some((theme, position))
}

fn state(claims: &[Claim<'_>]) -> ReferenceState {
    let lines: Vec<&Applicability> = claims.iter().filter_map(|claim| claim.line).collect();
    let applies = lines.iter().any(|line| line.applicable);
    let excluded = lines.iter().any(|line| !line.applicable);
    let in_place = lines.iter().all(|line| line.implemented);
    match (claims.is_empty(), applies, excluded) {
        (true, _, _) => ReferenceState::Unaddressed,
        (_, false, false) => ReferenceState::Unjustified,
        (_, true, true) => ReferenceState::Contradictory,
        (_, false, true) => ReferenceState::Excluded,
        (_, true, false) if in_place => ReferenceState::Implemented,
        (_, true, false) => ReferenceState::NotImplemented,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn annex_a_has_93_controls() {
        assert_eq!(
            THEMES
                .iter()
                .map(|(_, _, count)| usize::from(*count))
                .sum::<usize>(),
            93
        );
        for (written, wanted) in [
            ("A.5.15", Written::Annex(5, 15)),
            ("a.5.37", Written::Annex(5, 37)),
            ("8.34", Written::Annex(8, 34)),
            ("A 6.8", Written::Annex(6, 8)),
            ("A.8.2", Written::Annex(8, 2)),
            ("8.2", Written::Clause),
            ("6.1.2", Written::Clause),
            ("9.1 c", Written::Clause),
            ("A.5.38", Written::Unknown),
            ("A.6.0", Written::Unknown),
            ("A.9.1", Written::Unknown),
            ("A.18.1.3", Written::Unknown),
            ("access", Written::Unknown),
        ] {
            assert_eq!(read(written), wanted, "{written}");
        }
    }

    #[test]
    fn a_reference_is_what_all_its_controls_say() {
        let line = |applicable, implemented| Applicability {
            applicable,
            justification: "why".into(),
            implemented,
        };
        let (inside, later, outside) = (line(true, true), line(true, false), line(false, false));
        let claim = |line| Claim {
            control: "CTL",
            title: "Control",
            line,
        };
        let cases: [(&[Option<&Applicability>], ReferenceState); 7] = [
            (&[], ReferenceState::Unaddressed),
            (&[None], ReferenceState::Unjustified),
            (&[Some(&inside), None], ReferenceState::Implemented),
            (
                &[Some(&inside), Some(&later)],
                ReferenceState::NotImplemented,
            ),
            (&[Some(&outside)], ReferenceState::Excluded),
            (
                &[Some(&outside), Some(&inside)],
                ReferenceState::Contradictory,
            ),
            (&[Some(&inside)], ReferenceState::Implemented),
        ];
        for (lines, wanted) in cases {
            let claims: Vec<Claim<'_>> = lines.iter().map(|line| claim(*line)).collect();
            assert_eq!(state(&claims), wanted);
        }
    }
}
