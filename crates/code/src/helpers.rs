//! The functions that a program defines for itself, each a text in Python, with what they call in turn.

/// A function of the program's own.
#[derive(Clone, Copy, Debug)]
struct HelperRow {
    /// What it is called by.
    name: &'static str,
    /// Its text.
    text: &'static str,
    /// What it calls.
    calls: &'static [&'static str],
}

const fn helper(name: &'static str, text: &'static str, calls: &'static [&'static str]) -> HelperRow {
    HelperRow { name, text, calls }
}

/// All of them, in the order in which a program defines them.
const HELPERS: [HelperRow; 39] = [
    helper("plain", include_str!("python/functions/plain.py"), &[]),
    helper("abs", include_str!("python/functions/abs.py"), &["plain"]),
    helper("compare", include_str!("python/functions/compare.py"), &["plain"]),
    helper("where", include_str!("python/functions/where.py"), &["compare"]),
    helper("exp", include_str!("python/functions/exp.py"), &[]),
    helper("log", include_str!("python/functions/log.py"), &[]),
    helper("sqrt", include_str!("python/functions/sqrt.py"), &[]),
    helper("sin", include_str!("python/functions/sin.py"), &["cos"]),
    helper("cos", include_str!("python/functions/cos.py"), &["sin"]),
    helper("tan", include_str!("python/functions/tan.py"), &[]),
    helper("tanh", include_str!("python/functions/tanh.py"), &["exp"]),
    helper("sinh", include_str!("python/functions/sinh.py"), &["cosh"]),
    helper("cosh", include_str!("python/functions/cosh.py"), &["sinh"]),
    helper("atan", include_str!("python/functions/atan.py"), &[]),
    helper("asin", include_str!("python/functions/asin.py"), &["sqrt"]),
    helper("acos", include_str!("python/functions/acos.py"), &["sqrt"]),
    helper("atan2", include_str!("python/functions/atan2.py"), &["hypot"]),
    helper("hypot", include_str!("python/functions/hypot.py"), &[]),
    helper("log10", include_str!("python/functions/log10.py"), &[]),
    helper("log2", include_str!("python/functions/log2.py"), &[]),
    helper("erf", include_str!("python/functions/erf.py"), &["exp"]),
    helper("sigmoid", include_str!("python/functions/sigmoid.py"), &[]),
    helper("softplus", include_str!("python/functions/softplus.py"), &["sigmoid"]),
    helper("sign", include_str!("python/functions/sign.py"), &["plain"]),
    helper("ceil", include_str!("python/functions/ceil.py"), &["plain"]),
    helper("floor", include_str!("python/functions/floor.py"), &["plain"]),
    helper("mod", include_str!("python/functions/mod.py"), &["plain"]),
    helper("power", include_str!("python/functions/power.py"), &["log"]),
    helper("minimum", include_str!("python/functions/minimum.py"), &["where", "plain"]),
    helper("maximum", include_str!("python/functions/maximum.py"), &["where", "plain"]),
    helper("mean", include_str!("python/functions/mean.py"), &[]),
    helper("unit", include_str!("python/functions/unit.py"), &[]),
    helper("normal", include_str!("python/functions/normal.py"), &["unit"]),
    helper("uniform", include_str!("python/functions/uniform.py"), &["unit"]),
    helper("hessian", include_str!("python/hessian.py"), &[]),
    helper("solve", include_str!("python/functions/solve.py"), &[]),
    helper("root", include_str!("python/functions/root.py"), &[]),
    helper("absolute", include_str!("python/functions/absolute.py"), &[]),
    helper("is_positive_definite", include_str!("python/functions/is_positive_definite.py"), &[]),
];

/// The Hessian of a function of x alone.
const UNIVARIATE_HESSIAN: &str = include_str!("python/univariate_hessian.py");

/// The texts of the functions that are called, and of those that these call.
pub fn helpers(calls: &[&'static str], is_univariate: bool) -> Vec<&'static str> {
    let mut wanted: Vec<&str> = Vec::new();
    let mut open: Vec<&str> = calls.to_vec();
    while let Some(name) = open.pop() {
        if !wanted.contains(&name) {
            wanted.push(name);
            open.extend(HELPERS.iter().filter(|row| row.name == name).flat_map(|row| row.calls));
        }
    }
    let text = |row: &HelperRow| {
        if is_univariate && row.name == "hessian" { UNIVARIATE_HESSIAN } else { row.text }
    };
    HELPERS.iter().filter(|row| wanted.contains(&row.name)).map(text).collect()
}
