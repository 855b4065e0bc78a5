//! What is said of a text that is no RON: what is there, and what to write. No word of the parser reaches a reader.

use super::diagnostic::Diagnostic;
use super::place::place;
use super::unknown::shortened;
use ron::error::{Error, SpannedError};

/// An error of syntax in words.
pub fn diagnostic(source: &str, error: &SpannedError) -> Diagnostic {
    let at = offset(source, error.span.end.line, error.span.end.col);
    let (at, message) = Fault { source, at }.told(&error.code);
    let (line, column) = place(source, at);
    Diagnostic { line, column, message }
}

/// The byte at a line and column as the parser counts them: a line ends with LF alone.
fn offset(source: &str, line: usize, column: usize) -> usize {
    let start: usize = source.split_inclusive('\n').take(line - 1).map(str::len).sum();
    let rest = source.get(start..).unwrap_or_default();
    start + rest.char_indices().nth(column - 1).map_or(rest.len(), |(offset, _)| offset)
}

/// How a scenario is written, for somebody whose file is none.
const FORM: &str = "a scenario is written `(surface: ..., runners: [...])`";

/// How a field is written.
const FIELD: &str = "a field is written `key: value`, with a colon";

/// A place at which a text is wrong.
struct Fault<'a> {
    source: &'a str,
    /// The byte at which it was found out.
    at: usize,
}

impl<'a> Fault<'a> {
    fn before(&self) -> &'a str {
        self.source.get(..self.at).unwrap_or_default()
    }

    fn rest(&self) -> &'a str {
        self.source.get(self.at..).unwrap_or_default()
    }

    /// Where to look, and what to do.
    fn told(&self, code: &Error) -> (usize, String) {
        if self.source.trim().is_empty() {
            return (self.at, format!("the text ends before anything is said; {FORM}"));
        }
        match code {
            Error::ExceededRecursionLimit => {
                let message = "parentheses are nested too deeply: a scenario needs no more than five levels";
                (self.at, message.to_owned())
            }
            Error::ExpectedStringEnd => {
                (self.at, "a text is opened here with \" and never closed".to_owned())
            }
            Error::UnclosedBlockComment => {
                (self.at, "a comment is opened with /* and never closed with */".to_owned())
            }
            Error::InvalidEscape(_) => self.backslash(),
            _ => self.usual_slip().unwrap_or_else(|| (self.at, self.expected(code))),
        }
    }

    /// A backslash that stands for nothing, as in a path of Windows.
    fn backslash(&self) -> (usize, String) {
        let at = self.before().rfind('\\').unwrap_or(self.at);
        let found = shortened(self.source.get(at..).unwrap_or_default());
        let found: String = found.chars().take(2).collect();
        let message = format!(
            "found `{found}`; within quotes a backslash is written `\\\\`, and between folders `/` does as well"
        );
        (at, message)
    }

    /// What is known from other files and languages.
    fn usual_slip(&self) -> Option<(usize, String)> {
        let (before, rest) = (self.before(), self.rest());
        let first = rest.chars().next();
        if let Some(quote) = self.single_quote() {
            return Some((quote, "found `'`; a text stands in double quotes, as \"x^2 + y^2\"".to_owned()));
        }
        if first.is_some_and(|c| "“”„‟«»‘’‚‛".contains(c)) {
            let found = self.found();
            return Some((self.at, format!("{found}; a text stands in straight quotes, as \"x^2 + y^2\"")));
        }
        if rest.starts_with('#') {
            return Some((self.at, "found `#`; a comment begins with `//`".to_owned()));
        }
        if let Some((start, number)) = self.decimal_comma() {
            return Some((start, format!("found `{number}`; a decimal point is written `.`, as in 0.5")));
        }
        if first.is_some_and(|c| c.is_ascii_digit())
            && before.trim_end().ends_with(|c: char| c.is_ascii_digit())
        {
            let found = self.found();
            return Some((
                self.at,
                format!(
                    "{found}; digits of one number stand together, and between two numbers stands a comma"
                ),
            ));
        }
        if rest.starts_with(['^', '*', '+']) {
            let found = self.found();
            return Some((self.at, format!("{found}; a formula stands in double quotes, as \"x^2 + y^2\"")));
        }
        if let Some((start, fraction)) = self.fraction() {
            return Some((
                start,
                format!("found `{fraction}`; a fraction is written as a decimal number, as 0.25"),
            ));
        }
        if rest.starts_with(':') && before.trim_end().ends_with(['"', '\'']) {
            let at = key_before(before);
            return Some((
                at,
                format!(
                    "found `{}`; a key stands without quotes, as `key: value`",
                    shortened(self.source.get(at..self.at)?)
                ),
            ));
        }
        if !self.source.trim_start().starts_with(['(', '/']) {
            return Some((self.source.len() - self.source.trim_start().len(), self.no_scenario()));
        }
        None
    }

    /// A single quote that opens what was meant for a text.
    fn single_quote(&self) -> Option<usize> {
        let line = self.before().rfind('\n').map_or(0, |end| end + 1);
        let until = self.rest().find(['\n', '"']).map_or(self.source.len(), |end| self.at + end);
        let quotes: Vec<_> =
            self.source.get(line..until)?.match_indices('\'').map(|(index, _)| line + index).collect();
        // The last one before the fault, or right there.
        let quote = quotes.iter().rev().find(|quote| **quote <= self.at).copied()?;
        let is_value = |c: char| ":,([{".contains(c);
        let opens =
            |quote: usize| self.source.get(..quote).is_some_and(|text| text.trim_end().ends_with(is_value));
        let between = self.source.get(quote..self.at)?;
        let first =
            quotes.iter().rev().filter(|other| **other <= quote).find(|other| opens(**other)).copied()?;
        // Within a text in double quotes it is an apostrophe.
        (between.chars().count() <= 3 || first < quote).then_some(first)
    }

    /// A number with a decimal comma that ends here: where it begins, and the whole of it.
    fn decimal_comma(&self) -> Option<(usize, String)> {
        let behind: String = self.rest().chars().take_while(char::is_ascii_digit).collect();
        if behind.is_empty() {
            return None;
        }
        let whole = self.before().trim_end().strip_suffix(',')?.trim_end();
        let start = whole
            .rfind(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | '-' | '+')))
            .map_or(0, |at| at + 1);
        let digits = whole.get(start..)?;
        digits.ends_with(|c: char| c.is_ascii_digit()).then(|| (start, format!("{digits},{behind}")))
    }

    /// A quotient of two numbers before or around this place: where it begins, and the whole of it.
    fn fraction(&self) -> Option<(usize, String)> {
        let line = self.before().rfind('\n').map_or(0, |end| end + 1);
        let is_number = |c: char| c.is_ascii_digit() || c == '.';
        self.source.get(line..)?.match_indices('/').find_map(|(at, _)| {
            let at = line + at;
            let (before, behind) = (self.source.get(..at)?, self.source.get(at + 1..)?);
            let start = before.rfind(|c| !is_number(c)).map_or(0, |end| end + 1);
            let length = behind.find(|c| !is_number(c)).unwrap_or(behind.len());
            let end = at + 1 + length;
            let is_fraction = start < at && length > 0 && (start..=end + 1).contains(&self.at);
            is_fraction.then(|| (start, self.source.get(start..end).unwrap_or_default().to_owned()))
        })
    }

    /// That the text begins as no scenario does.
    fn no_scenario(&self) -> String {
        let line = self.source.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
        let is_table = !line.contains(['(', '{']) && line.contains([',', ';', '\t']);
        if is_table {
            format!(
                "this is no scenario, but perhaps a table: {FORM}, and a table of numbers is named in it as the \
                 `data` of a model (in the window: Surface, a model, data, CSV file)"
            )
        } else {
            let found = shortened(line);
            format!("found `{found}` in the first line; {FORM}, with its parentheses")
        }
    }

    /// What was expected, and what is there.
    fn expected(&self, code: &Error) -> String {
        let found = self.found();
        match code {
            Error::ExpectedComma | Error::ExpectedMapColon if self.rest().starts_with('=') => {
                format!("{found}; {FIELD}")
            }
            Error::ExpectedComma if self.rest().starts_with(';') => {
                format!("{found}; what stands side by side is separated by a comma, as in `(-2.5, 1)`")
            }
            Error::ExpectedComma if self.rest().starts_with(':') => {
                format!("{found}; what has keys stands in parentheses, also in a list: `[(key: value)]`")
            }
            Error::ExpectedComma => {
                let before = match self.open_text() {
                    Some((line, column)) => {
                        format!(" (is the text closed that is opened at {line}:{column}?)")
                    }
                    None => String::new(),
                };
                format!(
                    "{found}; a comma, a closing bracket or the colon after a key is missing before it{before}"
                )
            }
            Error::ExpectedMapColon => format!("{found}; {FIELD}"),
            Error::TrailingCharacters => {
                format!("{found} after the scenario; nothing may follow its last `)`")
            }
            Error::Eof => "the text ends in the middle of a value: is a closing bracket missing?".to_owned(),
            Error::ExpectedIdentifier => {
                format!("{found}; the key of a field is expected, as in `key: value`")
            }
            Error::UnexpectedChar(_) => format!("{found}; a value is expected"),
            Error::ExpectedFloat
            | Error::FloatUnderscore
            | Error::ExpectedInteger
            | Error::IntegerOutOfBounds
            | Error::InvalidIntegerDigit { .. }
            | Error::UnderscoreAtBeginning => {
                format!("{found}; this is no number: write it as 30, 0.05 or 1e-3")
            }
            _ => format!(
                "{found}; a value is expected: a number, a text in quotes, a name, `(...)` or `[...]`"
            ),
        }
    }

    /// Where the text is opened that ends right before, if it goes over several lines: its end was perhaps meant to
    /// open the next one.
    fn open_text(&self) -> Option<(usize, usize)> {
        let before = self.before();
        let end = before.trim_end().strip_suffix('"')?.len();
        let start = before.get(..end)?.rfind('"')?;
        before.get(start..end)?.contains(['\n', '\r']).then(|| place(self.source, start))
    }

    /// What stands here.
    fn found(&self) -> String {
        let rest = self.rest();
        let line = rest.split(['\n', '\r']).next().unwrap_or_default();
        match line.trim_end() {
            "" if rest.trim_end().is_empty() && !rest.contains(['\n', '\r']) => {
                "the text ends here".to_owned()
            }
            "" => "the line ends here".to_owned(),
            line => {
                let is_word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | '-' | '+');
                let word = line.find(|c| !is_word(c)).filter(|end| *end > 0);
                let end = word.unwrap_or_else(|| {
                    if line.starts_with(is_word) {
                        line.len()
                    } else {
                        line.chars().next().map_or(0, char::len_utf8)
                    }
                });
                format!("found `{}`", shortened(line.get(..end).unwrap_or(line)))
            }
        }
    }
}

/// Where the key in quotes begins that ends `before`.
fn key_before(before: &str) -> usize {
    let end = before.trim_end();
    let quote = end.chars().next_back().unwrap_or('"');
    let inner = end.get(..end.len() - quote.len_utf8()).unwrap_or_default();
    inner.rfind(quote).unwrap_or(0)
}
