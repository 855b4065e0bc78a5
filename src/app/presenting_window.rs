//! What presenting makes of the window.

use super::link_view::{LinkView, ShownParts};
use super::present::{Present, WindowRole};
use super::{App, plot_weight};
use egui::{Context, Vec2};

impl App {
    /// Does what is asked for while somebody presents. A window within a page cannot.
    pub(super) fn present(&mut self, ctx: &Context, action: Present) {
        if !self.view.options().embed {
            self.presenting.act(ctx, action);
        }
    }

    /// What the window is used for.
    pub(super) fn role(&self) -> WindowRole {
        if self.view.options().embed {
            WindowRole::Embedded
        } else if self.presenting.is_on() {
            WindowRole::Present
        } else {
            WindowRole::Work
        }
    }

    /// The parts of the window that are shown in so much room, in points.
    pub(super) fn parts(&self, size: Vec2) -> ShownParts {
        match self.presenting.options(&self.session) {
            Some(options) => LinkView::new(options).parts(size),
            None => self.view.parts(size),
        }
    }

    /// Takes in whether the document asks for it, before a frame is drawn.
    pub(super) fn begin_presenting(&mut self, ctx: &Context) {
        if !self.view.options().embed {
            self.presenting.follow(ctx, &self.session);
        }
        plot_weight::set(ctx, self.presenting.weight());
    }

    /// Draws what lies over the window, when all else is drawn.
    pub(super) fn cover(&self, ctx: &Context) {
        self.presenting.cover(ctx);
    }
}
