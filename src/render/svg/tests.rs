//! The style: whatever reads in the light reads in the dark and in print, by contrast as WCAG 2 reckons it.

use super::STYLE;
use std::collections::BTreeMap;

/// The colours of light, dark and print, by name.
fn palettes() -> Vec<BTreeMap<String, [f64; 3]>> {
    let blocks = STYLE.split("--chart-paper:").skip(1);
    let palettes = blocks.map(|block| {
        let block = format!("--chart-paper:{}", &block[..block.find('}').unwrap()]);
        let colours = block.split(';').filter_map(|rule| {
            let (name, value) = rule.trim().strip_prefix("--chart-")?.split_once(": #")?;
            let part = |at: usize| f64::from(u8::from_str_radix(&value[at..at + 2], 16).unwrap());
            Some((name.to_owned(), [part(0), part(2), part(4)]))
        });
        colours.collect()
    });
    palettes.collect()
}

fn luminance(colour: [f64; 3]) -> f64 {
    let linear = colour.map(|part| match part / 255.0 {
        low if low <= 0.040_45 => low / 12.92,
        high => ((high + 0.055) / 1.055).powf(2.4),
    });
    0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
}

fn contrast(one: [f64; 3], other: [f64; 3]) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

#[test]
fn texts_and_marks_stand_out() {
    let palettes = palettes();
    assert_eq!(palettes.len(), 3);
    for palette in palettes {
        let least = |one: &str, other: &str, least: f64| {
            let found = contrast(palette[one], palette[other]);
            assert!(found >= least, "{one} on {other}: {found:.2}");
        };
        for shade in ["paper", "h0", "h1", "h2", "h3", "h4", "band"] {
            least("ink", shade, 4.5);
        }
        for tone in ["good", "warn", "bad", "mute", "plain"] {
            least(tone, "paper", 3.0);
            least("on", tone, 4.5);
        }
        // Arrows cross the cells of a heat map, marks the band near a target.
        for tone in ["good", "bad", "plain"] {
            for shade in ["h0", "h1", "h2", "h3", "h4"] {
                least(tone, shade, 3.0);
            }
        }
        for tone in ["good", "warn", "bad", "plain"] {
            least(tone, "band", 3.0);
        }
        least("soft", "paper", 4.5);
        least("soft", "band", 4.5);
        least("axis", "paper", 3.0);
    }
}

#[test]
fn nothing_is_smaller_than_eleven_pixels() {
    let sizes = STYLE.split("font-size: ").skip(1);
    let sizes: Vec<f64> = sizes
        .map(|it| it[..it.find("px").unwrap()].parse().unwrap())
        .collect();
    assert!(
        sizes.len() > 2 && sizes.iter().all(|size| *size >= 11.0),
        "{sizes:?}"
    );
}
