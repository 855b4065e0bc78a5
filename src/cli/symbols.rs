//! A notation as an option says it: `rate=eta,momentum=mu,point=theta`.

use thalweg_core::spec::param::Alternative;
use thalweg_scenario::{MomentumSymbol, Notation, PointSymbol, RateSymbol};

/// Reads it; what is left out keeps its usual symbol.
///
/// # Errors
/// What is wrong, and what there is.
pub fn symbols(text: &str) -> Result<Notation, String> {
    let mut notation = Notation::default();
    for part in text.split(',').map(str::trim).filter(|part| !part.is_empty()) {
        let (quantity, symbol) = part.split_once('=').unwrap_or((part, ""));
        match quantity {
            "rate" => notation.rate = RateSymbol::ALL[place(part, symbol, RateSymbol::NAMES)?],
            "momentum" => {
                notation.momentum = MomentumSymbol::ALL[place(part, symbol, MomentumSymbol::NAMES)?];
            }
            "point" => notation.point = PointSymbol::ALL[place(part, symbol, PointSymbol::NAMES)?],
            _ => return Err(format!("`{quantity}` has no symbol to choose; rate, momentum and point have")),
        }
    }
    if notation.is_clear() {
        Ok(notation)
    } else {
        Err("learning rate and momentum cannot both be alpha".to_owned())
    }
}

/// Which of these symbols is called so.
fn place(part: &str, symbol: &str, names: &[Alternative]) -> Result<usize, String> {
    let found = names.iter().position(|name| name.name.eq_ignore_ascii_case(symbol));
    found.ok_or_else(|| {
        let all: Vec<_> = names.iter().map(|name| name.name.to_lowercase()).collect();
        format!("`{part}` names no symbol; there are {}", all.join(", "))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn symbols_are_read_and_faults_are_named() {
        let read = symbols("rate=eta, momentum=Mu,point=theta").expect("known symbols");
        let all = (RateSymbol::Eta, MomentumSymbol::Mu, PointSymbol::Theta);
        assert_eq!((read.rate, read.momentum, read.point), all);
        assert_eq!(symbols(""), Ok(Notation::default()));
        for (text, part) in [
            ("rate=beta", "there are alpha, eta, epsilon"),
            ("point", "there are x, theta, w"),
            ("speed=v", "rate, momentum and point have"),
            ("momentum=alpha", "cannot both be alpha"),
        ] {
            let fault = symbols(text).expect_err(text);
            assert!(fault.contains(part), "{text}: {fault}");
        }
    }
}
