//! The commands and their arguments.

mod review;
mod values;

pub use review::{Review, ReviewClose, ReviewPrepare, ReviewStep};
pub use values::{ColorChoice, DiffFormat, DocumentFormat, DueFormat, Format, HeatMap, PackFormat};

use crate::edit::template;
use clap::builder::PossibleValuesParser;
use clap::builder::styling::{AnsiColor, Styles};
use clap::{Args, CommandFactory, Parser, Subcommand};
use std::num::NonZeroUsize;
use std::path::PathBuf;
use values::{ControlStatusArgument, whole_days};

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
    /// Read the records as they were at a commit, branch or tag, at the end of a day (@2026-03-31), or as of the
    /// last signed-off review (last-review)
    #[arg(long, value_name = "REV", global = true)]
    pub rev: Option<String>,
    /// When to use colour
    #[arg(long, value_enum, global = true, value_name = "WHEN")]
    pub color: Option<ColorChoice>,
    /// Threads for reading records; the number of cores when absent
    #[arg(long, value_name = "N", global = true)]
    pub threads: Option<NonZeroUsize>,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Check the records against schemas and rules
    Check(Check),
    /// Show where the system stands: the one screen
    Status(Status),
    /// Show KPIs against their targets, or explain one figure
    Kpi(Kpi),
    /// Show what changed between two revisions, in terms of the management system
    Diff(Diff),
    /// Show what is due and overdue
    Due(Due),
    /// Show which records evidence each clause of the standard, and what is missing
    Clauses(Clauses),
    /// Show controls and where they stand, or the statement of applicability
    Controls(Controls),
    /// Write an example with two years of history as a git repository, for trying out diff, log and check --base
    Demo(Demo),
    /// Show the life of one record through edits, renames and moves between files
    Log(Log),
    /// Render the management review pack
    Pack(Pack),
    /// Render a scheduled report
    Report(Report),
    /// Plan a management review, and close it once it was held
    Review(Review),
    /// Show the risk register, its heat maps, or one risk in full
    Risk(Risk),
    /// Start a workspace: a small, valid example with five KPIs, or a larger one without its history
    Init(Init),
    /// Explain a rule: why it matters, a failing and a mended record
    Explain(Explain),
    /// Print the JSON Schema of a kind of record
    Schema(Schema),
    /// List the templates of packs and reports, or print one to start your own from
    Template(Template),
    /// Print completions for a shell
    Completions(Completions),
    /// Print the manual page
    #[command(hide = true)]
    Man,
}

#[derive(Debug, Args)]
pub struct Check {
    /// Files or folders to report on; everything when absent
    #[arg(value_name = "PATHS")]
    pub paths: Vec<PathBuf>,
    /// Run the rules that depend on the day as well
    #[arg(long)]
    pub timely: bool,
    /// Compare with where the history left this revision: only what is new counts, and every commit since is judged
    #[arg(long, value_name = "REV")]
    pub base: Option<String>,
    /// How output is spelled
    #[arg(long, value_enum, default_value_t = Format::Human)]
    pub format: Format,
}

#[derive(Debug, Args)]
pub struct Status {
    /// How output is spelled
    #[arg(long, value_enum, default_value_t = Format::Human)]
    pub format: Format,
}

#[derive(Debug, Args)]
pub struct Kpi {
    /// Id of one KPI; all when absent
    pub id: Option<String>,
    /// Show how the figure came about: the records counted and left out
    #[arg(long, requires = "id")]
    pub explain: bool,
    /// The period to explain, for example 2026-03 (or the id of a record); the latest that is over when absent
    #[arg(long, value_name = "PERIOD", requires = "explain")]
    pub period: Option<String>,
    /// How many periods that are over to show
    #[arg(long, value_name = "N", default_value_t = 12)]
    pub periods: usize,
    /// How output is spelled
    #[arg(long, value_enum, default_value_t = Format::Human)]
    pub format: Format,
}

#[derive(Debug, Args)]
pub struct Pack {
    /// The review it is for; the next that is planned when absent
    #[arg(long, value_name = "ID", conflicts_with = "type")]
    pub review: Option<String>,
    /// The next review of this type
    #[arg(long, value_name = "TYPE")]
    pub r#type: Option<String>,
    /// Tell what changed since a revision, since a day (2026-03-31), or since the last review of the same type (last)
    #[arg(long, value_name = "REV|DATE|last")]
    pub since: Option<String>,
    /// Render it although the records have errors, and stamp it as a draft
    #[arg(long)]
    pub draft: bool,
    /// Write it into a folder: pages, JSON, the list of the files it was made from, and a MANIFEST
    #[arg(short, long, value_name = "DIR", conflicts_with = "format")]
    pub output: Option<PathBuf>,
    /// Make the pack in this folder again, from the revision it names, and tell what differs and why
    #[arg(long, value_name = "DIR", conflicts_with_all = ["review", "type", "since", "draft", "output", "rev", "as_of"])]
    pub verify: Option<PathBuf>,
    /// Verify against the files on disk instead
    #[arg(long, requires = "verify")]
    pub worktree: bool,
    /// How output is spelled
    #[arg(long, value_enum, default_value_t = PackFormat::Markdown)]
    pub format: PackFormat,
}

#[derive(Debug, Args)]
pub struct Report {
    /// security-metrics, compliance-status, risk-register, audit, controls, improvement or retention
    pub name: String,
    /// The period it is about, for example 2026-05; the latest that is over when absent
    #[arg(long, value_name = "PERIOD")]
    pub period: Option<String>,
    /// Render it although the records have errors, and stamp it as a draft
    #[arg(long)]
    pub draft: bool,
    /// How output is spelled
    #[arg(long, value_enum, default_value_t = DocumentFormat::Human)]
    pub format: DocumentFormat,
}

#[derive(Debug, Args)]
pub struct Risk {
    #[command(subcommand)]
    pub view: Option<RiskView>,
    /// Only risks of this band; may be given more than once
    #[arg(long, value_name = "NAME", global = true)]
    pub band: Vec<String>,
    /// Only risks of this category; may be given more than once
    #[arg(long, value_name = "NAME", global = true)]
    pub category: Vec<String>,
    /// Only risks with this status on the day; may be given more than once
    #[arg(long, value_name = "STATUS", global = true)]
    pub status: Vec<String>,
    /// Only risks that are not closed
    #[arg(long, global = true)]
    pub open: bool,
    /// Only open risks above the appetite
    #[arg(long, global = true)]
    pub over_appetite: bool,
    /// Closed risks as well, which people are not shown otherwise
    #[arg(long, global = true, conflicts_with = "open")]
    pub all: bool,
    /// How output is spelled
    #[arg(long, value_enum, global = true, default_value_t = Format::Human)]
    pub format: Format,
}

impl Risk {
    /// Whether any filter is set.
    pub fn is_filtered(&self) -> bool {
        let lists = [&self.band, &self.category, &self.status];
        lists.iter().any(|list| !list.is_empty()) || self.open || self.over_appetite || self.all
    }
}

#[derive(Debug, Subcommand)]
pub enum RiskView {
    /// A line for each risk, the highest score first; this is what `risk` alone shows
    List,
    /// Heat maps: inherent, current and target
    Matrix(RiskMaps),
    /// One risk in full: assessments, treatment, and who accepted it
    Show(RiskId),
}

#[derive(Debug, Args)]
pub struct RiskMaps {
    /// One map only; all three when absent
    #[arg(long, value_enum, value_name = "RATING")]
    pub of: Option<HeatMap>,
}

#[derive(Debug, Args)]
pub struct RiskId {
    /// Id of the risk
    pub id: String,
}

#[derive(Debug, Args)]
pub struct Completions {
    /// The shell
    #[arg(value_enum)]
    pub shell: clap_complete::Shell,
}

#[derive(Debug, Args)]
pub struct Diff {
    /// The earlier revision; the last commit when absent
    #[arg(value_name = "A")]
    pub before: Option<String>,
    /// The later revision; the files on disk when absent
    #[arg(value_name = "B")]
    pub after: Option<String>,
    /// Name author, date and subject of the commit each change came in with
    #[arg(long)]
    pub commits: bool,
    /// How output is spelled
    #[arg(long, value_enum, default_value_t = DiffFormat::Human)]
    pub format: DiffFormat,
}

#[derive(Debug, Args)]
pub struct Log {
    /// Id of the record; a register row's is `register/row`
    pub id: String,
    /// How output is spelled
    #[arg(long, value_enum, default_value_t = Format::Human)]
    pub format: Format,
}

#[derive(Debug, Args)]
pub struct Due {
    /// Only what is due within this time, for example 30d or 6w
    #[arg(long, value_name = "TIME", value_parser = whole_days)]
    pub within: Option<i64>,
    /// Only what is overdue
    #[arg(long)]
    pub overdue: bool,
    /// Only what this person or role is responsible for
    #[arg(long, value_name = "WHO")]
    pub owner: Option<String>,
    /// End with status 1 when something listed is overdue
    #[arg(long)]
    pub fail: bool,
    /// How output is spelled
    #[arg(long, value_enum, default_value_t = DueFormat::Human)]
    pub format: DueFormat,
}

#[derive(Debug, Args)]
pub struct Clauses {
    /// A clause with everything below it, for example 9.3 or "9.3.2 e"; all when absent
    pub clause: Option<String>,
    /// End with status 1 when something listed is missing
    #[arg(long)]
    pub fail: bool,
    /// How output is spelled
    #[arg(long, value_enum, default_value_t = DocumentFormat::Human)]
    pub format: DocumentFormat,
}

#[derive(Debug, Args)]
pub struct Controls {
    /// Only what is fit to be published: names, statements and status of controls with `public: true`
    #[arg(long)]
    pub public: bool,
    /// Only controls in this state; may be given several times
    #[arg(long, value_name = "STATUS", value_parser = ControlStatusArgument::parse)]
    pub status: Vec<ControlStatusArgument>,
    /// Only controls of this category
    #[arg(long, value_name = "CATEGORY")]
    pub category: Option<String>,
    /// The statement of applicability: every reference of Annex A, and who answers it
    #[arg(long, conflicts_with_all = ["public", "status", "category"])]
    pub soa: bool,
    /// How output is spelled
    #[arg(long, value_enum, default_value_t = DocumentFormat::Human)]
    pub format: DocumentFormat,
}

#[derive(Debug, Args)]
pub struct Demo {
    /// Folder for the repository, empty or not there yet; `ismsctl-demo` when absent
    #[arg(value_name = "DIR")]
    pub folder: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub struct Init {
    /// Folder of the workspace; made if it is missing
    // Not `directory`: clap would take it for the global option of that name.
    #[arg(value_name = "DIR")]
    pub folder: Option<PathBuf>,
    /// Example to start from: its settings, policies, controls, KPIs and activities, without its history
    #[arg(
        long,
        value_name = "NAME",
        default_value = template::STARTER,
        value_parser = PossibleValuesParser::new(template::names())
    )]
    pub template: String,
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

#[derive(Debug, Args)]
pub struct Template {
    #[command(subcommand)]
    pub action: TemplateAction,
}

#[derive(Debug, Subcommand)]
pub enum TemplateAction {
    /// List the built-in templates, and those of the workspace that stand in for them
    List,
    /// Print a built-in template
    Print {
        /// Its name, for example pack.html.j2
        name: String,
    },
}

/// The command line as clap knows it, for help, completions and documentation.
pub fn command() -> clap::Command {
    Arguments::command()
}
