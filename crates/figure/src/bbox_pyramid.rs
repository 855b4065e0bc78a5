//! Bounding boxes of a path's blocks, block of blocks and so on: what makes questions about a
//! million steps cheap.

use crate::viewport::Rect;
use thalweg_core::run::trajectory::Sample;

/// How many steps the smallest blocks hold.
pub(crate) const BLOCK: usize = 64;
/// How many blocks make one of the next level.
pub(crate) const FANOUT: usize = 16;

/// The box of a block of consecutive steps.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Block {
    /// The smallest rectangle of the plane with all finite positions in it; empty if there are none.
    pub rect: Rect,
    /// Whether a position in it is not finite.
    pub broken: bool,
}

impl Block {
    const EMPTY: Self = Self { rect: Rect::EMPTY, broken: false };

    fn merge(&mut self, other: &Self) {
        if other.rect.min[0] <= other.rect.max[0] {
            self.rect.include(other.rect.min);
            self.rect.include(other.rect.max);
        }
        self.broken |= other.broken;
    }
}

/// The bounding boxes of a growing path: blocks of 64 steps, of 1024, of 16384, ...
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Boxes {
    levels: Vec<Vec<Block>>,
    len: usize,
}

impl Boxes {
    /// Of an empty path.
    pub fn new() -> Self {
        Self::default()
    }

    /// Appends steps; some nanoseconds each.
    pub fn push(&mut self, samples: &[Sample]) {
        let mut rest = samples;
        while !rest.is_empty() {
            let (now, later) = rest.split_at(rest.len().min(BLOCK - self.len % BLOCK));
            let mut block = Block::EMPTY;
            for Sample { position, .. } in now {
                if position.x.is_finite() && position.y.is_finite() {
                    block.rect.include([position.x, position.y]);
                } else {
                    block.broken = true;
                }
            }
            self.merge(self.len / BLOCK, &block);
            self.len += now.len();
            rest = later;
        }
    }

    /// Merges `block` into block `index` of the lowest level and into all above it.
    fn merge(&mut self, mut index: usize, block: &Block) {
        let mut level = 0;
        loop {
            if level == self.levels.len() {
                // A new top starts with all that lies below it.
                let mut top = Block::EMPTY;
                for below in level.checked_sub(1).map_or(&[][..], |below| &self.levels[below]) {
                    top.merge(below);
                }
                self.levels.push(vec![top]);
            }
            let blocks = &mut self.levels[level];
            if index >= blocks.len() {
                blocks.push(Block::EMPTY);
            }
            blocks[index].merge(block);
            if blocks.len() == 1 {
                return;
            }
            level += 1;
            index /= FANOUT;
        }
    }

    /// How many steps there are.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The blocks of one level, in the order of the steps: level 0 of 64 steps, each further one
    /// of 16 times as many. Empty above the highest.
    pub fn level(&self, level: usize) -> &[Block] {
        self.levels.get(level).map_or(&[], Vec::as_slice)
    }

    /// How many levels there are; the highest has one block.
    pub fn levels(&self) -> usize {
        self.levels.len()
    }
}

/// How many steps a block of `level` holds.
pub(crate) fn steps_of(level: usize) -> usize {
    BLOCK * FANOUT.pow(level as u32)
}

#[cfg(test)]
#[allow(clippy::disallowed_methods, reason = "test data need not have the same bits everywhere")]
mod tests {
    use super::*;
    use nalgebra::Vector2;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_block_is_the_box_of_its_steps(
            count in 0_usize..5000,
            pieces in prop::collection::vec(1_usize..700, 1..20),
            broken in 0_usize..6000,
        ) {
            let sample = |index: usize| {
                let t = index as f64;
                let y = if index == broken { f64::NAN } else { (t * t * 0.013).cos() };
                Sample { position: Vector2::new((t * 0.7).sin() + t / 100.0, y), loss: 0.0, grad_norm: 0.0, lr: 0.0 }
            };
            let samples: Vec<Sample> = (0..count).map(sample).collect();
            let mut boxes = Boxes::new();
            let mut done = 0;
            for piece in pieces.iter().cycle() {
                let end = (done + piece).min(count);
                boxes.push(&samples[done..end]);
                done = end;
                if done == count {
                    break;
                }
            }
            prop_assert_eq!(boxes.len(), count);
            for level in 0..boxes.levels() {
                let blocks: Vec<Block> = samples.chunks(steps_of(level)).map(|steps| {
                    let mut block = Block::EMPTY;
                    for Sample { position, .. } in steps {
                        if position.y.is_finite() {
                            block.rect.include([position.x, position.y]);
                        } else {
                            block.broken = true;
                        }
                    }
                    block
                }).collect();
                prop_assert_eq!(boxes.level(level), &blocks[..]);
            }
            prop_assert!(count == 0 || boxes.level(boxes.levels() - 1).len() == 1);
        }
    }
}
