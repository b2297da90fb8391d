//! A drawing of each kind, and figures that no example has: nothing, one, all the same, negative, huge, many, hostile.

use crate::sound::check;
use crate::{documents, drawn};
use chrono::NaiveDate;
use ismsctl::records::Unit;
use ismsctl::render::markdown;
use ismsctl::report::document::{
    Block, Chart, Course, CoursePoint, Document, Figure, HeatCell, HeatMap, Layer, Move, Stack,
    Timeline, Timelines, Tone, Variation,
};
use ismsctl::report::kpi::Verdict;

#[test]
fn a_drawing_of_each_kind() {
    let documents = documents("management-review", "2026-06-30");
    let pack = &documents[0].1;
    for name in [
        "trend-kpi-training",
        "verdicts",
        "risks-current",
        "ageing-corrective",
        "duties",
        "incidents",
    ] {
        let charts = pack.charts();
        let chart = charts.into_iter().find(|it| it.name == name).unwrap();
        insta::assert_snapshot!(name, ismsctl::render::svg::inline(chart));
    }
}

#[test]
fn what_the_charts_of_the_example_show() {
    let mut text = String::new();
    for (name, document) in documents("management-review", "2026-06-30") {
        for chart in document.charts() {
            text.push_str(&format!("{name}/{}: {}\n", chart.name, chart.finding));
        }
    }
    insta::assert_snapshot!("findings", text);
}

#[test]
fn markdown_refers_to_drawings_in_a_folder() {
    let mut document = Document::new("x");
    let chart = chart("a", Figure::Stack(stack(1, 1, 1)));
    document.chart(chart.clone());
    document.chart(chart);
    let text = markdown::render_with_charts(&document, "charts/");
    let shown = "Nothing \\[is\\](javascript:x) &lt;b&gt;";
    assert!(
        text.contains(&format!("![{shown}.](charts/a.svg)\n\n{shown}.\n")),
        "{text}"
    );
    assert!(text.contains("](charts/a-2.svg)"), "{text}");
    let text = markdown::render(&document);
    assert!(
        text.contains(&format!("**Title**\n\n{shown}.\n")) && !text.contains("!["),
        "{text}"
    );
}

fn chart(name: &str, figure: Figure) -> Chart {
    Chart {
        name: name.to_owned(),
        title: "Title".to_owned(),
        finding: "Nothing [is](javascript:x) <b>.".to_owned(),
        figure,
    }
}

/// Draws it, with plain and with hostile words, and has it checked.
fn sound(name: &str, figure: Figure) -> String {
    let plain = chart(name, figure);
    check(&plain);
    let hostile = "</svg><script>alert('1')</script> \u{0}\u{1b}[31m\u{202e}]]> & \"quoted\" 界 ";
    for title in [String::new(), hostile.repeat(200), "x".repeat(10_000)] {
        let chart = Chart {
            finding: format!("{title}."),
            title: format!("A {title}"),
            ..plain.clone()
        };
        let svg = ismsctl::render::svg::standalone(&chart);
        assert!(
            !svg.contains("<script") && !svg.contains('\u{1b}'),
            "{name}"
        );
        assert!(svg.len() < 200_000, "{name}: {}", svg.len());
        roxmltree::Document::parse(&svg).unwrap();
    }
    drawn("figures", &plain)
}

fn day() -> NaiveDate {
    "2026-06-30".parse().unwrap()
}

fn course(unit: Unit, values: &[Option<f64>], target: Option<f64>) -> Figure {
    let point = |(index, value): (usize, &Option<f64>)| CoursePoint {
        period: format!("{}-{:02}", 2020 + index / 12, index % 12 + 1),
        last: day(),
        value: *value,
        words: value.map_or("no data".to_owned(), |value| value.to_string()),
        target,
        verdict: [
            Verdict::Met,
            Verdict::Missed,
            Verdict::Near,
            Verdict::Waived,
        ]
        .get(index % 5)
        .copied(),
        outside: index % 7 == 3,
        provisional: index + 1 == values.len() && index > 3,
    };
    Figure::Trend(Course {
        unit,
        points: values.iter().enumerate().map(point).collect(),
        target: target.map(|target| format!("≥ {target}")),
        near: target.map(|target| (target * 0.9, "≥ near".to_owned())),
        limits: target.map(|it| Variation {
            lower: it - 1.0,
            mean: it,
            upper: it + 1.0,
        }),
        current: values
            .len()
            .checked_sub(2)
            .or((values.len() == 1).then_some(0)),
    })
}

#[test]
fn any_course_is_drawn() {
    let hours: Unit = "h".parse().unwrap();
    let some = |values: &[f64]| values.iter().map(|value| Some(*value)).collect::<Vec<_>>();
    let sixty: Vec<f64> = (0..60).map(|it| f64::from(it * 37 % 11)).collect();
    for (name, values, target) in [
        ("no-values", vec![], None),
        ("no-data", vec![None; 12], Some(4.0)),
        ("one", some(&[3.0]), Some(4.0)),
        ("identical", some(&[0.0; 12]), Some(0.0)),
        ("identical-high", some(&[7.25; 12]), None),
        ("negative", some(&[-3.0, -1.0, -8.5, 2.0, -4.0]), Some(-2.0)),
        (
            "huge",
            some(&[1e300, -1e300, 1.5e308, -1.7e308]),
            Some(1e308),
        ),
        ("tiny", some(&[1e-300, 2e-300, 3e-9]), Some(1e-9)),
        ("sixty", some(&sixty), Some(6.0)),
        (
            "gaps",
            vec![Some(1.0), None, None, Some(2.0), None, Some(3.0)],
            Some(2.0),
        ),
    ] {
        sound(
            &format!("course-{name}"),
            course(Unit::Count, &values, target),
        );
        let svg = sound(&format!("course-{name}-h"), course(hours, &values, target));
        assert_eq!(
            svg.contains(">no data</text>"),
            values.iter().all(Option::is_none) || name == "gaps",
            "{name}"
        );
    }
}

fn stack(columns: usize, layers: usize, count: usize) -> Stack {
    let tones = [Tone::Good, Tone::Warn, Tone::Bad, Tone::Muted, Tone::Plain];
    Stack {
        columns: (0..columns).map(|it| format!("2026-{it:02}")).collect(),
        layers: (0..layers)
            .map(|it| Layer {
                name: format!(
                    "layer {it} with a name that is much longer than the drawing is wide"
                ),
                tone: tones[it % tones.len()],
                counts: (0..columns)
                    .map(|column| count * (column + it) % (count + 3))
                    .collect(),
            })
            .collect(),
        in_time: columns > 5,
    }
}

#[test]
fn any_stack_is_drawn() {
    for (columns, layers, count) in [
        (0, 0, 0),
        (1, 1, 0),
        (1, 1, 1),
        (12, 9, 3),
        (5, 4, 50_000),
        (60, 3, 7),
        (12, 4, usize::MAX / 1000),
    ] {
        sound(
            &format!("stack-{columns}-{layers}"),
            Figure::Stack(stack(columns, layers, count)),
        );
    }
}

fn heat(side: u8, count: usize) -> HeatMap {
    let scale: Vec<String> = (0..side)
        .map(|it| format!("step {it} of an almost endless scale"))
        .collect();
    let mut cells = Vec::new();
    for impact in 1..=side {
        for likelihood in 1..=side {
            let count = if likelihood >= impact { count } else { 0 };
            cells.push(HeatCell {
                likelihood,
                impact,
                band: (side > 2).then_some(usize::from(likelihood * impact / side) % 4),
                marked: u16::from(likelihood) * u16::from(impact) > 12,
                count,
                risks: (0..count.min(9))
                    .map(|it| format!("RISK-{it:03}"))
                    .collect(),
            });
        }
    }
    let moves = (2..=side).map(|it| Move {
        from: (it, it),
        to: (it - 1, 1),
        count: 1,
        tone: if it % 2 == 0 { Tone::Good } else { Tone::Bad },
    });
    HeatMap {
        likelihood: scale.clone(),
        impact: scale,
        bands: ["low", "medium", "high", "critical"]
            .map(str::to_owned)
            .to_vec(),
        cells,
        marked: "above the appetite of 12".to_owned(),
        moves: moves.collect(),
        compared: "since 1 Apr 2026".to_owned(),
        planned: false,
    }
}

#[test]
fn any_heat_map_is_drawn() {
    for (side, count) in [
        (1, 0),
        (1, 1),
        (2, 5),
        (3, 3),
        (5, 1),
        (5, 50_000),
        (10, 2),
        (10, usize::MAX / 1000),
    ] {
        sound(
            &format!("heat-{side}-{}", count.min(50_000)),
            Figure::Heat(heat(side, count)),
        );
    }
}

#[test]
fn any_timelines_are_drawn() {
    let verdicts = [
        Some(Some(Verdict::Met)),
        Some(Some(Verdict::Missed)),
        None,
        Some(None),
        Some(Some(Verdict::NoData)),
        Some(Some(Verdict::Pending)),
        Some(Some(Verdict::Waived)),
        Some(Some(Verdict::Near)),
    ];
    let group = |rows: usize, columns: usize, id: &str| Timelines {
        title: "every 6w from 2026-01-05".to_owned(),
        periods: (0..columns)
            .map(|it| format!("2026-01-05/2026-02-{it:02}"))
            .collect(),
        rows: (0..rows)
            .map(|row| Timeline {
                kpi: format!("{id}{row}"),
                verdicts: (0..columns).map(|it| verdicts[(it + row) % 8]).collect(),
            })
            .collect(),
    };
    let long = "KPI-".repeat(500);
    for (name, groups) in [
        ("none", vec![]),
        ("one", vec![group(1, 1, "K")]),
        (
            "many",
            vec![group(30, 13, "KPI-MEAN-TIME-"), group(2, 4, &long)],
        ),
        ("empty", vec![group(2, 0, "KPI-")]),
    ] {
        sound(&format!("verdicts-{name}"), Figure::Verdicts(groups));
    }
}

#[test]
fn charts_in_folded_parts_are_charts_as_well() {
    let mut document = Document::new("x");
    let folded = Block::Chart(chart("a", Figure::Stack(stack(1, 1, 1))));
    document.add(Block::Details("more".to_owned(), vec![folded]));
    document.chart(chart("a", Figure::Stack(stack(2, 1, 1))));
    let names: Vec<&str> = document
        .charts()
        .iter()
        .map(|it| it.name.as_str())
        .collect();
    assert_eq!(names, ["a", "a-2"]);
}
