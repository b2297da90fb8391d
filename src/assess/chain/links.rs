//! How actions hang together: by the record they come from, and by what follows what was not effective.

use crate::records::action::Action;
use crate::records::finding::Finding;
use chrono::NaiveDate;
use foldhash::HashMap;

/// An action and its id.
#[derive(Debug, Clone, Copy)]
pub struct Link<'r> {
    /// Its id.
    pub id: &'r str,
    /// What it says.
    pub action: &'r Action,
}

/// Where an action stands, its successors included (clause 10.2 d).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Not done.
    Open,
    /// Given up, and nothing effective took its place.
    Cancelled(NaiveDate),
    /// Done, and nobody has looked yet whether it worked.
    Completed(NaiveDate),
    /// It did not work, and nothing effective followed yet.
    Ineffective(NaiveDate),
    /// It worked, or one that succeeds it did.
    Effective(NaiveDate),
}

/// All actions by id, source and predecessor.
#[derive(Default)]
pub struct Links<'r> {
    by_id: HashMap<&'r str, Link<'r>>,
    by_source: HashMap<&'r str, Vec<Link<'r>>>,
    by_predecessor: HashMap<&'r str, Vec<Link<'r>>>,
}

impl<'r> Links<'r> {
    /// Looks through actions, those on file or those of a day, by id.
    pub fn of(actions: impl Iterator<Item = (&'r str, &'r Action)>) -> Self {
        let mut links = Self::default();
        for (id, action) in actions {
            let link = Link { id, action };
            links.by_id.entry(id).or_insert(link);
            let siblings = links.by_source.entry(&action.source).or_default();
            siblings.push(link);
            if let Some(before) = action.succeeds.as_deref() {
                links.by_predecessor.entry(before).or_default().push(link);
            }
        }
        links
    }

    /// The action of an id.
    pub fn get(&self, id: &str) -> Option<Link<'r>> {
        self.by_id.get(id).copied()
    }

    /// Actions whose source is the record.
    pub fn of_source(&self, id: &str) -> &[Link<'r>] {
        self.by_source
            .get(id)
            .map(Vec::as_slice)
            .unwrap_or_default()
    }

    /// Actions of a finding: those it names, then those that name it as their source. Unknown ids are left out.
    pub fn of_finding(&self, id: &str, finding: &Finding) -> Vec<Link<'r>> {
        let named = finding.actions.iter().filter_map(|action| self.get(action));
        let mut all: Vec<Link<'r>> = Vec::new();
        for link in named.chain(self.of_source(id).iter().copied()) {
            if all.iter().all(|other| other.id != link.id) {
                all.push(link);
            }
        }
        all
    }

    /// Actions that succeed one: opened no earlier than it was.
    pub fn successors(&self, of: Link<'_>) -> impl Iterator<Item = Link<'r>> {
        let opened = of.action.opened;
        let own = of.id.to_owned();
        let followers = self.by_predecessor.get(of.id).into_iter().flatten();
        let later = followers
            .copied()
            .filter(move |next| next.action.opened >= opened);
        later.filter(move |next| next.id != own)
    }

    /// Where an action stands, its successors included.
    pub fn outcome(&self, link: Link<'r>) -> Outcome {
        self.outcome_without(link, &mut Vec::new())
    }

    /// The same, without those looked at already: succession may run in a circle by mistake.
    fn outcome_without(&self, link: Link<'r>, seen: &mut Vec<&'r str>) -> Outcome {
        let action = link.action;
        let own = match (&action.verification, &action.cancelled, action.completed) {
            (Some(check), _, _) if check.effective => return Outcome::Effective(check.on.0),
            (Some(check), _, _) => Outcome::Ineffective(check.on.0),
            (None, Some(cancelled), _) => Outcome::Cancelled(cancelled.on.0),
            (None, None, Some(completed)) => return Outcome::Completed(completed.0),
            (None, None, None) => return Outcome::Open,
        };
        seen.push(link.id);
        let mut effective: Option<NaiveDate> = None;
        for next in self.successors(link) {
            if seen.contains(&next.id) {
                continue;
            }
            if let Outcome::Effective(on) = self.outcome_without(next, seen) {
                effective = Some(effective.map_or(on, |before| before.min(on)));
            }
        }
        effective.map_or(own, Outcome::Effective)
    }
}
