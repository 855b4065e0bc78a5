//! What is said of a typed function that can be read.

use thalweg_core::formula::parsed_formula::ParsedFormula;

/// What is odd about a function, if anything is.
pub fn remark(typed: &ParsedFormula) -> Option<&'static str> {
    (!typed.has_variable())
        .then_some("the function has neither x nor y: it has one value everywhere, and no runner moves on it")
}
