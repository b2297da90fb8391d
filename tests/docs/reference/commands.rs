//! docs/reference/commands.md: every command and argument, from the command line's own definition.

use super::{GENERATED, choice, table};
use clap::{Arg, ArgAction, Command};
use ismsctl::cli::{Status, command};

/// The page.
pub fn page() -> String {
    let mut root = command().disable_help_flag(true).disable_version_flag(true);
    root.build();
    let about = root.get_about().unwrap().to_string();
    let mut text = format!("{GENERATED}# Commands\n\n{about}.\n\n{}", statuses());
    text += "## With every command\n\n";
    let everywhere = root
        .get_arguments()
        .filter(|argument| argument.is_global_set());
    text += &arguments(&everywhere.collect::<Vec<_>>());
    text += "\n`ismsctl COMMAND --help` prints help, `ismsctl --version` the version. Colour is used on a terminal; \
             `NO_COLOR` and `TERM=dumb` turn it off.\n\n";
    for command in root
        .get_subcommands()
        .filter(|command| !command.is_hide_set())
    {
        text += &section(command, &root);
    }
    text.truncate(text.trim_end().len());
    text + "\n"
}

fn statuses() -> String {
    let row = |status: Status, meaning: &str| vec![status.code().to_string(), meaning.to_owned()];
    let rows = [
        row(
            Status::Fine,
            "All is well. Warnings and notes may have been printed.",
        ),
        row(
            Status::Fault,
            "The records are at fault (an error), or a threshold that was asked for is crossed (`due --fail`).",
        ),
        row(
            Status::Unable,
            "The tool could not do its work: wrong usage, no workspace, a file that cannot be read, an error in `isms.toml`.",
        ),
    ];
    format!(
        "## Exit status\n\n{}\nA command that reads records with errors shows what it can and ends with status 1.\n\n",
        table(&["status", "meaning"], &rows)
    )
}

/// A command with its own arguments, and its subcommands after it; arguments of `parent` hold for it as well.
fn section(command: &Command, parent: &Command) -> String {
    let usage = command.clone().render_usage().to_string();
    let usage = usage.trim_start_matches("Usage: ");
    let about = command
        .get_about()
        .map(ToString::to_string)
        .unwrap_or_default();
    let name = command.get_display_name().unwrap_or(command.get_name());
    let name = name.trim_start_matches("ismsctl-").replace('-', " ");
    let marks = if name.contains(' ') { "###" } else { "##" };
    let mut text = format!("{marks} {name}\n\n{about}.\n\n```text\n{usage}\n```\n\n");
    let inherited: Vec<_> = parent.get_arguments().map(Arg::get_id).collect();
    let own: Vec<&Arg> = command
        .get_arguments()
        .filter(|argument| !inherited.contains(&argument.get_id()) && argument.get_id() != "help")
        .collect();
    if !own.is_empty() {
        text += &format!("{}\n", arguments(&own));
    }
    for sub in command
        .get_subcommands()
        .filter(|sub| sub.get_name() != "help")
    {
        text += &section(sub, command);
    }
    text
}

fn arguments(arguments: &[&Arg]) -> String {
    let rows: Vec<Vec<String>> = arguments
        .iter()
        .map(|argument| {
            vec![
                spelling(argument),
                argument
                    .get_help()
                    .map(ToString::to_string)
                    .unwrap_or_default(),
                values(argument),
            ]
        })
        .collect();
    table(&["argument", "meaning", "values"], &rows)
}

/// `-C`, `--directory DIR`; `PATHS` for one without dashes.
fn spelling(argument: &Arg) -> String {
    let names = argument.get_value_names().unwrap_or_default();
    let value = match argument.get_action() {
        ArgAction::Set | ArgAction::Append => names.join(" "),
        _ => String::new(),
    };
    let short = argument.get_short().map(|short| format!("-{short}"));
    let long = argument.get_long().map(|long| format!("--{long}"));
    let flags: Vec<String> = short.into_iter().chain(long).collect();
    let text = match (flags.is_empty(), value.is_empty()) {
        (true, _) => format!("[{value}]"),
        (false, true) => flags.join(", "),
        (false, false) => format!("{} {value}", flags.join(", ")),
    };
    let text = if flags.is_empty() && argument.is_required_set() {
        value
    } else {
        text
    };
    format!("`{text}`")
}

fn values(argument: &Arg) -> String {
    if matches!(argument.get_action(), ArgAction::SetTrue) {
        return String::new();
    }
    let possible: Vec<String> = argument
        .get_possible_values()
        .iter()
        .map(|value| format!("`{}`", value.get_name()))
        .collect();
    let defaults: Vec<String> = argument
        .get_default_values()
        .iter()
        .map(|value| format!("`{}`", value.to_string_lossy()))
        .collect();
    match (possible.is_empty(), defaults.is_empty()) {
        (true, true) => String::new(),
        (false, true) => choice(&possible),
        (true, false) => format!("default {}", defaults.join(" ")),
        (false, false) => format!("{}; default {}", choice(&possible), defaults.join(" ")),
    }
}
