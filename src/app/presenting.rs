//! In front of a class: the plane as large as the screen, a slim bar, and what a remote's keys do.

use super::present::Present;
use super::story;
use egui::{Color32, Context, CursorIcon, Id, LayerId, Order, ViewportCommand};
use thalweg_core::math::within::Within;
use thalweg_scenario::{HiddenParts, LinkOptions, WindowPart};
use thalweg_session::Session;

/// What lies over the window.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Cover {
    #[default]
    Nothing,
    Black,
    Laser,
}

/// What is shown while somebody presents.
#[derive(Clone, Copy, Debug, Default)]
struct Stage {
    has_notes: bool,
    has_charts: bool,
    cover: Cover,
}

/// Whether somebody presents, and how.
#[derive(Debug)]
pub struct Presenting {
    stage: Option<Stage>,
    /// How thick plots are then.
    weight: f64,
    /// Whether the document that is open asks for it.
    is_asked: bool,
}

/// How thick plots are at first, at least and at most.
const WEIGHT: f64 = 1.5;
const WEIGHTS: (f64, f64) = (1.0, 3.0);
/// How large the dot of light is, in points.
const DOT: f32 = 7.0;

impl Default for Presenting {
    fn default() -> Self {
        Self { stage: None, weight: WEIGHT, is_asked: false }
    }
}

impl Presenting {
    /// Whether somebody presents.
    pub fn is_on(&self) -> bool {
        self.stage.is_some()
    }

    /// Does what is asked for.
    pub fn act(&mut self, ctx: &Context, action: Present) {
        let over = |stage: &mut Stage, cover| {
            stage.cover = if stage.cover == cover { Cover::Nothing } else { cover };
        };
        match (action, &mut self.stage) {
            (Present::Toggle, None) => self.begin(ctx),
            (Present::Toggle | Present::Leave, Some(_)) => {
                self.stage = None;
                ctx.send_viewport_cmd(ViewportCommand::Fullscreen(false));
            }
            (Present::Notes, Some(stage)) => stage.has_notes = !stage.has_notes,
            (Present::Charts, Some(stage)) => stage.has_charts = !stage.has_charts,
            (Present::Black, Some(stage)) => over(stage, Cover::Black),
            (Present::Laser, Some(stage)) => over(stage, Cover::Laser),
            (Present::Thicker(factor), Some(_)) => {
                self.weight = (self.weight * factor).within(WEIGHTS.0, WEIGHTS.1);
            }
            (_, None) => {}
        }
    }

    /// How thick plots are.
    pub fn weight(&self) -> f64 {
        if self.is_on() { self.weight } else { 1.0 }
    }

    fn begin(&mut self, ctx: &Context) {
        self.stage = Some(Stage::default());
        ctx.send_viewport_cmd(ViewportCommand::Fullscreen(true));
    }

    /// Begins or ends where the document begins or ceases to ask for it.
    pub fn follow(&mut self, ctx: &Context, session: &Session) {
        let is_asked = session.scenario().show.present;
        if std::mem::replace(&mut self.is_asked, is_asked) != is_asked && is_asked != self.is_on() {
            self.act(ctx, Present::Toggle);
        }
    }

    /// The parts of the window that are shown, as a link would say it. A question is always read.
    pub fn options(&self, session: &Session) -> Option<LinkOptions> {
        let stage = self.stage?;
        let has_notes = stage.has_notes || story::is_asking(session);
        let shown = [(WindowPart::Side, has_notes), (WindowPart::Charts, stage.has_charts)];
        let hidden = shown.into_iter().filter(|(_, is_shown)| !is_shown);
        let hide =
            hidden.fold(HiddenParts::default().and(WindowPart::Cards), |hide, (part, _)| hide.and(part));
        Some(LinkOptions { embed: true, hide: Some(hide), ..LinkOptions::default() })
    }

    /// Draws what lies over the window.
    pub fn cover(&self, ctx: &Context) {
        let cover = self.stage.map(|stage| stage.cover).unwrap_or_default();
        let painter = || ctx.layer_painter(LayerId::new(Order::Debug, Id::unique("over the window")));
        match cover {
            Cover::Nothing => {}
            Cover::Black => {
                painter().rect_filled(ctx.content_rect(), 0.0, Color32::BLACK);
                ctx.set_cursor_icon(CursorIcon::None);
            }
            Cover::Laser => {
                ctx.set_cursor_icon(CursorIcon::None);
                let Some(at) = ctx.pointer_latest_pos() else { return };
                let painter = painter();
                for (radius, alpha) in [(3.0, 40), (2.0, 80), (1.4, 130)] {
                    let glow = Color32::from_rgba_unmultiplied(255, 40, 30, alpha);
                    painter.circle_filled(at, radius * DOT, glow);
                }
                painter.circle_filled(at, DOT, Color32::from_rgb(255, 30, 20));
                painter.circle_filled(at, 0.45 * DOT, Color32::from_rgb(255, 210, 200));
            }
        }
    }
}
