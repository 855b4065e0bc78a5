//! Which symbols stand for the quantities that every method has: lecturers differ.

use crate::format::field::Field;
use crate::format::invalidates::Invalidates;
use crate::format::record::Record;
use crate::format::value_reader::ValueReader;
use crate::text::syntax::SyntaxNode;
use thalweg_core::spec::param::Alternative;

/// The symbol of the learning rate.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RateSymbol {
    /// α
    #[default]
    Alpha,
    /// η
    Eta,
    /// ε
    Epsilon,
}

/// The symbol of momentum.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum MomentumSymbol {
    /// β
    #[default]
    Beta,
    /// α
    Alpha,
    /// μ
    Mu,
}

/// The symbol of the point that moves.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PointSymbol {
    /// x, with the coordinates x and y; the weights of a model are w.
    #[default]
    X,
    /// θ, with the coordinates θ₁ and θ₂.
    Theta,
    /// w, with the coordinates w₁ and w₂.
    W,
}

impl RateSymbol {
    /// All of them, in the order of the chooser.
    pub const ALL: [Self; 3] = [Self::Alpha, Self::Eta, Self::Epsilon];

    /// Their names in a document.
    pub const NAMES: &'static [Alternative] = &[
        Alternative { name: "Alpha", doc: "α" },
        Alternative { name: "Eta", doc: "η" },
        Alternative { name: "Epsilon", doc: "ε; what keeps a denominator from zero is δ then" },
    ];

    /// The symbol.
    pub fn symbol(self) -> &'static str {
        ["α", "η", "ε"][self as usize]
    }
}

impl MomentumSymbol {
    /// All of them, in the order of the chooser.
    pub const ALL: [Self; 3] = [Self::Beta, Self::Alpha, Self::Mu];

    /// Their names in a document.
    pub const NAMES: &'static [Alternative] = &[
        Alternative { name: "Beta", doc: "β" },
        Alternative { name: "Alpha", doc: "α; the learning rate is another letter then" },
        Alternative { name: "Mu", doc: "μ" },
    ];

    /// The symbol.
    pub fn symbol(self) -> &'static str {
        ["β", "α", "μ"][self as usize]
    }
}

impl PointSymbol {
    /// All of them, in the order of the chooser.
    pub const ALL: [Self; 3] = [Self::X, Self::Theta, Self::W];

    /// Their names in a document.
    pub const NAMES: &'static [Alternative] = &[
        Alternative { name: "X", doc: "x, with the coordinates x and y; the weights of a model are w" },
        Alternative { name: "Theta", doc: "θ, with the coordinates θ₁ and θ₂" },
        Alternative { name: "W", doc: "w, with the coordinates w₁ and w₂; weight decay is ω then" },
    ];

    /// The symbol.
    pub fn symbol(self) -> &'static str {
        ["x", "θ", "w"][self as usize]
    }
}

/// The symbols that texts, formulas and axes have.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Notation {
    /// The symbol of the learning rate.
    pub rate: RateSymbol,
    /// The symbol of momentum.
    pub momentum: MomentumSymbol,
    /// The symbol of the point.
    pub point: PointSymbol,
}

impl Notation {
    /// Whether no two quantities have one symbol.
    pub fn is_clear(&self) -> bool {
        (self.rate, self.momentum) != (RateSymbol::Alpha, MomentumSymbol::Alpha)
    }
}

const UNDO: &str = "the notation";

static FIELDS: [Field<Notation>; 3] = [
    Field::<Notation>::choice(
        "rate",
        "the symbol of the learning rate",
        RateSymbol::NAMES,
        |notation| notation.rate as usize,
        |notation, index| notation.rate = RateSymbol::ALL[index],
    )
    .invalidates(Invalidates::Picture, UNDO),
    Field::<Notation>::choice(
        "momentum",
        "the symbol of momentum",
        MomentumSymbol::NAMES,
        |notation| notation.momentum as usize,
        |notation, index| notation.momentum = MomentumSymbol::ALL[index],
    )
    .invalidates(Invalidates::Picture, UNDO),
    Field::<Notation>::choice(
        "point",
        "the symbol of the point that moves",
        PointSymbol::NAMES,
        |notation| notation.point as usize,
        |notation, index| notation.point = PointSymbol::ALL[index],
    )
    .invalidates(Invalidates::Picture, UNDO),
];

/// What is said of one symbol for two quantities.
const UNCLEAR: &str = "has α for the learning rate and for momentum; one of them takes another symbol";

impl Record for Notation {
    const WHAT: &'static str = "the notation";
    const FORM: &'static str = "`(rate: Eta, momentum: Mu, point: Theta)`";

    fn fields() -> &'static [Field<Self>] {
        &FIELDS
    }

    fn check(&self, reader: &mut ValueReader<'_>, node: &SyntaxNode<'_>, _read: &[&str]) -> bool {
        self.is_clear() || reader.wrong::<()>(node, Self::WHAT, UNCLEAR).is_some()
    }

    fn refused_together(&self) -> Option<String> {
        (!self.is_clear()).then(|| format!("{} {UNCLEAR}", Self::WHAT))
    }
}
