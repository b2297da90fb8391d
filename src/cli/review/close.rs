//! `ismsctl review close ID`

use super::pin::{Pin, pin};
use super::prepare::day;
use crate::assess::people::{can_act, is_known, overlap};
use crate::cli::arguments::{Format, Global, ReviewClose};
use crate::cli::workspace::{Loaded, open_sound};
use crate::cli::{CliError, Status, World};
use crate::diagnostics::did_you_mean;
use crate::edit::yaml::{Value, place_of, set, set_behind};
use crate::edit::{WriteError, rewrite};
use crate::records::id::Who;
use crate::records::review::{Review, SignOff};
use crate::records::{Config, Day, Kind};
use crate::render::terminal::Paint;
use crate::render::{json, terminal};
use crate::report::review::{Closed, Missing, Pinned};
use crate::rules::minutes::lacking;
use crate::text::Source;
use crate::workspace::EntryRef;
use chrono::NaiveDate;

pub fn run(
    global: &Global,
    arguments: &ReviewClose,
    world: &mut World<'_>,
) -> Result<Status, CliError> {
    let loaded = open_sound(global, world)?;
    let (entry, on_file) = find(&loaded, &arguments.id)?;
    refuse_signed(on_file, &arguments.id)?;
    let review = as_it_will_be(&loaded, on_file, arguments)?;
    let mut report = Closed {
        as_of: loaded.as_of,
        id: arguments.id.clone(),
        title: on_file.title.to_string(),
        path: entry.path().to_owned(),
        held: review.held.map(|day| day.0),
        missing: missing(&loaded, entry, &review),
        pack: recorded(on_file),
        pack_is: None,
        signed_off: None,
        fields: Vec::new(),
        written: false,
    };
    if report.missing.is_empty() {
        let mut values = Vec::new();
        if on_file.held.is_none()
            && let Some(held) = report.held
        {
            values.push(("held", Value::text(held.to_string())));
        }
        let is_named = arguments.pack.is_some() || arguments.revision.is_some();
        if !arguments.no_pack && (report.pack.is_none() || is_named) {
            let Pin { pinned, why, doubt } =
                pin(global, world, &loaded, entry, &review, arguments)?;
            if report.pack.as_ref() != Some(&pinned) {
                values.push(("pack", pack_value(&pinned)));
            }
            (report.pack, report.pack_is) = (Some(pinned), why);
            if let Some(doubt) = doubt {
                writeln!(world.err, "ismsctl: {doubt}")?;
            }
        }
        if let Some(signed) = &review.signed_off {
            let on = Value::text(signed.on.to_string());
            let value = Value::map([("by", Value::text(&*signed.by)), ("on", on)]);
            values.push(("signed_off", value));
            if let Some(doubt) = absent_signatory(loaded.snapshot.config(), &review, signed) {
                writeln!(world.err, "ismsctl: {doubt}")?;
            }
            report.signed_off = Some((signed.by.to_string(), signed.on.0));
        }
        report.fields = values.iter().map(|(field, _)| *field).collect();
        write(&loaded, entry, &values, arguments.dry_run)?;
        report.written = !arguments.dry_run && !values.is_empty();
    }
    let text = match arguments.format {
        Format::Human => terminal::review::closed(&report, Paint::new(world.color), world.width),
        Format::Json => json::review::closed(&report),
    };
    world.out.write_all(text.as_bytes())?;
    Ok(match report.missing.is_empty() {
        true => Status::Fine,
        false => Status::Fault,
    })
}

/// The review of an id, as it is on file: what is dated after the day as well.
fn find<'l>(loaded: &'l Loaded, id: &str) -> Result<(EntryRef<'l>, &'l Review), CliError> {
    let mut reviews = loaded.snapshot.typed::<Review>(Kind::Review);
    let found = reviews.find(|(entry, _)| entry.id() == id);
    match found {
        Some((entry, _)) if entry.shares_its_id() => Err(CliError::Usage(format!(
            "several records have the id `{id}`; see `ismsctl check`"
        ))),
        Some(found) => Ok(found),
        None => {
            let known = loaded.snapshot.kind(Kind::Review).map(|entry| entry.id());
            let help = did_you_mean(id, known);
            let broken = loaded.snapshot.broken().iter().any(|it| it.may_be(id));
            let help = help.unwrap_or_else(|| match broken {
                true => "some record cannot be read; see `ismsctl check`".to_owned(),
                false => "`ismsctl review prepare` plans one".to_owned(),
            });
            Err(CliError::Usage(format!(
                "there is no review `{id}`; {help}"
            )))
        }
    }
}

fn refuse_signed(review: &Review, id: &str) -> Result<(), CliError> {
    match &review.signed_off {
        Some(signed) => Err(CliError::Usage(format!(
            "{id} was signed off by {} on {}, and minutes that are signed off do not change; what is to be said differently goes into another review",
            &*signed.by, signed.on
        ))),
        None => Ok(()),
    }
}

/// The review with the day and the sign-off that were asked for.
fn as_it_will_be(
    loaded: &Loaded,
    on_file: &Review,
    arguments: &ReviewClose,
) -> Result<Review, CliError> {
    let mut review = on_file.clone();
    let usage = |message: String| Err(CliError::Usage(message));
    if let Some(held) = day("--held", arguments.held.as_deref())? {
        if let Some(recorded) = on_file.held.filter(|recorded| recorded.0 != held) {
            return usage(format!(
                "--held: the record says that {} was held on {recorded}; change it there if it is wrong",
                arguments.id
            ));
        }
        review.held = Some(Day(held));
    }
    if let Some(held) = review.held.filter(|held| held.0 > loaded.as_of) {
        return usage(format!(
            "{} cannot have been held on {held}: today is {}; `--as-of` sets another day",
            arguments.id, loaded.as_of
        ));
    }
    let Some(who) = &arguments.sign else {
        return Ok(review);
    };
    let on = day("--signed-on", arguments.signed_on.as_deref())?.unwrap_or(loaded.as_of);
    refuse_signatory(loaded.snapshot.config(), who, on)?;
    if on > loaded.as_of || review.held.is_some_and(|held| on < held.0) {
        return usage(format!(
            "--signed-on: {on} does not lie between the meeting and today ({})",
            loaded.as_of
        ));
    }
    review.signed_off = Some(SignOff {
        by: Who::new(who.as_str()),
        on: Day(on),
        evidence: None,
    });
    Ok(review)
}

fn refuse_signatory(config: &Config, who: &str, on: NaiveDate) -> Result<(), CliError> {
    if !is_known(config, who) {
        let known = config.people.keys().chain(config.roles.keys());
        let help = did_you_mean(who, known.map(|name| &**name))
            .unwrap_or_else(|| "see [people] and [roles] in isms.toml".to_owned());
        return Err(CliError::Usage(format!(
            "--sign: isms.toml knows no person or role `{who}`; {help}"
        )));
    }
    match can_act(config, who, on) {
        true => Ok(()),
        false => Err(CliError::Usage(format!(
            "--sign: nobody could act as `{who}` on {on}, by [people] in isms.toml"
        ))),
    }
}

/// That the one who signs was not in the meeting that the minutes are about.
fn absent_signatory(config: &Config, review: &Review, signed: &SignOff) -> Option<String> {
    let delegates = review.delegates.iter().map(|it| &it.who);
    let mut present = review
        .chair
        .iter()
        .chain(&review.attendees)
        .chain(delegates);
    let days = [Some(signed.on), review.held];
    let is_same = |who: &Who| {
        let mut days = days.iter().flatten();
        days.any(|day| overlap(config, who, &signed.by, day.0))
    };
    (!present.any(is_same)).then(|| {
        format!(
            "{} signs the minutes of a meeting that they neither chaired nor attended, as the record has it; let somebody sign who was there, or say so under `attendees`",
            &*signed.by
        )
    })
}

/// All that keeps the review from being closed.
fn missing(loaded: &Loaded, entry: EntryRef<'_>, review: &Review) -> Vec<Missing> {
    let mut missing = Vec::new();
    if review.held.is_none() {
        missing.push(Missing {
            rule: None,
            message: "it has not been held: `held` is not set".to_owned(),
            help: Some("name the day of the meeting: `--held DAY`".to_owned()),
            location: entry.at_key("/planned"),
        });
    }
    // Until it was held nobody was absent; but who has to come is known already.
    let mut judged = review.clone();
    judged.held = Some(review.held.unwrap_or(Day(loaded.as_of)));
    let found = lacking(&loaded.snapshot, entry, &judged, loaded.as_of);
    missing.extend(found.into_iter().map(Missing::from));
    missing
}

fn recorded(review: &Review) -> Option<Pinned> {
    review.pack.as_ref().map(|pack| Pinned {
        revision: pack.revision.to_string(),
        sha256: pack.sha256.as_ref().map(|digest| digest.to_string()),
    })
}

fn pack_value(pinned: &Pinned) -> Value {
    let digest = pinned.sha256.as_ref();
    let entries = [("revision", Some(&pinned.revision)), ("sha256", digest)];
    let entries = entries.into_iter().filter_map(|(key, value)| {
        let value = Value::text(value?);
        Some((key.to_owned(), value))
    });
    Value::Map(entries.collect())
}

/// Writes fields into the record, unless its file is not what was read any more.
fn write(
    loaded: &Loaded,
    entry: EntryRef<'_>,
    values: &[(&'static str, Value)],
    dry_run: bool,
) -> Result<(), CliError> {
    let path = loaded.root.join(entry.path());
    let refused = |error| WriteError::Refused {
        path: path.clone(),
        error,
    };
    let before = std::fs::read(&path).map_err(refused)?;
    let is_as_read = Source::decode(entry.path(), before.clone())
        .is_ok_and(|source| source.text() == entry.source().text());
    let (true, Some(place)) = (is_as_read, place_of(entry.node())) else {
        return Err(WriteError::Changed(path).into());
    };
    let mut text = String::from_utf8_lossy(&before).into_owned();
    for (field, value) in values {
        let set = match *field {
            "held" => set_behind(&text, place, "planned", field, value),
            _ => set(&text, place, &[field], value),
        };
        text = set.map_err(|error| CliError::Usage(format!("{}: {error}", entry.path())))?;
    }
    if !dry_run && !values.is_empty() {
        rewrite(&path, &before, text.as_bytes())?;
    }
    Ok(())
}
