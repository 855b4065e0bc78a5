//! Names that are not known, and the known one that was probably meant.

/// Names longer than this are no slip of the pen: nothing is compared with them.
const LONGEST: usize = 64;

/// The known name that is nearest to `name`, if one is near enough to be a slip of the pen.
pub fn nearest<'n>(name: &str, known: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    let length = name.chars().count();
    if length > LONGEST {
        return None;
    }
    let folded = name.to_lowercase();
    known
        .into_iter()
        .map(|candidate| {
            let distance = strsim::damerau_levenshtein(&folded, &candidate.to_lowercase());
            // "lr" is two edits away from everything short: a third of the letters may differ.
            (distance, distance <= (length.max(candidate.len()) / 3).max(1), candidate)
        })
        .filter(|(_, near, _)| *near)
        .min_by_key(|(distance, ..)| *distance)
        .map(|(.., candidate)| candidate)
}

/// "; did you mean `other`?", if a known name is near enough.
pub fn hint<'n>(name: &str, known: impl IntoIterator<Item = &'n str>) -> String {
    nearest(name, known).map_or_else(String::new, |near| format!("; did you mean `{near}`?"))
}

/// "unknown WHAT `name`; did you mean `other`? (known: a, b, c)"
pub fn unknown(what: &str, name: &str, known: &[&str]) -> String {
    let hint = hint(name, known.iter().copied());
    let name = shortened(name);
    if known.is_empty() {
        format!("unknown {what} `{name}` (there are none)")
    } else {
        format!("unknown {what} `{name}`{hint} (known: {})", known.join(", "))
    }
}

/// `text` on one line and not longer than a message bears.
pub fn shortened(text: &str) -> String {
    const LIMIT: usize = 40;
    let mut words = String::new();
    let mut count = 0;
    for c in text.chars() {
        // Line breaks and runs of blanks become one blank.
        let c = if c.is_whitespace() || c.is_control() { ' ' } else { c };
        if c == ' ' && words.ends_with(' ') {
            continue;
        }
        if count == LIMIT {
            return words.trim_end().to_owned() + "...";
        }
        words.push(c);
        count += 1;
    }
    words
}
