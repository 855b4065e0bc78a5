//! Names in a typed function that are most likely slips: `xy` for a product, `X` for a coordinate, `sinx` for a call.

use super::dialect::Dialect;
use super::expression::{Expression, Node, VARIABLES};
use super::function::spellings;
use super::parse_error::ParseError;

/// Numbers that a function knows by name.
const NUMBERS: [&str; 2] = ["pi", "e"];

/// Names for a place on an axis, which nobody writes for something else.
const PLACES: [&str; 4] = ["x0", "y0", "x_0", "y_0"];

impl Expression {
    /// The first name of a function that is most likely a slip, at its place; names that `is_meant` says are meant,
    /// because somebody has given them a value, are none.
    pub(super) fn slip(&self, is_meant: impl Fn(&str) -> bool) -> Option<ParseError> {
        let nodes = self.nodes.iter().zip(&self.places);
        let mut slips: Vec<_> = nodes
            .filter_map(|(node, place)| match node {
                Node::Name(index) if *index >= VARIABLES.len() => {
                    let name = &self.names[*index];
                    let others: Vec<_> =
                        self.constants().iter().filter(|other| *other != name).map(String::as_str).collect();
                    let meaning = || meaning(name, &others).or_else(|| self.coordinate(name));
                    let meaning = if is_meant(name) { None } else { meaning() };
                    meaning.map(|meaning| (place, name, meaning))
                }
                _ => None,
            })
            .collect();
        slips.sort_by_key(|(place, ..)| place.at);
        let (place, name, meaning) = slips.into_iter().next()?;
        let advice = format!(
            "`{name}` would be a constant: {meaning}; a constant needs a name that says nothing else"
        );
        Some(ParseError::new(place.at, place.length, advice))
    }
}

impl Expression {
    /// What a name with a number means in a function that has no coordinate else.
    fn coordinate(&self, name: &str) -> Option<String> {
        if self.has_variable() {
            return None;
        }
        let (letter, number) = name.split_at_checked(name.len().checked_sub(1)?)?;
        let letter = letter.strip_suffix('_').unwrap_or(letter);
        let is_usual = ["theta", "p", "u", "z", "beta", "b"].contains(&letter);
        let axis = match number {
            "1" if is_usual => "x",
            "2" if is_usual => "y",
            _ => return None,
        };
        Some(format!("the coordinates are written x and y, did you mean `{axis}`?"))
    }
}

/// What somebody probably meant who wrote this name for a constant, beside others.
fn meaning(name: &str, others: &[&str]) -> Option<String> {
    let small = name.to_lowercase();
    if PLACES.contains(&small.as_str()) {
        return None;
    }
    if VARIABLES.contains(&small.as_str()) {
        return Some(format!("the coordinates are written x and y, did you mean `{small}`?"));
    }
    if NUMBERS.contains(&small.as_str()) && small.len() > 1 {
        return Some(format!("did you mean `{small}`?"));
    }
    let known = spellings(Dialect::Function);
    if let Some(function) = known.iter().find(|known| known.name == small) {
        let arguments = if function.arguments == 1 { "x" } else { "x, y" };
        return Some(format!("did you mean `{}({arguments})`?", function.name));
    }
    if let Some(numbered) = numbered(&small) {
        return Some(numbered);
    }
    // The longest name first: `sinhx` begins with no `sinh`, but `tanhx` with `tanh` rather than `tan`.
    let mut functions: Vec<_> =
        known.iter().filter(|known| known.arguments == 1).map(|known| known.name).collect();
    functions.sort_by_key(|function| std::cmp::Reverse(function.len()));
    for function in functions {
        if let Some(argument) = small.strip_prefix(function).and_then(|rest| product(rest, others)) {
            return Some(format!("did you mean `{function}({argument})`?"));
        }
        for split in 1..name.len() {
            let (factor, call) = small.split_at(split);
            let factor = product(factor, others);
            let argument = call.strip_prefix(function).and_then(|rest| product(rest, others));
            if let (Some(factor), Some(argument)) = (factor, argument) {
                return Some(format!("did you mean `{factor}*{function}({argument})`?"));
            }
        }
    }
    let product = product(&small, others)?;
    // A product without a coordinate might be a constant's name all the same.
    let has_coordinate = product.split('*').any(|factor| VARIABLES.contains(&factor));
    has_coordinate.then(|| format!("did you mean `{product}`?"))
}

/// What a coordinate with a number means: `x1` and `w2` are coordinates elsewhere, `x2` perhaps a power.
fn numbered(name: &str) -> Option<String> {
    let letter = name.get(..1)?;
    let digits = name.get(1..)?;
    let digits = digits.strip_prefix('_').unwrap_or(digits);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    match (letter, digits) {
        ("y", "1") => Some("did you mean `y`?".to_owned()),
        ("x" | "w", "1") => Some("the coordinates are written x and y, did you mean `x`?".to_owned()),
        ("x", "2") => {
            Some("the coordinates are written x and y, did you mean `y`, `x^2` or `2*x`?".to_owned())
        }
        ("w", "2") => Some("the coordinates are written x and y, did you mean `y`?".to_owned()),
        ("x" | "y", _) => Some(format!("did you mean `{letter}^{digits}` or `{digits}*{letter}`?")),
        _ => None,
    }
}

/// The product of known names that a text is without its signs: coordinates, numbers, the other constants.
fn product(text: &str, others: &[&str]) -> Option<String> {
    if text.is_empty() {
        return None;
    }
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let names = others.iter().copied().chain(VARIABLES).chain(["pi"]);
    let mut pieces: Vec<_> =
        names.filter(|name| text.starts_with(&name.to_lowercase())).map(|name| (name, name.len())).collect();
    if digits > 0 {
        pieces.push((text.get(..digits)?, digits));
    }
    pieces.sort_by_key(|(_, length)| std::cmp::Reverse(*length));
    pieces.into_iter().find_map(|(piece, length)| match text.get(length..)? {
        "" => Some(piece.to_owned()),
        rest => product(rest, others).map(|rest| format!("{piece}*{rest}")),
    })
}
