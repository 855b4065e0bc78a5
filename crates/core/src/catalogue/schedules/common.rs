//! A parameter that several schedules have.

use crate::spec::param::Param;
use crate::spec::range::Range;

impl Param {
    /// How low the rate falls.
    pub(super) const MIN_FACTOR: Self = Self::number(
        "min_factor",
        "m",
        0.0,
        Range::UNIT,
        (0.0, 1.0),
        "the lowest rate, as a share of the first",
    );
}
