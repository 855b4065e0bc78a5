//! A staircase.

use crate::math::number::Number;
use crate::method::schedule::{Schedule, Sums};
use crate::spec::param::Param;
use crate::spec::range::Range;

/// α₀ γ^⌊t/size⌋, as `torch.optim.lr_scheduler.StepLR`.
pub static STEP: Schedule = Schedule {
    name: "Step",
    summary: "A staircase: after every so many steps the rate is multiplied by a factor.",
    formula: "α₀·γ^⌊t / size⌋",
    source: "PyTorch's StepLR",
    params: &[
        Param::number("size", "", 100.0, Range::STEPS, (1.0, 1000.0), "how many steps a stair is long").log(),
        Param::number("gamma", "γ", 0.1, Range::POSITIVE, (0.01, 1.0), "the factor from stair to stair"),
    ],
    factor: |settings, step| {
        let [size, gamma, ..] = settings.numbers;
        Number::powi(gamma, step / (size as u32).max(1))
    },
    sums: |settings| if settings.numbers[1] < 1.0 { Sums::BothFinite } else { Sums::BothInfinite },
};
