//! What to say of a name that is not known: what was probably meant.

use super::dialect::Dialect;
use super::function::spellings;
use crate::suggest::near;

/// Functions of other languages, and what has their values here.
const INSTEAD: [(&str, &str); 31] = [
    ("sinh", "`(exp(u) - exp(-u))/2`"),
    ("cosh", "`(exp(u) + exp(-u))/2`"),
    ("sech", "`2/(exp(u) + exp(-u))`"),
    ("sigmoid", "`(1 + tanh(u/2))/2`"),
    ("logistic", "`(1 + tanh(u/2))/2`"),
    ("softplus", "`max(u, 0) + log(1 + exp(-abs(u)))`"),
    ("relu", "`max(u, 0)`"),
    ("clamp", "`min(max(u, a), b)`"),
    ("sec", "`1/cos(u)`"),
    ("csc", "`1/sin(u)`"),
    ("cot", "`cos(u)/sin(u)`"),
    ("log10", "`log(u)/log(10)`"),
    ("log2", "`log(u)/log(2)`"),
    ("lg", "`log(u)/log(10)`"),
    ("log1p", "`log(1 + u)`"),
    ("expm1", "`exp(u) - 1`"),
    ("square", "`u^2`"),
    ("fabs", "`abs(u)`"),
    ("hypot", "`sqrt(u^2 + v^2)`"),
    ("sign", "`u/abs(u)`"),
    ("sgn", "`u/abs(u)`"),
    ("cbrt", "`u/abs(u)*abs(u)^(1/3)`"),
    ("coth", "`1/tanh(u)`"),
    ("exp2", "`2^u`"),
    ("norm", "`sqrt(u^2 + v^2)`"),
    ("maximum", "`max(u, v)`"),
    ("minimum", "`min(u, v)`"),
    ("fmax", "`max(u, v)`"),
    ("fmin", "`min(u, v)`"),
    ("where", "`min(a, b)` or `max(a, b)`: there are no conditions"),
    ("if", "`min(a, b)` or `max(a, b)`: there are no conditions"),
];

/// Functions that have no formula here, and what there is none of.
const MISSING: [(&[&str], &str); 2] = [
    (
        &["asin", "acos", "atan", "atan2", "arcsin", "arccos", "arctan", "arctan2"],
        "there are no inverses of `sin`, `cos` and `tan`",
    ),
    (&["floor", "ceil", "round", "trunc", "mod", "fmod"], "there is no rounding and no remainder"),
];

/// What to say of a name before a parenthesis that is no function's.
pub(super) fn no_function(name: &str, dialect: Dialect) -> String {
    let what = match (dialect, name) {
        (Dialect::Function, "x" | "y") => "a variable",
        (Dialect::Function, "pi" | "e") => "a number",
        (Dialect::Function, "f") => return "`f` is the function itself: write only what it equals".into(),
        (_, "pow" | "power") => {
            return format!("there is no function `{name}`: for a power write `^`, as in `x^2`");
        }
        _ if let Some((_, instead)) = INSTEAD.iter().find(|(foreign, _)| *foreign == name) => {
            return format!("there is no function `{name}`: write {instead}");
        }
        _ if let Some((_, why)) = MISSING.iter().find(|(names, _)| names.contains(&name)) => {
            return format!("there is no function `{name}`: {why}");
        }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formula::expression::Expression;

    #[test]
    fn what_is_to_be_written_instead_can_be_read() {
        for name in MISSING.iter().flat_map(|(names, _)| names.iter()) {
            assert!(spellings(Dialect::Function).iter().all(|known| known.name != *name), "{name} is known");
        }
        for (name, instead) in INSTEAD {
            assert!(spellings(Dialect::Function).iter().all(|known| known.name != name), "{name} is known");
            for text in instead.split('`').skip(1).step_by(2) {
                assert!(Expression::parse(text).is_ok(), "{name}: {text}");
            }
        }
    }
}
