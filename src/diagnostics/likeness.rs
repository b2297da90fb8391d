//! What somebody probably meant, from a finite list.

/// Up to two candidates close enough to `text` to be what was meant, the closest first.
pub fn close<'a>(text: &str, candidates: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let folded = text.to_lowercase();
    let allowed = match folded.chars().count() {
        0..=2 => 1,
        3..=5 => 2,
        _ => 3,
    };
    let mut found: Vec<(usize, &str)> = candidates
        .into_iter()
        .filter_map(|candidate| {
            let other = candidate.to_lowercase();
            let distance = strsim::damerau_levenshtein(&folded, &other);
            let near = distance <= allowed && distance < folded.chars().count();
            let prefixed =
                folded.len() >= 3 && (other.starts_with(&folded) || folded.starts_with(&other));
            (near || prefixed).then_some((distance, candidate))
        })
        .collect();
    found.sort();
    found.dedup();
    found
        .into_iter()
        .take(2)
        .map(|(_, candidate)| candidate)
        .collect()
}

/// "did you mean `a` or `b`?", when something in the list is close.
pub fn did_you_mean<'a>(
    text: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<String> {
    match close(text, candidates).as_slice() {
        [] => None,
        [one] => Some(format!("did you mean `{one}`?")),
        [one, two, ..] => Some(format!("did you mean `{one}` or `{two}`?")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn close_names_are_offered_and_far_ones_are_not() {
        assert_eq!(
            did_you_mean("ownr", ["owner", "title"]).as_deref(),
            Some("did you mean `owner`?")
        );
        assert_eq!(
            did_you_mean("ACT-041", ["ACT-014", "ACT-042", "RISK-9"]).as_deref(),
            Some("did you mean `ACT-014` or `ACT-042`?")
        );
        assert_eq!(did_you_mean("zebra", ["owner"]), None);
    }
}
