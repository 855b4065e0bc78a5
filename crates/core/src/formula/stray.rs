//! What to write instead of a character that is no word of a formula.

use super::dialect::Dialect;
use super::function::spellings;
use super::name::{greek, is_greek};

/// What to say of a character that no formula has.
pub(super) fn stray(character: char, dialect: Dialect) -> String {
    let instead = match character {
        '×' | '·' | '⋅' | '∙' | '•' | '∗' | '＊' => "for a product write `*`",
        '−' | '–' | '—' | '﹣' | '－' => "for a minus write `-`",
        '÷' | '∕' | '⁄' | '：' => "for a quotient write `/`",
        '＋' => "for a sum write `+`",
        'ⁿ' => "for a power write `^n`",
        'ˆ' => "for a power write `^`",
        '½' => "write `0.5`",
        '¼' => "write `0.25`",
        '¾' => "write `0.75`",
        '√' => "for a root write `sqrt(...)`",
        '∣' => "for an absolute value write `abs(...)`",
        '[' if dialect == Dialect::Step => {
            "for a parenthesis write `(`; one coordinate of x is `dot(e1, x)`, and the other `dot(e2, x)`"
        }
        '{' if dialect == Dialect::Step => {
            "for a parenthesis write `(`; names have no index, and the new value of `x` is called `x` as well"
        }
        '[' | '{' | '（' | '［' => "for a parenthesis write `(`; the coordinates are x and y",
        ']' | '}' | '）' | '］' => "for a parenthesis write `)`",
        'π' | 'Π' => "write `pi`",
        '∞' => "there is no infinity: write a large number",
        ';' => "between two arguments write `,`, and at the end nothing",
        '_' => "a name begins with a letter",
        '%' => "for percent write a factor, as in `0.01*x`, and for a remainder `mod(a, b)`",
        '?' => "for a choice write `a if b < c else d`",
        '&' => {
            "for two conditions write one choice in the other, as in `(a if u < v else b) if v < w else b`"
        }
        '≠' => "choose the other way round, as in `b if u = v else a`",
        '!' => "there is no factorial",
        '∂' if dialect == Dialect::Step => "the gradient at `x` is written `grad(x)`",
        '@' if dialect == Dialect::Step => {
            "a matrix times a vector is written with `*`, and a scalar product `dot(a, b)`"
        }
        '\'' | '’' | '′' if dialect == Dialect::Step => {
            "a transposed vector is written `g^T`, the gradient at `x` `grad(x)`"
        }
        '#' => "there are no comments: write the formula alone",
        '"' | '“' | '”' | '„' | '`' => "there are no quotes: write the formula alone",
        '\'' | '’' | '′' => "there are no quotes and no primes: name a constant `x0`",
        _ => {
            return if let Some(greek) = greek(character) {
                format!("`{character}` is not allowed: write its name, `{greek}`")
            } else {
                let shown = if character.is_control() {
                    "a control character".into()
                } else {
                    format!("`{character}`")
                };
                let allowed = match dialect {
                    Dialect::Function => "numbers, x, y, names in plain letters, + - * / ^ and parentheses",
                    Dialect::Step => "numbers, names, + - * / ^ and parentheses",
                };
                format!("{shown} is not allowed: a formula has {allowed}")
            };
        }
    };
    format!("`{character}` is not allowed: {instead}")
}

/// What is written instead of a command of LaTeX that is no letter's.
const COMMANDS: [(&[&str], &str); 9] = [
    (
        &["frac", "dfrac", "tfrac", "over"],
        "a quotient is written `a/b`, with parentheses around what belongs together",
    ),
    (&["cdot", "times", "ast", "cdotp"], "a product is written `a*b`"),
    (&["left", "right", "big", "Big", "bigl", "bigr"], "parentheses are written `(` and `)`"),
    (&["hat", "widehat"], "a hat is written `m_hat`"),
    (
        &["mathbf", "mathrm", "boldsymbol", "bm", "vec", "text", "bar", "tilde", "operatorname"],
        "write the name alone, without a font or a sign above it",
    ),
    (&["leq", "le", "geq", "ge"], "values are compared with `<=` and `>=`"),
    (&["pm", "mp", "infty", "sum", "int", "prod"], "there is no such thing here"),
    (&["quad", "qquad", "displaystyle"], "leave it out"),
    (&["prime", "top", "intercal"], "a transposed vector is written `g^T`"),
];

/// Commands of LaTeX that only steps have a meaning for.
const COMMANDS_OF_STEPS: [(&[&str], &str); 5] = [
    (&["nabla", "partial"], "the gradient at `x` is written `grad(x)`, the Hessian `hess(x)`"),
    (&["odot", "circ", "otimes"], "a product coordinate by coordinate is written `a.*b`"),
    (&["gets", "leftarrow", "coloneqq"], "an assignment is written with `=` or `<-`"),
    (&["lVert", "rVert", "Vert", "norm", "lvert", "rvert"], "a length is written `norm(g)`"),
    (&["langle", "rangle"], "a scalar product is written `dot(a, b)`"),
];

/// What to say of a command of LaTeX; of a backslash alone where it has no name.
pub(super) fn command(name: &str, dialect: Dialect) -> String {
    let of_steps = COMMANDS_OF_STEPS.iter().filter(|_| dialect == Dialect::Step);
    let known = COMMANDS.iter().chain(of_steps).find(|(commands, _)| commands.contains(&name));
    let letter = name.strip_prefix("var").filter(|name| is_greek(name)).unwrap_or(name);
    let instead = match known {
        Some((_, instead)) => (*instead).to_owned(),
        None if name == "sqrt" => "write `sqrt(...)`".to_owned(),
        None if is_greek(letter) || spellings(dialect).iter().any(|known| known.name == name) => {
            format!("write `{letter}`")
        }
        // As MATLAB solves.
        None => {
            let instead = match dialect {
                Dialect::Function => "a quotient is written `a/b`",
                Dialect::Step => "a quotient is written `a/b`, and `H^-1*g` solves",
            };
            return format!("`\\` is not allowed: {instead}");
        }
    };
    format!("`\\{name}` is LaTeX, which is not read here: {instead}")
}
