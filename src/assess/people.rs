//! Who stands behind a name: records name persons or roles, and authority is judged on the day of the act; commits
//! name e-mail addresses.

use crate::records::config::Person;
use crate::records::{Config, Day};
use chrono::NaiveDate;

/// Whether isms.toml knows a person or role of this id.
pub fn is_known(config: &Config, who: &str) -> bool {
    config.people.contains_key(who) || config.roles.contains_key(who)
}

/// Ids of the persons a name stands for on a day: the person in office, or all who held the role. In order of ids.
pub fn persons<'c>(config: &'c Config, who: &str, day: NaiveDate) -> Vec<&'c str> {
    let behind = config
        .people
        .iter()
        .filter(|(id, person)| is_behind(id, person, who, day));
    behind.map(|(id, _)| &**id).collect()
}

/// Whether a name stands for a person on a day.
fn is_behind(id: &str, person: &Person, who: &str, day: NaiveDate) -> bool {
    let day = Day(day);
    (id == who && person.in_office(day)) || person.holds(who, day)
}

/// Whether two names stand for one person on a day. A name is always the same as itself.
pub fn overlap(config: &Config, one: &str, other: &str, day: NaiveDate) -> bool {
    let mut people = config.people.iter();
    let is_both = |id: &str, person: &Person| {
        is_behind(id, person, one, day) && is_behind(id, person, other, day)
    };
    one == other || people.any(|(id, person)| is_both(id, person))
}

/// Whether somebody could act under this name on a day.
///
/// A role that isms.toml gives to nobody at all is a name without a register of holders, and can always act; one that
/// had holders on other days only cannot.
pub fn can_act(config: &Config, who: &str, day: NaiveDate) -> bool {
    let mut people = config.people.iter();
    if people.any(|(id, person)| is_behind(id, person, who, day)) {
        return true;
    }
    let is_held = |who: &str| {
        let mut held = config.people.values().flat_map(|person| &person.roles);
        held.any(|held| &*held.role == who)
    };
    config.roles.contains_key(who) && !config.people.contains_key(who) && !is_held(who)
}

/// Whether an e-mail address is one of a person's; upper and lower case are the same.
pub fn uses(person: &Person, email: &str) -> bool {
    let email = email.trim();
    let mut emails = person.email.iter();
    !email.is_empty() && emails.any(|own| own.trim().eq_ignore_ascii_case(email))
}

/// The person who uses an e-mail address in commits; of several who share it the first by id.
pub fn person_of_email<'c>(config: &'c Config, email: &str) -> Option<&'c str> {
    let mut people = config.people.iter();
    let (id, _) = people.find(|(_, person)| uses(person, email))?;
    Some(id)
}

/// The persons a name in an approval means: who held it on the day, and a person named by id in any case. Whether they
/// were in office is a matter of authority, not of who they are.
pub fn meant<'c>(config: &'c Config, who: &str, day: NaiveDate) -> Vec<(&'c str, &'c Person)> {
    let day = Day(day);
    let people = config.people.iter();
    let meant = people.filter(|(id, person)| &***id == who || person.holds(who, day));
    meant.map(|(id, person)| (&**id, person)).collect()
}

/// Whether an e-mail address is one of somebody whom a name means on a day.
pub fn is_person_behind(config: &Config, email: &str, who: &str, day: NaiveDate) -> bool {
    let meant = meant(config, who, day);
    meant.iter().any(|(_, person)| uses(person, email))
}

/// Why an approval does not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// isms.toml knows no such person or role.
    Unknown,
    /// Nobody could act under that name on the day.
    OutOfOffice,
    /// It was the owner.
    Owner,
}

/// Whether somebody other than the owner approved something on a day.
///
/// # Errors
/// Why the approval does not count.
pub fn approves(
    config: &Config,
    approver: &str,
    owner: &str,
    day: NaiveDate,
) -> Result<(), Refusal> {
    if !is_known(config, approver) {
        Err(Refusal::Unknown)
    } else if !can_act(config, approver, day) {
        Err(Refusal::OutOfOffice)
    } else if overlap(config, approver, owner, day) {
        Err(Refusal::Owner)
    } else {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::records::config::RoleHeld;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn person(roles: &[(&str, Option<&str>)], until: Option<&str>) -> Person {
        let held = |(role, until): &(&str, Option<&str>)| RoleHeld {
            role: (*role).into(),
            from: None,
            until: until.map(|until| Day(day(until))),
        };
        Person {
            name: "Somebody".into(),
            email: Vec::new(),
            roles: roles.iter().map(held).collect(),
            qualifications: Vec::new(),
            from: None,
            until: until.map(|until| Day(day(until))),
        }
    }

    fn config() -> Config {
        let mut config = Config::nameless();
        for role in ["ciso", "ceo", "auditor"] {
            config.roles.insert(role.into(), role.into());
        }
        let past = Some("2026-02-28");
        config
            .people
            .insert("a".into(), person(&[("ciso", None)], None));
        config
            .people
            .insert("b".into(), person(&[("ciso", past), ("ceo", past)], None));
        config.people.insert("c".into(), person(&[], past));
        config
    }

    #[test]
    fn a_name_stands_for_whoever_held_it_on_the_day() {
        let config = config();
        assert_eq!(persons(&config, "ciso", day("2026-02-28")), ["a", "b"]);
        assert_eq!(persons(&config, "ciso", day("2026-03-01")), ["a"]);
        assert_eq!(persons(&config, "c", day("2026-02-28")), ["c"]);
        assert!(persons(&config, "c", day("2026-03-01")).is_empty());
    }

    #[test]
    fn two_hats_on_one_head_are_one_person() {
        let config = config();
        assert!(overlap(&config, "ciso", "ceo", day("2026-02-01")));
        assert!(!overlap(&config, "ciso", "ceo", day("2026-03-01")));
        assert!(overlap(&config, "a", "ciso", day("2026-03-01")));
        assert!(overlap(&config, "auditor", "auditor", day("2026-03-01")));
    }

    #[test]
    fn only_those_in_office_act() {
        let config = config();
        assert!(can_act(&config, "ceo", day("2026-02-28")));
        assert!(!can_act(&config, "ceo", day("2026-03-01")));
        assert!(!can_act(&config, "c", day("2026-03-01")));
        assert!(
            can_act(&config, "auditor", day("2026-03-01")),
            "held by nobody at all"
        );
        assert!(!can_act(&config, "stranger", day("2026-03-01")));
    }

    #[test]
    fn an_approval_counts_when_another_person_in_office_gave_it() {
        let config = config();
        let on = |approver, when| approves(&config, approver, "ciso", day(when));
        assert_eq!(on("ceo", "2026-02-28"), Err(Refusal::Owner));
        assert_eq!(on("ceo", "2026-03-01"), Err(Refusal::OutOfOffice));
        assert_eq!(on("c", "2026-02-28"), Ok(()));
        assert_eq!(on("stranger", "2026-02-28"), Err(Refusal::Unknown));
    }

    #[test]
    fn addresses_lead_to_persons_and_to_the_roles_they_held() {
        let mut config = config();
        for (id, email) in [
            ("a", "a@example.org"),
            ("b", " B@Example.org"),
            ("c", "c@x"),
        ] {
            let person = config.people.get_mut(id).unwrap();
            person.email = vec![email.into(), "team@example.org".into()];
        }
        assert_eq!(person_of_email(&config, "b@EXAMPLE.org "), Some("b"));
        assert_eq!(person_of_email(&config, "team@example.org"), Some("a"));
        assert_eq!(person_of_email(&config, ""), None);
        let behind = |email, who, when| is_person_behind(&config, email, who, day(when));
        assert!(behind("b@example.org", "ceo", "2026-02-28"));
        assert!(!behind("b@example.org", "ceo", "2026-03-01"));
        assert!(!behind("a@example.org", "ceo", "2026-02-28"));
        assert!(behind("A@example.org", "ciso", "2026-03-01"));
        assert!(
            behind("c@x", "c", "2026-03-01"),
            "who they are does not end"
        );
        assert!(!behind("c@x", "stranger", "2026-03-01"));
        assert!(
            behind("team@example.org", "ceo", "2026-02-28"),
            "one who shares it"
        );
    }
}
