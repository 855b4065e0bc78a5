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
        ';' => "between two arguments write `,`, and at the end nothing",
        '_' => "a name begins with a letter",
        '%' => "for percent write a factor, as in `0.01*x`; there is no remainder",
        '!' => "there is no factorial",
        '≤' | '≥' if dialect == Dialect::Step => "compare with `<`, `>` or `=`",
        '<' | '>' | '≤' | '≥' => "there are no comparisons, but `min(a, b)` and `max(a, b)`",
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
