//! What the benches share: medians, and the table they print.

use std::error::Error;
use std::io::Write;
use std::time::Duration;

pub type Outcome<T> = Result<T, Box<dyn Error>>;

pub fn print(text: &str) -> Outcome<()> {
    Ok(std::io::stdout().write_all(text.as_bytes())?)
}

pub fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

pub fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

/// A row of the table, with the verdict where there is a limit.
pub fn row(name: &str, figure: f64, unit: &str, limit: Option<f64>) -> Outcome<()> {
    let verdict = match limit {
        Some(limit) if figure <= limit => format!("{limit} | met"),
        Some(limit) => format!("{limit} | NOT MET"),
        None => " | ".to_owned(),
    };
    print(&format!("| {name} | {figure:.2} {unit} | {verdict} |\n"))
}

pub fn head() -> Outcome<()> {
    print("| measure | figure | limit | |\n|---|---|---|---|\n")
}
