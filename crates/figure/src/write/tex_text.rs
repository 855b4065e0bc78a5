//! Text as LaTeX: words as they stand, and what is a formula in math mode.

use crate::formula_runs::{HAT, group_length, script_length};
use crate::text_measure::TextKind;
use crate::write::tex_signs::{KNOWN_LETTERS, lowered, raised, sign};
use std::fmt::Write as _;

/// The command that writes a letter that pdfTeX's own fonts do not have.
pub const FOREIGN: &str = "\\thalwegletter";

/// Operators that are set upright, and have a command of their own.
const OPERATORS: [&str; 13] =
    ["arg", "cos", "cosh", "det", "exp", "inf", "lim", "ln", "log", "max", "min", "sin", "tanh"];

/// Whether a letter can only be set in math mode.
fn is_math(letter: char) -> bool {
    letter == HAT
        || letter == '√'
        || sign(letter).is_some()
        || raised(letter).is_some()
        || lowered(letter).is_some()
}

/// A text as LaTeX.
pub fn tex_text(text: &str, kind: TextKind) -> String {
    match kind {
        TextKind::Formula => format!("${}$", formula(&text.chars().collect::<Vec<_>>())),
        TextKind::Plain => plain(text),
    }
}

/// How a word of a text is set.
#[derive(Clone, Copy, PartialEq, Eq)]
enum WordSetting {
    Words,
    Math,
    /// As its neighbours are: a sign between two quantities is one of their formula.
    Between,
}

fn plain(text: &str) -> String {
    let words: Vec<&str> = text.split(' ').collect();
    let mut settings: Vec<WordSetting> = words.iter().map(|word| setting(core(word).1)).collect();
    for index in 0..settings.len() {
        if settings[index] == WordSetting::Between {
            let is_joined = [index.checked_sub(1), Some(index + 1)]
                .into_iter()
                .all(|beside| beside.and_then(|at| settings.get(at)) == Some(&WordSetting::Math));
            settings[index] = if is_joined { WordSetting::Math } else { WordSetting::Words };
        }
    }
    let mut written = String::new();
    let mut is_open = false;
    for (index, (word, setting)) in words.iter().zip(&settings).enumerate() {
        let (before, core, after) = core(word);
        let goes_on = is_open && *setting == WordSetting::Math && before.is_empty();
        if is_open && !goes_on {
            written.push('$');
            is_open = false;
        }
        if index > 0 {
            // Between two quantities, a blank would be lost.
            let is_sign = |word: &str| word.chars().all(|c| !c.is_alphanumeric());
            written.push_str(if goes_on && !is_sign(word) && !is_sign(words[index - 1]) {
                "\\ "
            } else {
                " "
            });
        }
        if *setting == WordSetting::Math {
            written.push_str(&escaped(before));
            if !goes_on {
                written.push('$');
            }
            written.push_str(&formula(&with_index(core)));
            is_open = after.is_empty();
            if !is_open {
                written.push('$');
                written.push_str(&escaped(after));
            }
        } else {
            written.push_str(&escaped(word));
        }
    }
    if is_open {
        written.push('$');
    }
    written
}

/// The characters of a word in math mode: the number behind a single letter is its index.
fn with_index(word: &str) -> Vec<char> {
    let mut letters: Vec<char> = word.chars().collect();
    if letters.len() > 1 && letters[0].is_alphabetic() && letters[1..].iter().all(char::is_ascii_digit) {
        letters.insert(1, '_');
    }
    letters
}

/// A word without the punctuation around it, which stands before and behind.
fn core(word: &str) -> (&str, &str, &str) {
    let opening = if word.matches('(').count() == word.matches(')').count() { "" } else { "([" };
    let start = word.len() - word.trim_start_matches(|c| opening.contains(c)).len();
    let rest = &word[start..];
    let closing = if opening.is_empty() { ",;:.…" } else { ",;:.…)]" };
    let end = start + rest.trim_end_matches(|c| closing.contains(c)).len();
    (&word[..start], &word[start..end], &word[end..])
}

fn setting(word: &str) -> WordSetting {
    let letters: Vec<char> = word.chars().collect();
    let count = letters.len();
    if count == 0 {
        return WordSetting::Words;
    }
    if matches!(word, "-" | "−" | "/" | "·" | "±" | "→") {
        return WordSetting::Between;
    }
    if matches!(word, "=" | "<" | ">" | "+")
        || number(&letters) == count
        || letters.iter().any(|c| is_math(*c))
    {
        return WordSetting::Math;
    }
    let longest = letters.split(|c| !c.is_alphabetic()).map(<[char]>::len).max().unwrap_or(0);
    let is_symbol = longest == 1
        && letters.iter().any(char::is_ascii_lowercase)
        && letters.iter().all(|c| c.is_ascii_alphanumeric() || "()=+-*/|<>.,^_!".contains(*c));
    if is_symbol && word != "a" { WordSetting::Math } else { WordSetting::Words }
}

/// How many characters of these a number takes up, with sign and exponent.
fn number(letters: &[char]) -> usize {
    let digits =
        |from: usize| letters[from.min(letters.len())..].iter().take_while(|c| c.is_ascii_digit()).count();
    let mut at = usize::from(matches!(letters.first(), Some('-' | '−' | '+')));
    let whole = digits(at);
    at += whole;
    let mut part = 0;
    if letters.get(at) == Some(&'.') {
        part = digits(at + 1);
        at += if part > 0 { 1 + part } else { 0 };
    }
    if whole + part == 0 {
        return 0;
    }
    if matches!(letters.get(at), Some('e')) {
        let sign = usize::from(matches!(letters.get(at + 1), Some('-' | '+')));
        let exponent = digits(at + 1 + sign);
        if exponent > 0 {
            at += 1 + sign + exponent;
        }
    }
    at
}

/// A number in math mode: an exponent as a power of ten.
fn tex_number(letters: &[char]) -> String {
    let text: String = letters.iter().map(|c| if *c == '−' { '-' } else { *c }).collect();
    match text.split_once('e') {
        None => text,
        Some((mantissa, exponent)) => {
            let exponent = exponent.trim_start_matches('+');
            match mantissa {
                "1" => format!("10^{{{exponent}}}"),
                "-1" => format!("-10^{{{exponent}}}"),
                mantissa => format!("{mantissa}\\cdot10^{{{exponent}}}"),
            }
        }
    }
}

/// A number alone in math mode.
pub fn number_in_math(text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    if number(&letters) == letters.len() { tex_number(&letters) } else { formula(&letters) }
}

/// The words of a text, with what LaTeX reads as a command made harmless.
fn escaped(text: &str) -> String {
    let mut written = String::new();
    for letter in text.chars() {
        match letter {
            '&' | '%' | '$' | '#' | '_' | '{' | '}' => {
                written.push('\\');
                written.push(letter);
            }
            '~' => written.push_str("\\textasciitilde{}"),
            '^' => written.push_str("\\textasciicircum{}"),
            '\\' => written.push_str("\\textbackslash{}"),
            '<' | '>' | '|' => {
                let _ = write!(written, "${letter}$");
            }
            '"' | '”' | '“' | '„' => written.push_str("''"),
            '’' | '‘' => written.push('\''),
            '…' => written.push_str("\\dots{}"),
            '–' => written.push_str("--"),
            '—' => written.push_str("---"),
            letter if letter.is_control() => written.push(' '),
            letter if letter.is_ascii() || KNOWN_LETTERS.contains(letter) => written.push(letter),
            letter if is_math(letter) => {
                let _ = write!(written, "${}$", formula(&[letter]));
            }
            letter => {
                let _ = write!(written, "{FOREIGN}{{{letter}}}");
            }
        }
    }
    written
}

/// What stands on a base: TeX allows one of each.
#[derive(Default)]
struct Scripts {
    is_raised: bool,
    is_lowered: bool,
}

impl Scripts {
    fn write(&mut self, written: &mut String, script: char, content: &str) {
        let taken = if script == '^' { &mut self.is_raised } else { &mut self.is_lowered };
        if std::mem::replace(taken, true) {
            written.push_str("{}");
            *self = Self::default();
            self.write(written, script, content);
            return;
        }
        let _ = write!(written, "{script}{{{content}}}");
    }
}

/// A formula in math mode: `^` raises the letters, the number or the parentheses behind it, `_` lowers a word.
fn formula(letters: &[char]) -> String {
    let mut written = String::new();
    let mut scripts = Scripts::default();
    let mut at = 0;
    while at < letters.len() {
        let letter = letters[at];
        if letter == '^' || letter == '_' {
            let length = script_length(letter, &letters[at + 1..]);
            let content = formula(&letters[at + 1..at + 1 + length]);
            scripts.write(&mut written, letter, &content);
            at += 1 + length;
            continue;
        }
        let script = if raised(letter).is_some() { Some(('^', raised as fn(char) -> _)) } else { None };
        let script = script.or_else(|| lowered(letter).map(|_| ('_', lowered as fn(char) -> _)));
        if let Some((script, of)) = script {
            let run = letters[at..].iter().map_while(|c| of(*c)).collect::<Vec<_>>();
            let content: String = run.concat();
            scripts.write(&mut written, script, &content);
            at += run.len();
            continue;
        }
        scripts = Scripts::default();
        let (length, atom) = atom(&letters[at..]);
        // A command ends before a letter only where something stands between.
        let is_command = written
            .rsplit_once('\\')
            .is_some_and(|(_, name)| !name.is_empty() && name.chars().all(|c| c.is_ascii_alphabetic()));
        if is_command && atom.starts_with(|c: char| c.is_ascii_alphabetic()) {
            written.push(' ');
        }
        written.push_str(&atom);
        at += length;
    }
    written
}

/// The first thing on the line: how many characters it takes up, and what it is in math mode.
fn atom(letters: &[char]) -> (usize, String) {
    let letter = letters[0];
    if letter == '√' {
        let (length, content) = match letters.get(1) {
            None => return (1, "\\surd".to_owned()),
            Some('(') => {
                let length = group_length(&letters[1..]);
                (length, formula(&letters[2..(1 + length).saturating_sub(1).max(2)]))
            }
            Some(_) => atom(&letters[1..]),
        };
        return (1 + length, format!("\\sqrt{{{content}}}"));
    }
    if letter.is_ascii_digit() {
        let length = number(letters);
        return (length, tex_number(&letters[..length]));
    }
    let (mut length, mut base) = match sign(letter) {
        Some(command) => (1, command.to_owned()),
        None if letter.is_ascii_alphabetic() => word(letters),
        None => (1, other(letter)),
    };
    while letters.get(length) == Some(&HAT) {
        base = format!("\\hat{{{base}}}");
        length += 1;
    }
    (length, base)
}

/// A word in a formula: a letter, an operator, or upright; the one that wears a hat stands by itself.
fn word(letters: &[char]) -> (usize, String) {
    let run = letters.iter().take_while(|c| c.is_ascii_alphabetic()).count();
    let length = if letters.get(run) == Some(&HAT) && run > 1 { run - 1 } else { run };
    let text: String = letters[..length].iter().collect();
    let set = match text.as_str() {
        text if OPERATORS.contains(&text) => format!("\\{text}"),
        text if length > 1 => format!("\\mathrm{{{text}}}"),
        text => text.to_owned(),
    };
    (length, set)
}

/// Any other character in a formula.
fn other(letter: char) -> String {
    match letter {
        '&' | '%' | '$' | '#' | '{' | '}' => format!("\\{letter}"),
        '~' => "\\sim".to_owned(),
        '\\' => "\\backslash".to_owned(),
        '…' => "\\dots".to_owned(),
        ' ' => "\\ ".to_owned(),
        HAT => String::new(),
        letter if letter.is_ascii() && !letter.is_control() && letter != '"' => letter.to_string(),
        letter => format!("\\mbox{{{}}}", escaped(&letter.to_string())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(text: &str) -> String {
        tex_text(text, TextKind::Plain)
    }

    fn math(text: &str) -> String {
        tex_text(text, TextKind::Formula)
    }

    #[test]
    fn quantities_within_words_are_math() {
        assert_eq!(plain("λ₁ 2.5"), "$\\lambda_{1}\\ 2.5$");
        assert_eq!(plain("x1 = 2"), "$x_{1} = 2$");
        assert_eq!(
            plain("gradient descent stable at α = 1e-3, it says"),
            "gradient descent stable at $\\alpha = 10^{-3}$, it says"
        );
        assert_eq!(
            plain("20 contour lines from -2.5e-7 to 3"),
            "$20$ contour lines from $-2.5\\cdot10^{-7}$ to $3$"
        );
        assert_eq!(plain("|∇f| against f(x, y)"), "$|\\nabla f|$ against $f(x$, $y$)");
        assert_eq!(plain("Adam - fast, a - b"), "Adam - fast, a - $b$");
        assert_eq!(plain("minimum (1, -1)"), "minimum ($1$, $-1$)");
        assert_eq!(plain("x - y"), "$x - y$");
        assert_eq!(plain("x"), "$x$");
    }

    #[test]
    fn nothing_that_is_typed_is_a_command() {
        assert_eq!(
            plain(r"50% & $5 #1 my_run {a} x~y a^b \end"),
            r"50\% \& \$5 \#1 my\_run \{a\} x\textasciitilde{}y $a^{b}$ \textbackslash{}end"
        );
        assert_eq!(math(r"\a{b}%"), r"$\backslash a\{b\}\%$");
        assert_eq!(plain("Über 中"), "Über \\thalwegletter{中}");
        assert_eq!(plain("lr<0.1"), "lr$<$0.1");
    }

    #[test]
    fn formulas_have_scripts_roots_and_hats() {
        assert_eq!(math("x^2"), "$x^{2}$");
        assert_eq!(math("m_t"), "$m_{t}$");
        assert_eq!(math("β1^t"), "$\\beta1^{t}$");
        assert_eq!(
            math("-α·m\u{302}/(√v\u{302} + ε)"),
            "$-\\alpha\\cdot m/(\\sqrt{\\hat{v}}\\ +\\ \\varepsilon)$".replace("cdot m/", "cdot\\hat{m}/")
        );
        assert_eq!(math("x²₁"), "$x^{2}_{1}$");
        assert_eq!(math("x²^3"), "$x^{2}{}^{3}$");
        assert_eq!(math("√(a b)"), "$\\sqrt{a\\ b}$");
        assert_eq!(math("√"), "$\\surd$");
        assert_eq!(math("max(0, lr)"), "$\\max(0,\\ \\mathrm{lr})$");
        assert_eq!(math("αx"), "$\\alpha x$");
        assert_eq!(math("2^(a+b)c"), "$2^{(a+b)}c$");
        assert_eq!(math("√("), "$\\sqrt{}$");
        assert_eq!(math("^"), "$^{}$");
        assert_eq!(number_in_math("3e5"), "3\\cdot10^{5}");
    }
}
