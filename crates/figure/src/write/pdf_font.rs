//! The faces of text in a PDF, reduced to the glyphs that it shows.

use super::deflated::deflated;
use super::typeface::{Glyph, GlyphRun, Typeface};
use pdf_writer::types::{CidFontType, FontFlags, SystemInfo, UnicodeCmap};
use pdf_writer::{Content, Filter, Finish, Name, Pdf, Rect, Ref, Str};
use skrifa::instance::{LocationRef, Size};
use skrifa::{FontRef, GlyphId, MetadataProvider};
use std::collections::BTreeMap;
use subsetter::GlyphRemapper;

/// The units of a PDF's fonts in a size.
const UNITS: f32 = 1000.0;

/// The numbers of glyphs are what is written, two bytes each.
const IDENTITY: SystemInfo<'_> =
    SystemInfo { registry: Str(b"Adobe"), ordering: Str(b"Identity"), supplement: 0 };

/// A face, and which of its glyphs are used.
pub(super) struct PdfFont {
    face: usize,
    font: FontRef<'static>,
    numbers: GlyphRemapper,
    /// What each glyph stands for, by its number in the file.
    letters: BTreeMap<u16, String>,
}

impl PdfFont {
    /// The faces of text, of which nothing is used yet.
    pub(super) fn all() -> Vec<Self> {
        let face = |face: usize| {
            let font = FontRef::new(Typeface::data(face)).ok()?;
            Some(Self { face, font, numbers: GlyphRemapper::new(), letters: BTreeMap::new() })
        };
        (0..Typeface::FACES).filter_map(face).collect()
    }

    /// Whether it is a face, by its number.
    pub(super) fn is(&self, face: usize) -> bool {
        self.face == face
    }

    /// Its name in the list of the page's resources.
    pub(super) fn name(&self) -> String {
        format!("F{}", self.face)
    }

    /// Whether any glyph of it is used.
    pub(super) fn is_used(&self) -> bool {
        !self.letters.is_empty()
    }

    /// Writes glyphs of one line, from `(x, y)` on, into the content of a page whose y points down.
    pub(super) fn show(&mut self, content: &mut Content, run: &GlyphRun) {
        content.set_font(Name(self.name().as_bytes()), run.size as f32);
        let [mut x, y] = [run.start.x, run.start.y];
        // A glyph that is moved from its place begins anew there.
        let mut rest = &run.glyphs[..];
        while let Some(first) = rest.first() {
            let count = 1 + rest[1..].iter().take_while(|glyph| glyph.offset == first.offset).count();
            let (together, after) = rest.split_at(count);
            let at = [x + first.offset.x * run.size, y - first.offset.y * run.size].map(|side| side as f32);
            content.set_text_matrix([1.0, 0.0, 0.0, -1.0, at[0], at[1]]);
            let mut shown = content.show_positioned();
            let mut items = shown.items();
            for glyph in together {
                let number = self.number(glyph, &run.text);
                items.show(Str(&number.to_be_bytes()));
                let advance = glyph.advance as f32 * UNITS;
                let excess = self.width(glyph.id) - advance;
                if excess.abs() > 0.01 {
                    items.adjust(excess);
                }
                x += glyph.advance * run.size;
            }
            items.finish();
            shown.finish();
            rest = after;
        }
    }

    /// The number of a glyph in the file.
    fn number(&mut self, glyph: &Glyph, text: &str) -> u16 {
        // No face has more glyphs than two bytes can count.
        let number = self.numbers.remap(u16::try_from(glyph.id).unwrap_or(0));
        let letters = text.get(glyph.range.clone()).unwrap_or("");
        self.letters.entry(number).or_insert_with(|| letters.to_owned());
        number
    }

    /// How wide a glyph of the face is.
    fn width(&self, glyph: u32) -> f32 {
        let metrics = self.font.glyph_metrics(Size::new(UNITS), LocationRef::default());
        metrics.advance_width(GlyphId::new(glyph)).unwrap_or(0.0)
    }

    /// Writes the face into the file, as the object `id`; `next` gives numbers of further ones.
    ///
    /// # Errors
    /// The face cannot be reduced.
    pub(super) fn write(&self, pdf: &mut Pdf, id: Ref, next: &mut Ref) -> Result<(), subsetter::Error> {
        let [descendant, descriptor, letters, file] = [(); 4].map(|()| next.bump());
        let reduced = subsetter::subset(Typeface::data(self.face), 0, &self.numbers)?;
        let name = format!("{}+{}", tag(&reduced), self.postscript_name());
        let name = Name(name.as_bytes());
        pdf.type0_font(id)
            .base_font(name)
            .encoding_predefined(Name(b"Identity-H"))
            .descendant_font(descendant)
            .to_unicode(letters);
        let mut cid = pdf.cid_font(descendant);
        cid.subtype(CidFontType::Type2)
            .base_font(name)
            .system_info(IDENTITY)
            .font_descriptor(descriptor)
            .default_width(0.0)
            .cid_to_gid_map_predefined(Name(b"Identity"));
        cid.widths().consecutive(0, self.numbers.remapped_gids().map(|glyph| self.width(glyph.into())));
        cid.finish();
        let metrics = self.font.metrics(Size::new(UNITS), LocationRef::default());
        let bounds = metrics.bounds.unwrap_or_default();
        pdf.font_descriptor(descriptor)
            .name(name)
            .flags(FontFlags::NON_SYMBOLIC)
            .bbox(Rect::new(bounds.x_min, bounds.y_min, bounds.x_max, bounds.y_max))
            .italic_angle(metrics.italic_angle)
            .ascent(metrics.ascent)
            .descent(metrics.descent)
            .cap_height(metrics.cap_height.unwrap_or(metrics.ascent))
            // Of a light face; what is asked for where the font is replaced.
            .stem_v(60.0)
            .font_file2(file);
        let mut map = UnicodeCmap::new(Name(b"Letters"), IDENTITY);
        for (number, text) in &self.letters {
            map.pair_with_multiple(*number, text.chars());
        }
        pdf.cmap(letters, &deflated(&map.finish())).filter(Filter::FlateDecode);
        let packed = deflated(&reduced);
        let mut stream = pdf.stream(file, &packed);
        stream
            .filter(Filter::FlateDecode)
            .pair(Name(b"Length1"), i32::try_from(reduced.len()).unwrap_or(i32::MAX));
        Ok(())
    }

    fn postscript_name(&self) -> String {
        let names = self.font.localized_strings(skrifa::string::StringId::POSTSCRIPT_NAME);
        names.english_or_first().map_or_else(|| format!("Face{}", self.face), |name| name.chars().collect())
    }
}

/// Six letters that tell this reduced face from others of the same name.
fn tag(file: &[u8]) -> String {
    // FNV-1a.
    let sum = file
        .iter()
        .fold(0xcbf2_9ce4_8422_2325_u64, |sum, byte| (sum ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3));
    (0..6).map(|place| char::from(b'A' + (sum >> (8 * place) & 0xff) as u8 % 26)).collect()
}
