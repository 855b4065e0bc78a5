//! How long the parts of the plots of the plane may take in a frame.

use crate::app::allowance;
use crate::app::allowance::Spell;
use thalweg_figure::budget::{FigureBudget, FigurePart};

/// The allowance of each part, as it begins.
#[derive(Clone, Copy, Debug, Default)]
pub struct FrameShare(Option<Spell>);

impl FigureBudget for FrameShare {
    fn begin(&mut self, part: FigurePart) {
        let allowance = match part {
            FigurePart::Picture => allowance::PICTURE,
            FigurePart::Paths => allowance::PATHS,
            FigurePart::PinnedPaths => allowance::COMPANIONS,
            FigurePart::Cloud => allowance::CLOUD,
            FigurePart::Eigenbasis => allowance::EIGENBASIS,
        };
        self.0 = Some(allowance.begin());
    }

    fn is_over(&self) -> bool {
        self.0.is_some_and(|spell| spell.is_over())
    }
}
