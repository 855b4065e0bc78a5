//! How long the parts of figures may take in a frame.

use thalweg_figure::budget::{FigureBudget, FigurePart};
use thalweg_session::{Clock, FrameBudget, FrameTimer, Session};

/// The budget of each part, as it begins.
#[derive(Clone, Copy, Debug)]
pub struct FrameShare {
    clock: Clock,
    timer: Option<FrameTimer>,
}

impl FrameShare {
    /// Of a frame on the session's clock.
    pub fn new(session: &Session) -> Self {
        Self { clock: session.runtime().clock, timer: None }
    }
}

impl FigureBudget for FrameShare {
    fn begin(&mut self, part: FigurePart) {
        let budget = match part {
            FigurePart::Picture => FrameBudget::PICTURE,
            FigurePart::Paths => FrameBudget::PATHS,
            FigurePart::Cloud => FrameBudget::CLOUD,
            FigurePart::Eigenbasis => FrameBudget::EIGENBASIS,
            FigurePart::Charts => FrameBudget::CHART,
            FigurePart::PinnedPaths | FigurePart::PinnedCharts => FrameBudget::COMPANIONS,
        };
        self.timer = Some(budget.begin(self.clock));
    }

    fn is_over(&self) -> bool {
        self.timer.is_some_and(|timer| timer.is_over())
    }
}
