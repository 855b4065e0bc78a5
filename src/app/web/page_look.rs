//! How the window looks in a page, kept until the next visit.

use egui::{Context, ThemePreference};
use serde::{Deserialize, Serialize};
use thalweg_core::math::within::Within;

/// The sizes of the text that the window offers.
const ZOOM: (f32, f32) = (0.6, 2.5);

/// The theme that was chosen, and the size of the text.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct PageLook {
    /// Whether it is dark; none where it follows the browser.
    is_dark: Option<bool>,
    zoom: f32,
}

impl Default for PageLook {
    fn default() -> Self {
        Self { is_dark: None, zoom: 1.0 }
    }
}

impl PageLook {
    /// How a window looks.
    pub fn of(ctx: &Context) -> Self {
        let is_dark = match ctx.options(|options| options.theme_preference) {
            ThemePreference::Dark => Some(true),
            ThemePreference::Light => Some(false),
            ThemePreference::System => None,
        };
        Self { is_dark, zoom: ctx.zoom_factor() }
    }

    /// Makes a window look so.
    pub fn recall(self, ctx: &Context) {
        ctx.set_theme(match self.is_dark {
            Some(true) => ThemePreference::Dark,
            Some(false) => ThemePreference::Light,
            None => ThemePreference::System,
        });
        ctx.set_zoom_factor(self.zoom.within(ZOOM.0, ZOOM.1));
    }
}
