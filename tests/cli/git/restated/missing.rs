//! Where nobody can tell, one sentence says so: never an empty list that looks like nothing.

use super::{INC_1, Story, part, review};
use crate::git::repository::{SECURITY, git};
use crate::harness::{Folder, JUNE};

const PACK: &str = "pack --draft --type quarterly";

#[test]
fn without_a_signed_review_there_is_nothing_to_hold_against() {
    let story = Story::told();
    story.history.remove("reviews/REV-1.yaml");
    assert_eq!(
        story.part(""),
        "## Figures restated since the last signed pack\n\n> No review before this one was signed off as of 30 Jun 2026, so there is no signed pack yet to hold these figures against."
    );
}

#[test]
fn a_review_without_its_revision_is_named() {
    let story = Story::told();
    story
        .history
        .write("reviews/REV-1.yaml", &review("REV-1", "quarterly", ""));
    assert_eq!(
        story.part(""),
        "## Figures restated since the last signed pack\n\n> REV-1 was signed off and does not say from which revision its pack was made, so nobody can tell which figures were restated since. Record it there: `pack: {revision: …}`."
    );
}

#[test]
fn a_review_of_another_type_stands_in_and_is_told() {
    let story = Story::told();
    let pack = format!("pack: {{revision: {}}}\n", story.presented);
    story
        .history
        .write("reviews/REV-1.yaml", &review("REV-1", "annual", &pack));
    story
        .history
        .write("reviews/REV-2.yaml", &review("REV-2", "quarterly", ""));
    let told = story.part("");
    assert!(
        told.contains("The last signed pack (none of the type of this one records its revision) is that of the annual review of 24 Mar 2026, REV-1, made from"),
        "{told}"
    );
    assert!(
        told.contains("> REV-2 was signed off as well and does not say from which revision"),
        "{told}"
    );
    assert!(told.contains("Nothing was restated"), "{told}");
}

#[test]
fn the_pack_of_a_review_is_not_held_against_itself() {
    let story = Story::told();
    let run = story.history.run("pack --draft --review REV-1");
    let told = part(&run.out);
    assert!(
        told.contains("No review before this one was signed off"),
        "{told}"
    );
}

#[test]
fn an_unknown_revision_and_no_repository_say_how_to_mend_it() {
    let story = Story::told();
    let unknown = "pack: {revision: abcdef0123456789abcdef0123456789abcdef01}\n";
    story
        .history
        .write("reviews/REV-1.yaml", &review("REV-1", "quarterly", unknown));
    let told = story.part("");
    assert!(
        told.contains("What was restated since the last signed pack, that of REV-1, cannot be told: the revision of REV-1: there is no revision"),
        "{told}"
    );
    let outside = Folder::new();
    for name in ["isms.toml", "reviews/REV-1.yaml", "incidents/INC-1.yaml"] {
        let from = story.history.folder.path().join(name);
        outside.write(name, std::fs::read(from).unwrap());
    }
    assert_eq!(
        part(&outside.at(JUNE, PACK).out),
        "## Figures restated since the last signed pack\n\n> What was restated since the last signed pack, that of REV-1, cannot be told: the records are not in git here; make the pack in a clone of their repository."
    );
}

#[test]
fn a_shallow_clone_without_the_revision_says_how_to_get_it() {
    let story = Story::told();
    story
        .history
        .write("incidents/INC-1.yaml", &INC_1.replace("T11:00", "T12:00"));
    story.history.commit(SECURITY, "2026-04-02", "Longer");
    let folder = Folder::new();
    let source = format!("file://{}", story.history.folder.path().display());
    git(
        folder.path(),
        &["clone", "--quiet", "--depth", "1", &source, "clone"],
    );
    let clone = folder.path().join("clone");
    let run = crate::harness::run_on(
        &clone,
        crate::harness::PLAIN,
        &["pack", "--draft", "--type", "quarterly", "--as-of", JUNE],
    );
    let told = part(&run.out);
    assert!(told.contains("git fetch --unshallow"), "{told}");
    assert!(!told.contains("Nothing was restated"), "{told}");
}

#[test]
fn a_revision_without_a_usable_workspace_says_so() {
    let story = Story::told();
    story.history.write("isms.toml", "[isms\n");
    let broken = story.history.commit(SECURITY, "2026-03-28", "Break it");
    let config = format!("{}{}", super::CONFIG, super::REVIEWS);
    story.history.write("isms.toml", &config);
    let pack = format!("pack: {{revision: {broken}}}\n");
    story
        .history
        .write("reviews/REV-1.yaml", &review("REV-1", "quarterly", &pack));
    let told = story.part("");
    assert!(
        told.contains("cannot be used; `ismsctl check --rev"),
        "{told}"
    );
}

#[test]
fn another_digest_than_the_recorded_one_is_a_doubt() {
    let story = Story::told();
    let words = format!(
        "report risk-register --format json --rev {}",
        story.presented
    );
    let report = story.history.run(&words).json();
    let right = report["digest"].as_str().unwrap().to_owned();
    let wrong = "0".repeat(64);
    let recorded = |digest: &str| {
        let pack = format!(
            "pack: {{revision: {}, sha256: \"{digest}\"}}\n",
            story.presented
        );
        let text = review("REV-1", "quarterly", &pack);
        story.history.write("reviews/REV-1.yaml", &text);
        story.part("")
    };
    let commit = &story.presented.to_string()[..7];
    let expected = format!(
        "REV-1 records the digest {wrong} for its pack, and the records of {commit} have {right}:"
    );
    let told = recorded(&wrong);
    assert!(told.contains(&expected), "{told}");
    for right in [right.clone(), right.to_uppercase()] {
        let told = recorded(&right);
        assert!(!told.contains("records the digest"), "{told}");
    }
}

#[test]
fn a_review_that_cannot_be_read_is_not_taken_for_none() {
    let story = Story::told();
    let text = review("REV-1", "quarterly", "pack: {revision: [1]}\n");
    story.history.write("reviews/REV-1.yaml", &text);
    let told = story.part("");
    assert!(
        told.contains(
            "Reviews that cannot be read may be the last ones signed: REV-1 (reviews/REV-1.yaml)"
        ),
        "{told}"
    );
}
