//! The binary: gathers what the outside world says, runs, and ends with a status.

use ismsctl::cli::{self, World};
use std::io::IsTerminal;
use std::process::ExitCode;

#[expect(
    clippy::disallowed_methods,
    reason = "the one place where clock and environment are read"
)]
fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args_os().collect();
    let terminal = std::io::stdout().is_terminal();
    let plain = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty())
        || std::env::var_os("TERM").is_some_and(|value| value == "dumb");
    let width =
        terminal_size::terminal_size_of(std::io::stdout()).map(|(width, _)| usize::from(width.0));
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let mut err = std::io::stderr();
    let mut world = World {
        now: chrono::Utc::now(),
        // What is no text is no day, and is refused as such.
        as_of: std::env::var_os("ISMSCTL_AS_OF")
            .filter(|value| !value.is_empty())
            .map(|value| value.to_string_lossy().into_owned()),
        cwd: std::env::current_dir().unwrap_or_default(),
        out: &mut out,
        err: &mut err,
        color: terminal && !plain,
        width: width.unwrap_or(80),
    };
    let status = cli::run(&arguments, &mut world);
    // What is still buffered counts as written only now; a failure that was told already is not told again.
    let status = match world.out.flush() {
        Ok(()) => status,
        Err(_) if status == cli::Status::Unable => status,
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => status,
        Err(error) => cli::unwritten(&error, &mut world),
    };
    ExitCode::from(status.code())
}
