//! What three KPIs over a register of 100,000 rows cost, as a multiple of reading and typing its CSV. One thread.

use crate::AS_OF;
use crate::corpus::random::Random;
use crate::measuring::{Outcome, median, milliseconds, row};
use ismsctl::assess::kpi::{KpiSeries, evaluate};
use ismsctl::assess::{Timeline, View};
use ismsctl::records::validate::RecordSchema;
use ismsctl::text::csv::{self, CellType, Dialect};
use ismsctl::text::{NodeRef, Source};
use ismsctl::workspace::{self, Origin};
use std::error::Error;
use std::fmt::Write;
use std::fs;
use std::hint::black_box;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

const TABLE: &str = "registers/assets.csv";
const SCHEMA: &str = include_str!("corpus/assets.schema.json");
const HEADER: &str =
    "id,name,class,tier,owner,acquired,assessed,retired,review_by,score,hosts,encrypted\n";

/// Writes a workspace with one register and three KPIs: what was assessed in a month, what is overdue at its end, and
/// how many of the rows at hand are encrypted.
pub fn write(root: &Path, rows: usize) -> std::io::Result<()> {
    for folder in ["registers", "schemas", "kpis"] {
        fs::create_dir_all(root.join(folder))?;
    }
    fs::write(root.join("schemas/assets.schema.json"), SCHEMA)?;
    fs::write(
        root.join("kpis/kpis.yaml"),
        include_str!("corpus/assets.yaml"),
    )?;
    fs::write(root.join(TABLE), table(rows))?;
    fs::write(root.join("isms.toml"), include_str!("corpus/assets.toml"))
}

fn table(rows: usize) -> String {
    let mut text = HEADER.to_owned();
    for index in 0..rows {
        let mut random = Random::new(27_001, "asset", index);
        let name = match random.below(8) {
            0 => format!("\"Server {index}, rack {}\"", random.below(40)),
            1 => format!("\"The \"\"old\"\" host {index}\""),
            _ => format!("Host {index}"),
        };
        let class = random.of(&["public", "internal", "confidential", "secret"]);
        let tier = random.of(&["critical", "high", "normal"]);
        let owner = random.of(&["security-officer", "cto"]);
        let day = |random: &mut Random, year: usize| {
            format!(
                "{year}-{:02}-{:02}",
                random.between(1, 12),
                random.between(1, 28)
            )
        };
        let acquired = day(&mut random, 2024);
        let assessed = if random.chance(90) {
            let year = random.between(2025, 2026);
            day(&mut random, year)
        } else {
            String::new()
        };
        let retired = if random.chance(15) {
            day(&mut random, 2026)
        } else {
            String::new()
        };
        let review_by = day(&mut random, 2027);
        let score = random.below(1_000) as f64 / 10.0;
        let (hosts, encrypted) = (random.below(50), random.chance(80));
        // Writing to a text cannot fail.
        let _ = writeln!(
            text,
            "AS-{index:06},{name},{class},{tier},{owner},{acquired},{assessed},{retired},{review_by},{score},{hosts},{encrypted}"
        );
    }
    text
}

/// Reads the file, types its cells and holds every cell against the schema, and keeps nothing. Gives the rows.
fn read_and_type(root: &Path, schema: &RecordSchema) -> Outcome<usize> {
    let source =
        Source::decode(TABLE, fs::read(root.join(TABLE))?).map_err(|error| error.message)?;
    let typed = |name: &str| match name {
        "score" | "hosts" => CellType::Number,
        "encrypted" => CellType::Boolean,
        _ => CellType::Text,
    };
    let table = csv::read(Arc::new(source), Dialect::default(), &typed);
    let header = table.header.ok_or("the table has no header")?;
    let rows = schema.rows().ok_or("the schema judges rows as a whole")?;
    let names = table.tree.node(header).items().map(NodeRef::text);
    let tests: Vec<_> = names.map(|name| rows.column(name)).collect();
    let fits = |row: NodeRef<'_>| {
        let mut cells = row.entries().zip(&tests);
        cells.all(|((_, cell), test)| test.is_none_or(|test| test.fits(cell)))
    };
    Ok(table.tree.documents().filter(|row| fits(*row)).count())
}

/// Times of loading the workspace, of finding when each row began and ended, and of the KPIs.
fn load_and_evaluate(root: &Path) -> Outcome<([Duration; 3], Vec<KpiSeries>)> {
    let start = Instant::now();
    let snapshot = workspace::load(&Origin::Worktree(root))?;
    let load = start.elapsed();
    if let Some(first) = snapshot.diagnostics().first() {
        return Err(format!("the register has a mistake: {}", first.message).into());
    }
    let start = Instant::now();
    let timeline = Timeline::of(&snapshot);
    let lives = start.elapsed();
    let start = Instant::now();
    let series = evaluate(&timeline, AS_OF.parse()?, &|_: &View<'_>| Vec::new());
    let evaluation = start.elapsed();
    drop(timeline);
    drop(snapshot);
    Ok(([load, lives, evaluation], series))
}

/// The figures, as rows of the table.
pub fn measure(folder: &Path, rows: usize) -> Outcome<()> {
    let root = folder.join(format!("register-{rows}"));
    let _ = fs::remove_dir_all(&root);
    write(&root, rows)?;
    // Errors of another thread cannot be passed on as they are.
    let text = |error: Box<dyn Error>| error.to_string();
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build()?;
    let measured = pool.install(|| times(&root, rows).map_err(text))?;
    let [floor, load, lives, kpis] = measured;
    let evaluation = lives + kpis;
    let name = |what: &str| format!("{rows} rows of CSV: {what}");
    row(&name("reading and typing"), milliseconds(floor), "ms", None)?;
    row(&name("load"), milliseconds(load), "ms", None)?;
    row(
        &name("evaluation of three KPIs"),
        milliseconds(evaluation),
        "ms",
        None,
    )?;
    let ratio = |time: Duration| time.as_secs_f64() / floor.as_secs_f64();
    row(
        &name("evaluation / reading and typing"),
        ratio(evaluation),
        "×",
        Some(5.0),
    )?;
    row(
        &name("load and evaluation / reading and typing"),
        ratio(load + evaluation),
        "×",
        None,
    )?;
    crate::corpus::write(&folder.join("corpus-0"), 0)?;
    let bytes =
        crate::memory_of(&root)?.saturating_sub(crate::memory_of(&folder.join("corpus-0"))?);
    row(
        &name("peak memory of `check` per row"),
        bytes as f64 / rows as f64,
        "B",
        None,
    )?;
    Ok(fs::remove_dir_all(&root)?)
}

/// Medians of reading and typing, and of what [`load_and_evaluate`] measures.
fn times(root: &Path, rows: usize) -> Outcome<[Duration; 4]> {
    let schema = RecordSchema::compile(SCHEMA, None)?;
    let mut times: [Vec<Duration>; 4] = Default::default();
    for round in 0..=5 {
        let start = Instant::now();
        let fitting = black_box(read_and_type(root, &schema)?);
        let floor = start.elapsed();
        let ([load, lives, evaluation], series) = load_and_evaluate(root)?;
        let figures = series.iter().filter(|series| {
            let current = series.current();
            current.is_some_and(|point| point.figure.value.is_some_and(|value| value > 0.0))
        });
        if fitting != rows || figures.count() != 3 {
            return Err(format!("{fitting} of {rows} rows fit; or a KPI has no figure").into());
        }
        if round > 0 {
            for (times, time) in times.iter_mut().zip([floor, load, lives, evaluation]) {
                times.push(time);
            }
        }
    }
    Ok(times.map(median))
}
