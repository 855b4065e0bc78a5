//! Captions on a plot: each at the first of its places that is free.

use crate::color::Rgba;
use crate::item::{Item, TextItem};
use crate::polyline::Polyline;
use crate::scheme::Scheme;
use crate::stroke::Stroke;
use crate::text_measure::{TextKind, TextMeasure};
use crate::viewport::Rect;
use nalgebra::Vector2;
use std::sync::Arc;

/// The size of what is written, in points.
pub const SIZE: f64 = 11.5;
/// Where places are tried around a point, in radians from the direction that is best.
const TURNS: [f64; 8] = [0.0, 0.8, -0.8, 1.6, -1.6, 2.4, -2.4, 3.1];
/// How far away they are, in gaps.
const AWAY: [f64; 6] = [1.0, 2.8, 5.0, 8.0, 12.0, 16.0];
/// How much of its ground is seen around a caption.
const RIM: Vector2<f64> = Vector2::new(3.0, 1.0);
/// A caption that stands farther from its point is joined to it by a line.
const FAR: f64 = 16.0;
/// A point that is farther from the frame has no caption.
const LOST: f64 = 90.0;
/// How far lines in corners are from the frame's left or right side, and from each other.
const MARGIN: f64 = 8.0;
const LEADING: f64 = 3.0;
/// How large a patch of colour is, and how far the text is from it.
const PATCH: f64 = 10.0;
const PATCH_GAP: f64 = 5.0;
/// How long the bar of the surface's colours is at most, and at least.
const BAR: f64 = 96.0;
const LEAST_BAR: f64 = 24.0;

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
    /// Which part of the way across and down it lies at.
    fn part(self) -> Vector2<f64> {
        match self {
            Self::TopLeft => Vector2::new(0.0, 0.0),
            Self::TopRight => Vector2::new(1.0, 0.0),
            Self::BottomLeft => Vector2::new(0.0, 1.0),
            Self::BottomRight => Vector2::new(1.0, 1.0),
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
    /// How many there are of something: left out where there is no room for it.
    Count,
    /// The name of a pinned path: left out where there is no room for it.
    PinnedRun,
}

/// What is written beside a point.
#[derive(Clone, Debug, PartialEq)]
pub struct Caption {
    /// The text.
    pub text: String,
    /// How it is set.
    pub kind: TextKind,
    /// How large, in points.
    pub size: f64,
    /// In which colour.
    pub color: Rgba,
    /// The point.
    pub at: Vector2<f64>,
    /// In which direction from it is best.
    pub out: Vector2<f64>,
    /// How far from it at least, in points.
    pub gap: f64,
    /// Who is given a place first.
    pub rank: Rank,
}

impl Caption {
    /// One of the usual size.
    pub fn new(
        text: impl Into<String>,
        color: Rgba,
        at: Vector2<f64>,
        out: Vector2<f64>,
        rank: Rank,
    ) -> Self {
        Self { text: text.into(), kind: TextKind::Plain, size: SIZE, color, at, out, gap: 5.0, rank }
    }
}

/// What has its place.
struct Placed {
    /// The room that it takes.
    room: Rect,
    /// What is drawn there, above a ground that keeps it readable.
    items: Vec<Item>,
    /// The line that joins it to its point, below the ground.
    leader: Option<Item>,
}

/// The captions of one plot.
pub struct Captions<'a> {
    measure: &'a dyn TextMeasure,
    scheme: Scheme,
    frame: Rect,
    taken: Vec<Rect>,
    /// What is written already, over which no corner may reach.
    written: Vec<Rect>,
    /// How far the lines of each corner reach.
    corners: [f64; 4],
    placed: Vec<Placed>,
    waiting: Vec<Caption>,
}

impl<'a> Captions<'a> {
    /// None so far, in a plot with this frame.
    pub fn new(measure: &'a dyn TextMeasure, frame: Rect, scheme: &Scheme) -> Self {
        Self {
            measure,
            scheme: *scheme,
            frame,
            taken: Vec::new(),
            written: Vec::new(),
            corners: [6.0; 4],
            placed: Vec::new(),
            waiting: Vec::new(),
        }
    }

    /// Nothing is to be written over a mark of this size.
    pub fn keep_clear(&mut self, at: Vector2<f64>, size: f64) {
        self.taken.push(Rect::around(at, Vector2::new(size, size)));
    }

    /// Whether nothing is written in a rectangle, and nothing is to be.
    pub fn is_free(&self, rect: Rect) -> bool {
        !self.taken.iter().any(|taken| taken.meets(&rect))
    }

    /// Nothing is to be written over a rectangle, in a corner neither.
    pub fn keep_free(&mut self, rect: Rect) {
        self.taken.push(rect);
        self.written.push(rect);
    }

    /// A line of text in a corner: the next one, as seen from there. One that is wider than the plot is broken
    /// between words.
    pub fn corner(&mut self, corner: Corner, text: impl Into<String>, color: Rgba) {
        let mut lines = self.broken(&text.into());
        // From below, the last comes first.
        if corner.part().y > 0.5 {
            lines.reverse();
        }
        for line in lines {
            self.line(corner, line, color, None);
        }
    }

    /// A text in lines that fit into the plot, as far as its words do.
    fn broken(&self, text: &str) -> Vec<String> {
        let width = |text: &str| self.measure.size(text, SIZE, TextKind::Plain).x;
        let free = self.frame.size()[0] - 2.0 * MARGIN;
        if width(text) <= free {
            return vec![text.to_owned()];
        }
        let mut lines: Vec<String> = Vec::new();
        for word in text.split_whitespace() {
            match lines.last_mut() {
                Some(line) if width(&format!("{line} {word}")) <= free => {
                    line.push(' ');
                    line.push_str(word);
                }
                _ => lines.push(word.to_owned()),
            }
        }
        lines
    }

    /// A line of text in a corner, behind a patch of colour that it explains.
    pub fn key(&mut self, corner: Corner, patch: Rgba, text: impl Into<String>) {
        self.line(corner, text.into(), self.scheme.ink, Some(patch));
    }

    /// The colours.
    pub fn scheme(&self) -> Scheme {
        self.scheme
    }

    /// The surface's colours as a bar in a corner, between what its ends stand for; with marks on it, in parts of it.
    pub fn color_bar(&mut self, corner: Corner, ends: [String; 2], marks: Vec<f64>) {
        let sizes = [0, 1].map(|end| self.measure.size(&ends[end], SIZE, TextKind::Plain));
        let height = sizes[0].y.max(sizes[1].y);
        let words = sizes[0].x + sizes[1].x + 2.0 * PATCH_GAP;
        // In a narrow frame shorter, and none where it would be no bar.
        let length = (self.frame.size()[0] - 4.0 * MARGIN - words).min(BAR);
        if length < LEAST_BAR {
            return;
        }
        let room = Vector2::new(words + length, height);
        let rect = self.take(corner, room);
        let [low, high] = ends;
        let (left, top) = (rect.min[0], rect.min[1]);
        let bar = Rect::new(
            Vector2::new(left + sizes[0].x + PATCH_GAP, top + (height - PATCH) / 2.0),
            Vector2::new(length, PATCH),
        );
        let color = self.scheme.quiet;
        let raster = Arc::new(self.scheme.surface_bar());
        let mark = |part: f64| {
            let x = bar.min[0] + part * length;
            Polyline::segment(Vector2::new(x, bar.min[1]), Vector2::new(x, bar.max[1]))
        };
        let items = vec![
            text(low, color, Rect::new(Vector2::new(left, top), sizes[0])),
            Item::Raster { raster, place: bar, opacity: 1.0 },
            Item::Lines {
                lines: marks.into_iter().map(mark).collect(),
                strokes: vec![Stroke::new(1.3, self.scheme.index_contour)],
            },
            Item::Panel {
                rect: bar,
                radius: 0.0,
                fill: Rgba::TRANSPARENT,
                stroke: Some(Stroke::new(1.0, color.faded(0.6))),
            },
            text(high, color, Rect::new(Vector2::new(bar.max[0] + PATCH_GAP, top), sizes[1])),
        ];
        self.placed.push(Placed { room: rect, items, leader: None });
    }

    fn line(&mut self, corner: Corner, string: String, color: Rgba, patch: Option<Rgba>) {
        let size = self.measure.size(&string, SIZE, TextKind::Plain);
        let before = if patch.is_some() { PATCH + PATCH_GAP } else { 0.0 };
        let rect = self.take(corner, size + Vector2::new(before, 0.0));
        let mut items = Vec::new();
        if let Some(fill) = patch {
            let middle = Vector2::new(rect.min[0] + PATCH / 2.0, rect.center().y);
            let patch = Rect::around(middle, Vector2::new(PATCH, PATCH));
            let stroke = Some(Stroke::new(1.0, self.scheme.quiet));
            items.push(Item::Panel { rect: patch, radius: 2.0, fill, stroke });
        }
        let place = Rect::new(Vector2::from(rect.min) + Vector2::new(before, 0.0), size);
        items.push(text(string, color, place));
        self.placed.push(Placed { room: rect, items, leader: None });
    }

    /// The room that a text would have in a corner, below what stands there already.
    pub fn corner_room(&self, corner: Corner, text: &str) -> Rect {
        let lines = self.broken(text).into_iter().map(|line| self.measure.size(&line, SIZE, TextKind::Plain));
        let room = lines.fold(Vector2::new(0.0, -LEADING), |room, line| {
            Vector2::new(room.x.max(line.x), room.y + line.y + LEADING)
        });
        self.at(corner, self.corners[corner as usize], room)
    }

    /// The place of something of this size in a corner, so far from the frame's upper or lower side.
    fn at(&self, corner: Corner, reach: f64, room: Vector2<f64>) -> Rect {
        let part = corner.part();
        let inward = Vector2::new(MARGIN, reach).component_mul(&(Vector2::new(1.0, 1.0) - 2.0 * part));
        Rect::new(self.frame.part(part.x, part.y) + inward - room.component_mul(&part), room)
    }

    /// The next place in a corner for something of this size.
    fn take(&mut self, corner: Corner, room: Vector2<f64>) -> Rect {
        let mut reach = self.corners[corner as usize];
        // In a narrow plot the line in the corner across from it may come so far.
        let meets = |rect: Rect| {
            let ground = rect.grown(RIM);
            self.placed.iter().any(|placed| placed.ground().meets(&rect))
                || self.written.iter().any(|written| written.meets(&ground))
        };
        while meets(self.at(corner, reach, room)) && reach < self.frame.size()[1] {
            reach += room.y + LEADING;
        }
        let rect = self.at(corner, reach, room);
        self.corners[corner as usize] = reach + room.y + LEADING;
        self.taken.push(rect.grown(RIM));
        rect
    }

    /// A caption that gets its place when all are known.
    pub fn add(&mut self, caption: Caption) {
        self.waiting.push(caption);
    }

    /// Lets something add captions whose points lie elsewhere on the paper; those whose points lie nowhere are left out.
    pub fn moved<T>(
        &mut self,
        place: impl Fn(Vector2<f64>) -> Option<Vector2<f64>>,
        add: impl FnOnce(&mut Self) -> T,
    ) -> T {
        let known = self.waiting.len();
        let added = add(self);
        let new = self.waiting.split_off(known);
        self.waiting.extend(new.into_iter().filter_map(|caption| {
            let at = place(caption.at)?;
            // As the direction looks there; as it is where what it leads to lies nowhere.
            let out = place(caption.at - caption.out).map_or(caption.out, |from| at - from);
            Some(Caption { at, out, ..caption })
        }));
        added
    }

    /// Gives each its place, and the items that show them.
    pub fn into_items(mut self) -> Vec<Item> {
        self.waiting.sort_by_key(|waiting| waiting.rank);
        for caption in std::mem::take(&mut self.waiting) {
            let Caption { text, kind, size, color, at: of, out, gap, rank } = caption;
            // What lies a little beyond the frame is named at the border; what is lost is not.
            let at = self.frame.nearest_to(of);
            if (at - of).norm() > LOST {
                continue;
            }
            let room = self.measure.size(&text, size, kind) + 2.0 * RIM;
            let out = if out.norm() > 0.0 { out.normalize() } else { Vector2::new(0.0, -1.0) };
            let free = place(self.frame, &self.taken, places(self.frame, at, out, gap, room));
            let rect = match free {
                Ok(rect) => rect,
                Err(_) if rank >= Rank::Count => continue,
                Err(best) => best,
            };
            self.taken.push(rect);
            let near = rect.nearest_to(at);
            let stroke = Stroke::new(1.0, color.faded(0.7));
            let leader =
                ((near - at).norm() > FAR).then(|| Item::line(Polyline::segment(at, near), &[stroke]));
            let room = rect.grown(-RIM);
            let text = TextItem { string: text, kind, size, color, rect: room, is_upright: false };
            self.placed.push(Placed { room, items: vec![Item::Text(text)], leader });
        }
        self.placed.into_iter().flat_map(|placed| placed.items(&self.scheme)).collect()
    }
}

impl Placed {
    /// The ground that it covers.
    fn ground(&self) -> Rect {
        self.room.grown(RIM)
    }

    fn items(self, scheme: &Scheme) -> Vec<Item> {
        let ground = Item::Panel { rect: self.ground(), radius: 3.0, fill: scheme.halo, stroke: None };
        self.leader.into_iter().chain([ground]).chain(self.items).collect()
    }
}

/// A line of text of the usual size in a room of its own.
fn text(string: String, color: Rgba, rect: Rect) -> Item {
    Item::Text(TextItem { string, kind: TextKind::Plain, size: SIZE, color, rect, is_upright: false })
}

/// Places of a caption beside a point, the best first: ahead, then around, then farther away. At the frame's
/// border they move inside.
fn places(
    frame: Rect,
    at: Vector2<f64>,
    out: Vector2<f64>,
    gap: f64,
    room: Vector2<f64>,
) -> impl Iterator<Item = Rect> {
    let free = Vector2::from(frame.size()) - room;
    let inner = Rect::around(frame.center(), free.map(|length| length.max(0.0)));
    AWAY.into_iter().flat_map(move |away| {
        TURNS.into_iter().map(move |turn| {
            let (sin, cos) = libm::sincos(turn);
            let side = Vector2::new(out.x * cos - out.y * sin, out.x * sin + out.y * cos);
            let center = at + side.component_mul(&(room * 0.5 + Vector2::new(gap, gap) * away));
            Rect::around(inner.nearest_to(center), room)
        })
    })
}

/// The first place within the frame that meets nothing that is taken; or else, as an error, the one that
/// covers least of it.
fn place(frame: Rect, taken: &[Rect], places: impl Iterator<Item = Rect>) -> Result<Rect, Rect> {
    let mut best = (f64::INFINITY, Rect::EMPTY);
    for place in places {
        let outside = place.area() - place.intersection(&frame).area();
        let covered: f64 = taken.iter().map(|other| place.intersection(other).area()).sum();
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

/// Text on a ground that keeps it readable on any surface, with the part `anchor` of its room (across and
/// down) at a place of its own; gives the items and the text's room.
pub fn label(
    measure: &dyn TextMeasure,
    at: Vector2<f64>,
    anchor: [f64; 2],
    string: &str,
    color: Rgba,
    scheme: &Scheme,
) -> ([Item; 2], Rect) {
    let room = measure.size(string, SIZE, TextKind::Plain);
    let rect = Rect::new(at - room.component_mul(&Vector2::from(anchor)), room);
    let ground = Item::Panel { rect: rect.grown(RIM), radius: 3.0, fill: scheme.halo, stroke: None };
    ([ground, text(string.to_owned(), color, rect)], rect)
}

#[cfg(test)]
mod tests {
    use super::*;

    const FRAME: Rect = Rect { min: [0.0, 0.0], max: [400.0, 300.0] };

    fn pos(x: f64, y: f64) -> Vector2<f64> {
        Vector2::new(x, y)
    }

    fn is_within_frame(rect: Rect) -> bool {
        FRAME.contains(rect.min) && FRAME.contains(rect.max)
    }

    /// Many captions at one point: none lies on another while there is room, and all within the frame.
    #[test]
    fn captions_at_one_point_do_not_meet() {
        for at in [pos(200.0, 150.0), pos(2.0, 2.0), pos(399.0, 150.0)] {
            let mut taken = vec![Rect::around(at, pos(8.0, 8.0))];
            for _ in 0..6 {
                let room = pos(46.0, 14.0);
                let found = place(FRAME, &taken, places(FRAME, at, pos(0.0, -1.0), 5.0, room)).expect("room");
                assert!(is_within_frame(found), "{found:?}");
                for other in &taken {
                    assert!(other.intersection(&found).area() < 1e-3, "{found:?} {other:?}");
                }
                taken.push(found);
            }
        }
    }

    #[test]
    fn a_caption_takes_its_best_place_where_that_is_free() {
        let (at, room) = (pos(200.0, 150.0), pos(40.0, 10.0));
        let first = |taken: &[Rect]| place(FRAME, taken, places(FRAME, at, pos(1.0, 0.0), 5.0, room));
        let right = Rect::around(pos(225.0, 150.0), room);
        assert_eq!(first(&[]), Ok(right));
        let other = first(&[right]).expect("room");
        assert!(other != right && (other.center() - at).norm() < 60.0);
        // Where all is taken, it lies where it covers least.
        let half = Rect { min: FRAME.min, max: [400.0, 150.0] };
        let best = first(&[FRAME, half]).expect_err("no room");
        assert!(best.intersection(&half).area() <= 0.0 && is_within_frame(best), "{best:?}");
    }
}
