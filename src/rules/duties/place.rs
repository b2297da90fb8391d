//! Where a duty comes from: the field that sets its date.

use crate::assess::Seen;
use crate::assess::facts::{day_of, field};
use crate::assess::obligations::{Obligation, ObligationKind};
use crate::diagnostics::Location;
use crate::records::Kind;
use crate::records::activity::Trigger;
use crate::rules::Context;
use crate::text::pointer::{Part, child, find};
use crate::workspace::{Collection, EntryRef};

/// A place, and the record it is about.
pub(super) struct Place {
    pub location: Location,
    /// None where isms.toml asks for it.
    pub record: Option<String>,
    /// Where isms.toml says how long it may take.
    pub related: Vec<(Location, &'static str)>,
}

/// The place of the field that sets the date of a duty.
pub(super) fn place(context: &Context<'_>, it: &Obligation) -> Place {
    let subject = context.snapshot.get(&it.subject);
    let declared = declared(it, subject);
    let occasion = it.r#for.as_deref().and_then(|id| context.snapshot.get(id));
    let trigger = trigger(context, it, subject);
    match (occasion, trigger, declared, subject) {
        // What the record says that calls for it.
        (Some(occasion), Some(trigger), _, _) => in_record(
            context,
            occasion,
            &[&pointer_of(&trigger.from)],
            related(context, it, subject),
        ),
        (_, _, Some(pointer), _) => Place {
            location: context.snapshot.config_place(&pointer, Part::Value),
            record: None,
            related: Vec::new(),
        },
        (_, _, None, Some(subject)) => {
            let pointers = pointers(context, it, subject);
            let pointers: Vec<&str> = pointers.iter().map(String::as_str).collect();
            in_record(
                context,
                subject,
                &pointers,
                related(context, it, Some(subject)),
            )
        }
        (_, _, None, None) => Place {
            location: context.snapshot.config_place("", Part::Value),
            record: None,
            related: Vec::new(),
        },
    }
}

/// The first of some fields that a record had on the day, else its id.
fn in_record(
    context: &Context<'_>,
    record: EntryRef<'_>,
    pointers: &[&str],
    related: Vec<(Location, &'static str)>,
) -> Place {
    let seen = context.view.see(record);
    let node = seen.map_or(record.node(), Seen::node);
    let mut there = pointers
        .iter()
        .filter(|pointer| find(node, pointer).is_some());
    let location = match there.next().copied().unwrap_or("/id") {
        "/lessons" => record.at_key("/lessons"),
        pointer => record.at(pointer),
    };
    Place {
        location,
        record: Some(record.id().to_owned()),
        related,
    }
}

/// The pointer into isms.toml of a duty that a type declared there asks for.
fn declared(it: &Obligation, subject: Option<EntryRef<'_>>) -> Option<String> {
    let (table, kind) = match it.kind {
        ObligationKind::Report => ("/reports", None),
        ObligationKind::Audit => ("/audits", Some(Kind::Audit)),
        ObligationKind::ManagementReview => ("/reviews", Some(Kind::Review)),
        _ => return None,
    };
    let is_record = kind.is_some() && subject.and_then(EntryRef::kind) == kind;
    let is_one = it.period.is_none() && is_record;
    (!is_one).then(|| format!("{}/cadence", child(table, &it.subject)))
}

/// The trigger of the activity, review type or type of the review that is owed.
fn trigger<'c>(
    context: &Context<'c>,
    it: &Obligation,
    subject: Option<EntryRef<'c>>,
) -> Option<&'c Trigger> {
    let reviews = &context.snapshot.config().reviews;
    match it.kind {
        ObligationKind::Activity => {
            let activity: &crate::records::activity::Activity =
                subject?.record()?.try_into().ok()?;
            activity.trigger.as_ref()
        }
        // A review that is planned has a day of its own.
        ObligationKind::ManagementReview => reviews.get(&*it.subject)?.trigger.as_ref(),
        _ => None,
    }
}

/// The fields of the subject that may set the date, the likeliest first.
fn pointers(context: &Context<'_>, it: &Obligation, subject: EntryRef<'_>) -> Vec<String> {
    let fixed: &[&str] = match it.kind {
        ObligationKind::Activity => &["/cadence", "/trigger/within"],
        ObligationKind::Measurement => &["/cadence"],
        ObligationKind::Control => &["/monitor/cadence"],
        ObligationKind::PolicyReview
        | ObligationKind::ControlReview
        | ObligationKind::RiskReview => match is_day(context, it, subject, "review.next") {
            true => &["/review/next"],
            false => &["/review/every"],
        },
        ObligationKind::RegisterReview => return of_register(context, it, subject),
        ObligationKind::RiskTreatment => &["/treatment/due"],
        ObligationKind::AcceptanceEnd => &["/acceptance/until"],
        ObligationKind::Action => &["/due"],
        ObligationKind::CheckIn => &["/check_in/every"],
        ObligationKind::Verification => &["/completed"],
        ObligationKind::Finding | ObligationKind::RootCause => &["/raised"],
        ObligationKind::Lessons if follows_actions(it, Some(subject)) => &["/lessons", "/resolved"],
        ObligationKind::Lessons => &["/resolved"],
        ObligationKind::Notification => &["/notification/aware", "/detected"],
        ObligationKind::Audit | ObligationKind::ManagementReview => &["/planned"],
        ObligationKind::KpiAnalysis => &["/analysis/every"],
        ObligationKind::EvidenceExpiry => return of_evidence(context, it, subject),
        ObligationKind::Report => &[],
        ObligationKind::Retention => return of_retention(context, subject),
    };
    fixed.iter().map(|pointer| (*pointer).to_owned()).collect()
}

/// Whether a duty is one of the later steps of the lessons, whose days are those of actions; the title names the step.
fn follows_actions(it: &Obligation, subject: Option<EntryRef<'_>>) -> bool {
    subject.is_some_and(|subject| subject.title() != it.title)
}

fn is_day(context: &Context<'_>, it: &Obligation, subject: EntryRef<'_>, path: &str) -> bool {
    let calendar = context.view.calendar();
    let day = field(subject.node(), path).and_then(|node| day_of(node, calendar));
    day == Some(it.due)
}

/// The day that calls for the review earlier, or that of the latest one.
fn of_register(context: &Context<'_>, it: &Obligation, row: EntryRef<'_>) -> Vec<String> {
    let Collection::Register(name) = row.collection() else {
        return Vec::new();
    };
    let config = context.snapshot.config();
    let register = config.registers.get(&**name);
    let Some(review) = register.and_then(|register| register.review.as_ref()) else {
        return Vec::new();
    };
    let or_by = review.or_by.as_deref();
    let earlier = or_by.filter(|path| is_day(context, it, row, path));
    let opened = register.and_then(|register| register.opened.as_deref());
    // A review that is still to come has not set the date.
    let known = |path: &&str| {
        let day = field(row.node(), path).and_then(|node| day_of(node, context.view.calendar()));
        day.is_none_or(|day| day <= context.view.day())
    };
    let paths = [earlier, review.log.as_deref().filter(known), opened];
    let key = register.and_then(|register| register.key.as_deref());
    let key = key.unwrap_or("id");
    let all = paths.into_iter().flatten().chain([key]);
    all.map(pointer_of).collect()
}

/// The evidence that ended on the day.
fn of_evidence(context: &Context<'_>, it: &Obligation, subject: EntryRef<'_>) -> Vec<String> {
    let calendar = context.view.calendar();
    let list = subject.node().get("evidence");
    let items = list.into_iter().flat_map(|list| list.items()).enumerate();
    let ended = items.filter(|(_, item)| {
        let until = item
            .get("valid_until")
            .and_then(|until| day_of(until, calendar));
        let place = item.get("path").or_else(|| item.get("url"));
        let named = place.is_none_or(|place| it.title.ends_with(place.text()));
        until == Some(it.due) && named
    });
    let pointers = ended.map(|(index, _)| format!("/evidence/{index}/valid_until"));
    pointers.collect()
}

/// The fields from which classes of retention count that look at records of this kind.
fn of_retention(context: &Context<'_>, subject: EntryRef<'_>) -> Vec<String> {
    let over = match subject.collection() {
        Collection::Kind(kind) => kind.plural(),
        Collection::Register(name) => name,
    };
    let classes = context.snapshot.config().retention.iter();
    let matching = classes.filter(|class| &*class.over == over);
    matching.map(|class| pointer_of(&class.from)).collect()
}

/// A dotted path as a JSON pointer.
fn pointer_of(path: &str) -> String {
    path.split('.')
        .fold(String::new(), |pointer, name| child(&pointer, name))
}

/// Where isms.toml says how long it may take.
fn related(
    context: &Context<'_>,
    it: &Obligation,
    subject: Option<EntryRef<'_>>,
) -> Vec<(Location, &'static str)> {
    let word = |field: &str| {
        let node = subject.and_then(|subject| subject.node().get(field));
        node.map_or("", |node| node.text())
    };
    let (pointer, what) = match it.kind {
        ObligationKind::Finding => (
            child("/finding/close_within", word("type")),
            "the time for its actions",
        ),
        ObligationKind::RootCause => (
            child("/finding/root_cause_within", word("type")),
            "the time for the root cause",
        ),
        ObligationKind::Lessons if follows_actions(it, subject) => return Vec::new(),
        ObligationKind::Lessons => (
            child("/incident/lessons_within", word("severity")),
            "the time for lessons",
        ),
        ObligationKind::Notification => (
            "/incident/notify_within".to_owned(),
            "the time for notifying",
        ),
        ObligationKind::Verification => {
            ("/action/verify_within".to_owned(), "the time for verifying")
        }
        ObligationKind::ManagementReview if it.r#for.is_some() => (
            format!("{}/trigger/within", child("/reviews", &it.subject)),
            "the time for the review",
        ),
        ObligationKind::RegisterReview => {
            let Some(Collection::Register(name)) = subject.map(EntryRef::collection) else {
                return Vec::new();
            };
            let register = child("/registers", name);
            (
                format!("{register}/review/every"),
                "how often rows are reviewed",
            )
        }
        _ => return Vec::new(),
    };
    let root = context.snapshot.config_root();
    let there = root.and_then(|root| find(root, &pointer)).is_some();
    let place = || context.snapshot.config_place(&pointer, Part::Value);
    there.then(|| (place(), what)).into_iter().collect()
}
