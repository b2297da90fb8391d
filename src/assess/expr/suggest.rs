//! Did-you-mean for names and literals that have a finite list of right spellings.

/// The candidate that `name` was most likely meant to be, if one is close enough: equal but for
/// case, hyphens and underscores, or within a third of its letters (at least one).
pub(super) fn nearest<'c>(
    name: &str,
    candidates: impl IntoIterator<Item = &'c str>,
) -> Option<&'c str> {
    let wanted = plain(name);
    let allowed = (wanted.chars().count() / 3).max(1);
    let mut best: Option<(usize, &str)> = None;
    for candidate in candidates {
        let distance = strsim::damerau_levenshtein(&wanted, &plain(candidate));
        let short = wanted.len() < 2 && distance > 0;
        // The first of equals wins, so that the answer follows the schema's order.
        if distance <= allowed && !short && best.is_none_or(|(least, _)| distance < least) {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// Help that names the nearest candidate, or else lists them when they are few.
pub(super) fn help(name: &str, candidates: &[&str], what: &str) -> Option<String> {
    const FEW: usize = 12;
    if let Some(near) = nearest(name, candidates.iter().copied()) {
        return Some(format!("did you mean `{near}`?"));
    }
    match candidates.len() {
        0 => None,
        count if count <= FEW => Some(format!("{what}: {}", list(candidates))),
        _ => Some(format!("{what}: {}, …", list(&candidates[..FEW]))),
    }
}

fn list(names: &[&str]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    quoted.join(", ")
}

fn plain(name: &str) -> String {
    name.chars()
        .filter(|c| !matches!(c, '_' | '-' | ' '))
        .flat_map(char::to_lowercase)
        .collect()
}
