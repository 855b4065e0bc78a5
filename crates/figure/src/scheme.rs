//! The colours of figures, for each theme.

use crate::color::Rgba;
use crate::raster::Raster;
use thalweg_core::math::within::Within;
use thalweg_scenario::Color;

/// What ground a figure is drawn for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Theme {
    /// A light screen.
    #[default]
    Light,
    /// A dark screen.
    Dark,
    /// White paper.
    Print,
}

/// The colours that figures are drawn in, for one theme.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scheme {
    /// The theme.
    pub theme: Theme,
    /// The ground of plots.
    pub ground: Rgba,
    /// The border of plots.
    pub border: Rgba,
    /// Text and lines that must be seen.
    pub ink: Rgba,
    /// Text and lines that stay behind.
    pub quiet: Rgba,
    /// Contour lines.
    pub contour: Rgba,
    /// Every fifth contour line, and its level written on it.
    pub index_contour: Rgba,
    /// What sets a path off from the surface below it.
    pub halo: Rgba,
    /// What lies within a double line of ink.
    pub core: Rgba,
    /// Bad news.
    pub alarm: Rgba,
    /// The first and the second eigenvector.
    pub axes: [Rgba; 2],
    /// Examples of class 0 and of class 1: quieter than any runner.
    pub classes: [Rgba; 2],
    /// The local model, and the direction of the dial.
    pub model: Rgba,
    /// Where the surface is convex.
    pub convex: Rgba,
    /// Where gradient descent is stable.
    pub stable: Rgba,
}

/// The colours of places at which runs end: without those that pass for ink or for what is no minimum, and blue is left
/// to the runner that mostly leads the picture.
const PLACES: [Color; 5] = [Color::Green, Color::Purple, Color::Orange, Color::Sky, Color::Yellow];

const LIGHT: Scheme = Scheme {
    theme: Theme::Light,
    ground: Rgba::WHITE,
    border: Rgba::gray(218),
    ink: Rgba::hex(0x1E_242B),
    quiet: Rgba::hex(0x5E_6873),
    contour: Rgba::hex(0x2A_3B4D).with_alpha(72),
    index_contour: Rgba::hex(0x18_2633).with_alpha(175),
    halo: Rgba::WHITE.with_alpha(235),
    core: Rgba::WHITE,
    alarm: Rgba::hex(0xB7_3A0C),
    axes: [Rgba::hex(0x0B_6E60), Rgba::hex(0x9C_2F64)],
    classes: [Rgba::hex(0x72_8293), Rgba::hex(0x96_7F58)],
    model: Rgba::hex(0x6A_3FA8),
    convex: Rgba::hex(0x1B_7F3F),
    stable: Rgba::hex(0x94_6A00),
};

const DARK: Scheme = Scheme {
    theme: Theme::Dark,
    ground: Rgba::hex(0x12_151A),
    border: Rgba::gray(52),
    ink: Rgba::hex(0xEE_EEEA),
    quiet: Rgba::hex(0x9A_A2AB),
    contour: Rgba::hex(0xC8_D6E4).with_alpha(60),
    index_contour: Rgba::hex(0xE6_EEF6).with_alpha(172),
    halo: Rgba::hex(0x0B_1016).with_alpha(200),
    core: Rgba::hex(0x2A_333D),
    alarm: Rgba::hex(0xFF_8A65),
    axes: [Rgba::hex(0x8F_D1C4), Rgba::hex(0xF2_A6C2)],
    classes: [Rgba::hex(0x8C_9BAB), Rgba::hex(0xB0_9C7A)],
    model: Rgba::hex(0xC9_A8F5),
    convex: Rgba::hex(0x5F_D08A),
    stable: Rgba::hex(0xE8_C04A),
};

impl Scheme {
    /// The colours for a theme. Print has those of a light screen, with black ink and a border that is seen
    /// on paper.
    pub const fn new(theme: Theme) -> Self {
        match theme {
            Theme::Light => LIGHT,
            Theme::Dark => DARK,
            Theme::Print => {
                Self { theme, ink: Rgba::BLACK, border: Rgba::gray(120), quiet: Rgba::gray(70), ..LIGHT }
            }
        }
    }

    fn is_dark(&self) -> bool {
        self.theme == Theme::Dark
    }

    /// The colour of a runner: Okabe and Ito's palette, with those that this theme's ground would swallow
    /// made lighter or darker.
    pub fn runner(&self, color: Color) -> Rgba {
        let (light, dark) = match color {
            Color::Blue => (0x00_72B2, 0x4A_A3E8),
            Color::Orange => (0xC4_7A00, 0xE6_9F00),
            Color::Green => (0x00_8A64, 0x1F_C496),
            Color::Vermillion => (0xC8_4E00, 0xF2_763A),
            Color::Purple => (0xB5_5A8E, 0xDD_92BC),
            Color::Sky => (0x2B_8DC8, 0x7C_CBF5),
            Color::Yellow => (0x98_8B00, 0xF0_E442),
            Color::Ink => (0x1E_242B, 0xF4_F4F0),
        };
        Rgba::hex(if self.is_dark() { dark } else { light })
    }

    /// The colour of a line of a chart that is still to come: faint, and yet to be seen from the last row. On
    /// a dark ground the same part of the light is seen less.
    pub fn ahead(&self, color: Rgba) -> Rgba {
        color.faded(if self.is_dark() { 0.68 } else { 0.5 })
    }

    /// The colour of the surface at a height from 0 (lowest in the picture) to 1: one quiet hue, in steps
    /// that look equal (interpolated in Oklab).
    pub fn surface(&self, height: f64) -> Rgba {
        // Lightness, and the two colour axes of Oklab, at the valley, half-way and on the walls.
        let stops: [[f64; 3]; 3] = if self.is_dark() {
            [[0.17, -0.010, -0.026], [0.34, -0.014, -0.036], [0.51, -0.012, -0.036]]
        } else {
            [[0.67, -0.022, -0.046], [0.825, -0.016, -0.032], [0.98, 0.000, 0.006]]
        };
        ramp(&stops, height)
    }

    /// All colours of the surface beside each other, the lowest first.
    pub fn surface_bar(&self) -> Raster {
        const COLUMNS: u8 = 32;
        let cells = (0..COLUMNS).map(|column| self.surface(f64::from(column) / f64::from(COLUMNS - 1)));
        Raster { columns: COLUMNS.into(), rows: 1, cells: cells.collect(), is_smooth: true }
    }

    /// The colour of a quantity in a map, from 0 (few steps, a low loss) to 1, in steps that look equal
    /// (interpolated in Oklab).
    pub fn map(part: f64) -> Rgba {
        ramp(&[[0.92, -0.03, 0.15], [0.75, -0.12, 0.06], [0.56, -0.07, -0.06], [0.36, 0.02, -0.13]], part)
    }

    /// The colour of the place of this number at which runs end, a minimum's mostly, wherever it is shown: in clouds
    /// and in maps. Behind the last the colours come again, darker.
    pub fn minimum(&self, number: usize) -> Rgba {
        let color = self.runner(PLACES[number % PLACES.len()]);
        if (number / PLACES.len()).is_multiple_of(2) { color } else { color.mixed(Rgba::BLACK, 0.4) }
    }

    /// The colour of the minimum of this number in a map; paler the slower it is reached, from 0 to 1.
    pub fn minimum_reached(&self, number: usize, slow: f64) -> Rgba {
        let ground = if self.is_dark() { Rgba::gray(36) } else { Rgba::WHITE };
        self.minimum(number).mixed(ground, slow.within(0.0, 1.0) * 0.8)
    }

    /// The colour of runs that were still on their way.
    pub fn moving(&self) -> Rgba {
        Rgba::hex(if self.is_dark() { 0x56_6474 } else { 0xA6_B2C0 })
    }

    /// The colour of runs that no longer fell.
    pub fn stuck(&self) -> Rgba {
        Rgba::hex(if self.is_dark() { 0x78_4E66 } else { 0xC4_94AE })
    }

    /// The colour of runs that left for where the function falls for ever.
    pub fn falling(&self) -> Rgba {
        Rgba::hex(if self.is_dark() { 0x2B_4A4A } else { 0x9C_C8C2 })
    }

    /// The colour where the function has no finite value.
    pub fn hole(&self) -> Rgba {
        Rgba::gray(if self.is_dark() { 12 } else { 215 })
    }
}

/// The colour at a part of a ramp between colours of Oklab, evenly spaced.
fn ramp(stops: &[[f64; 3]], part: f64) -> Rgba {
    let last = stops.len() - 1;
    let place = part.within(0.0, 1.0) * last as f64;
    let index = (place as usize).min(last - 1);
    let (from, to, part) = (stops[index], stops[index + 1], place - index as f64);
    Rgba::from_oklab([0, 1, 2].map(|i| from[i] + (to[i] - from[i]) * part))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The lower, the darker: in every theme, at every height.
    #[test]
    fn the_surface_rises_in_brightness_and_runners_are_told_apart() {
        for theme in [Theme::Light, Theme::Dark, Theme::Print] {
            let scheme = Scheme::new(theme);
            let shades: Vec<_> = (0..=32).map(|i| scheme.surface(f64::from(i) / 32.0).brightness()).collect();
            assert!(shades.is_sorted_by(|a, b| a < b), "{theme:?}: {shades:?}");
            for (index, color) in Color::ALL.iter().enumerate() {
                assert!(Color::ALL[..index].iter().all(|o| scheme.runner(*o) != scheme.runner(*color)));
                let apart = (scheme.runner(*color).brightness() - scheme.ground.brightness()).abs();
                assert!(apart > 0.1, "{theme:?} {color:?}");
            }
        }
    }

    /// Every fifth contour line is read from the last row, wherever it lies; the others only lead the eye.
    #[test]
    fn index_contours_can_be_read_at_every_height() {
        for theme in [Theme::Light, Theme::Dark, Theme::Print] {
            let scheme = Scheme::new(theme);
            for height in (0..=16).map(|i| f64::from(i) / 16.0) {
                let below = scheme.surface(height);
                let [index, other] = [scheme.index_contour, scheme.contour].map(|line| {
                    contrast(below, below.mixed(line.with_alpha(255), f64::from(line.alpha) / 255.0))
                });
                assert!(
                    index >= 3.0 && other < index / 1.5,
                    "{theme:?} at {height}: {index}, others {other}"
                );
            }
        }
    }

    /// WCAG's contrast of two opaque colours, from 1.
    fn contrast(one: Rgba, other: Rgba) -> f64 {
        let [low, high] =
            [one.brightness().min(other.brightness()), one.brightness().max(other.brightness())];
        (high + 0.05) / (low + 0.05)
    }

    /// Text has a contrast of 4.5 to what it stands on, marks and lines one of 3: on the ground of charts, and within
    /// their casing on the lowest and the highest surface.
    #[test]
    fn text_and_marks_can_be_read() {
        for theme in [Theme::Light, Theme::Dark, Theme::Print] {
            let scheme = Scheme::new(theme);
            let words = [scheme.ink, scheme.quiet, scheme.alarm, scheme.model, scheme.convex, scheme.stable];
            for word in words.into_iter().chain(scheme.axes) {
                assert!(contrast(word, scheme.ground) >= 4.5, "{theme:?}: {word:?}");
            }
            let cased = [0.0, 1.0].map(|height| {
                let below = scheme.surface(height);
                below.mixed(scheme.halo.with_alpha(255), f64::from(scheme.halo.alpha) / 255.0)
            });
            for mark in Color::ALL.map(|color| scheme.runner(color)).into_iter().chain(scheme.classes) {
                for ground in cased.into_iter().chain([scheme.ground]) {
                    let found = contrast(mark, ground);
                    assert!(found >= 3.0, "{theme:?}: {mark:?} on {ground:?}: {found}");
                }
            }
        }
    }
}
