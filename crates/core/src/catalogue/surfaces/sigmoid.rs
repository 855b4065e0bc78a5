//! The logistic function and what belongs to it.

use crate::math::number::Number;

/// σ(z) = 1/(1 + e^-z), from e^-|z|: it cannot overflow, and the tiny derivatives far out keep all
/// their digits, as those of tanh would not.
#[inline(always)]
pub(super) fn sigmoid<T: Number>(z: T) -> T {
    let small = (-size(z)).exp();
    let upper = T::of(1.0) / (small + 1.0);
    z.select_less(T::of(0.0), small * upper, upper)
}

/// ln(1 + e^z), from e^-|z| likewise: the cross-entropy of the class 0 at the logit z.
#[inline(always)]
pub(super) fn softplus<T: Number>(z: T) -> T {
    let small = (-size(z)).exp();
    let above = z.select_less(T::of(0.0), T::of(0.0), z);
    above + (small + 1.0).ln()
}

/// |z|, of which 0 counts as above: where its two sides join smoothly to something else, either will do.
#[inline(always)]
fn size<T: Number>(z: T) -> T {
    z.select_less(T::of(0.0), -z, z)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::math::dual::Dual;

    #[test]
    fn softplus_has_sigmoid_for_its_slope_also_where_it_is_pieced_together() {
        for z in [-800.0, -30.0, -1.0, -1e-9, 0.0, 1e-9, 2.0, 30.0, 800.0] {
            let at = softplus(Dual::x(Dual::x(z)));
            let slope = sigmoid(Dual::x(z));
            assert!((at.value.slope[0] - slope.value).abs() <= 1e-15, "{z}");
            assert!((at.slope[0].slope[0] - slope.slope[0]).abs() <= 1e-15, "{z}");
            assert!(at.value.value >= z.max(0.0) && at.value.value.is_finite());
        }
        assert_eq!(sigmoid(0.0), 0.5);
    }
}
