//! Settings that a typed rule or a typed schedule names.

use crate::method::gradient::SEED;
use crate::spec::param::{Kind, Param, Scale};
use crate::spec::range::Range;
use std::borrow::Cow;

/// A number under this key, with the default and the slider that one of this name, as it is printed, usually has.
pub(super) fn number(name: &str, key: String, doc: &'static str) -> Param {
    if key == "seed" {
        return SEED.keyed("seed", "seed");
    }
    let begins = |letters: &[&str]| letters.iter().any(|letter| name.starts_with(letter));
    let (default, range, slider, scale) = match name {
        "β₂" => (0.999, Range::ANY, (0.0, 1.0), Scale::Linear),
        _ if begins(&["β", "γ", "ρ", "μ", "momentum", "decay"]) => {
            (0.9, Range::ANY, (0.0, 1.0), Scale::Linear)
        }
        _ if begins(&["ε"]) => (1e-8, Range::NOT_NEGATIVE, (1e-16, 1.0), Scale::Log),
        _ if begins(&["λ", "w"]) => (0.01, Range::ANY, (0.0, 1.0), Scale::Linear),
        _ => (1.0, Range::ANY, (0.0, 2.0), Scale::Linear),
    };
    Param {
        key: Cow::Owned(key),
        name: Cow::Borrowed(""),
        symbol: Cow::Owned(name.to_owned()),
        doc: Cow::Borrowed(doc),
        unit: Cow::Borrowed(""),
        kind: Kind::Number { default, range, slider, scale },
    }
}
