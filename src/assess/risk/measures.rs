//! What has been done about a risk: controls in place, actions of its treatment.

use crate::assess::View;
use crate::assess::obligations::actions::{Actions, ended};
use crate::records::action::Action;
use crate::records::action::ActionType;
use crate::records::config::RiskMethod;
use crate::records::control::Control;
use crate::records::risk::{Risk, TreatmentOption};
use chrono::NaiveDate;

/// The measures of all risks of a view.
pub struct Measures<'v> {
    view: &'v View<'v>,
    actions: Actions<'v>,
    /// The day on which controls must be in force.
    day: NaiveDate,
}

impl<'v> Measures<'v> {
    /// Measures as of a day, which may be before that of the view.
    pub fn of(view: &'v View<'v>, day: NaiveDate) -> Self {
        Self {
            view,
            actions: Actions::of(view),
            day,
        }
    }

    /// The actions of a risk's treatment: those it names, and those of that type that name it as their source.
    pub fn actions(&self, risk: &'v Risk) -> Vec<&'v Action> {
        let named = risk.treatment.iter().flat_map(|it| &it.actions);
        let mut all: Vec<&Action> = named.filter_map(|id| self.actions.get(id)).collect();
        for action in self.actions.of_source(&risk.id) {
            let is_named = all.iter().any(|other| other.id == action.id);
            if action.r#type == ActionType::Treatment && !is_named {
                all.push(action);
            }
        }
        all
    }

    /// The controls of a risk that are in place.
    pub fn controls(&self, risk: &'v Risk) -> impl Iterator<Item = &'v str> {
        let listed = risk.controls.iter().map(|id| &**id);
        listed.filter(|id| self.is_in_place(id))
    }

    /// Whether a control is applicable, implemented, and not given up.
    pub fn is_in_place(&self, id: &str) -> bool {
        let seen = self.view.get(id);
        seen.and_then(|seen| seen.typed::<Control>())
            .is_some_and(|control| {
                let line = control.applicability.as_ref();
                line.is_none_or(|line| line.applicable && line.implemented)
                    && control.until.is_none_or(|until| self.day <= until.0)
            })
    }

    /// Whether something modifies the risk: a control in place, or a completed action.
    pub fn mitigate(&self, risk: &'v Risk) -> bool {
        let mut actions = self.actions(risk).into_iter();
        self.controls(risk).next().is_some() || actions.any(|action| action.completed.is_some())
    }

    /// The day on which the treatment was done: all its actions have ended and at least one was completed.
    pub fn treated(&self, risk: &'v Risk) -> Option<NaiveDate> {
        let named = risk.treatment.as_ref().map(|it| &*it.actions);
        let others = self.actions(risk).into_iter();
        self.actions.completion(named.unwrap_or_default(), others)
    }

    /// Whether treatment is under way: an option other than acceptance, and not done. Whether it is late is another
    /// matter, and a duty of its own.
    pub fn is_under_treatment(&self, risk: &'v Risk) -> bool {
        risk.treatment.as_ref().is_some_and(|treatment| {
            treatment.option != TreatmentOption::Accept && self.treated(risk).is_none()
        })
    }

    /// Whether the score has come down since the treatment began: since the first of its actions was opened.
    pub fn has_lowered(&self, risk: &'v Risk, method: &RiskMethod) -> bool {
        let actions = self.actions(risk);
        let began = actions.iter().map(|action| action.opened.0).min();
        let at_start = began.and_then(|day| super::rating_by(risk, day));
        let before = at_start.or_else(|| super::first_rating(risk));
        let before = before.and_then(|rating| super::score(rating, method));
        let now = super::current_score(risk, method);
        before.zip(now).is_some_and(|(before, now)| now < before)
    }

    /// Whether an action was completed from one day to another, both included.
    pub fn completed_between(&self, risk: &'v Risk, from: NaiveDate, to: NaiveDate) -> bool {
        let mut actions = self.actions(risk).into_iter();
        actions.any(|action| {
            action
                .completed
                .is_some_and(|day| from <= day.0 && day.0 <= to)
        })
    }

    /// Whether an action has ended, by completion or cancellation.
    pub fn is_over(action: &Action) -> bool {
        ended(action).is_some()
    }
}
