//! What to write instead of a character that is no word of a formula.

use super::dialect::Dialect;
use super::name::greek;

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
