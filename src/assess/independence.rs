//! Whether auditors are independent (clause 9.2.2 b): nobody audits an area, a control or a policy of their own.

use super::people::overlap;
use crate::records::audit::Audit;
use crate::records::control::Control;
use crate::records::policy::Policy;
use crate::records::{Day, Kind};
use crate::workspace::Snapshot;
use chrono::NaiveDate;
use foldhash::{HashMap, HashSet};

/// What somebody may own that is audited.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Audited {
    Area,
    Control,
    Policy,
}

impl Audited {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Audited::Area => "area",
            Audited::Control => "control",
            Audited::Policy => "policy",
        }
    }
}

/// Something audited by somebody who owns it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict<'s> {
    /// Position of the auditor in `auditors`.
    pub auditor: usize,
    /// What it is.
    pub what: Audited,
    /// Its id.
    pub id: &'s str,
    /// Person or role that owns it.
    pub owner: &'s str,
}

/// The day on which an audit was performed, else the one for which it is planned.
pub fn day_of(audit: &Audit) -> NaiveDate {
    audit.performed.unwrap_or(audit.planned).0
}

/// Everything that may be audited and has an owner, looked through once.
pub struct Estate<'s> {
    snapshot: &'s Snapshot,
    by_id: HashMap<&'s str, &'s Control>,
    by_area: HashMap<&'s str, Vec<&'s str>>,
}

impl<'s> Estate<'s> {
    /// Looks through the controls of a snapshot.
    pub fn of(snapshot: &'s Snapshot) -> Self {
        let mut estate = Self {
            snapshot,
            by_id: HashMap::default(),
            by_area: HashMap::default(),
        };
        for (entry, control) in snapshot.typed::<Control>(Kind::Control) {
            estate.by_id.insert(entry.id(), control);
            if let Some(area) = control.area.as_deref() {
                estate.by_area.entry(area).or_default().push(entry.id());
            }
        }
        estate
    }

    /// What the auditors of an audit own of what they audit, on the day it was performed or is planned; by auditor,
    /// kind and id.
    pub fn conflicts(&self, audit: &Audit) -> Vec<Conflict<'s>> {
        let owned = self.owned(audit);
        let (config, day) = (self.snapshot.config(), day_of(audit));
        let mut found = Vec::new();
        for (auditor, who) in audit.auditors.iter().enumerate() {
            // Few own much of what is audited.
            let mut known: HashMap<&str, bool> = HashMap::default();
            let mut is_same = |owner: &'s str| {
                let compare = || overlap(config, who, owner, day);
                *known.entry(owner).or_insert_with(compare)
            };
            let theirs = owned.iter().filter(|(_, _, owner)| is_same(owner));
            found.extend(theirs.map(|(what, id, owner)| Conflict {
                auditor,
                what: *what,
                id,
                owner,
            }));
        }
        found
    }

    /// Areas, controls and policies under audit, with their owners. An area of which the audit lists no control is
    /// audited with all of them; the policies are those that the audited controls put into practice.
    fn owned(&self, audit: &Audit) -> Vec<(Audited, &'s str, &'s str)> {
        let day = day_of(audit);
        let in_force = |until: Option<Day>| until.is_none_or(|until| day <= until.0);
        let listed: HashSet<&str> = audit.controls.iter().map(|control| &**control).collect();
        let mut controls: Vec<&str> = listed.iter().copied().collect();
        let mut owned = Vec::new();
        for area in &audit.areas {
            let declared = self.snapshot.config().areas.get_key_value(&*area.0);
            let owner = declared.and_then(|(id, area)| Some((&**id, area.owner.as_deref()?)));
            owned.extend(owner.map(|(id, owner)| (Audited::Area, id, owner)));
            let all = self.by_area.get(&**area).map_or(&[][..], Vec::as_slice);
            if !all.iter().any(|control| listed.contains(control)) {
                controls.extend(all);
            }
        }
        for id in controls {
            let Some((id, control)) = self.by_id.get_key_value(id) else {
                continue;
            };
            if in_force(control.until) {
                owned.push((Audited::Control, id, &*control.owner));
                owned.extend(
                    self.policy(control)
                        .filter(|(_, policy)| in_force(policy.until))
                        .map(|(id, policy)| (Audited::Policy, id, &*policy.owner)),
                );
            }
        }
        owned.sort_unstable();
        owned.dedup();
        owned
    }

    fn policy(&self, control: &Control) -> Option<(&'s str, &'s Policy)> {
        let entry = self.snapshot.get(control.policy.as_deref()?)?;
        Some((entry.id(), <&Policy>::try_from(entry.record()?).ok()?))
    }
}
