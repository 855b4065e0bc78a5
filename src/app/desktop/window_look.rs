//! How the window looks, kept between two starts: where it was, and what egui remembers of it (the theme, the
//! size of the text, the panels).

use egui::{Context, Memory, Pos2, ThemePreference, Vec2, ViewportBuilder, pos2, vec2};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use thalweg_core::math::within::Within;

/// The sizes of the text that the window offers, and no others that a damaged file may have.
const ZOOM: std::ops::RangeInclusive<f32> = 0.6..=2.5;

/// Where a window is, in points of the screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
struct WindowFrame {
    size: Option<Vec2>,
    position: Option<Pos2>,
    is_maximized: bool,
    is_fullscreen: bool,
}

/// How the window looked.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct WindowLook {
    frame: WindowFrame,
    /// What egui remembers, as a text of its own, which another version may not read.
    memory: String,
}

impl WindowLook {
    /// How the window looked by a text of [`LookOut`]; none where it cannot be read.
    pub fn of_text(text: &str) -> Option<Self> {
        ron::from_str(text).ok()
    }

    /// How the window looked by the session's file of version 0.1.0.
    pub fn of_old_text(text: &str) -> Option<Self> {
        #[derive(Deserialize)]
        struct OldSettings {
            normal_geometry: OldGeometry,
            maximized: bool,
            fullscreen: bool,
        }
        #[derive(Deserialize)]
        struct OldGeometry {
            outer_position_pixels: Option<Pos2>,
            scale_factor: f32,
            inner_size_points: Vec2,
        }
        let mut entries: BTreeMap<String, String> = ron::from_str(text).ok()?;
        let window = entries.get("window").and_then(|text| ron::from_str::<OldSettings>(text).ok());
        let frame = window.map_or_else(WindowFrame::default, |window| WindowFrame {
            size: Some(window.normal_geometry.inner_size_points),
            position: window
                .normal_geometry
                .outer_position_pixels
                .map(|at| at / window.normal_geometry.scale_factor),
            is_maximized: window.maximized,
            is_fullscreen: window.fullscreen,
        });
        Some(Self { frame, memory: entries.remove("egui").unwrap_or_default() })
    }

    /// The window where it was.
    pub fn place(&self, mut window: ViewportBuilder) -> ViewportBuilder {
        let WindowFrame { size, position, is_maximized, is_fullscreen } = self.frame;
        if let Some(size) = size.filter(|size| size.is_finite()) {
            window =
                window.with_inner_size(vec2(size.x.within(200.0, 16_000.0), size.y.within(150.0, 16_000.0)));
        }
        // Elsewhere a screen that is gone would take the window with it.
        let is_safe = cfg!(target_os = "linux");
        let is_near = |at: &Pos2| at.x.abs() < 16_000.0 && at.y.abs() < 16_000.0;
        if let Some(position) = position.filter(is_near).filter(|_| is_safe) {
            window = window.with_position(position);
        }
        window.with_maximized(is_maximized).with_fullscreen(is_fullscreen)
    }

    /// Makes egui remember.
    pub fn recall(&self, ctx: &Context) {
        let Ok(memory) = ron::from_str::<Memory>(&self.memory) else { return };
        let zoom = memory.options.zoom_factor;
        ctx.memory_mut(|place| *place = memory);
        // A frame may be laid out twice, whatever another version remembered.
        ctx.options_mut(|options| options.max_passes = NonZeroUsize::MIN.saturating_add(1));
        ctx.set_zoom_factor(if ZOOM.contains(&zoom) { zoom } else { 1.0 });
    }
}

/// What tells whether the look has changed, without writing it all down.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Glance {
    frame: WindowFrame,
    theme: ThemePreference,
    zoom: f32,
}

/// Looks at the window from time to time.
#[derive(Debug, Default)]
pub struct LookOut {
    last: Option<Glance>,
}

impl LookOut {
    /// The text of the look, where it has changed since or where `is_last`; not while something is dragged.
    pub fn changed(&mut self, ctx: &Context, is_last: bool) -> Option<String> {
        let glance = self.glance(ctx);
        let is_settled = !ctx.input(|input| input.pointer.any_down());
        let is_new = self.last.replace(if is_settled { glance } else { self.last.unwrap_or(glance) });
        let is_changed = is_new.is_some_and(|last| last != glance) && is_settled;
        (is_changed || is_last).then(|| {
            let memory = ctx.memory(ron::to_string).unwrap_or_default();
            ron::to_string(&WindowLook { frame: glance.frame, memory }).unwrap_or_default()
        })
    }

    fn glance(&self, ctx: &Context) -> Glance {
        let zoom = ctx.zoom_factor();
        let before = self.last.map(|last| last.frame).unwrap_or_default();
        let frame = ctx.input(|input| {
            let window = input.viewport();
            let [is_maximized, is_fullscreen] =
                [window.maximized, window.fullscreen].map(Option::unwrap_or_default);
            // As large as the screen, it keeps the place to go back to.
            let is_free = !is_maximized && !is_fullscreen;
            let size = (input.content_rect().size() * zoom).round();
            let position = window.outer_rect.map(|rect| pos2(rect.left() * zoom, rect.top() * zoom).round());
            WindowFrame {
                size: if is_free { Some(size) } else { before.size },
                position: if is_free { position } else { before.position },
                is_maximized,
                is_fullscreen,
            }
        });
        Glance { frame, theme: ctx.options(|options| options.theme_preference), zoom }
    }
}
