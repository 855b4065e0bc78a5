//! What is wrong with a typed text, and what to write instead.

use std::fmt::{Display, Formatter, Result as Written};

/// What is wrong with a typed text, and where. Places count characters, not bytes, from 0.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParseError {
    /// The first character that it concerns; the number of characters where something is missing
    /// at the end.
    pub at: usize,
    /// How many characters it concerns: at least one, but at the end none.
    pub length: usize,
    /// What was found and what is allowed, in one line without a full stop.
    pub message: String,
}

impl ParseError {
    pub(super) fn new(at: usize, length: usize, message: impl Into<String>) -> Self {
        Self { at, length, message: message.into() }
    }
}

impl Display for ParseError {
    /// The message and the place, counted from 1 as an editor does.
    fn fmt(&self, f: &mut Formatter<'_>) -> Written {
        write!(f, "{}, at character {}", self.message, self.at + 1)
    }
}

impl std::error::Error for ParseError {}

/// What to say of a character that no formula has.
pub(super) fn stray(character: char) -> String {
    let instead = match character {
        '×' | '·' | '⋅' | '∙' | '•' | '∗' | '＊' => "for a product write `*`",
        '−' | '–' | '—' | '﹣' | '－' => "for a minus write `-`",
        '÷' | '∕' | '⁄' | '：' => "for a quotient write `/`",
        '＋' => "for a sum write `+`",
        '⁰' => "for a power write `^0`",
        '¹' => "for a power write `^1`",
        '²' => "for a power write `^2`",
        '³' => "for a power write `^3`",
        '⁴' => "for a power write `^4`",
        '⁵' => "for a power write `^5`",
        '⁶' => "for a power write `^6`",
        '⁷' => "for a power write `^7`",
        '⁸' => "for a power write `^8`",
        '⁹' => "for a power write `^9`",
        'ⁿ' => "for a power write `^n`",
        'ˆ' => "for a power write `^`",
        '½' => "write `0.5`",
        '¼' => "write `0.25`",
        '¾' => "write `0.75`",
        '√' => "for a root write `sqrt(...)`",
        '|' | '∣' => "for an absolute value write `abs(...)`",
        '[' | '{' | '（' | '［' => "for a parenthesis write `(`",
        ']' | '}' | '）' | '］' => "for a parenthesis write `)`",
        'π' | 'Π' => "write `pi`",
        '∞' => "there is no infinity: write a large number",
        '=' => "write only what f(x, y) equals",
        ';' => "between two arguments write `,`",
        '_' => "a name begins with a letter",
        '%' => "for percent write a factor, as in `0.01*x`",
        '!' => "there is no factorial",
        '<' | '>' | '≤' | '≥' => "there are no comparisons, but `min(a, b)` and `max(a, b)`",
        '\'' | '’' | '′' => "there are no primes: name a constant `x0`",
        _ => {
            let greek = greek(character);
            return if greek.is_empty() {
                let shown = if character.is_control() {
                    "a control character".into()
                } else {
                    format!("`{character}`")
                };
                format!(
                    "{shown} is not allowed: a formula has numbers, x, y, names in plain letters, + - * / ^ and parentheses"
                )
            } else {
                format!("`{character}` is not allowed: write its name, `{greek}`")
            };
        }
    };
    format!("`{character}` is not allowed: {instead}")
}

/// The name of a Greek letter, as it can be typed.
fn greek(letter: char) -> &'static str {
    match letter {
        'α' => "alpha",
        'β' => "beta",
        'γ' | 'Γ' => "gamma",
        'δ' | 'Δ' => "delta",
        'ε' | 'ϵ' => "epsilon",
        'ζ' => "zeta",
        'η' => "eta",
        'θ' | 'Θ' | 'ϑ' => "theta",
        'ι' => "iota",
        'κ' => "kappa",
        'λ' | 'Λ' => "lambda",
        'μ' | 'µ' => "mu",
        'ν' => "nu",
        'ξ' | 'Ξ' => "xi",
        'ρ' => "rho",
        'σ' | 'Σ' => "sigma",
        'τ' => "tau",
        'φ' | 'Φ' | 'ϕ' => "phi",
        'χ' => "chi",
        'ψ' | 'Ψ' => "psi",
        'ω' | 'Ω' => "omega",
        _ => "",
    }
}
