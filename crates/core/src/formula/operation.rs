//! An operation as the compiler sees it: on values, not on registers.

use super::code::Code;

/// An operation on earlier values. The first values are the inputs, whose own operation is never made.
#[derive(Clone, Copy, Debug)]
pub(super) struct Operation {
    pub code: Code,
    pub a: usize,
    pub b: usize,
    pub constant: f64,
    /// Of a comparison: the value where it holds, and that where it does not.
    pub chosen: Option<[usize; 2]>,
    /// Whether it depends on x.
    pub of_x: bool,
}

impl Operation {
    /// What stands for an input.
    pub const fn input() -> Self {
        Self { code: Code::Load, a: 0, b: 0, constant: 0.0, chosen: None, of_x: false }
    }

    /// The values that it reads.
    pub fn operands(&self) -> impl Iterator<Item = usize> + use<> {
        [self.a, self.b].into_iter().take(self.code.operands()).chain(self.chosen.into_iter().flatten())
    }

    /// Whether it does the same with the same.
    pub fn is_same(&self, other: &Self) -> bool {
        (self.code, self.a, self.b, self.chosen) == (other.code, other.a, other.b, other.chosen)
            && self.constant.to_bits() == other.constant.to_bits()
    }
}
