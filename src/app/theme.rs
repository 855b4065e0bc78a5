//! Colours, fonts and spacing, light and dark.

use super::color::color;
use super::fonts::fonts;
use egui::{Color32, CornerRadius, Margin, Stroke, Theme, Visuals, vec2};
use thalweg_figure::scheme as figure;
use thalweg_figure::scheme::Scheme;
use thalweg_scenario::Color;

/// The colours of the window's own drawing, for one theme: those of its figures, as egui has them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Palette {
    /// The colours of figures.
    pub scheme: Scheme,
    /// Text and lines that must be seen.
    pub ink: Color32,
    /// Text and lines that stay behind.
    pub quiet: Color32,
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
    /// Letters of a link.
    pub link: Color32,
    /// Behind a link that does something at once.
    pub task: Color32,
    /// Behind what is typed.
    pub code: Color32,
    /// Around what something points at.
    pub pointed: Color32,
}

impl Palette {
    /// The colours of the theme in use.
    pub fn of(ui: &egui::Ui) -> Self {
        Self::new(ui.visuals().dark_mode)
    }

    /// The colours of the dark or the light theme.
    pub fn new(dark: bool) -> Self {
        let scheme = Scheme::new(if dark { figure::Theme::Dark } else { figure::Theme::Light });
        Self {
            scheme,
            ink: color(scheme.ink),
            quiet: color(scheme.quiet),
            halo: color(scheme.halo),
            core: color(scheme.core),
            alarm: color(scheme.alarm),
            axes: scheme.axes.map(color),
            classes: scheme.classes.map(color),
            model: color(scheme.model),
            link: if dark {
                Color32::from_rgb(0x8A, 0xC6, 0xF5)
            } else {
                Color32::from_rgb(0x0B, 0x55, 0x93)
            },
            task: if dark {
                Color32::from_rgb(0x1D, 0x3D, 0x57)
            } else {
                Color32::from_rgb(0xDC, 0xEB, 0xF7)
            },
            code: if dark {
                Color32::from_rgb(0x2E, 0x35, 0x3E)
            } else {
                Color32::from_rgb(0xE6, 0xE6, 0xE1)
            },
            pointed: if dark {
                Color32::from_rgb(0xF2, 0xC1, 0x4E)
            } else {
                Color32::from_rgb(0xD9, 0x7B, 0x00)
            },
        }
    }

    /// A runner's colour.
    pub fn runner(&self, of: Color) -> Color32 {
        color(self.scheme.runner(of))
    }

    /// The colour of a quantity in a map, from 0 (few steps, a low loss) to 1.
    pub fn map(part: f32) -> Color32 {
        color(Scheme::map(f64::from(part)))
    }
}

/// Sets fonts and styles once, at start-up.
pub fn install(ctx: &egui::Context) {
    ctx.set_fonts(fonts());
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
        // A bar is there wherever there is more than is seen, and not only below the pointer.
        style.spacing.scroll.foreground_color = false;
        style.spacing.scroll.dormant_handle_opacity = 0.8;
        style.spacing.scroll.dormant_background_opacity = 0.3;
        style.spacing.scroll.floating_width = 4.0;
        // It lies beside what scrolls, not over the border of a card.
        style.spacing.scroll.floating_allocated_width = 6.0;
        style.url_in_tooltip = true;
    });
}

/// How high a menu or a list of choices may be, in points: as high as the window, with room for what it hangs on.
pub fn popup_height(ctx: &egui::Context) -> f32 {
    (ctx.content_rect().height() - 56.0).max(120.0)
}

/// Lets menus and lists be as high as the window is now.
pub fn fit(ctx: &egui::Context) {
    let height = popup_height(ctx);
    if ctx.global_style().spacing.combo_height != height {
        ctx.all_styles_mut(|style| {
            style.spacing.combo_height = height;
            style.spacing.default_area_size.y = height;
        });
    }
}

fn visuals(dark: bool) -> Visuals {
    let palette = Palette::new(dark);
    let mut visuals = if dark { Visuals::dark() } else { Visuals::light() };
    let (panel, card) = if dark {
        (Color32::from_rgb(0x1A, 0x1E, 0x24), Color32::from_rgb(0x22, 0x27, 0x2E))
    } else {
        (Color32::from_rgb(0xF4, 0xF4, 0xF1), Color32::from_rgb(0xFD, 0xFD, 0xFB))
    };
    visuals.panel_fill = panel;
    visuals.window_fill = card;
    visuals.faint_bg_color = card;
    visuals.extreme_bg_color = color(palette.scheme.ground);
    visuals.override_text_color = Some(palette.ink);
    visuals.weak_text_color = Some(palette.quiet);
    visuals.widgets.noninteractive.bg_stroke = Stroke::new(1.0, color(palette.scheme.border));
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

#[cfg(test)]
mod tests {
    use super::*;

    /// WCAG's contrast of two opaque colours.
    fn contrast(one: Color32, other: Color32) -> f32 {
        let light = |color: Color32| {
            let [red, green, blue, _] = egui::Rgba::from(color).to_array();
            0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05
        };
        light(one).max(light(other)) / light(one).min(light(other))
    }

    #[test]
    fn text_can_be_read_on_panels_and_cards() {
        for dark in [false, true] {
            let (palette, visuals) = (Palette::new(dark), visuals(dark));
            let words = [palette.ink, palette.quiet, palette.alarm, palette.link, palette.model];
            for word in words.into_iter().chain(palette.axes) {
                for ground in [visuals.panel_fill, visuals.window_fill, visuals.extreme_bg_color] {
                    let found = contrast(word, ground);
                    assert!(found >= 4.5, "dark {dark}: {word:?} on {ground:?}: {found}");
                }
            }
            assert!(contrast(palette.link, palette.task) >= 4.5, "dark {dark}");
            assert!(contrast(palette.ink, palette.code) >= 4.5, "dark {dark}");
            assert!(contrast(palette.ink, visuals.selection.bg_fill) >= 4.5, "dark {dark}");
        }
    }
}
