//! Whatever is drawn is sound.

use crate::{EXAMPLES, documents, drawn};
use ismsctl::render::svg;
use ismsctl::report::document::Chart;
use roxmltree::{Document as Xml, Node};
use std::collections::BTreeSet;

#[test]
fn every_chart_of_every_example_is_sound() {
    let mut seen = 0;
    for (example, day) in EXAMPLES {
        for (name, document) in documents(example, day) {
            let mut names = BTreeSet::new();
            for chart in document.charts() {
                assert!(
                    names.insert(chart.name.clone()),
                    "{name}: {} twice",
                    chart.name
                );
                drawn(&format!("{example}-{day}/{name}"), chart);
                check(chart);
                seen += 1;
            }
        }
    }
    assert!(seen > 100, "{seen} charts");
}

/// Both forms parse, say what they show, and keep within their frame.
pub fn check(chart: &Chart) {
    let name = &chart.name;
    let is_safe = |letter: char| letter.is_ascii_alphanumeric() || letter == '-';
    assert!(!name.is_empty() && name.chars().all(is_safe), "{name}");
    assert!(
        !chart.finding.contains("  ") && chart.finding.ends_with('.'),
        "{}",
        chart.finding
    );
    let (standalone, inline) = (svg::standalone(chart), svg::inline(chart));
    for (svg, styles) in [(&standalone, 1), (&inline, 0)] {
        assert!(!svg.contains("NaN") && !svg.contains("inf\""), "{name}");
        let xml = Xml::parse(svg).unwrap_or_else(|error| panic!("{name}: {error}\n{svg}"));
        let root = xml.root_element();
        assert_eq!(root.attribute("role"), Some("img"));
        let text = |tag: &str| {
            let own = root.children().find(|node| node.has_tag_name(tag));
            own.and_then(|node| node.text())
                .unwrap_or_default()
                .to_owned()
        };
        assert!(!text("title").is_empty(), "{name}");
        assert!(!text("desc").is_empty(), "{name}");
        let styled = root
            .descendants()
            .filter(|node| node.tag_name().name() == "style");
        assert_eq!(styled.count(), styles, "{name}");
        ids(&root, name, svg);
        frame(&root, name);
    }
    let body = |svg: &str| svg[svg.find("class=\"paper\"").unwrap()..].to_owned();
    assert_eq!(body(&standalone), body(&inline));
}

/// Ids are there once, begin with the name of the chart, and are all that is referred to.
fn ids(root: &Node<'_, '_>, name: &str, svg: &str) {
    let mut ids = BTreeSet::new();
    for id in root.descendants().filter_map(|node| node.attribute("id")) {
        assert!(id.starts_with(&format!("{name}-")), "{id}");
        assert!(ids.insert(id.to_owned()), "{id} twice");
    }
    for reference in svg.split("url(#").skip(1) {
        let id = &reference[..reference.find(')').unwrap()];
        assert!(ids.contains(id), "{id}");
    }
    for label in root.attribute("aria-labelledby").unwrap().split(' ') {
        assert!(ids.contains(label), "{label}");
    }
}

/// Every coordinate lies within the view box; texts end within it by a careful guess of their width.
fn frame(root: &Node<'_, '_>, name: &str) {
    let view: Vec<f64> = numbers(root.attribute("viewBox").unwrap());
    let (width, height) = (view[2], view[3]);
    let inside = |x: f64, y: f64, what: &Node<'_, '_>| {
        let within = (-0.1..=width + 0.1).contains(&x) && (-0.1..=height + 0.1).contains(&y);
        assert!(within, "{name}: {x} {y} in {:?}", what.tag_name().name());
    };
    let drawn = root.descendants().filter(|node| {
        let mut up = node.ancestors();
        !up.any(|it| it.tag_name().name() == "defs")
    });
    for node in drawn.filter(Node::is_element) {
        let at = |key: &str| node.attribute(key).map(|text| text.parse::<f64>().unwrap());
        if let (Some(x), Some(y)) = (at("x"), at("y")) {
            inside(x, y, &node);
            inside(
                x + at("width").unwrap_or(0.0),
                y + at("height").unwrap_or(0.0),
                &node,
            );
            assert!(at("width").unwrap_or(0.0) >= 0.0 && at("height").unwrap_or(0.0) >= 0.0);
        }
        for (x, y) in [("x1", "y1"), ("x2", "y2"), ("cx", "cy")] {
            if let (Some(x), Some(y)) = (at(x), at(y)) {
                let radius = at("r").unwrap_or(0.0);
                inside(x - radius, y - radius, &node);
                inside(x + radius, y + radius, &node);
            }
        }
        for pair in numbers(node.attribute("points").unwrap_or_default()).chunks(2) {
            inside(pair[0], pair[1], &node);
        }
        if node.has_tag_name("text") || node.tag_name().name() == "text" {
            let long = node.text().unwrap_or_default().chars().count() as f64 * 5.0;
            let x = at("x").unwrap();
            let (from, to) = match node.attribute("text-anchor") {
                Some("end") => (x - long, x),
                Some(_) => (x - long / 2.0, x + long / 2.0),
                None => (x, x + long),
            };
            assert!(
                from >= -2.0 && to <= width + 2.0,
                "{name}: {:?}",
                node.text()
            );
        }
    }
}

fn numbers(text: &str) -> Vec<f64> {
    let words = text.split([' ', ',']).filter(|word| !word.is_empty());
    words.map(|word| word.parse().unwrap()).collect()
}
