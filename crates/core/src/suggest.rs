//! Known names that look like one that is not known: what was probably meant.

/// Names longer than this are no slip of the pen: nothing is compared with them.
const LONGEST: usize = 64;

/// The known names that are at most so many edits away from `name`, the nearest first; letters count alike in
/// either case. `most` says how many edits a known name may be away.
pub fn near<'n>(
    name: &str,
    known: impl IntoIterator<Item = &'n str>,
    most: impl Fn(&str) -> usize,
) -> Vec<&'n str> {
    if name.chars().count() > LONGEST {
        return Vec::new();
    }
    let folded = name.to_lowercase();
    let distance = |known: &str| strsim::damerau_levenshtein(&folded, &known.to_lowercase());
    let mut near: Vec<_> = known
        .into_iter()
        .map(|known| (distance(known), known))
        .filter(|(distance, known)| *distance <= most(known))
        .collect();
    near.sort_by_key(|(distance, _)| *distance);
    near.into_iter().map(|(_, known)| known).collect()
}

/// The known name that is nearest to `name`, if one is near enough to be a slip of the pen.
///
/// ```
/// use thalweg_core::suggest::nearest;
/// assert_eq!(nearest("rosenbrok", ["Rosenbrock", "Saddle"]), Some("Rosenbrock"));
/// assert_eq!(nearest("valley", ["Rosenbrock", "Saddle"]), None);
/// ```
pub fn nearest<'n>(name: &str, known: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    let length = name.chars().count();
    // "lr" is two edits away from everything short: a third of the letters may differ.
    near(name, known, |known| (length.max(known.len()) / 3).max(1)).first().copied()
}
