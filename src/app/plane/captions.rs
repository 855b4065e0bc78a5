//! Captions on a plot: each at the first of its places that is free.

use crate::app::notation;
use crate::app::notation::Formula;
use crate::app::theme::Palette;
use egui::{Align2, Color32, FontId, Galley, Painter, Pos2, Rect, Stroke, Vec2, pos2, vec2};
use std::sync::Arc;

/// The size of what is written.
const SIZE: f32 = 11.5;
/// Where places are tried around a point, in radians from the direction that is best.
const TURNS: [f32; 8] = [0.0, 0.8, -0.8, 1.6, -1.6, 2.4, -2.4, 3.1];
/// How far away they are, in gaps.
const AWAY: [f32; 6] = [1.0, 2.8, 5.0, 8.0, 12.0, 16.0];
/// How much of its ground is seen around a caption.
const RIM: Vec2 = vec2(3.0, 1.0);
/// A caption that stands farther from its point is joined to it by a line.
const FAR: f32 = 16.0;

/// A corner of the plot, where lines of text are put one after the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Corner {
    /// The upper left one.
    TopLeft,
    /// The upper right one.
    TopRight,
    /// The lower left one.
    BottomLeft,
    /// The lower right one.
    BottomRight,
}

impl Corner {
    fn anchor(self) -> Align2 {
        match self {
            Self::TopLeft => Align2::LEFT_TOP,
            Self::TopRight => Align2::RIGHT_TOP,
            Self::BottomLeft => Align2::LEFT_BOTTOM,
            Self::BottomRight => Align2::RIGHT_BOTTOM,
        }
    }
}

/// Who is given a place first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rank {
    /// A quantity of the step that is looked at.
    Step,
    /// A direction.
    Direction,
    /// The name of a place.
    Place,
    /// The name of a line or of a region.
    Region,
    /// The name of a pinned path: left out where there is no room for it.
    PinnedRace,
}

/// What is written beside a point.
pub struct Caption<'a> {
    /// The text.
    pub text: &'a str,
    /// Whether it is a formula.
    pub is_formula: bool,
    /// How large.
    pub size: f32,
    /// In which colour.
    pub color: Color32,
    /// The point.
    pub at: Pos2,
    /// In which direction from it is best.
    pub out: Vec2,
    /// How far from it at least, in screen points.
    pub gap: f32,
    /// Who is given a place first.
    pub rank: Rank,
}

impl<'a> Caption<'a> {
    /// One of the usual size.
    pub fn new(text: &'a str, color: Color32, at: Pos2, out: Vec2, rank: Rank) -> Self {
        Self { text, is_formula: false, size: SIZE, color, at, out, gap: 5.0, rank }
    }
}

enum Words {
    Plain(Arc<Galley>),
    Formula(Formula),
}

impl Words {
    fn room(&self) -> Vec2 {
        2.0 * RIM
            + match self {
                Self::Plain(galley) => galley.size(),
                Self::Formula(formula) => formula.size(),
            }
    }
}

/// What has its place.
struct Placed {
    words: Words,
    color: Color32,
    rect: Rect,
    /// A patch of colour before it.
    patch: Option<Color32>,
    leader: Option<[Pos2; 2]>,
}

/// What waits for a place.
struct Waiting {
    words: Words,
    color: Color32,
    at: Pos2,
    out: Vec2,
    gap: f32,
    rank: Rank,
}

/// The captions of one plot in one frame.
pub struct Captions {
    painter: Painter,
    palette: Palette,
    frame: Rect,
    taken: Vec<Rect>,
    /// How far the lines of each corner reach.
    corners: [f32; 4],
    placed: Vec<Placed>,
    waiting: Vec<Waiting>,
}

impl Captions {
    /// None so far, in a plot with this frame.
    pub fn new(painter: &Painter, frame: Rect, palette: &Palette) -> Self {
        Self {
            painter: painter.clone(),
            palette: *palette,
            frame,
            taken: Vec::new(),
            corners: [6.0; 4],
            placed: Vec::new(),
            waiting: Vec::new(),
        }
    }

    /// The colours that they are written in.
    pub fn palette(&self) -> Palette {
        self.palette
    }

    /// Nothing is to be written over a mark of this size.
    pub fn keep_clear(&mut self, at: Pos2, size: f32) {
        self.taken.push(Rect::from_center_size(at, vec2(size, size)));
    }

    /// A line of text in a corner: the next one, as seen from there.
    pub fn corner(&mut self, corner: Corner, text: &str, color: Color32) {
        self.line(corner, text, color, None);
    }

    /// The same behind a patch of colour that it explains.
    pub fn key(&mut self, corner: Corner, patch: Color32, text: &str) {
        self.line(corner, text, self.palette.ink, Some(patch));
    }

    fn line(&mut self, corner: Corner, text: &str, color: Color32, patch: Option<Color32>) {
        let galley = self.painter.layout_no_wrap(text.to_owned(), FontId::proportional(SIZE), color);
        let room = galley.size() + vec2(if patch.is_some() { PATCH + 5.0 } else { 0.0 }, 0.0);
        let (anchor, mut reach) = (corner.anchor(), self.corners[corner as usize]);
        let at = |reach| {
            let at = anchor.pos_in_rect(&self.frame) - anchor.to_sign() * vec2(8.0, reach);
            anchor.anchor_size(at, room)
        };
        // In a narrow plot the line in the corner across from it may come so far.
        let meets = |rect: Rect| self.placed.iter().any(|placed| placed.rect.expand2(RIM).intersects(rect));
        while meets(at(reach)) && reach < self.frame.height() {
            reach += room.y + 3.0;
        }
        let rect = at(reach);
        self.corners[corner as usize] = reach + room.y + 3.0;
        self.taken.push(rect.expand2(RIM));
        self.placed.push(Placed { words: Words::Plain(galley), color, rect, patch, leader: None });
    }

    /// A caption that gets its place when all are known.
    pub fn add(&mut self, caption: &Caption<'_>) {
        let Caption { text, is_formula, size, color, at, out, gap, rank } = *caption;
        let out = if out.length() > 0.0 { out.normalized() } else { vec2(0.0, -1.0) };
        let words = if is_formula {
            Words::Formula(notation::layout(&self.painter, text, size, color, f32::INFINITY))
        } else {
            let font = FontId::proportional(size);
            Words::Plain(self.painter.layout_no_wrap(text.to_owned(), font, color))
        };
        self.waiting.push(Waiting { words, color, at, out, gap, rank });
    }

    /// Gives each its place, and writes them.
    pub fn show(mut self) {
        self.waiting.sort_by_key(|waiting| waiting.rank);
        for Waiting { words, color, at, out, gap, rank } in std::mem::take(&mut self.waiting) {
            let free = place(self.frame, &self.taken, places(self.frame, at, out, gap, words.room()));
            let rect = match free {
                Ok(rect) => rect,
                Err(_) if rank == Rank::PinnedRace => continue,
                Err(best) => best,
            };
            self.taken.push(rect);
            let near = rect.clamp(at);
            let leader = (near.distance(at) > FAR).then_some([at, near]);
            let rect = rect.shrink2(RIM);
            self.placed.push(Placed { words, color, rect, patch: None, leader });
        }
        for placed in &self.placed {
            self.write(placed);
        }
    }

    fn write(&self, placed: &Placed) {
        let Placed { words, color, rect, patch, leader } = placed;
        if let Some(ends) = leader {
            self.painter.line_segment(*ends, Stroke::new(1.0, color.gamma_multiply(0.7)));
        }
        self.painter.rect_filled(rect.expand2(RIM), 3.0, self.palette.halo);
        let mut at = rect.min;
        if let Some(patch) = patch {
            let square =
                Rect::from_center_size(pos2(rect.left() + PATCH / 2.0, rect.center().y), vec2(PATCH, PATCH));
            let edge = Stroke::new(1.0, self.palette.quiet);
            self.painter.rect(square, 2.0, *patch, edge, egui::StrokeKind::Inside);
            at.x += PATCH + 5.0;
        }
        match words {
            Words::Plain(galley) => {
                self.painter.galley(at, Arc::clone(galley), *color);
            }
            Words::Formula(formula) => formula.paint(&self.painter, at, *color),
        }
    }
}

/// How large a patch of colour is.
const PATCH: f32 = 10.0;

/// Places of a caption beside a point, the best first: ahead, then around, then farther away. At the frame's
/// border they move inside.
fn places(frame: Rect, at: Pos2, out: Vec2, gap: f32, room: Vec2) -> impl Iterator<Item = Rect> {
    let inner = Rect::from_center_size(frame.center(), (frame.size() - room).max(Vec2::ZERO));
    AWAY.into_iter().flat_map(move |away| {
        TURNS.into_iter().map(move |turn| {
            let (sin, cos) = (libm::sinf(turn), libm::cosf(turn));
            let side = vec2(out.x * cos - out.y * sin, out.x * sin + out.y * cos);
            let center = at + side * (room * 0.5 + vec2(gap, gap) * away);
            Rect::from_center_size(inner.clamp(center), room)
        })
    })
}

/// The first place within the frame that meets nothing that is taken; or else, as an error, the one that
/// covers least of it.
fn place(frame: Rect, taken: &[Rect], places: impl Iterator<Item = Rect>) -> Result<Rect, Rect> {
    let area = |rect: Rect| if rect.is_positive() { rect.area() } else { 0.0 };
    let mut best = (f32::INFINITY, Rect::NOTHING);
    for place in places {
        let outside = area(place) - area(place.intersect(frame));
        let covered: f32 = taken.iter().map(|other| area(place.intersect(*other))).sum();
        // What cannot be seen is worse than what lies on something.
        let cost = covered + 3.0 * outside;
        // What only touches may have rounded into it.
        if cost < 1e-2 {
            return Ok(place);
        }
        if cost < best.0 {
            best = (cost, place);
        }
    }
    Err(best.1)
}

/// Text on a ground that keeps it readable on any surface, at a place of its own.
pub fn label(
    painter: &Painter,
    at: Pos2,
    anchor: Align2,
    text: &str,
    color: Color32,
    palette: &Palette,
) -> Rect {
    let galley = painter.layout_no_wrap(text.to_owned(), FontId::proportional(SIZE), color);
    let rect = anchor.anchor_size(at, galley.size());
    painter.rect_filled(rect.expand2(RIM), 3.0, palette.halo);
    painter.galley(rect.min, galley, color);
    rect
}

#[cfg(test)]
mod tests {
    use super::*;

    const FRAME: Rect = Rect { min: pos2(0.0, 0.0), max: pos2(400.0, 300.0) };

    /// Many captions at one point: none lies on another while there is room, and all within the frame.
    #[test]
    fn captions_at_one_point_do_not_meet() {
        for at in [pos2(200.0, 150.0), pos2(2.0, 2.0), pos2(399.0, 150.0)] {
            let mut taken = vec![Rect::from_center_size(at, vec2(8.0, 8.0))];
            for _ in 0..6 {
                let room = vec2(46.0, 14.0);
                let found =
                    place(FRAME, &taken, places(FRAME, at, vec2(0.0, -1.0), 5.0, room)).expect("room");
                assert!(FRAME.contains_rect(found), "{found}");
                for other in &taken {
                    let both = other.intersect(found);
                    assert!(!both.is_positive() || both.area() < 1e-3, "{found} {other}");
                }
                taken.push(found);
            }
        }
    }

    #[test]
    fn a_caption_takes_its_best_place_where_that_is_free() {
        let (at, room) = (pos2(200.0, 150.0), vec2(40.0, 10.0));
        let first = |taken: &[Rect]| place(FRAME, taken, places(FRAME, at, vec2(1.0, 0.0), 5.0, room));
        let right = Rect::from_center_size(pos2(225.0, 150.0), room);
        assert_eq!(first(&[]), Ok(right));
        let other = first(&[right]).expect("room");
        assert!(other != right && other.center().distance(at) < 60.0);
        // Where all is taken, it lies where it covers least.
        let half = Rect { min: FRAME.min, max: pos2(400.0, 150.0) };
        let best = first(&[FRAME, half]).expect_err("no room");
        assert!(best.intersect(half).height() <= 0.0 && FRAME.contains_rect(best), "{best}");
    }
}
