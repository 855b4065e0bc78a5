//! A slider that lands on readable values, and that can be moved finely: with Shift, and with the arrow keys.

use crate::words::text;
use egui::{Key, Rangef, Response, Slider, SliderClamping, Ui};
use thalweg_core::math::within::Within;
use thalweg_core::spec::param::Scale;

/// What a slider tells of itself.
pub const HOW: &str = "Drag for round values; with Shift it moves twenty times finer. Reached with Tab, the \
                       arrow keys change the third digit, with Shift the fourth.";

/// How much slower it moves with Shift.
const FINER: f64 = 20.0;
/// Where a logarithmic slider that begins at 0 begins to be logarithmic, as egui has it.
const SMALLEST: f64 = 1e-6;

/// What a slider runs over.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rail {
    /// Its ends.
    pub ends: (f64, f64),
    /// How values are spread between them.
    pub scale: Scale,
    /// Whether only whole numbers count.
    pub is_whole: bool,
}

impl Rail {
    /// How far along the rail a value lies: 0 at its beginning, 1 at its end.
    pub fn place(&self, value: f64) -> f64 {
        let (low, high) = self.ends;
        match self.scale {
            Scale::Linear => (value - low) / (high - low),
            Scale::Log => {
                let low = if low > 0.0 { low } else { SMALLEST };
                (value / low).log10() / (high / low).log10()
            }
        }
    }

    /// The value so far along the rail, which never leaves its ends.
    fn value(&self, place: f64) -> f64 {
        let (low, high) = self.ends;
        match self.scale {
            Scale::Linear => low + place.within(0.0, 1.0) * (high - low),
            Scale::Log => {
                let low = if low > 0.0 { low } else { SMALLEST };
                low * (high / low).powf(place.within(0.0, 1.0))
            }
        }
    }

    /// The value so many presses of an arrow key from this one.
    fn stepped(&self, value: f64, presses: f64, finely: bool) -> f64 {
        let magnitude = match self.scale {
            Scale::Log if value != 0.0 => value.abs(),
            Scale::Log => SMALLEST,
            Scale::Linear => (self.ends.1 - self.ends.0).abs(),
        };
        let digits = if finely { 3 } else { 2 };
        let unit = 10.0_f64.powi(magnitude.log10().floor() as i32 - digits);
        let unit = if self.is_whole { unit.round().max(1.0) } else { unit };
        // On the grid of the unit, so that what was between two of its values lands on one.
        let stepped = ((value / unit).round() + presses) * unit;
        text::digits(stepped, 12).parse().unwrap_or(stepped)
    }
}

/// A drag that was made with Shift: how far along the rail it is, which is more than the rounded value tells.
#[derive(Clone, Copy)]
struct Fine(f64);

/// Shows a slider as wide as the style says; gives the value that it was moved to.
pub fn show(ui: &mut Ui, label: &Response, number: f64, rail: Rail) -> (Response, Option<f64>) {
    let mut chosen = number;
    let finely = ui.input(|input| input.modifiers.shift);
    let key = label.id.with("moved finely");
    let fine = ui.data(|data| data.get_temp::<Fine>(key));
    // Until the button is released, what egui makes of the pointer's place does not count.
    let is_fine = finely || fine.is_some();
    let value = |asked: Option<f64>| {
        if let Some(asked) = asked.filter(|_| !is_fine) {
            chosen = asked;
        }
        chosen
    };
    let slider = Slider::from_get_set(rail.ends.0..=rail.ends.1, value)
        .logarithmic(rail.scale == Scale::Log)
        .clamping(SliderClamping::Never)
        .show_value(false);
    let response = ui.add(slider).labelled_by(label.id);
    let moved = response.changed();
    // One that was left over by a drag that never ended is of no use.
    let fine = fine.filter(|_| !response.drag_started());
    let presses = |key| ui.input(|input| input.num_presses(key)) as f64;
    let chosen = if response.dragged() && is_fine {
        let travel = f64::from(response.drag_delta().x / travel(&response).span());
        let from = fine.map_or(rail.place(number), |Fine(place)| place);
        let from = if from.is_finite() { from.within(0.0, 1.0) } else { 0.0 };
        let place = from + if finely { travel / FINER } else { travel };
        ui.data_mut(|data| data.insert_temp(key, Fine(place)));
        // Pressed and not moved, it stays what it is, however many digits that has.
        (travel != 0.0).then(|| rounded(rail.value(place)))
    } else if response.has_focus() && presses(Key::ArrowLeft) != presses(Key::ArrowRight) {
        Some(rail.stepped(number, presses(Key::ArrowRight) - presses(Key::ArrowLeft), finely))
    } else {
        moved.then(|| rounded(chosen))
    };
    if response.drag_stopped() {
        ui.data_mut(|data| data.remove::<Fine>(key));
    }
    (response, chosen)
}

/// Where the handle's middle may be on the screen.
pub fn travel(slider: &Response) -> Rangef {
    slider.rect.x_range().shrink(slider.rect.height() / 2.5)
}

/// Dragged values are rounded to what a person would say; the exact ones are typed.
fn rounded(value: f64) -> f64 {
    text::digits(value, 3).parse().unwrap_or(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    const RATES: Rail = Rail { ends: (1e-4, 10.0), scale: Scale::Log, is_whole: false };
    const MOMENTA: Rail = Rail { ends: (0.0, 1.0), scale: Scale::Linear, is_whole: false };
    const COUNTS: Rail = Rail { ends: (1.0, 20.0), scale: Scale::Linear, is_whole: true };

    #[test]
    fn places_and_values_are_inverse() {
        for rail in [RATES, MOMENTA, COUNTS] {
            for place in [0.0, 0.1, 0.5, 0.987, 1.0] {
                assert!((rail.place(rail.value(place)) - place).abs() < 1e-12, "{rail:?} at {place}");
            }
        }
    }

    #[test]
    fn arrow_keys_change_the_last_digit() {
        assert_eq!(RATES.stepped(0.0198, 1.0, false), 0.0199);
        assert_eq!(RATES.stepped(0.0198, -2.0, false), 0.0196);
        assert_eq!(RATES.stepped(0.0198, 1.0, true), 0.01981);
        assert_eq!(RATES.stepped(0.019_847, 1.0, false), 0.0199);
        assert_eq!(MOMENTA.stepped(0.9, 1.0, false), 0.91);
        assert_eq!(MOMENTA.stepped(0.9, 1.0, true), 0.901);
        assert_eq!(COUNTS.stepped(7.0, -1.0, true), 6.0);
    }
}
