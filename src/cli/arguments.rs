//! The commands and their arguments.

use clap::builder::styling::{AnsiColor, Styles};
use clap::{Args, CommandFactory, Parser, Subcommand, ValueEnum};
use std::num::NonZeroUsize;
use std::path::PathBuf;

const STYLES: Styles = Styles::styled()
    .header(AnsiColor::Green.on_default().bold())
    .usage(AnsiColor::Green.on_default().bold())
    .literal(AnsiColor::Cyan.on_default().bold())
    .placeholder(AnsiColor::Cyan.on_default());

/// Keeps an information security management system as YAML records in git: checks them, computes KPIs, says what is
/// due, and renders the management review pack.
#[derive(Debug, Parser)]
#[command(name = "ismsctl", version, styles = STYLES, disable_help_subcommand = true, propagate_version = false)]
pub struct Arguments {
    #[command(flatten)]
    pub global: Global,
    #[command(subcommand)]
    pub command: Command,
}

/// Arguments of every command.
#[derive(Debug, Args)]
pub struct Global {
    /// Work as if started in DIR
    #[arg(short = 'C', long = "directory", value_name = "DIR", global = true)]
    pub directory: Option<PathBuf>,
    /// Look at the end of this day instead of today (also: ISMSCTL_AS_OF)
    #[arg(long, value_name = "DATE", global = true)]
    pub as_of: Option<String>,
    /// When to use colour
    #[arg(long, value_enum, global = true, value_name = "WHEN")]
    pub color: Option<ColorChoice>,
    /// Threads for reading records; the number of cores when absent
    #[arg(long, value_name = "N", global = true)]
    pub threads: Option<NonZeroUsize>,
}

/// When to use colour.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum ColorChoice {
    Auto,
    Always,
    Never,
}

impl ColorChoice {
    /// Whether to use colour, given what the terminal says.
    pub fn wanted(self, automatic: bool) -> bool {
        match self {
            ColorChoice::Auto => automatic,
            ColorChoice::Always => true,
            ColorChoice::Never => false,
        }
    }
}

/// How output is spelled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people.
    Human,
    /// For programs; the shapes have schemas.
    Json,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Check the records against schemas and rules
    Check(Check),
    /// Explain a rule: why it matters, a failing and a mended record
    Explain(Explain),
    /// Print the JSON Schema of a kind of record
    Schema(Schema),
}

#[derive(Debug, Args)]
pub struct Check {
    /// Files or folders to report on; everything when absent
    #[arg(value_name = "PATHS")]
    pub paths: Vec<PathBuf>,
    /// Run the rules that depend on the day as well
    #[arg(long)]
    pub timely: bool,
    /// How output is spelled
    #[arg(long, value_enum, default_value_t = Format::Human)]
    pub format: Format,
}

#[derive(Debug, Args)]
pub struct Explain {
    /// Id of the rule; all rules are listed when absent
    pub rule: Option<String>,
}

#[derive(Debug, Args)]
pub struct Schema {
    /// Kind of record, or isms.toml; all are listed when absent
    pub kind: Option<String>,
}

/// The command line as clap knows it, for help, completions and documentation.
pub fn command() -> clap::Command {
    Arguments::command()
}
