//! The choice of the symbols of learning rate, momentum and point.

use super::context::FrameContext;
use egui::Ui;
use thalweg_core::spec::param::Alternative;
use thalweg_scenario::{MomentumSymbol, Notation, PointSymbol, RateSymbol};

/// Shows the menu.
pub fn show(ui: &mut Ui, context: &FrameContext<'_>) {
    let menu = ui.menu_button("Notation", |ui| {
        let now = context.show().notation;
        let mut chosen = now;
        let rates = RateSymbol::ALL.map(|rate| (rate, rate.symbol(), &RateSymbol::NAMES[rate as usize]));
        row(ui, "learning rate", &mut chosen.rate, &rates);
        let momenta =
            MomentumSymbol::ALL.map(|one| (one, one.symbol(), &MomentumSymbol::NAMES[one as usize]));
        row(ui, "momentum", &mut chosen.momentum, &momenta);
        let points = PointSymbol::ALL.map(|one| (one, one.symbol(), &PointSymbol::NAMES[one as usize]));
        row(ui, "point", &mut chosen.point, &points);
        if chosen != now {
            let notation = told_apart(chosen, now);
            context.change_show(|show| show.notation = notation);
        }
    });
    menu.response.on_hover_text(
        "The symbols in all texts, formulas, axes and exported pictures. They stay while other lessons are opened",
    );
}

/// One quantity, with its symbols.
fn row<T: Copy + PartialEq>(ui: &mut Ui, name: &str, chosen: &mut T, symbols: &[(T, &str, &Alternative)]) {
    ui.horizontal(|ui| {
        ui.label(name);
        for (symbol, letter, alternative) in symbols {
            ui.radio_value(chosen, *symbol, *letter).on_hover_text(alternative.doc);
        }
    });
}

/// What was chosen, with the other one of two quantities that had the same symbol changed.
fn told_apart(chosen: Notation, before: Notation) -> Notation {
    match chosen {
        _ if chosen.is_clear() => chosen,
        // Momentum is α now, or the rate is again.
        _ if chosen.rate == before.rate => Notation { rate: RateSymbol::Epsilon, ..chosen },
        _ => Notation { momentum: MomentumSymbol::Beta, ..chosen },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_quantities_get_one_symbol() {
        let plain = Notation::default();
        let momentum = Notation { momentum: MomentumSymbol::Alpha, ..plain };
        let both = told_apart(momentum, plain);
        assert_eq!((both.rate, both.momentum), (RateSymbol::Epsilon, MomentumSymbol::Alpha));
        let back = told_apart(Notation { rate: RateSymbol::Alpha, ..both }, both);
        assert_eq!(back, plain);
    }
}
