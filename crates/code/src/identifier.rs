//! Names of formulas as names in Python.

use thalweg_core::formula::name::typed;

/// Python's own words, and what the programs call by name.
const TAKEN: [&str; 93] = [
    "False",
    "None",
    "True",
    "and",
    "as",
    "assert",
    "async",
    "await",
    "break",
    "class",
    "continue",
    "def",
    "del",
    "elif",
    "else",
    "except",
    "finally",
    "for",
    "from",
    "global",
    "if",
    "import",
    "in",
    "is",
    "lambda",
    "nonlocal",
    "not",
    "or",
    "pass",
    "raise",
    "return",
    "try",
    "while",
    "with",
    "yield",
    "abs",
    "max",
    "min",
    "print",
    "math",
    "np",
    "jax",
    "jnp",
    "optax",
    "torch",
    "Dual",
    "DATA",
    "f",
    "loss",
    "gradient",
    "hessian",
    "schedule",
    "goes_on",
    "dual",
    "plain",
    "where",
    "mean",
    "exp",
    "log",
    "sqrt",
    "sin",
    "cos",
    "tan",
    "tanh",
    "sinh",
    "cosh",
    "atan",
    "asin",
    "acos",
    "atan2",
    "hypot",
    "log10",
    "log2",
    "erf",
    "sigmoid",
    "softplus",
    "sign",
    "ceil",
    "floor",
    "mod",
    "minimum",
    "maximum",
    "solve",
    "absolute",
    "root",
    "optimizer",
    "state",
    "normal",
    "uniform",
    "unit",
    "bits",
    "mixed",
    "MASK",
];

/// The name in letters that Python takes: `β₁` is `beta1`, `m̂` is `m_hat`, `f*` is `f_star`.
pub fn identifier(name: &str) -> String {
    let typed = typed(name).replace('*', "_star");
    let fits = |c: char| if c.is_alphanumeric() || c == '_' { c } else { '_' };
    let mut text: String = typed.chars().map(fits).collect();
    if text.starts_with(|first: char| first.is_ascii_digit()) {
        text.insert(0, '_');
    }
    if TAKEN.contains(&text.as_str()) {
        text.push('_');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::identifier;

    #[test]
    fn every_name_is_one_in_python() {
        for (name, expected) in [
            ("β₁", "beta1"),
            ("m̂", "m_hat"),
            ("ŝ", "s_hat"),
            ("g₋", "g_minus"),
            ("ρ∞", "rho_inf"),
            ("ε′", "eps_prime"),
            ("λ", "lambda_"),
            ("λ_min", "lambda_min"),
            ("f*", "f_star"),
            ("f", "f_"),
            ("v_max", "v_max"),
            ("α₀", "alpha0"),
            ("Δ₊", "Delta_plus"),
            ("in", "in_"),
            ("width", "width"),
        ] {
            assert_eq!(identifier(name), expected, "{name}");
        }
    }
}
