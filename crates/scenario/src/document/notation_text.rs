//! A notation in texts and formulas, which are written with α, β, ε and x.

use super::notation::{MomentumSymbol, Notation, PointSymbol, RateSymbol};
use std::borrow::Cow;
use thalweg_core::objective::surface::Surface;
use thalweg_core::spec::chosen::Chosen;
use thalweg_core::spec::param::Param;

/// What x and y are in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Coordinates {
    /// No coordinates: words alone, or the weights of a model, which texts call by name.
    None,
    /// x is the point.
    Point,
    /// x and y are the point's coordinates; x is the point itself where a step is made.
    Pair,
}

impl Notation {
    /// The names of the two coordinates on a surface; of a function of x alone the first one counts.
    pub fn axes(&self, surface: &Chosen<Surface>) -> [&'static str; 2] {
        match (self.point, surface.of.is_mean()) {
            (PointSymbol::X, _) => surface.of.axes(),
            (PointSymbol::Theta, _) if surface.is_univariate() => ["θ", "y"],
            (PointSymbol::W, _) if surface.is_univariate() => ["w", "y"],
            (PointSymbol::Theta, _) => ["θ₁", "θ₂"],
            (PointSymbol::W, _) => ["w₁", "w₂"],
        }
    }

    /// The symbol of a parameter of a method; empty where it has none.
    pub fn symbol<'a>(&self, param: &'a Param) -> Cow<'a, str> {
        self.formula(&param.symbol, param.key == MOMENTUM)
    }

    /// The name of a parameter with its symbol behind it.
    pub fn title(&self, param: &Param) -> String {
        let (title, symbol) = (param.title(), self.symbol(param));
        match title.strip_suffix(param.symbol.as_ref()) {
            Some(name) if *symbol != *param.symbol => format!("{name}{symbol}"),
            _ => title,
        }
    }

    /// A formula of a method whose parameters these are.
    pub fn formula_of<'a>(&self, params: &[Param], formula: &'a str) -> Cow<'a, str> {
        let has_momentum = params.iter().any(|param| param.key == MOMENTUM && param.symbol == "β");
        self.formula(formula, has_momentum)
    }

    /// A formula in which x is the point; `beta` says whether β is momentum.
    pub fn formula<'a>(&self, formula: &'a str, beta: bool) -> Cow<'a, str> {
        self.replaced(formula, beta, Coordinates::Point)
    }

    /// A text in which symbols are Greek letters.
    pub fn said<'a>(&self, text: &'a str) -> Cow<'a, str> {
        self.replaced(text, true, Coordinates::None)
    }

    /// A text in Markdown on a surface: words, not what is code or where a link leads.
    pub fn notes<'a>(&self, text: &'a str, surface: &Chosen<Surface>) -> Cow<'a, str> {
        if *self == Self::default() {
            return Cow::Borrowed(text);
        }
        let coordinates = match self.point {
            _ if surface.of.is_mean() => Coordinates::None,
            _ if surface.is_univariate() => Coordinates::Point,
            _ => Coordinates::Pair,
        };
        let (mut told, mut rest) = (String::with_capacity(text.len()), text);
        while let Some((at, end)) = verbatim(rest) {
            told.push_str(&self.replaced(&rest[..at], true, coordinates));
            told.push_str(&rest[at..end]);
            rest = &rest[end..];
        }
        told.push_str(&self.replaced(rest, true, coordinates));
        Cow::Owned(told)
    }

    fn replaced(self, text: &str, beta: bool, coordinates: Coordinates) -> Cow<'_, str> {
        if self == Self::default() || text.is_empty() {
            return Cow::Borrowed(text);
        }
        let mut told = String::with_capacity(text.len() + 8);
        let mut before = ' ';
        for (at, letter) in text.char_indices() {
            let behind = &text[at + letter.len_utf8()..];
            let next = behind.chars().next().unwrap_or(' ');
            let is_alone = !before.is_ascii_alphanumeric() && !next.is_ascii_alphanumeric();
            match self.greek(letter, beta && !is_subscript(next)) {
                Some(symbol) => told.push_str(symbol),
                None if is_alone && next != '\'' => {
                    told.push_str(&self.latin(letter, (&text[..at], behind), coordinates));
                }
                None => told.push(letter),
            }
            before = letter;
        }
        Cow::Owned(told)
    }

    /// What stands for a Greek letter; none for what stays.
    fn greek(self, letter: char, is_momentum: bool) -> Option<&'static str> {
        match (letter, self.rate) {
            ('α', _) => Some(self.rate.symbol()),
            ('β', _) if is_momentum && self.momentum != MomentumSymbol::Beta => Some(self.momentum.symbol()),
            // What is called so otherwise makes way.
            ('θ', _) if self.point == PointSymbol::Theta => Some("φ"),
            ('η', RateSymbol::Eta) => Some("α"),
            ('ε', RateSymbol::Epsilon) => Some("δ"),
            ('δ', RateSymbol::Epsilon) => Some("Δ"),
            _ => None,
        }
    }

    /// What stands for a letter by itself, between what is before and behind it.
    fn latin(
        self,
        letter: char,
        (before, behind): (&str, &str),
        coordinates: Coordinates,
    ) -> Cow<'static, str> {
        let same = || Cow::Owned(letter.to_string());
        let point = Cow::Borrowed(self.point.symbol());
        match (letter, coordinates, self.point) {
            (_, Coordinates::None, _) | (_, _, PointSymbol::X) => same(),
            ('w', Coordinates::Point, PointSymbol::W) => Cow::Borrowed("ω"),
            ('x', Coordinates::Point, _) => point,
            ('x', Coordinates::Pair, _) if is_stepped(before, behind) => point,
            ('x', Coordinates::Pair, _) => Cow::Owned(format!("{point}₁")),
            ('y', Coordinates::Pair, _) => Cow::Owned(format!("{point}₂")),
            _ => same(),
        }
    }
}

/// The key of momentum.
const MOMENTUM: &str = "momentum";

fn is_subscript(letter: char) -> bool {
    letter.is_ascii_digit() || ('₀'..='₉').contains(&letter) || letter == '_'
}

/// Whether x is the point, of which a step is taken: `x = x - αv`.
fn is_stepped(before: &str, behind: &str) -> bool {
    let next = behind.trim_start();
    let begins = |ends: &[&str]| ends.iter().any(|end| next.starts_with(end));
    begins(&["= x ", "← x", "- α", "+ v", "- d"]) || before.ends_with("f(") && begins(&[")"])
}

/// From where to where code, or the end of a link, stands next.
fn verbatim(text: &str) -> Option<(usize, usize)> {
    let code = text.find('`').map(|at| (at, "`", 1));
    let link = text.find("](").map(|at| (at, ")", 2));
    let (at, end, length) = [code, link].into_iter().flatten().min()?;
    let behind = at + length;
    let end = text[behind..].find(end).map_or(text.len(), |found| behind + found + 1);
    Some((at, end))
}

#[cfg(test)]
mod tests {
    use super::*;
    use thalweg_core::catalogue::{optimizers, surfaces};

    const GOODFELLOW: Notation =
        Notation { rate: RateSymbol::Epsilon, momentum: MomentumSymbol::Alpha, point: PointSymbol::Theta };
    const MURPHY: Notation =
        Notation { rate: RateSymbol::Eta, momentum: MomentumSymbol::Mu, point: PointSymbol::W };

    #[test]
    fn formulas_have_the_symbols_that_were_chosen() {
        for (notation, formula, told) in [
            (GOODFELLOW, "v ← β·v + g", "v ← α·v + g"),
            (GOODFELLOW, "x ← x - α·v", "θ ← θ - ε·v"),
            (GOODFELLOW, "η = α/(√v̂ + ε)", "η = ε/(√v̂ + δ)"),
            (GOODFELLOW, "m ← β₁·m + (1 - β₁)·g", "m ← β₁·m + (1 - β₁)·g"),
            (GOODFELLOW, "u ← max(|g| + ε, β₂·u)", "u ← max(|g| + δ, β₂·u)"),
            (MURPHY, "η = α/(√v̂ + ε)", "α = η/(√v̂ + ε)"),
            (MURPHY, "x ← (1 - α·w)·x", "w ← (1 - η·ω)·w"),
            (MURPHY, "x₋ ← x", "w₋ ← w"),
            (MURPHY, "α₀·γ^t", "η₀·γ^t"),
            (Notation::default(), "x ← x - α·v", "x ← x - α·v"),
        ] {
            assert_eq!(notation.formula(formula, true), told, "{notation:?}");
        }
        // The β of a method without momentum is another one.
        let gradients = optimizers::find("ConjugateGradient").expect("known");
        assert_eq!(MURPHY.formula_of(&gradients.params, "d ← β·d - g"), "d ← β·d - g");
    }

    #[test]
    fn parameters_have_the_titles_that_were_chosen() {
        let momentum = optimizers::find("Momentum").expect("known");
        let titles: Vec<_> = momentum.params.iter().take(2).map(|param| GOODFELLOW.title(param)).collect();
        assert_eq!(titles, ["learning rate ε", "momentum α"]);
        let adam = optimizers::find("Adam").expect("known");
        let symbols: Vec<_> = adam.params.iter().take(4).map(|param| GOODFELLOW.symbol(param)).collect();
        assert_eq!(symbols, ["ε", "β₁", "β₂", "δ"]);
    }

    #[test]
    fn notes_change_their_words_and_not_where_their_links_lead() {
        let bowl = Chosen::with_defaults(surfaces::find("Quadratic").expect("known"));
        let text = "v = βv + g, then x = x - αv. [Drag β to 0.75](do:2.momentum=0.75;x=α), `x = β`; g turns in y, not \
                    along x (αλ₂ > 2).";
        let told = "v = αv + g, then θ = θ - εv. [Drag α to 0.75](do:2.momentum=0.75;x=α), `x = β`; g turns in θ₂, \
                    not along θ₁ (ελ₂ > 2).";
        assert_eq!(GOODFELLOW.notes(text, &bowl), told);
        // An example's features are no coordinates of the point.
        let line = Chosen::with_defaults(surfaces::find("LinearRegression").expect("known"));
        assert_eq!(MURPHY.notes("y = wx, x is a feature, α = 1", &line), "y = wx, x is a feature, η = 1");
        assert_eq!(MURPHY.axes(&line), ["w₁", "w₂"]);
        assert_eq!(GOODFELLOW.axes(&bowl), ["θ₁", "θ₂"]);
    }
}
