//! What messages say of names that are not known, and how they quote a document.

use super::library_names;
use super::printable::is_obeyed;
use thalweg_core::suggest::{near, nearest};

/// "; did you mean `other`?", if a known name is near enough.
pub fn hint<'n>(name: &str, known: impl IntoIterator<Item = &'n str>) -> String {
    nearest(name, known).map_or_else(String::new, |near| format!("; did you mean `{near}`?"))
}

/// The most names that a message lists.
const MOST_LISTED: usize = 12;

/// The few known names that `name` may have been meant for, the likeliest first: those within a slip of the pen of it,
/// then those that it begins or is a part of.
pub fn near_names<'n>(name: &str, known: impl IntoIterator<Item = &'n str>) -> Vec<&'n str> {
    const MOST: usize = 3;
    let known: Vec<_> = known.into_iter().collect();
    let length = name.chars().count();
    let mut found = near(name, known.iter().copied(), |known| (length.max(known.len()) / 3).max(1));
    let folded = name.to_lowercase();
    if let Some(same) = found.iter().find(|known| known.to_lowercase() == folded) {
        return vec![same];
    }
    let is_part = |known: &&str| folded.chars().count() > 2 && known.to_lowercase().contains(&folded);
    for known in known.into_iter().filter(is_part) {
        if !found.contains(&known) {
            found.push(known);
        }
    }
    found.truncate(MOST);
    found
}

/// "`a`, `b` or `c`"
pub fn one_of(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [one] => format!("`{one}`"),
        [others @ .., last] => {
            let others: Vec<_> = others.iter().map(|name| format!("`{name}`")).collect();
            format!("{} or `{last}`", others.join(", "))
        }
    }
}

/// "unknown WHAT `name`; did you mean `other`? (known: a, b, c)"
pub fn unknown(what: &str, name: &str, known: &[&str]) -> String {
    let hint = hint(name, known.iter().copied());
    let name = shortened(name);
    if known.is_empty() {
        format!("unknown {what} `{name}` (there are none)")
    } else if known.len() > MOST_LISTED {
        let near = near_names(&name, known.iter().copied());
        if near.is_empty() {
            format!("unknown {what} `{name}` (known: {})", known.join(", "))
        } else {
            format!("unknown {what} `{name}`; did you mean {}?", one_of(&near))
        }
    } else {
        format!("unknown {what} `{name}`{hint} (known: {})", known.join(", "))
    }
}

/// "unknown field of WHAT, `name`; did you mean `other`? (known: a, b, c)", or what a key of another program is here.
pub fn unknown_key(what: &str, name: &str, known: &[&str]) -> String {
    let is_slip = nearest(name, known.iter().copied()).is_some_and(|near| near.chars().count() > 2);
    match library_names::for_key(name, known).filter(|ours| !is_slip || ours.starts_with("here")) {
        Some(ours) => {
            let known = if known.len() > MOST_LISTED || known.is_empty() {
                String::new()
            } else {
                format!(" (known: {})", known.join(", "))
            };
            format!("unknown field of {what}, `{}`; {ours}{known}", shortened(name))
        }
        None => unknown(&format!("field of {what},"), name, known),
    }
}

/// "unknown WHAT `name`; did you mean `other`?", or where all of them are listed.
pub fn unknown_entry(what: &str, name: &str, known: &[&str]) -> String {
    let near = near_names(name, known.iter().copied());
    let foreign = library_names::for_entry(name);
    let name = shortened(name);
    if let Some(ours) = foreign {
        format!("unknown {what} `{name}`; {ours}")
    } else if near.is_empty() {
        format!("unknown {what} `{name}`; `thalweg list {what}s` shows all {}", known.len())
    } else {
        format!("unknown {what} `{name}`; did you mean {}?", one_of(&near))
    }
}

/// `text` on one line and not longer than a message bears.
pub fn shortened(text: &str) -> String {
    const LIMIT: usize = 40;
    // What was shortened before stays as it is.
    let was_cut = text.strip_suffix("...").is_some_and(|start| start.chars().count() <= LIMIT);
    let limit = if was_cut { LIMIT + 3 } else { LIMIT };
    let mut words = String::new();
    let mut count = 0;
    for c in text.chars() {
        // Line breaks and runs of blanks become one blank.
        let c = if c.is_whitespace() || is_obeyed(c) { ' ' } else { c };
        if c == ' ' && words.ends_with(' ') {
            continue;
        }
        if count == limit {
            return words.trim_end().to_owned() + "...";
        }
        words.push(c);
        count += 1;
    }
    words
}
