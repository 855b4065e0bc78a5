//! Pictures of what is open, as files.

use std::cell::RefCell;
use std::fmt;
use thalweg_core::spec::param::Alternative;
use thalweg_figure::figure::Figure;
use thalweg_figure::kept_pictures::KeptPictures;
use thalweg_figure::picture_kind::PictureKind;
use thalweg_figure::pictures::Pictures;
use thalweg_figure::scheme::{Scheme, Theme};
use thalweg_figure::text_measure::TextMeasure;
use thalweg_figure::viewport::Rect;
use thalweg_figure::write::canvas::{Canvas, MOST_PIXELS};
use thalweg_figure::write::paper::Paper;
use thalweg_figure::write::pdf::pdf;
use thalweg_figure::write::svg::svg;
use thalweg_figure::write::tex::{TexPaper, tex};
use thalweg_figure::write::tex_measure::TexMeasure;
use thalweg_figure::write::typeface::Typeface;
use thalweg_session::Session;

/// The least and the largest side of a picture, in points.
pub const SIDES: (f64, f64) = (16.0, 8192.0);
/// The least and the largest number of pixels to a point.
pub const SCALES: (f64, f64) = (0.1, 16.0);

/// Printed points, 72 to an inch, in one of a picture, 96 to an inch.
const PRINTED: f64 = 0.75;

/// How a picture is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PictureFormat {
    /// Lines and text, for the web and for drawing programs.
    Svg,
    /// Lines and text, for papers.
    Pdf,
    /// Pixels.
    Png,
    /// A picture of PGFPlots, for LaTeX.
    Tex,
}

impl PictureFormat {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Svg, Self::Pdf, Self::Png, Self::Tex];

    /// The endings of their files' names, and what they are.
    pub const NAMES: &'static [Alternative] = &[
        Alternative { name: "svg", doc: "lines and text, for web pages and drawing programs" },
        Alternative { name: "pdf", doc: "lines and text, for papers" },
        Alternative { name: "png", doc: "pixels" },
        Alternative { name: "tex", doc: "a picture of PGFPlots, for LaTeX" },
    ];

    /// The ending of its files' names.
    pub fn ending(self) -> &'static str {
        Self::NAMES[self as usize].name
    }

    /// Whether a file that begins so is a picture or a film as the program writes them.
    pub fn is_picture(start: &[u8]) -> bool {
        let starts: [&[u8]; 8] =
            [b"<svg ", b"%PDF-", b"\x89PNG", b"% ", b"GIF8", b"YUV4MPEG2", b"\x1a\x45\xdf\xa3", b"\0\0\0"];
        starts.iter().any(|of| start.starts_with(of))
    }

    /// Whether a picture is made of pixels, so that it matters how many there are to a point.
    pub fn has_pixels(self) -> bool {
        self == Self::Png
    }
}

/// What is wanted of a picture.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PictureOrder {
    /// What it shows.
    pub kind: PictureKind,
    /// Its width and its height, in points.
    pub size: [f64; 2],
    /// How many pixels there are in a point, where it has pixels.
    pub scale: f64,
    /// What it is drawn for.
    pub theme: Theme,
    /// Whether it tells what its lines and colours mean.
    pub has_legend: bool,
    /// Whether what lies below it is seen through its ground.
    pub is_transparent: bool,
}

/// Why there is no picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PictureError(String);

impl fmt::Display for PictureError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for PictureError {}

impl From<PictureError> for std::io::Error {
    fn from(error: PictureError) -> Self {
        Self::other(error)
    }
}

impl PictureError {
    /// The reason in words.
    pub fn new(reason: impl Into<String>) -> Self {
        Self(reason.into())
    }
}

impl PictureOrder {
    /// A picture as it is where nothing else is said.
    pub fn usual(kind: PictureKind) -> Self {
        let (size, theme) = (kind.usual_size(), Theme::Light);
        Self { kind, size, scale: 1.0, theme, has_legend: true, is_transparent: false }
    }

    /// The figure of a session, whose runs are made, at its cursor.
    ///
    /// # Errors
    /// There is nothing to show.
    pub fn figure(
        &self,
        session: &Session,
        format: PictureFormat,
        typeface: &Typeface,
    ) -> Result<Figure, PictureError> {
        let of_tex = TexMeasure { scale: PRINTED };
        self.figure_of(session, if format == PictureFormat::Tex { &of_tex } else { typeface }, None)
    }

    /// The figure of a session at its cursor, in letters of some kind, with what earlier figures have worked out.
    ///
    /// # Errors
    /// There is nothing to show.
    pub fn figure_of(
        &self,
        session: &Session,
        measure: &dyn TextMeasure,
        kept: Option<&RefCell<KeptPictures>>,
    ) -> Result<Figure, PictureError> {
        let pictures = Pictures { session, theme: self.theme, measure, kept };
        let page = Rect { min: [0.0; 2], max: self.size };
        let figure = pictures.picture(self.kind, page, self.has_legend);
        let figure = figure.map_err(|reason| PictureError(format!("no {}: {reason}", self.kind.name())))?;
        Ok(if self.is_transparent { figure.without_ground(&Scheme::new(self.theme)) } else { figure })
    }

    /// The paper of a picture with a title.
    pub fn paper<'a>(&self, title: &'a str) -> Paper<'a> {
        Paper { title, ground: (!self.is_transparent).then(|| Scheme::new(self.theme).ground) }
    }

    /// The content of the file of a figure.
    ///
    /// # Errors
    /// It would have no pixels or too many.
    pub fn file(
        &self,
        figure: &Figure,
        title: &str,
        format: PictureFormat,
        typeface: &Typeface,
    ) -> Result<Vec<u8>, PictureError> {
        let paper = self.paper(title);
        match format {
            PictureFormat::Svg => Ok(svg(figure, &paper, typeface).into_bytes()),
            PictureFormat::Tex => {
                let scheme = Scheme::new(self.theme);
                let paper = TexPaper { title, scheme, scale: PRINTED, ground: paper.ground };
                Ok(tex(figure, &paper).into_bytes())
            }
            PictureFormat::Pdf => {
                pdf(figure, &paper, typeface).map_err(|error| PictureError(error.to_string()))
            }
            PictureFormat::Png => {
                let mut canvas = self.canvas(figure.page, &paper, typeface)?;
                canvas.draw(figure);
                canvas.pixels().png(self.scale).map_err(|error| PictureError(error.to_string()))
            }
        }
    }

    /// The canvas of a page.
    ///
    /// # Errors
    /// It would have no pixels or too many.
    pub fn canvas<'a>(
        &self,
        page: Rect,
        paper: &Paper<'_>,
        typeface: &'a Typeface,
    ) -> Result<Canvas<'a>, PictureError> {
        let [width, height] = page.size();
        Canvas::new(page, self.scale, paper, typeface).ok_or_else(|| {
            PictureError(format!(
                "{width}x{height} points of {} pixels are too many or none: a side has 1 to {MOST_PIXELS} pixels",
                self.scale
            ))
        })
    }
}
