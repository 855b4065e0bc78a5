//! What to say of a name that is not known: what was probably meant.

use super::dialect::Dialect;
use super::function::spellings;
use crate::suggest::near;

/// What to say of a name before a parenthesis that is no function's.
pub(super) fn no_function(name: &str, dialect: Dialect) -> String {
    let what = match (dialect, name) {
        (Dialect::Function, "x" | "y") => "a variable",
        (Dialect::Function, "pi" | "e") => "a number",
        (Dialect::Function, "f") => return "`f` is the function itself: write only what it equals".into(),
        (_, "pow") => return "there is no function `pow`: for a power write `^`, as in `x^2`".into(),
        _ => {
            let near = likely(name, spellings(dialect).iter().map(|known| known.name));
            let known = if near.is_empty() {
                let known: Vec<_> = spellings(dialect).iter().map(|known| known.name).collect();
                format!("the functions are {}", known.join(", "))
            } else {
                format!("did you mean {near}")
            };
            return format!("there is no function `{name}`: {known}; to multiply, write `{name}*(...)`");
        }
    };
    format!("`{name}` is {what}, not a function: to multiply, write `{name}*(...)`")
}

/// What to say of a name that stands for nothing.
pub(super) fn no_symbol<'a>(name: &str, known: impl Iterator<Item = &'a str> + Clone) -> String {
    let near = likely(name, known.clone());
    if near.is_empty() {
        let known: Vec<_> = known.collect();
        format!("`{name}` stands for nothing here: there are {}", known.join(", "))
    } else {
        format!("`{name}` stands for nothing here: did you mean {near}")
    }
}

/// The known names that look like this one, the likeliest first: at most three, as words.
fn likely<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> String {
    let most = if name.len() > 3 { 2 } else { 1 };
    let mut known: Vec<_> = known.collect();
    known.sort_unstable();
    let near: Vec<_> = near(name, known, |_| most).iter().take(3).map(|known| format!("`{known}`")).collect();
    near.join(" or ")
}
