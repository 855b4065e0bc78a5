//! Figures as PDF: lines as lines, text as text with its fonts in the file.

use super::deflated::deflated;
use super::paper::Paper;
use super::pdf_font::PdfFont;
use super::pdf_sheet::{POINT, PdfImage, PdfSheet};
use super::typeface::Typeface;
use crate::figure::Figure;
use pdf_writer::{Filter, Finish, Name, Pdf, Rect, Ref, TextStr};

/// The longest side of a page that readers show, in points of PDF.
const LONGEST: f64 = 14_400.0;

/// Why a figure cannot be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PdfError(String);

impl std::fmt::Display for PdfError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for PdfError {}

/// The figure as the content of a file of one page. Nothing in it tells of the time.
///
/// # Errors
/// The page has no size that a page can have, or a face cannot be written.
pub fn pdf(figure: &Figure, paper: &Paper<'_>, typeface: &Typeface) -> Result<Vec<u8>, PdfError> {
    let [width, height] = figure.page.size().map(|length| length * POINT);
    if ![width, height].iter().all(|side| *side > 0.0 && *side <= LONGEST) {
        let message = format!("a page of {width} x {height} points is none: sides are up to {LONGEST} long");
        return Err(PdfError(message));
    }
    let mut sheet = PdfSheet::new(typeface);
    sheet.draw(figure, paper);
    let PdfSheet { content, fonts, images, opacities, .. } = sheet;
    let mut next = Ref::new(1);
    let [catalog, pages, page, info, drawing] = [(); 5].map(|()| next.bump());
    let mut pdf = Pdf::new();
    pdf.catalog(catalog).pages(pages);
    pdf.pages(pages).kids([page]).count(1);
    pdf.document_info(info).title(TextStr(paper.title)).creator(TextStr("Thalweg"));
    let fonts: Vec<(PdfFont, Ref)> =
        fonts.into_iter().filter(PdfFont::is_used).map(|font| (font, next.bump())).collect();
    let images: Vec<(PdfImage, Ref)> = images.into_iter().map(|image| (image, next.bump())).collect();
    let mut this = pdf.page(page);
    this.parent(pages).media_box(Rect::new(0.0, 0.0, width as f32, height as f32)).contents(drawing);
    // Colours mix as they do on a screen.
    this.group().transparency().color_space().device_rgb();
    let mut resources = this.resources();
    let mut listed = resources.fonts();
    for (font, id) in &fonts {
        listed.pair(Name(font.name().as_bytes()), *id);
    }
    listed.finish();
    let mut listed = resources.x_objects();
    for (number, (_, id)) in images.iter().enumerate() {
        listed.pair(Name(PdfImage::name(number).as_bytes()), *id);
    }
    listed.finish();
    let mut listed = resources.ext_g_states();
    for (number, opacity) in opacities.iter().enumerate() {
        let mut state = listed.insert(Name(PdfSheet::opacity_name(number).as_bytes())).dict();
        state.pair(Name(b"ca"), *opacity).pair(Name(b"CA"), *opacity);
    }
    listed.finish();
    resources.finish();
    this.finish();
    for (font, id) in &fonts {
        font.write(&mut pdf, *id, &mut next)
            .map_err(|error| PdfError(format!("a face of its text cannot be written: {error}")))?;
    }
    for (image, id) in &images {
        image.write(&mut pdf, *id, &mut next);
    }
    pdf.stream(drawing, &deflated(&content.finish())).filter(Filter::FlateDecode);
    Ok(pdf.finish())
}
