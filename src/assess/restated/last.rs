//! Which pack was signed last, and on which revision it stood.

use crate::assess::View;
use crate::records::Kind;
use crate::records::review::Review;
use chrono::NaiveDate;

/// What is looked for.
#[derive(Debug, Clone, Copy, Default)]
pub struct Sought<'a> {
    /// The type of review that counts before all others.
    pub r#type: Option<&'a str>,
    /// The review that a pack is made for, which cannot come before itself.
    pub except: Option<&'a str>,
    /// The day on which that review was held: later ones came after it.
    pub before: Option<NaiveDate>,
}

/// The pack of a review that was signed off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedPack {
    /// The review.
    pub review: String,
    /// Its type.
    pub r#type: String,
    /// Day on which it was held; that of its sign-off where it does not say.
    pub held: NaiveDate,
    /// The revision that the pack was made from.
    pub revision: String,
    /// Whether the review is of the type that was looked for.
    pub of_type: bool,
    /// A review of that type that was signed off later, or at all where the pack is of another type, and does not say
    /// from which revision its pack was made.
    pub silent: Option<String>,
}

/// Why there is no such pack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoPack {
    /// No review was signed off yet.
    NothingSigned,
    /// Reviews were, and none says from which revision its pack was made: the last of them.
    NoRevision(String),
}

/// A review that was signed off.
struct Signed<'v> {
    of_type: bool,
    on: NaiveDate,
    held: NaiveDate,
    id: &'v str,
    review: &'v Review,
}

/// The last signed pack as of the day of a view: of a review of the type, else of any.
///
/// # Errors
/// None was signed, or none says what it stood on.
pub fn last_signed_pack(view: &View<'_>, sought: Sought<'_>) -> Result<SignedPack, NoPack> {
    let reviews = view.typed::<Review>(Kind::Review);
    let mut signed: Vec<Signed<'_>> = reviews
        .filter_map(|(seen, review)| {
            let on = review.signed_off.as_ref()?.on.0;
            let held = review.held.map_or(on, |held| held.0);
            let is_earlier = sought.before.is_none_or(|before| held < before);
            (is_earlier && sought.except != Some(seen.id())).then_some(Signed {
                of_type: sought.r#type.is_none_or(|wanted| *review.r#type == *wanted),
                on,
                held,
                id: seen.id(),
                review,
            })
        })
        .collect();
    signed.sort_by_key(|it| (it.of_type, it.on, it.held, it.id));
    let Some(last) = signed.last() else {
        return Err(NoPack::NothingSigned);
    };
    let recorded = signed.iter().rev().find_map(|it| {
        let pack = it.review.pack.as_ref()?;
        Some((it, pack.revision.to_string()))
    });
    let Some((found, revision)) = recorded else {
        return Err(NoPack::NoRevision(last.id.to_owned()));
    };
    let is_silent = last.of_type && last.id != found.id;
    Ok(SignedPack {
        review: found.id.to_owned(),
        r#type: found.review.r#type.to_string(),
        held: found.held,
        revision,
        of_type: found.of_type,
        silent: is_silent.then(|| last.id.to_owned()),
    })
}
