//! What joins and compares two parts of a formula.

/// What joins two parts, written between them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operator {
    /// +
    Add,
    /// -
    Subtract,
    /// As textbooks multiply: by a number, two vectors to their scalar product, a matrix with what stands
    /// behind it.
    Multiply,
    /// Coordinate by coordinate.
    Each,
    /// /, coordinate by coordinate.
    Divide,
    /// What is left after whole multiples, with the sign of the right part.
    Modulo,
    /// A power; -1 behind a matrix is its inverse.
    Power,
}

impl Operator {
    /// As it is typed, with the spaces around it.
    pub fn typed(self) -> &'static str {
        match self {
            Self::Multiply => "*",
            Self::Each => " .* ",
            other => other.printed(),
        }
    }

    /// As it is printed, with the spaces around it.
    pub fn printed(self) -> &'static str {
        match self {
            Self::Add => " + ",
            Self::Subtract => " - ",
            Self::Multiply => "·",
            Self::Each => "⊙",
            Self::Divide => "/",
            Self::Modulo => " mod ",
            Self::Power => "^",
        }
    }
}

/// What compares two parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    /// <
    Less,
    /// >
    Greater,
    /// <=
    AtMost,
    /// >=
    AtLeast,
    /// =
    Equal,
    /// Of a matrix and 0.
    PositiveDefinite,
}

impl Relation {
    /// As it is typed.
    pub fn typed(self) -> &'static str {
        match self {
            Self::AtMost => "<=",
            Self::AtLeast => ">=",
            Self::PositiveDefinite => ">>",
            other => other.printed(),
        }
    }

    /// As it is printed.
    pub fn printed(self) -> &'static str {
        match self {
            Self::Less => "<",
            Self::Greater => ">",
            Self::AtMost => "≤",
            Self::AtLeast => "≥",
            Self::Equal => "=",
            Self::PositiveDefinite => "≻",
        }
    }
}
