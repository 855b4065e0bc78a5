//! The formats of films.

use thalweg_core::spec::param::Alternative;
use thalweg_figure::film::gif_film::MOST_PER_SECOND;

/// How a film is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FilmFormat {
    /// 256 colours, shown by everything.
    Gif,
    /// All colours as they are, shown by browsers.
    Apng,
    /// Every picture as it is, for other programs.
    Y4m,
    /// H.264, through FFmpeg.
    #[cfg(not(target_arch = "wasm32"))]
    Mp4,
    /// VP9, through FFmpeg.
    #[cfg(not(target_arch = "wasm32"))]
    Webm,
}

impl FilmFormat {
    /// All of them. A page in a browser starts no FFmpeg.
    pub const ALL: &[Self] = &[
        Self::Gif,
        Self::Apng,
        Self::Y4m,
        #[cfg(not(target_arch = "wasm32"))]
        Self::Mp4,
        #[cfg(not(target_arch = "wasm32"))]
        Self::Webm,
    ];

    /// The endings of their files' names, and what they are.
    pub const NAMES: &'static [Alternative] = &[
        Alternative { name: "gif", doc: "a film of at most 256 colours, for everything that shows pictures" },
        Alternative { name: "apng", doc: "a film in its own colours, for web pages" },
        Alternative { name: "y4m", doc: "a film picture by picture (YUV4MPEG2), for other programs" },
        Alternative { name: "mp4", doc: "a film (H.264); needs FFmpeg" },
        Alternative { name: "webm", doc: "a film (VP9), for web pages; needs FFmpeg" },
    ];

    /// The ending of its files' names.
    pub fn ending(self) -> &'static str {
        Self::NAMES[self as usize].name
    }

    /// The most pictures that a second of it shows.
    pub fn most_per_second(self) -> f64 {
        match self {
            Self::Gif => f64::from(MOST_PER_SECOND),
            _ => 120.0,
        }
    }

    /// Whether what lies below it can be seen through its ground.
    pub fn has_opacity(self) -> bool {
        self == Self::Apng
    }
}
