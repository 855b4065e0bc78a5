//! Formulas as runs of letters: raised and lowered parts, and hats, for which no font at hand has glyphs.

/// The sign that puts a hat on the letter before it.
pub const HAT: char = '\u{302}';

/// How large letters are that are raised or lowered, as a part of the others' size.
pub const SMALL: f64 = 0.72;

/// Where letters stand in their line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LetterStanding {
    /// On the line.
    Normal,
    /// Smaller, at its top.
    Raised,
    /// Smaller, at its bottom.
    Lowered,
}

/// Letters of a formula that stand alike.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormulaRun {
    /// The letters that are seen.
    pub text: String,
    /// Which of them have hats, by their number among the letters.
    pub hats: Vec<usize>,
    /// Where they stand.
    pub standing: LetterStanding,
}

/// The runs of a formula: `^` raises the letters, the number or the parentheses behind it, `_` lowers a word, and
/// U+0302 puts a hat on the letter before it.
pub fn formula_runs(formula: &str) -> Vec<FormulaRun> {
    let letters: Vec<char> = formula.chars().collect();
    let (mut runs, mut left): (Vec<FormulaRun>, &[char]) = (Vec::new(), &letters);
    while !left.is_empty() {
        let (length, standing) = next(left);
        let (now, later) = left.split_at(length);
        let mut run = FormulaRun { text: String::new(), hats: Vec::new(), standing };
        for (index, letter) in now.iter().enumerate() {
            match *letter {
                HAT => run.hats.extend(run.text.chars().count().checked_sub(1)),
                '^' | '_' if index == 0 => {}
                letter => run.text.push(letter),
            }
        }
        if !run.text.is_empty() {
            runs.push(run);
        }
        left = later;
    }
    runs
}

/// How many characters come next that stand alike, and how.
fn next(left: &[char]) -> (usize, LetterStanding) {
    match left[0] {
        '^' => (1 + script_length('^', &left[1..]), LetterStanding::Raised),
        '_' => (1 + script_length('_', &left[1..]), LetterStanding::Lowered),
        _ => (left.iter().take_while(|letter| !matches!(letter, '^' | '_')).count(), LetterStanding::Normal),
    }
}

/// How many characters behind `^` or `_` are raised or lowered: a word, a number with its sign, or what stands in
/// parentheses.
pub fn script_length(script: char, after: &[char]) -> usize {
    let is_word = |letter: &&char| letter.is_alphanumeric() || matches!(**letter, '.' | HAT);
    if script == '^' && after.first() == Some(&'(') {
        return group_length(after);
    }
    let sign = usize::from(script == '^' && matches!(after.first(), Some('-' | '−')));
    sign + after[sign..].iter().take_while(is_word).count()
}

/// How many characters a group in parentheses takes up.
pub fn group_length(letters: &[char]) -> usize {
    let mut depth = 0;
    let is_within = |letter: &&char| {
        let was_open = depth > 0 || **letter == '(';
        depth += i32::from(**letter == '(') - i32::from(**letter == ')');
        was_open
    };
    letters.iter().take_while(is_within).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use LetterStanding::{Lowered, Normal, Raised};

    #[test]
    fn parts_are_raised_lowered_and_hatted() {
        let told = |formula: &str| -> Vec<_> {
            let runs = formula_runs(formula);
            runs.into_iter().map(|run| (run.text, run.hats, run.standing)).collect()
        };
        let run = |text: &str, hats: &[usize], standing| (text.to_owned(), hats.to_vec(), standing);
        assert_eq!(told("x^2 + y"), [run("x", &[], Normal), run("2", &[], Raised), run(" + y", &[], Normal)]);
        assert_eq!(
            told("(1-β)^(t+1)m̂"),
            [run("(1-β)", &[], Normal), run("(t+1)", &[], Raised), run("m", &[0], Normal)]
        );
        assert_eq!(
            told("λ_max·v"),
            [run("λ", &[], Normal), run("max", &[], Lowered), run("·v", &[], Normal)]
        );
        assert_eq!(told("x^-1"), [run("x", &[], Normal), run("-1", &[], Raised)]);
        assert_eq!(told("\u{302}"), []);
        assert_eq!(told("^"), []);
    }
}
