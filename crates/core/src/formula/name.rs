//! How the names of a step are spelled: `beta1` on a keyboard, `β₁` in print. They are one name.

/// The digits 0 to 9, raised.
pub(super) const RAISED_DIGITS: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
const LOWERED_DIGITS: [char; 10] = ['₀', '₁', '₂', '₃', '₄', '₅', '₆', '₇', '₈', '₉'];

/// The Greek letters that are no Latin ones, and how they are typed. The first name of a letter is the one
/// that it is written with.
const GREEK: [(char, &str); 33] = [
    ('α', "alpha"),
    ('β', "beta"),
    ('γ', "gamma"),
    ('δ', "delta"),
    ('ε', "eps"),
    ('ε', "epsilon"),
    ('ζ', "zeta"),
    ('η', "eta"),
    ('θ', "theta"),
    ('ι', "iota"),
    ('κ', "kappa"),
    ('λ', "lambda"),
    ('μ', "mu"),
    ('ν', "nu"),
    ('ξ', "xi"),
    ('π', "pi"),
    ('ρ', "rho"),
    ('σ', "sigma"),
    ('τ', "tau"),
    ('φ', "phi"),
    ('χ', "chi"),
    ('ψ', "psi"),
    ('ω', "omega"),
    ('Γ', "Gamma"),
    ('Δ', "Delta"),
    ('Θ', "Theta"),
    ('Λ', "Lambda"),
    ('Ξ', "Xi"),
    ('Π', "Pi"),
    ('Σ', "Sigma"),
    ('Φ', "Phi"),
    ('Ψ', "Psi"),
    ('Ω', "Omega"),
];

/// What stands behind a letter, and how it is typed.
const SUFFIXES: [(char, &str); 5] =
    [('\u{302}', "_hat"), ('₊', "_plus"), ('₋', "_minus"), ('∞', "_inf"), ('′', "_prime")];

/// Letters that have their hats on, and those letters without.
const HATTED: [(char, char); 3] = [('ŝ', 's'), ('ĝ', 'g'), ('ŷ', 'y')];

const HAT: char = '\u{302}';

/// The name of a Greek letter in full, in small letters.
pub(super) fn greek(letter: char) -> Option<String> {
    let letter = match letter {
        'ϵ' => 'ε',
        'ϑ' => 'θ',
        'ϕ' => 'φ',
        'µ' => 'μ',
        other => other,
    };
    GREEK.iter().rev().find(|(known, _)| *known == letter).map(|(_, name)| name.to_lowercase())
}

/// Whether this is the name of a Greek letter.
pub(super) fn is_greek(name: &str) -> bool {
    GREEK.iter().any(|(_, known)| *known == name)
}

/// The name as it is printed: `beta1`, `v_hat` and `x_minus` are β₁, v̂ and x₋. What is no such spelling is
/// left as it is.
pub fn printed(name: &str) -> String {
    if !name.is_ascii() {
        return with_hats_on(&name.replace('µ', "μ"));
    }
    let end = |text: &str, of: fn(&char) -> bool| text.find(|c| !of(&c)).unwrap_or(text.len());
    let (word, rest) = name.split_at(end(name, char::is_ascii_alphabetic));
    let (digits, mut rest) = rest.split_at(end(rest, char::is_ascii_digit));
    if word.is_empty() || !(rest.is_empty() || rest.starts_with('_')) {
        return name.to_owned();
    }
    let mut printed = String::new();
    match GREEK.iter().find(|(_, typed)| *typed == word) {
        Some((letter, _)) => printed.push(*letter),
        None => printed.push_str(word),
    }
    printed.extend(digits.bytes().map(|digit| LOWERED_DIGITS[usize::from(digit - b'0')]));
    while !rest.is_empty() {
        // From one `_` to the next.
        let (part, behind) = rest.split_at(rest[1..].find('_').map_or(rest.len(), |next| next + 1));
        match SUFFIXES.iter().find(|(_, typed)| *typed == part) {
            Some((sign, _)) => printed.push(*sign),
            None => printed.push_str(part),
        }
        rest = behind;
    }
    with_hats_on(&printed)
}

/// The name as it is typed, of a name as it is printed; where there is no such spelling, the name itself.
pub fn typed(name: &str) -> String {
    let mut typed = String::new();
    for c in name.chars() {
        if let Some((_, greek)) = GREEK.iter().find(|(letter, _)| *letter == c) {
            typed.push_str(greek);
        } else if let Some(digit) = LOWERED_DIGITS.iter().position(|lowered| *lowered == c) {
            typed.push_str(&digit.to_string());
        } else if let Some((_, suffix)) = SUFFIXES.iter().find(|(sign, _)| *sign == c) {
            typed.push_str(suffix);
        } else if let Some((_, bare)) = HATTED.iter().find(|(hatted, _)| *hatted == c) {
            typed.push(*bare);
            typed.push_str("_hat");
        } else {
            typed.push(c);
        }
    }
    if printed(&typed) == name { typed } else { name.to_owned() }
}

/// Letter and hat in one, where there is such a character.
fn with_hats_on(name: &str) -> String {
    HATTED.iter().fold(name.to_owned(), |name, (hatted, bare)| {
        name.replace(&format!("{bare}{HAT}"), &hatted.to_string())
    })
}

#[cfg(test)]
mod tests {
    use super::{printed, typed};

    #[test]
    fn a_name_has_two_spellings() {
        for (keyboard, print) in [
            ("beta", "β"),
            ("beta1", "β₁"),
            ("alpha_max", "α_max"),
            ("alpha0", "α₀"),
            ("m_hat", "m\u{302}"),
            ("s_hat", "ŝ"),
            ("x_minus", "x₋"),
            ("mu_plus", "μ₊"),
            ("rho_inf", "ρ∞"),
            ("eps_prime", "ε′"),
            ("Delta_minus", "Δ₋"),
            ("e1", "e₁"),
            ("g_avg", "g_avg"),
            ("lr", "lr"),
            ("a_1", "a_1"),
            ("f*", "f*"),
        ] {
            assert_eq!(printed(keyboard), print);
            assert_eq!(typed(print), keyboard);
            assert_eq!(printed(print), print, "what is printed stays");
        }
        assert_eq!(printed("epsilon"), "ε");
        assert_eq!(printed("s\u{302}"), "ŝ");
        assert_eq!(typed("βx"), "βx", "what cannot be typed stays");
    }
}
