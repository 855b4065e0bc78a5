//! Formulas as runs of letters: raised and lowered parts, and hats, for which no font at hand has glyphs.

/// The sign that puts a hat on the letter before it.
const HAT: char = '\u{302}';

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
    let word = |letter: &char| letter.is_alphanumeric() || *letter == '.';
    let of_word = |letters: &[char]| letters.iter().take_while(|letter| word(letter)).count();
    match left[0] {
        '^' if left.get(1) == Some(&'(') => {
            let mut depth = 0;
            let within = left[1..].iter().take_while(|letter| {
                let open = depth > 0 || **letter == '(';
                depth += i32::from(**letter == '(') - i32::from(**letter == ')');
                open
            });
            (1 + within.count(), LetterStanding::Raised)
        }
        '^' => (1 + of_word(&left[1..]), LetterStanding::Raised),
        '_' => (1 + of_word(&left[1..]), LetterStanding::Lowered),
        _ => (left.iter().take_while(|letter| !matches!(letter, '^' | '_')).count(), LetterStanding::Normal),
    }
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
        assert_eq!(told("\u{302}"), []);
        assert_eq!(told("^"), []);
    }
}
