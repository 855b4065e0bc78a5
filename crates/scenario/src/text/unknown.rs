//! What messages say of names that are not known, and how they quote a document.

use thalweg_core::suggest::nearest;

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
