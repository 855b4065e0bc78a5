//! Names of a typed rule that would be settings and are most likely slips: `bta` for `beta`, `df` for the gradient, `g_t`.

use super::name;
use crate::suggest::near;

/// Names that stand for something elsewhere, and what they mean here.
const MEANT: [(&[&str], &str); 5] = [
    (
        &["df", "dfdx", "df_dx", "dL", "dJ", "dldx", "grad_f", "gradf", "gradient", "nabla"],
        "the gradient `g`, or `grad(x)`",
    ),
    (&["hessian", "hess_f"], "the Hessian `hess(x)`"),
    (&["eye", "identity"], "the identity `I`"),
    (&["zeros"], "`0`"),
    (&["ones"], "`1`"),
];

/// What somebody probably meant who wrote this for a setting.
pub(super) fn slip<'n>(key: &str, known: impl Iterator<Item = &'n str> + Clone) -> Option<String> {
    if key == "y" {
        return Some("`x`, which is the whole position".to_owned());
    }
    if let Some(coordinate) = coordinate(key) {
        return Some(coordinate);
    }
    if let Some((_, meant)) = MEANT.iter().find(|(names, _)| names.contains(&key)) {
        return Some((*meant).to_owned());
    }
    let typed: Vec<String> = known.map(name::typed).collect();
    // Of an index nothing is left: what a step begins with and what it ends with have one name.
    if let Some(of) = ["_t", "_k", "_n", "_i"].iter().find_map(|index| key.strip_suffix(index))
        && typed.iter().any(|known| known == of)
    {
        return Some(format!("`{of}`, without an index: it is what it was last set to"));
    }
    if let Some(meant) = typed.iter().find(|known| known.eq_ignore_ascii_case(key)) {
        return Some(format!("`{meant}`"));
    }
    let usual = ["alpha", "beta", "beta1", "beta2", "gamma", "lambda", "momentum", "eps"];
    if usual.contains(&key) {
        return None;
    }
    let all = typed.iter().map(String::as_str).filter(|known| known.len() > 2).chain(usual);
    let likely = if key.len() > 2 { near(key, all, |_| 1) } else { Vec::new() };
    likely.first().filter(|meant| !is_numbered_alike(key, meant)).map(|meant| format!("`{meant}`"))
}

/// What somebody meant who wrote a coordinate: of the position, or of its gradient.
fn coordinate(key: &str) -> Option<String> {
    let (of, which) = key.split_at_checked(key.len().checked_sub(1)?)?;
    let of = of.strip_suffix('_').unwrap_or(of);
    let axis = match which {
        "1" | "x" => "e1",
        "2" | "y" => "e2",
        _ => return None,
    };
    let whole = match (of, which) {
        ("x" | "w" | "theta", "1" | "2") => "x",
        ("g" | "grad", _) => "g",
        _ => return None,
    };
    Some(format!("`{whole}`, a vector whose coordinate this is: `dot({axis}, {whole})`"))
}

/// Whether two names differ in capitals and underscores alone, as `beta1` and `beta_1`.
pub(super) fn is_same_but_for_signs(one: &str, other: &str) -> bool {
    let bare = |name: &str| name.replace('_', "").to_lowercase();
    one != other && one.contains('_') != other.contains('_') && bare(one) == bare(other)
}

/// Whether two names differ in their numbers alone.
fn is_numbered_alike(one: &str, other: &str) -> bool {
    let bare = |name: &str| name.trim_end_matches(|c: char| c.is_ascii_digit() || c == '_').to_owned();
    bare(one) == bare(other)
}
