//! What packs and reports look like in a real browser: every page is opened in headless Chromium, wide, as narrow as a
//! small phone and in dark mode. No page complains in the console, asks for anything, is wider than its window, or has
//! a serious fault of accessibility (axe-core); a pack prints to A4.
//!
//! Chromium is what is on PATH, else Debian's package; axe-core comes from npm at the version of package-lock.json.
//! `ISMSCTL_SCREENSHOTS=DIR cargo test --test browser` writes every page as PNG and the pack as PDF, to be looked at.

mod browser;
mod pages;
mod tools;

use browser::{Browser, View};
use pages::{Page, all};
use serde_json::Value;
use std::path::PathBuf;

const WIDE: View = View {
    name: "1280",
    width: 1280,
    dark: false,
};
const NARROW: View = View {
    name: "360",
    width: 360,
    dark: false,
};
const DARK: View = View {
    name: "dark",
    width: 1280,
    dark: true,
};

/// Elements that make the page wider than the window.
const OVERFLOWING: &str = "(() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width && document.body.scrollWidth <= width) return [];
  const all = [...document.querySelectorAll('body *')];
  const wide = all.filter((it) => !it.closest('.scroll > *') && it.getBoundingClientRect().right > width + 1);
  return [document.documentElement.scrollWidth + ' px', ...wide.slice(0, 3).map((it) => it.outerHTML.slice(0, 120))];
})()";

/// What axe-core finds that keeps people out, by RULES.
const VIOLATIONS: &str = "axe.run(document, RULES).then((found) => found.violations
  .filter((it) => it.impact === 'serious' || it.impact === 'critical')
  .map((it) => `${it.impact} ${it.id}: ${it.help}: ${it.nodes.slice(0, 2).map((node) => node.html).join(' ')}`))";

/// Where pictures go, if they are wanted.
#[expect(clippy::disallowed_methods, reason = "a test that draws on request")]
fn pictures() -> Option<PathBuf> {
    let folder = PathBuf::from(std::env::var_os("ISMSCTL_SCREENSHOTS")?);
    std::fs::create_dir_all(&folder).unwrap();
    Some(folder)
}

fn lines(value: &Value) -> Vec<String> {
    let list = value.as_array().unwrap_or_else(|| panic!("{value}"));
    list.iter()
        .map(|line| line.as_str().unwrap().to_owned())
        .collect()
}

/// What is wrong with a page.
fn faults(browser: &mut Browser, page: &Page, view: View, axe: &str) -> Vec<String> {
    let mut tab = browser.open(&page.path, view);
    let mut faults = lines(&tab.evaluate(OVERFLOWING));
    if let Some(folder) = pictures() {
        let picture = folder.join(format!("{}-{}.png", page.name, view.name));
        std::fs::write(picture, tab.picture()).unwrap();
    }
    // The page may not run what is not its own; the debugger may.
    tab.evaluate(&format!("{axe}; null"));
    // Nothing but colours differs in the dark.
    let rules = if view.dark {
        "{ runOnly: ['color-contrast'] }"
    } else {
        "{ resultTypes: ['violations'] }"
    };
    faults.extend(lines(&tab.evaluate(&VIOLATIONS.replace("RULES", rules))));
    faults.extend(tab.close());
    faults
}

#[track_caller]
fn assert_sound(view: View) {
    let axe = tools::axe();
    let mut browser = Browser::start();
    let mut wrong = Vec::new();
    for page in all() {
        for fault in faults(&mut browser, page, view, &axe) {
            wrong.push(format!("{} ({}): {fault}", page.name, view.name));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn pages_are_sound_on_a_desk() {
    assert_sound(WIDE);
}

#[test]
fn pages_are_sound_on_a_small_phone() {
    assert_sound(NARROW);
}

#[test]
fn pages_are_sound_in_the_dark() {
    assert_sound(DARK);
}

/// Folded blocks that stay folded.
const FOLDED: &str = "[...document.querySelectorAll('details > .folded')]
  .filter((it) => it.getBoundingClientRect().height === 0).map((it) => it.parentElement.outerHTML.slice(0, 120))";

#[test]
fn nothing_is_cut_off_on_paper() {
    let mut browser = Browser::start();
    let mut wrong = Vec::new();
    for page in all() {
        let mut tab = browser.open(&page.path, WIDE);
        tab.on_paper();
        let faults = [OVERFLOWING, FOLDED].map(|what| lines(&tab.evaluate(what)));
        let faults = faults.into_iter().flatten();
        wrong.extend(faults.map(|fault| format!("{}: {fault}", page.name)));
        tab.close();
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn pack() -> &'static Page {
    let named = |page: &&Page| page.name == "management-review-pack";
    all().iter().find(named).unwrap()
}

#[test]
fn a_pack_prints_to_a4() {
    let mut browser = Browser::start();
    let mut tab = browser.open(&pack().path, WIDE);
    let pdf = tab.print();
    if let Some(folder) = pictures() {
        std::fs::write(folder.join("management-review-pack.pdf"), &pdf).unwrap();
    }
    let text = String::from_utf8_lossy(&pdf);
    let pages = text.matches("/Type /Page\n").count();
    assert!(pages > 1, "{pages} pages");
    let boxes: Vec<&str> = text
        .match_indices("/MediaBox [")
        .map(|(at, mark)| text[at + mark.len()..].split(']').next().unwrap())
        .collect();
    assert!(!boxes.is_empty());
    for size in boxes {
        let sides: Vec<f64> = size
            .split_whitespace()
            .map(|number| number.parse().unwrap())
            .collect();
        // 210 mm and 297 mm in points; browsers round to pixels.
        assert!((sides[2] - 595.28).abs() < 1.5, "{size}");
        assert!((sides[3] - 841.89).abs() < 1.5, "{size}");
    }
}

#[test]
fn tables_sort_by_what_their_cells_mean() {
    let mut browser = Browser::start();
    let page = all()
        .iter()
        .find(|page| page.name == "management-review-risk-register");
    let mut tab = browser.open(&page.unwrap().path, WIDE);
    // Click the header of a column until it is sorted the way that is asked for, and read the column.
    let column = |title: &str, clicks: usize| {
        format!(
            "(() => {{ const table = document.querySelector('#risks table');
               const headers = [...table.tHead.rows[0].cells];
               const index = headers.findIndex((it) => it.textContent === '{title}');
               for (let click = 0; click < {clicks}; click += 1) headers[index].querySelector('button').click();
               return [headers[index].getAttribute('aria-sort') ?? 'none',
                 ...[...table.tBodies[0].rows].map((row) => row.cells[index].textContent)]; }})()"
        )
    };
    let given = lines(&tab.evaluate(&column("Score", 0)));
    let up = lines(&tab.evaluate(&column("Score", 1)));
    let down = lines(&tab.evaluate(&column("Score", 1)));
    assert_eq!((&*up[0], &*down[0]), ("ascending", "descending"));
    let scores = |column: &[String]| -> Vec<i64> {
        let cells = column[1..].iter().filter(|cell| !cell.is_empty());
        cells.map(|cell| cell.parse().unwrap()).collect()
    };
    let mut sorted = scores(&given);
    sorted.sort_unstable();
    assert!(
        sorted.len() > 5 && sorted.iter().any(|score| *score > 9),
        "{given:?}"
    );
    assert_eq!(scores(&up), sorted);
    sorted.reverse();
    assert_eq!(scores(&down), sorted);
    assert_eq!(
        lines(&tab.evaluate(&column("Score", 1))),
        given,
        "the third click"
    );
    assert!(tab.close().is_empty());
}

#[test]
fn a_page_may_do_nothing_but_show_itself() {
    let mut browser = Browser::start();
    let mut tab = browser.open(&pack().path, WIDE);
    // What a record cannot smuggle in would be stopped as well.
    tab.evaluate(
        "(() => { window.ran = false;
           const script = document.createElement('script');
           script.textContent = 'window.ran = true';
           document.body.append(script);
           document.body.style.setProperty('color', 'red');
           document.body.insertAdjacentHTML('beforeend', '<img src=\"https://example.org/x.png\"><p style=\"color:red\">x</p>'); })()",
    );
    assert_eq!(tab.evaluate("window.ran"), Value::Bool(false));
    let complaints = tab.close().join("\n");
    for directive in ["script-src", "style-src", "img-src"] {
        assert!(complaints.contains(directive), "{complaints}");
    }
}
