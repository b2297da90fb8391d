//! Management reviews: plan, minutes and sign-off (clause 9.3).

use super::Day;
use super::config::InputName;
use super::id::{ActionRef, AnyRef, Who};
use super::record::record;
use super::shared::{Distribution, Evidence};
use schemars::JsonSchema;
use serde::Deserialize;

record! {required,
    /// One management review (clause 9.3).
    pub struct Review {
        /// Type, one of `[reviews]`.
        pub r#type: Box<str>,
        /// Day for which it is planned.
        pub planned: Day,
        /// Day on which it was held.
        pub held: Option<Day>,
        /// Days it looks at.
        pub period: DaySpan,
        /// Records it was called for (an incident, an audit).
        #[serde(default)]
        pub r#for: Vec<AnyRef>,
        /// Who chaired.
        pub chair: Option<Who>,
        /// Who took part.
        #[serde(default)]
        pub attendees: Vec<Who>,
        /// Who stood in for whom.
        #[serde(default)]
        pub delegates: Vec<Delegate>,
        /// Who sent apologies.
        #[serde(default)]
        pub apologies: Vec<Who>,
        /// Notes on the agenda of 9.3.2.
        pub inputs: Option<Inputs>,
        /// Decisions (clause 9.3.3).
        #[serde(default)]
        pub decisions: Vec<Decision>,
        /// Whether the system is suitable, adequate and effective (clause 9.3.1).
        pub conclusion: Option<Conclusion>,
        /// To whom the minutes were handed out.
        pub distributed: Option<Distribution>,
        /// Sign-off of the minutes.
        pub signed_off: Option<SignOff>,
        /// The pack that was presented.
        pub pack: Option<PackReference>,
    }
}

/// First and last day of a span.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DaySpan {
    /// First day.
    pub from: Day,
    /// Last day.
    pub to: Day,
}

/// Somebody who stood in for somebody.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Delegate {
    /// The one who was absent.
    pub of: Who,
    /// The one who came.
    pub who: Who,
}

/// Notes on the inputs of clause 9.3.2.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Inputs {
    /// Status of actions from previous reviews.
    pub a: Option<Input>,
    /// Changes in external and internal issues.
    pub b: Option<Input>,
    /// Changes in needs and expectations of interested parties.
    pub c: Option<Input>,
    /// Nonconformities and corrective actions.
    pub d1: Option<Input>,
    /// Monitoring and measurement results.
    pub d2: Option<Input>,
    /// Audit results.
    pub d3: Option<Input>,
    /// Fulfilment of objectives.
    pub d4: Option<Input>,
    /// Feedback from interested parties.
    pub e: Option<Input>,
    /// Risk assessment results and treatment status.
    pub f: Option<Input>,
    /// Opportunities for continual improvement.
    pub g: Option<Input>,
}

impl Inputs {
    /// What was said on an input.
    pub fn get(&self, name: InputName) -> Option<&Input> {
        let input = match name {
            InputName::A => &self.a,
            InputName::B => &self.b,
            InputName::C => &self.c,
            InputName::D1 => &self.d1,
            InputName::D2 => &self.d2,
            InputName::D3 => &self.d3,
            InputName::D4 => &self.d4,
            InputName::E => &self.e,
            InputName::F => &self.f,
            InputName::G => &self.g,
        };
        input.as_ref()
    }
}

/// What was said on one input.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Input {
    /// Present state.
    pub state: Option<Box<str>>,
    /// Trend since the last review.
    pub trend: Option<Box<str>>,
    /// Proposed changes.
    pub proposed: Option<Box<str>>,
}

/// One decision (clause 9.3.3).
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Decision {
    /// What was decided.
    pub text: Box<str>,
    /// What it concerns.
    pub kind: DecisionKind,
    /// Action that carries it out.
    pub action: Option<ActionRef>,
}

/// What a decision concerns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum DecisionKind {
    Improvement,
    IsmsChange,
    Objective,
    Resource,
}

/// Judgement on the system (clause 9.3.1).
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Conclusion {
    /// It fits objectives, commitments and risk appetite.
    pub suitable: bool,
    /// It covers its stated scope.
    pub adequate: bool,
    /// It gives the outcomes expected.
    pub effective: bool,
}

/// Sign-off of the minutes.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SignOff {
    /// Who signed.
    pub by: Who,
    /// On which day.
    pub on: Day,
    /// Where the signature can be seen.
    pub evidence: Option<Evidence>,
}

/// The pack that was presented, for verification years later.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PackReference {
    /// Revision of the records.
    pub revision: Box<str>,
    /// Digest of the pack.
    pub sha256: Option<Box<str>>,
}
