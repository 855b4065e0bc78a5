//! What to say of a name that is not known: what was probably meant.

use super::dialect::Dialect;
use super::function::spellings;
use crate::suggest::near;

/// Functions of other languages, and what has their values here.
const INSTEAD: [(&str, &str); 42] = [
    ("sech", "`1/cosh(u)`"),
    ("csch", "`1/sinh(u)`"),
    ("logistic", "`sigmoid(u)`"),
    ("clamp", "`min(max(u, a), b)`"),
    ("clip", "`min(max(u, a), b)`"),
    ("sec", "`1/cos(u)`"),
    ("csc", "`1/sin(u)`"),
    ("cot", "`cos(u)/sin(u)`"),
    ("lg", "`log10(u)`"),
    ("lb", "`log2(u)`"),
    ("log1p", "`log(1 + u)`"),
    ("expm1", "`exp(u) - 1`"),
    ("square", "`u^2`"),
    ("fabs", "`abs(u)`"),
    ("sgn", "`sign(u)`"),
    ("signum", "`sign(u)`"),
    ("sinc", "`sin(u)/u`"),
    ("cbrt", "`sign(u)*abs(u)^(1/3)`"),
    ("coth", "`1/tanh(u)`"),
    ("exp2", "`2^u`"),
    ("norm", "`hypot(u, v)`"),
    ("maximum", "`max(u, v)`"),
    ("minimum", "`min(u, v)`"),
    ("fmax", "`max(u, v)`"),
    ("fmin", "`min(u, v)`"),
    ("where", "`a if u < v else b`"),
    ("ifelse", "`a if u < v else b`"),
    ("heaviside", "`1 if u > 0 else 0`"),
    ("step", "`1 if u > 0 else 0`"),
    ("arcsin", "`asin(u)`"),
    ("arccos", "`acos(u)`"),
    ("arctan", "`atan(u)`"),
    ("arctan2", "`atan2(u, v)`"),
    ("asinh", "`log(u + sqrt(u^2 + 1))`"),
    ("acosh", "`log(u + sqrt(u^2 - 1))`"),
    ("atanh", "`log((1 + u)/(1 - u))/2`"),
    ("erfc", "`1 - erf(u)`"),
    ("round", "`floor(u + 0.5)`"),
    ("trunc", "`sign(u)*floor(abs(u))`"),
    ("fmod", "`mod(u, v)`"),
    ("leakyrelu", "`max(u, 0.01*u)`"),
    ("gelu", "`u*(1 + erf(u/sqrt(2)))/2`"),
];

/// What draws random numbers elsewhere.
const DRAWS: [(&[&str], &str); 2] = [
    (
        &["normal", "randn", "gauss", "gaussian", "standard_normal", "randn_like"],
        "`normal()`, a random vector for each step",
    ),
    (
        &["uniform", "rand", "random", "rand_like", "unif"],
        "`uniform()`, a random vector for each step, from 0 to 1",
    ),
];

/// What steps are written with elsewhere.
const IN_STEPS: [(&[&str], &str); 8] = [
    (
        &["gradient", "nabla", "df", "grad_f", "gradf", "dfdx", "fprime", "g"],
        "the gradient at `x` as `grad(x)`",
    ),
    (&["hessian", "hess_f", "ddf", "d2f"], "the Hessian at `x` as `hess(x)`"),
    (&["loss", "cost", "objective", "func", "F"], "the loss at `x` as `f(x)`"),
    (&["inv", "inverse", "pinv", "solve"], "an inverse as `H^-1*g`"),
    (&["transpose", "outer"], "`a*b^T` for a matrix of two vectors"),
    (&["zeros", "zeros_like"], "`0*x`"),
    (&["ones", "ones_like"], "`0*x + 1`"),
    (&["sum", "inner", "matmul", "vdot"], "the scalar product as `dot(a, b)`"),
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
        (Dialect::Function, _) if DRAWS.iter().any(|(others, _)| others.contains(&name)) => {
            return format!(
                "there is no function `{name}`: a surface is the same whenever it is asked; noise belongs to the gradients, \
                 `gradient: Noise(sigma: 0.1)`"
            );
        }
        (Dialect::Step, _)
            if let Some((_, instead)) =
                DRAWS.iter().chain(&IN_STEPS).find(|(others, _)| others.contains(&name)) =>
        {
            return format!("there is no function `{name}`: write {instead}");
        }
        _ if let Some((_, instead)) = INSTEAD.iter().find(|(foreign, _)| *foreign == name) => {
            return format!("there is no function `{name}`: write {instead}");
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
        for (name, instead) in INSTEAD {
            assert!(spellings(Dialect::Function).iter().all(|known| known.name != name), "{name} is known");
            for text in instead.split('`').skip(1).step_by(2) {
                assert!(Expression::parse(text).is_ok(), "{name}: {text}");
            }
        }
    }
}
