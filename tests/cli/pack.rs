//! `pack`: the examples whole, the choice of the review, the draft.

use crate::harness::{Folder, JUNE, MARCH, snapshot};

#[test]
fn packs_of_the_examples() {
    for (name, day) in [
        ("management-review", JUNE),
        ("management-review", MARCH),
        ("starter", "2026-01-01"),
    ] {
        let folder = Folder::example(name);
        snapshot!(format!("{name}-{day}"), folder.at(day, "pack").fine());
    }
}

#[test]
fn the_review_can_be_chosen() {
    let folder = Folder::example("management-review");
    let named = folder.at(JUNE, "pack --review REV-2026-Q2").fine();
    assert!(named.contains("(REV-2026-Q2)"));
    assert_eq!(named, folder.at(JUNE, "pack --type quarterly").fine());
    let annual = folder.at(JUNE, "pack --type annual").fine();
    assert!(annual.contains("Annual"), "{annual}");
    let err = folder.at(JUNE, "pack --type quaterly").refused();
    assert!(err.contains("did you mean `quarterly`?"), "{err}");
    let err = folder.at(JUNE, "pack --review REV-2026-Q9").refused();
    assert!(err.contains("did you mean"), "{err}");
    assert_eq!(
        folder
            .at(JUNE, "pack --review REV-2026-Q2 --type annual")
            .status,
        2
    );
}

#[test]
fn a_draft_is_stamped() {
    let folder = Folder::example("management-review");
    let draft = folder.at(JUNE, "pack --draft").fine();
    let sound = folder.at(JUNE, "pack").fine();
    assert!(draft.contains("> Draft"), "{draft}");
    assert!(!sound.contains("Draft"));
}
