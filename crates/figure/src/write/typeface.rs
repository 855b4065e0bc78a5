//! Text where there is no window: the faces of the window's fonts, the glyphs of a line, and the room it takes.

use crate::formula_runs::{FormulaRun, LetterStanding, SMALL, formula_runs};
use crate::text_measure::{TextKind, TextMeasure};
use harfrust::{ShapeOptions, ShaperData, UnicodeBuffer};
use nalgebra::Vector2;
use skrifa::instance::{LocationRef, Size};
use skrifa::outline::{DrawSettings, OutlinePen};
use skrifa::{FontRef, GlyphId, MetadataProvider};
use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};
use std::ops::Range;
use std::sync::Arc;

/// The faces, in the order in which a letter is looked for: those of the window's proportional text, without hinting
/// (`tools/fonts` makes them).
const FACES: [&[u8]; 2] = [
    include_bytes!("../../fonts/UbuntuDerivativeThalweg-Light.ttf"),
    include_bytes!("../../fonts/HackDerivativeThalweg-Regular.ttf"),
];

/// How far a hat reaches to both sides, how high it is, how thick its line, and how far from the bottom of its
/// line its top is, in sizes of the text.
const HAT: [f64; 4] = [0.2, 0.16, 0.085, 1.05];

/// The faces that text is set in, as in the window.
pub struct Typeface {
    faces: Vec<Face>,
    /// What was laid out before.
    known: RefCell<KnownPieces>,
    /// The letters that no face has.
    missing: RefCell<BTreeSet<char>>,
}

/// The pieces of texts, by what is written and how.
type KnownPieces = HashMap<(String, TextKind), Arc<[TextPiece]>>;

/// A face.
struct Face {
    font: FontRef<'static>,
    shaper: ShaperData,
    /// How far it reaches above and below its base line, and how far lines are apart beyond that, in sizes.
    ascent: f64,
    descent: f64,
    gap: f64,
}

/// Letters of one face that stand alike, in sizes of the text.
#[derive(Debug)]
struct TextPiece {
    face: usize,
    standing: LetterStanding,
    text: String,
    glyphs: Vec<Glyph>,
    /// The middles of the letters that have hats.
    hats: Vec<f64>,
    width: f64,
}

/// A glyph, in sizes of its face's letters.
#[derive(Clone, Debug, PartialEq)]
pub struct Glyph {
    /// Its number in the face.
    pub id: u32,
    /// The bytes of the run's text that it stands for.
    pub range: Range<usize>,
    /// How far the next one is.
    pub advance: f64,
    /// How far it is moved from its place, right and up.
    pub offset: Vector2<f64>,
}

/// Glyphs of one face and size.
#[derive(Clone, Debug, PartialEq)]
pub struct GlyphRun {
    /// The number of the face.
    pub face: usize,
    /// The letters.
    pub text: String,
    /// The size of the face's letters, in points.
    pub size: f64,
    /// The start of the base line, in points from the line's upper left corner.
    pub start: Vector2<f64>,
    /// The glyphs.
    pub glyphs: Vec<Glyph>,
}

/// A line of text that was laid out. Places are in points from its upper left corner.
#[derive(Clone, Debug, PartialEq)]
pub struct TextLine {
    /// Its glyphs.
    pub runs: Vec<GlyphRun>,
    /// The lines of hats, and how thick they are.
    pub hats: Vec<([Vector2<f64>; 3], f64)>,
    /// How far down the base lines are of letters on the line, raised, and lowered.
    bases: [f64; 3],
    /// Its width and its height.
    pub size: Vector2<f64>,
}

impl Default for Typeface {
    fn default() -> Self {
        Self::new()
    }
}

impl std::fmt::Debug for Typeface {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Typeface").field("faces", &self.faces.len()).finish_non_exhaustive()
    }
}

impl Typeface {
    /// The faces, from what the program brings along.
    pub fn new() -> Self {
        let faces = FACES.iter().filter_map(|data| Face::new(data));
        Self { faces: faces.collect(), known: RefCell::default(), missing: RefCell::default() }
    }

    /// How many faces there are.
    pub const FACES: usize = FACES.len();

    /// The content of a face's font file.
    pub fn data(face: usize) -> &'static [u8] {
        FACES[face]
    }

    /// A line of text in letters of a size, in points.
    pub fn line(&self, text: &str, size: f64, kind: TextKind) -> TextLine {
        let pieces = self.pieces(text, kind);
        let height = |part: f64| self.faces.first().map_or(1.25, |face| face.height(size * part));
        let ascent = |part: f64| self.faces.first().map_or(1.0, |face| in_points(face.ascent, size * part));
        let line_height = height(1.0);
        let lowest = line_height - height(SMALL);
        let mut line = TextLine {
            runs: Vec::new(),
            hats: Vec::new(),
            bases: [ascent(1.0), ascent(SMALL), lowest + ascent(SMALL)],
            size: Vector2::new(0.0, line_height),
        };
        for piece in &*pieces {
            let (part, top) = match piece.standing {
                LetterStanding::Normal => (1.0, 0.0),
                LetterStanding::Raised => (SMALL, 0.0),
                LetterStanding::Lowered => (SMALL, lowest),
            };
            let (size, Some(face)) = (size * part, self.faces.get(piece.face)) else { continue };
            // A face of another height stands in the middle of the line.
            let top = top + (height(part) - face.height(size)) / 2.0;
            for middle in &piece.hats {
                let bottom = line_height - HAT[3] * size;
                let middle = Vector2::new(line.size.x + middle * size, bottom);
                let foot = |side: f64| middle + Vector2::new(side * HAT[0], HAT[1]) * size;
                line.hats.push(([foot(-1.0), middle, foot(1.0)], HAT[2] * size));
            }
            line.runs.push(GlyphRun {
                face: piece.face,
                text: piece.text.clone(),
                size,
                start: Vector2::new(line.size.x, top + in_points(face.ascent, size)),
                glyphs: piece.glyphs.clone(),
            });
            line.size.x += piece.width * size;
        }
        line
    }

    /// The letters asked for so far that no face has.
    pub fn missing(&self) -> String {
        self.missing.borrow().iter().collect()
    }

    /// Draws the outline of a glyph in units of a size of 1, right and up.
    pub fn outline(&self, face: usize, glyph: u32, pen: &mut impl OutlinePen) {
        let Some(face) = self.faces.get(face) else { return };
        if let Some(outline) = face.font.outline_glyphs().get(GlyphId::new(glyph)) {
            let settings = DrawSettings::unhinted(Size::new(1.0), LocationRef::default());
            // What cannot be drawn is an empty glyph.
            let _ = outline.draw(settings, pen);
        }
    }

    /// The pieces of a text.
    fn pieces(&self, text: &str, kind: TextKind) -> Arc<[TextPiece]> {
        let key = (text.to_owned(), kind);
        if let Some(known) = self.known.borrow().get(&key) {
            return Arc::clone(known);
        }
        let runs = match kind {
            TextKind::Formula => formula_runs(text),
            TextKind::Plain => {
                vec![FormulaRun { text: text.to_owned(), hats: Vec::new(), standing: LetterStanding::Normal }]
            }
        };
        let pieces: Arc<[TextPiece]> = runs.iter().flat_map(|run| self.of_run(run)).collect();
        self.known.borrow_mut().insert(key, Arc::clone(&pieces));
        pieces
    }

    /// A run, cut where another face has to help.
    fn of_run(&self, run: &FormulaRun) -> Vec<TextPiece> {
        let mut cuts: Vec<(usize, String, Vec<usize>)> = Vec::new();
        for (index, letter) in run.text.chars().enumerate() {
            let face = self.face_of(letter, cuts.last().map(|(face, ..)| *face));
            match cuts.last_mut() {
                Some((last, text, _)) if *last == face => text.push(letter),
                _ => cuts.push((face, letter.to_string(), Vec::new())),
            }
            if let Some((_, text, hats)) = cuts.last_mut().filter(|_| run.hats.contains(&index)) {
                hats.push(text.chars().count() - 1);
            }
        }
        let piece = |(face, text, hats): (usize, String, Vec<usize>)| {
            let of = self.faces.get(face)?;
            let glyphs = of.glyphs(&text);
            let middle = |hat: usize| {
                let byte = text.char_indices().nth(hat).map_or(0, |(byte, _)| byte);
                let before = glyphs.iter().take_while(|glyph| glyph.range.end <= byte);
                let before: f64 = before.map(|glyph| glyph.advance).sum();
                let own = glyphs.iter().find(|glyph| glyph.range.contains(&byte));
                before + own.map_or(0.0, |glyph| glyph.advance) / 2.0
            };
            let hats = hats.into_iter().map(middle).collect();
            let width = glyphs.iter().map(|glyph| glyph.advance).sum();
            Some(TextPiece { face, standing: run.standing, text, glyphs, hats, width })
        };
        cuts.into_iter().filter_map(piece).collect()
    }

    /// The first face that has a letter; that of the letter before where none has it, or where it shows nothing.
    fn face_of(&self, letter: char, before: Option<usize>) -> usize {
        let has = |face: &Face| face.font.charmap().map(letter).is_some();
        match before {
            Some(before) if letter.is_whitespace() && self.faces.get(before).is_some_and(has) => before,
            _ => self.faces.iter().position(has).unwrap_or_else(|| {
                self.missing.borrow_mut().insert(letter);
                before.unwrap_or(0)
            }),
        }
    }
}

impl TextLine {
    /// How far down the base line is of letters that stand so.
    pub fn base(&self, standing: LetterStanding) -> f64 {
        self.bases[standing as usize]
    }
}

impl TextMeasure for Typeface {
    fn size(&self, text: &str, size: f64, kind: TextKind) -> Vector2<f64> {
        self.line(text, size, kind).size
    }
}

/// A length in sizes as points, in steps of a 32nd, as the window has it.
fn in_points(length: f64, size: f64) -> f64 {
    libm::round(length * size * 32.0) / 32.0
}

impl Face {
    fn new(data: &'static [u8]) -> Option<Self> {
        let font = FontRef::new(data).ok()?;
        let metrics = font.metrics(Size::new(1.0), LocationRef::default());
        let [ascent, descent, gap] = [metrics.ascent, -metrics.descent, metrics.leading].map(f64::from);
        let shaper = ShaperData::new(&font);
        Some(Self { font, shaper, ascent, descent, gap })
    }

    /// How high a line is.
    fn height(&self, size: f64) -> f64 {
        [self.ascent, self.descent, self.gap].map(|length| in_points(length, size)).iter().sum()
    }

    /// The glyphs of a text.
    fn glyphs(&self, text: &str) -> Vec<Glyph> {
        let shaper = self.shaper.shaper(&self.font).build();
        let unit = f64::from(shaper.units_per_em().max(1));
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(text);
        buffer.guess_segment_properties();
        let shaped = shaper.shape(buffer, ShapeOptions::new());
        let starts: Vec<usize> = shaped.glyph_infos().iter().map(|info| info.cluster as usize).collect();
        let glyph = |(index, position): (usize, &harfrust::GlyphPosition)| {
            let start = starts[index];
            // From right to left the next cluster stands before.
            let end = starts.iter().copied().filter(|other| *other > start).min().unwrap_or(text.len());
            Glyph {
                id: shaped.glyph_infos()[index].glyph_id,
                range: start..end,
                advance: f64::from(position.x_advance) / unit,
                offset: Vector2::new(f64::from(position.x_offset), f64::from(position.y_offset)) / unit,
            }
        };
        shaped.glyph_positions().iter().enumerate().map(glyph).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_have_room_and_glyphs() {
        let typeface = Typeface::new();
        let plain = |text: &str| typeface.line(text, 13.0, TextKind::Plain);
        let line = plain("f falls");
        assert_eq!(line.runs.len(), 1);
        assert!(line.size.x > 30.0 && line.size.x < 50.0, "{:?}", line.size);
        assert!(line.size.y > 13.0 && line.size.y < 17.0, "{:?}", line.size);
        // What the window's first face lacks comes from another.
        let faces: Vec<_> = plain("‖∇f‖ = 2").runs.iter().map(|run| run.face).collect();
        assert!(faces.contains(&1) && faces.contains(&0), "{faces:?}");
        for text in ["‖∇f‖ ≤ 1", "λ₁ η σ ρ κ", "→ ∞ · × ² ⊙ √ − … “x”"] {
            let line = plain(text);
            let missing = line.runs.iter().flat_map(|run| run.glyphs.iter().map(move |glyph| (run, glyph)));
            let missing: Vec<_> = missing
                .filter(|(_, glyph)| glyph.id == 0)
                .map(|(run, glyph)| &run.text[glyph.range.clone()])
                .collect();
            assert!(missing.is_empty(), "{text}: {missing:?}");
        }
        let formula = typeface.line("m̂_t^2", 13.0, TextKind::Formula);
        assert_eq!((formula.hats.len(), formula.runs.len()), (1, 3));
        assert!(formula.runs[2].start.y < formula.runs[0].start.y);
        assert!(formula.runs[1].start.y > formula.runs[0].start.y - 1.0);
    }

    #[test]
    fn outlines_are_drawn() {
        #[derive(Default)]
        struct Count(usize);
        impl OutlinePen for Count {
            fn move_to(&mut self, _: f32, _: f32) {
                self.0 += 1;
            }
            fn line_to(&mut self, _: f32, _: f32) {}
            fn quad_to(&mut self, _: f32, _: f32, _: f32, _: f32) {}
            fn curve_to(&mut self, _: f32, _: f32, _: f32, _: f32, _: f32, _: f32) {}
            fn close(&mut self) {}
        }
        let typeface = Typeface::new();
        let line = typeface.line("o", 13.0, TextKind::Plain);
        let mut count = Count::default();
        typeface.outline(0, line.runs[0].glyphs[0].id, &mut count);
        assert_eq!(count.0, 2);
    }
}
