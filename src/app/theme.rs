//! Colours, fonts and spacing, light and dark.

use egui::{Color32, CornerRadius, FontFamily, Margin, Stroke, Theme, Visuals, vec2};
use thalweg_scenario::Color;

/// The colours that drawing code needs, for one theme.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Palette {
    /// Text and lines that must be seen.
    pub ink: Color32,
    /// Text and lines that stay behind.
    pub quiet: Color32,
    /// Contour lines.
    pub contour: Color32,
    /// What sets a path off from the surface below it.
    pub halo: Color32,
    /// What lies within a double line of ink.
    pub core: Color32,
    /// Bad news.
    pub alarm: Color32,
    /// The first and the second eigenvector.
    pub axes: [Color32; 2],
    /// Examples of class 0 and of class 1: quieter than any runner.
    pub classes: [Color32; 2],
    /// The local model, and the direction of the dial.
    pub model: Color32,
    /// Where the surface is convex.
    pub convex: Color32,
    /// Where gradient descent is stable.
    pub stable: Color32,
    dark: bool,
}

impl Palette {
    /// The colours of the theme in use.
    pub fn of(ui: &egui::Ui) -> Self {
        Self::new(ui.visuals().dark_mode)
    }

    /// The colours of the dark or the light theme.
    pub fn new(dark: bool) -> Self {
        if dark {
            Self {
                ink: Color32::from_rgb(0xEE, 0xEE, 0xEA),
                quiet: Color32::from_rgb(0x9A, 0xA2, 0xAB),
                contour: Color32::from_rgba_unmultiplied(0xC8, 0xD6, 0xE4, 56),
                halo: Color32::from_rgba_unmultiplied(0x0B, 0x10, 0x16, 200),
                core: Color32::from_rgb(0x2A, 0x33, 0x3D),
                alarm: Color32::from_rgb(0xFF, 0x8A, 0x65),
                axes: [Color32::from_rgb(0x8F, 0xD1, 0xC4), Color32::from_rgb(0xF2, 0xA6, 0xC2)],
                classes: [Color32::from_rgb(0x8C, 0x9B, 0xAB), Color32::from_rgb(0xB0, 0x9C, 0x7A)],
                model: Color32::from_rgb(0xC9, 0xA8, 0xF5),
                convex: Color32::from_rgb(0x5F, 0xD0, 0x8A),
                stable: Color32::from_rgb(0xE8, 0xC0, 0x4A),
                dark,
            }
        } else {
            Self {
                ink: Color32::from_rgb(0x1E, 0x24, 0x2B),
                quiet: Color32::from_rgb(0x5E, 0x68, 0x73),
                contour: Color32::from_rgba_unmultiplied(0x2A, 0x3B, 0x4D, 64),
                halo: Color32::from_rgba_unmultiplied(0xFF, 0xFF, 0xFF, 210),
                core: Color32::WHITE,
                alarm: Color32::from_rgb(0xB7, 0x3A, 0x0C),
                axes: [Color32::from_rgb(0x0B, 0x6E, 0x60), Color32::from_rgb(0x9C, 0x2F, 0x64)],
                classes: [Color32::from_rgb(0x72, 0x82, 0x93), Color32::from_rgb(0x96, 0x7F, 0x58)],
                model: Color32::from_rgb(0x6A, 0x3F, 0xA8),
                convex: Color32::from_rgb(0x1B, 0x7F, 0x3F),
                stable: Color32::from_rgb(0x94, 0x6A, 0x00),
                dark,
            }
        }
    }

    /// A runner's colour. Okabe and Ito's palette, with the ones that this theme's ground would
    /// swallow made lighter or darker.
    pub fn runner(&self, color: Color) -> Color32 {
        let (light, dark) = match color {
            Color::Blue => (0x00_72B2, 0x4A_A3E8),
            Color::Orange => (0xD8_8A00, 0xE6_9F00),
            Color::Green => (0x00_8A64, 0x1F_C496),
            Color::Vermillion => (0xC8_4E00, 0xF2_763A),
            Color::Purple => (0xB5_5A8E, 0xDD_92BC),
            Color::Sky => (0x2E_93CF, 0x7C_CBF5),
            Color::Yellow => (0xA8_9A00, 0xF0_E442),
            Color::Ink => (0x1E_242B, 0xF4_F4F0),
        };
        let [_, r, g, b] = u32::to_be_bytes(if self.dark { dark } else { light });
        Color32::from_rgb(r, g, b)
    }

    /// A runner's colour where its line in a chart is still to come: faint, and yet to be seen from the last
    /// row. On a dark ground the same part of the light is seen less.
    pub fn ahead(&self, color: Color32) -> Color32 {
        color.gamma_multiply(if self.dark { 0.68 } else { 0.5 })
    }

    /// The colour of the surface at a height from 0 (lowest in the picture) to 1: one quiet hue,
    /// in steps that look equal (interpolated in Oklab).
    pub fn surface(&self, height: f32) -> Color32 {
        // Lightness, and the two colour axes of Oklab, at the valley, half-way and on the walls.
        let stops: [[f32; 3]; 3] = if self.dark {
            [[0.20, -0.012, -0.030], [0.31, -0.014, -0.034], [0.43, -0.010, -0.030]]
        } else {
            [[0.80, -0.020, -0.042], [0.895, -0.012, -0.022], [0.975, 0.000, 0.006]]
        };
        let place = height.clamp(0.0, 1.0) * 2.0;
        let (from, to, part) =
            if place < 1.0 { (stops[0], stops[1], place) } else { (stops[1], stops[2], place - 1.0) };
        oklab([0, 1, 2].map(|i| from[i] + (to[i] - from[i]) * part))
    }

    /// The colour of a quantity in a map, from 0 (few steps, a low loss) to 1, in steps that look equal
    /// (interpolated in Oklab).
    pub fn map(part: f32) -> Color32 {
        let stops = [[0.92, -0.03, 0.15], [0.75, -0.12, 0.06], [0.56, -0.07, -0.06], [0.36, 0.02, -0.13]];
        let place = part.clamp(0.0, 1.0) * 3.0;
        let index = (place as usize).min(2);
        let (from, to, part): ([f32; 3], [f32; 3], _) =
            (stops[index], stops[index + 1], place - index as f32);
        oklab([0, 1, 2].map(|i| from[i] + (to[i] - from[i]) * part))
    }

    /// The colour of the minimum of this number in a map; paler the slower it is reached, from 0 to 1.
    pub fn minimum(&self, index: usize, slow: f32) -> Color32 {
        // Without those that pass for ink or for what is not a minimum.
        const COLORS: [Color; 6] =
            [Color::Blue, Color::Orange, Color::Green, Color::Vermillion, Color::Purple, Color::Sky];
        let ground = if self.dark { Color32::from_gray(36) } else { Color32::WHITE };
        self.runner(COLORS[index % COLORS.len()]).lerp_to_gamma(ground, slow.clamp(0.0, 1.0) * 0.8)
    }

    /// The colour of runs that were still on their way.
    pub fn moving(&self) -> Color32 {
        if self.dark { Color32::from_rgb(0x56, 0x64, 0x74) } else { Color32::from_rgb(0xA6, 0xB2, 0xC0) }
    }

    /// The colour of runs that no longer fell.
    pub fn stuck(&self) -> Color32 {
        if self.dark { Color32::from_rgb(0x78, 0x4E, 0x66) } else { Color32::from_rgb(0xC4, 0x94, 0xAE) }
    }

    /// The colour where the function has no finite value.
    pub fn hole(&self) -> Color32 {
        if self.dark { Color32::from_gray(12) } else { Color32::from_gray(215) }
    }
}

/// Björn Ottosson's Oklab (2020) to sRGB.
fn oklab([l, a, b]: [f32; 3]) -> Color32 {
    let cone = [
        l + 0.396_337_78 * a + 0.215_803_76 * b,
        l - 0.105_561_346 * a - 0.063_854_17 * b,
        l - 0.089_484_18 * a - 1.291_485_5 * b,
    ]
    .map(|root| root * root * root);
    let linear = [
        4.076_741_7 * cone[0] - 3.307_711_6 * cone[1] + 0.230_969_94 * cone[2],
        -1.268_438 * cone[0] + 2.609_757_4 * cone[1] - 0.341_319_4 * cone[2],
        -0.004_196_086 * cone[0] - 0.703_418_6 * cone[1] + 1.707_614_7 * cone[2],
    ];
    egui::Rgba::from_rgb(linear[0].clamp(0.0, 1.0), linear[1].clamp(0.0, 1.0), linear[2].clamp(0.0, 1.0))
        .into()
}

/// Sets fonts and styles once, at start-up.
pub fn install(ctx: &egui::Context) {
    let mut fonts = egui::FontDefinitions::default();
    // The proportional font lacks nabla, arrows and other signs that formulas need; Hack has them.
    if let Some(family) = fonts.families.get_mut(&FontFamily::Proportional) {
        family.push("Hack".to_owned());
    }
    ctx.set_fonts(fonts);
    // Where the desktop does not tell, light: that is what projectors want.
    ctx.options_mut(|options| options.fallback_theme = Theme::Light);
    ctx.style_mut_of(Theme::Light, |style| style.visuals = visuals(false));
    ctx.style_mut_of(Theme::Dark, |style| style.visuals = visuals(true));
    ctx.all_styles_mut(|style| {
        style.spacing.item_spacing = vec2(6.0, 4.0);
        style.spacing.button_padding = vec2(7.0, 2.0);
        style.spacing.slider_width = 92.0;
        style.spacing.interact_size.y = 20.0;
        style.spacing.menu_margin = Margin::same(6);
        style.interaction.tooltip_delay = 0.35;
        style.url_in_tooltip = true;
    });
}

fn visuals(dark: bool) -> Visuals {
    let palette = Palette::new(dark);
    let mut visuals = if dark { Visuals::dark() } else { Visuals::light() };
    let (panel, card, field) = if dark {
        (
            Color32::from_rgb(0x1A, 0x1E, 0x24),
            Color32::from_rgb(0x22, 0x27, 0x2E),
            Color32::from_rgb(0x12, 0x15, 0x1A),
        )
    } else {
        (Color32::from_rgb(0xF4, 0xF4, 0xF1), Color32::from_rgb(0xFD, 0xFD, 0xFB), Color32::WHITE)
    };
    visuals.panel_fill = panel;
    visuals.window_fill = card;
    visuals.faint_bg_color = card;
    visuals.extreme_bg_color = field;
    visuals.override_text_color = Some(palette.ink);
    visuals.weak_text_color = Some(palette.quiet);
    visuals.widgets.noninteractive.bg_stroke =
        Stroke::new(1.0, if dark { Color32::from_gray(52) } else { Color32::from_gray(218) });
    // An empty checkbox would be lost on a projector without its edge.
    visuals.widgets.inactive.bg_stroke =
        Stroke::new(1.0, if dark { Color32::from_gray(74) } else { Color32::from_gray(196) });
    let radius = CornerRadius::same(4);
    for widget in [
        &mut visuals.widgets.noninteractive,
        &mut visuals.widgets.inactive,
        &mut visuals.widgets.hovered,
        &mut visuals.widgets.active,
        &mut visuals.widgets.open,
    ] {
        widget.corner_radius = radius;
    }
    visuals.selection.bg_fill =
        if dark { Color32::from_rgb(0x1F, 0x5C, 0x8C) } else { Color32::from_rgb(0xBF, 0xDD, 0xF2) };
    visuals.selection.stroke = Stroke::new(1.0, palette.ink);
    visuals.slider_trailing_fill = true;
    visuals
}
