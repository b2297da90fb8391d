//! `too-many-extensions`: due dates that are moved again and again.

use super::{Context, Sink};
use crate::diagnostics::{Diagnostic, catalogue};
use crate::records::Kind;
use crate::records::action::Action;
use crate::text::pointer::{Part, find};

/// Counts the extensions of every action against `max_extensions`.
pub fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    let most = context.snapshot.config().action.max_extensions;
    for (entry, action) in context.snapshot.typed::<Action>(Kind::Action) {
        let count = action.extensions.len();
        let Some(first_beyond) = usize::try_from(most).ok().filter(|most| *most < count) else {
            continue;
        };
        let times = |count: usize| match count {
            1 => "once".to_owned(),
            2 => "twice".to_owned(),
            count => format!("{count} times"),
        };
        let allowed = match first_beyond {
            0 => "never may be".to_owned(),
            most => format!("may be {} at most", times(most)),
        };
        let location = entry.at(&format!("/extensions/{first_beyond}"));
        let message = format!(
            "the due date of `{}` was extended {}, and {allowed}",
            entry.id(),
            times(count)
        );
        let mut found = Diagnostic::new(&catalogue::TOO_MANY_EXTENSIONS, location, message)
            .label("one too many")
            .help("ask why it does not get done: cut it smaller, give it to somebody else, or cancel it with a reason")
            .about(entry.id());
        let pointer = "/action/max_extensions";
        let root = context.snapshot.config_root();
        if root.and_then(|root| find(root, pointer)).is_some() {
            let place = context.snapshot.config_place(pointer, Part::Value);
            found = found.related(place, "the limit");
        }
        sink.add(found);
    }
}
