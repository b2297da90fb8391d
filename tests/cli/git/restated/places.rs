//! The same is told on any day, in any place and of any revision, and nothing where only git moved on.

use super::{FEBRUARY, Story, rows};
use crate::harness::Folder;

#[test]
fn rows_as_they_are_raise_no_alarm() {
    let config = "\n[registers.assets]\n";
    let kpi = "id: KPI-CLASSED\ntitle: Classed assets\nowner: ciso\narea: access\nunit: percent\ncadence: monthly\ntarget: \">= 50%\"\nmeasure: {over: assets, pass: r.class != null, aggregate: share}\n";
    let story = Story::with(&[
        (
            "isms.toml",
            &format!("{}{}{config}", super::CONFIG, super::REVIEWS),
        ),
        ("kpis/classed.yaml", kpi),
        ("registers/assets.csv", "id,class\nA,x\nB,\n"),
    ]);
    story
        .history
        .write("registers/assets.csv", "id,class\nA,x\nB,y\n");
    story.commit("2026-04-15", "Class them all");
    assert!(
        story.part("").contains("Nothing was restated"),
        "{}",
        story.part("")
    );
}

#[test]
fn a_day_in_the_past_and_another_path_tell_the_same() {
    let story = Story::told();
    story.history.replace(
        "results/2026.yaml",
        FEBRUARY,
        "numerator: 49, denominator: 50",
    );
    story.commit("2026-05-04", "Correct February");
    let clone = Folder::new();
    let path = story.history.folder.path().to_str().unwrap();
    git2::Repository::clone(path, clone.path()).unwrap();
    let words = "pack --draft --type quarterly";
    let elsewhere = clone.at(crate::harness::JUNE, words).out;
    assert_eq!(elsewhere, story.pack(""));
    let earlier = story.history.folder.at("2026-04-10", words).out;
    assert_eq!(rows(&super::part(&earlier)), story.rows(""));
    let before = story.history.folder.at("2026-03-10", words).out;
    assert!(
        super::part(&before).contains("No review before this one was signed off"),
        "{before}"
    );
}

#[test]
fn a_pack_that_lists_them_can_be_verified_elsewhere() {
    let story = Story::told();
    story.history.replace(
        "results/2026.yaml",
        FEBRUARY,
        "numerator: 49, denominator: 50",
    );
    story.commit("2026-05-04", "Correct February");
    assert_eq!(story.part("--rev HEAD"), story.part(""));
    let (out, clone) = (Folder::new(), Folder::new());
    let pack = out.path().join("pack");
    let pack = pack.to_str().unwrap();
    story.pack(&format!("-o {pack}"));
    let path = story.history.folder.path().to_str().unwrap();
    git2::Repository::clone(path, clone.path()).unwrap();
    let verified = clone.run(&["pack", "--verify", pack]);
    assert_eq!(
        (verified.status, verified.err.as_str()),
        (0, ""),
        "{verified:?}"
    );
}
