//! The commands of a page, run in order, and what they print compared with what is shown.

use crate::page::{self, Block};
use crate::session::Session;
use crate::{root, updating};
use ismsctl::cli::Status;
use std::path::Path;

/// Other tools whose blocks are shown and not run.
const FOREIGN: &[&str] = &[
    "cargo",
    "git",
    "cat",
    "chmod",
    "find",
    "sha256sum",
    "tests/yaml-suite/run",
];
/// Stands for lines that are left out.
const ELISION: &str = "…";

enum Line {
    Tool { words: Vec<String>, to: To },
    NewFolder(String),
    Folder(String),
    AsOf(String),
    EchoStatus,
}

enum To {
    Screen,
    File(String),
    Pipe,
}

/// Runs a page and says what is wrong with it.
pub fn run_page(name: &Path) -> Vec<String> {
    let path = root().join(name);
    let text = std::fs::read_to_string(&path).unwrap();
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let mut wrong = Vec::new();
    let mut session = Session::start(name);
    let mut moved: isize = 0;
    for block in page::blocks(&text) {
        let place = format!("{}:{}", name.display(), block.start + 1);
        match run_block(&mut session, &block) {
            Err(problem) => wrong.push(format!("{place}: {problem}")),
            Ok(Some(shown)) => {
                let start = block.start.checked_add_signed(moved).unwrap();
                moved += shown.len() as isize - block.lines.len() as isize;
                lines.splice(start..start + block.lines.len(), shown);
            }
            Ok(None) => {}
        }
    }
    let new = format!("{}\n", lines.join("\n"));
    if updating() && new != text {
        std::fs::write(path, new).unwrap();
    }
    wrong
}

/// Does what a block says; gives its lines as they should be, where it shows output.
fn run_block(session: &mut Session, block: &Block) -> Result<Option<Vec<String>>, String> {
    if let Some(file) = block.file() {
        match block.language() {
            "diff" => session.change(file, &block.lines)?,
            _ => session.save(file, &format!("{}\n", block.lines.join("\n"))),
        }
        return Ok(None);
    }
    match block.language() {
        "sh" => {
            let commands: Vec<&str> = block
                .lines
                .iter()
                .map(|line| line.trim())
                .filter(|line| !line.is_empty() && !line.starts_with('#'))
                .collect();
            if !is_foreign(commands.first().copied()) {
                for (at, command) in commands.iter().enumerate() {
                    run_line(session, command, commands.get(at + 1).copied())?;
                }
            }
            Ok(None)
        }
        "console" => run_console(session, &block.lines),
        _ => Ok(None),
    }
}

fn run_console(session: &mut Session, lines: &[String]) -> Result<Option<Vec<String>>, String> {
    let mut commands: Vec<(&str, &[String])> = Vec::new();
    let mut rest = lines;
    while let Some((first, tail)) = rest.split_first() {
        let command = first.strip_prefix("$ ");
        let command = command.ok_or("a console block starts with a command behind `$ `")?;
        let end = tail.iter().position(|line| line.starts_with("$ "));
        let (shown, next) = tail.split_at(end.unwrap_or(tail.len()));
        commands.push((command, shown));
        rest = next;
    }
    if is_foreign(commands.first().map(|(command, _)| *command)) {
        return Ok(None);
    }
    let mut whole = Vec::new();
    for (at, (command, shown)) in commands.iter().enumerate() {
        let next = commands.get(at + 1).map(|(command, _)| *command);
        let printed = run_line(session, command, next)?;
        let printed: Vec<String> = printed
            .lines()
            .map(|line| line.trim_end().to_owned())
            .collect();
        let renewed = renewed(shown, &printed);
        if !matches(shown, &printed) && (renewed.is_none() || !updating()) {
            let printed = printed.join("\n");
            return Err(format!(
                "`{command}` does not print what is shown, but:\n{printed}"
            ));
        }
        whole.push(format!("$ {command}"));
        whole.extend(renewed.unwrap_or_else(|| shown.to_vec()));
    }
    Ok(Some(whole))
}

/// What is to be shown instead: all that is printed, or as many lines as before when only the end is left out. Lines
/// chosen by hand have no such answer.
fn renewed(shown: &[String], printed: &[String]) -> Option<Vec<String>> {
    let elisions = shown.iter().filter(|line| *line == ELISION).count();
    match (elisions, shown.last()) {
        (0, _) => Some(printed.to_vec()),
        (1, Some(last)) if last == ELISION && shown.len() <= printed.len() => {
            let kept = printed[..shown.len() - 1].iter().cloned();
            Some(kept.chain([ELISION.to_owned()]).collect())
        }
        _ => None,
    }
}

/// Whether printed lines are the shown ones, where those left out may be any.
fn matches(shown: &[String], printed: &[String]) -> bool {
    match shown.split_first() {
        None => printed.is_empty(),
        Some((first, rest)) if first == ELISION => {
            (0..=printed.len()).any(|skipped| matches(rest, &printed[skipped..]))
        }
        Some((first, rest)) => match printed.split_first() {
            Some((line, printed)) => line == first && matches(rest, printed),
            None => false,
        },
    }
}

fn run_line(session: &mut Session, command: &str, next: Option<&str>) -> Result<String, String> {
    let (words, to) = match read_line(command)? {
        Line::Folder(folder) => return session.change_folder(&folder).map(|()| String::new()),
        Line::NewFolder(folder) => {
            session.make_folder(&folder);
            return Ok(String::new());
        }
        Line::AsOf(day) => {
            session.set_as_of(&day);
            return Ok(String::new());
        }
        Line::EchoStatus => return Ok(format!("{}\n", session.status.code())),
        Line::Tool { words, to } => (words, to),
    };
    let printed = session.run(&words);
    if session.status != Status::Fine && next != Some("echo $?") {
        let code = session.status.code();
        return Err(format!("`{command}` ends with status {code}:\n{printed}"));
    }
    match to {
        To::Screen => Ok(printed),
        To::Pipe => Ok(String::new()),
        To::File(file) => {
            session.save(&file, &printed);
            Ok(String::new())
        }
    }
}

fn is_foreign(command: Option<&str>) -> bool {
    let command = command.unwrap_or_default();
    let word = command.split_whitespace().next().unwrap_or_default();
    FOREIGN.contains(&word) && !command.starts_with("cargo run ")
}

fn read_line(command: &str) -> Result<Line, String> {
    if command == "echo $?" {
        return Ok(Line::EchoStatus);
    }
    let mut words = split(command);
    let mut to = To::Screen;
    if let Some(at) = words.iter().position(|word| word == "|") {
        words.truncate(at);
        to = To::Pipe;
    } else if let Some(at) = words.iter().position(|word| word == ">") {
        let file = words.get(at + 1).cloned();
        to = To::File(file.ok_or("a file is missing behind `>`")?);
        words.truncate(at);
    }
    let mut words = words.into_iter();
    match words.next().as_deref() {
        Some("ismsctl") => Ok(Line::Tool {
            words: words.collect(),
            to,
        }),
        Some("cargo") => {
            let words = words.skip_while(|word| word != "--").skip(1).collect();
            Ok(Line::Tool { words, to })
        }
        Some("mkdir") => Ok(Line::NewFolder(words.next().unwrap_or_default())),
        Some("cd") => Ok(Line::Folder(words.next().unwrap_or_default())),
        Some("export") => match words
            .next()
            .as_deref()
            .and_then(|word| word.split_once('='))
        {
            Some(("ISMSCTL_AS_OF", day)) => Ok(Line::AsOf(day.to_owned())),
            _ => Err(format!("`{command}`: only ISMSCTL_AS_OF can be set")),
        },
        _ => Err(format!("`{command}` is not a command this test knows")),
    }
}

/// Splits a command line into words; quotes hold words together, ` #` starts a comment.
fn split(command: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quote = None;
    for character in command.chars() {
        match (quote, character) {
            (Some(open), _) if open == character => quote = None,
            (None, '\'' | '"') => {
                quote = Some(character);
                word.get_or_insert_default();
            }
            (None, ' ') => words.extend(word.take()),
            (None, '#') if word.is_none() => break,
            _ => word.get_or_insert_default().push(character),
        }
    }
    words.extend(word);
    words
}
