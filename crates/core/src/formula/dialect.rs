//! What a text is read as: what its names stand for and which signs it may use.

/// The two uses of the language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// A function of x and y, as somebody types it on a keyboard: numbers only, `pi` and `e`, plain
    /// letters and signs.
    Function,
    /// A line of a step: numbers, vectors and matrices, in ASCII or as textbooks print it.
    Step,
}
