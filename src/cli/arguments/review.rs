//! Arguments of `review`.

use super::Format;
use clap::{Args, Subcommand};
use std::path::PathBuf;

#[derive(Debug, Args)]
pub struct Review {
    #[command(subcommand)]
    pub step: ReviewStep,
}

#[derive(Debug, Subcommand)]
pub enum ReviewStep {
    /// Plan the next review: writes its record, with a place for all that the meeting adds
    Prepare(ReviewPrepare),
    /// Check that the minutes of a review have all they need, and record the pack it had before it
    Close(ReviewClose),
}

#[derive(Debug, Args)]
pub struct ReviewPrepare {
    /// Type of review, one of [reviews] in isms.toml; the one that is due next and not planned when absent
    #[arg(value_name = "TYPE")]
    pub r#type: Option<String>,
    /// Its id; when absent that of the last review of the type, with the other period or the next number in it
    #[arg(long, value_name = "ID")]
    pub id: Option<String>,
    /// Day of the meeting; when absent as long after the period as the last time, and by the deadline
    #[arg(long, value_name = "DAY")]
    pub planned: Option<String>,
    /// The period it is for; the one after the last that was reviewed when absent
    #[arg(long, value_name = "PERIOD")]
    pub period: Option<String>,
    /// A record it is called for, of types with a trigger; may be given more than once
    #[arg(long, value_name = "ID")]
    pub r#for: Vec<String>,
    /// Who prepares it; when absent as isms.toml says, else whoever prepared the last one
    #[arg(long, value_name = "WHO")]
    pub owner: Option<String>,
    /// Show what would be written, and write nothing
    #[arg(long)]
    pub dry_run: bool,
    /// How output is spelled
    #[arg(long, value_enum, default_value_t = Format::Human)]
    pub format: Format,
}

#[derive(Debug, Args)]
pub struct ReviewClose {
    /// Id of the review
    #[arg(value_name = "ID")]
    pub id: String,
    /// Day on which it was held, where the record does not say yet
    #[arg(long, value_name = "DAY")]
    pub held: Option<String>,
    /// Folder of the pack that was presented: its pack.json names the commit it was made from
    #[arg(long, value_name = "DIR", conflicts_with_all = ["revision", "no_pack"])]
    pub pack: Option<PathBuf>,
    /// The commit the pack was made from; when absent the last one before the minutes and by the day of the meeting
    #[arg(long, value_name = "REV", conflicts_with = "no_pack")]
    pub revision: Option<String>,
    /// Record no pack
    #[arg(long)]
    pub no_pack: bool,
    /// Sign the minutes off in this person's or role's name; from then on they do not change
    #[arg(long, value_name = "WHO")]
    pub sign: Option<String>,
    /// Day of the sign-off; the as-of day when absent
    #[arg(long, value_name = "DAY", requires = "sign")]
    pub signed_on: Option<String>,
    /// Show what would be written, and write nothing
    #[arg(long)]
    pub dry_run: bool,
    /// How output is spelled
    #[arg(long, value_enum, default_value_t = Format::Human)]
    pub format: Format,
}
