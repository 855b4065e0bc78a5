//! The formats that pictures and films are written in, by the endings of files' names.

use super::film_format::FilmFormat;
use super::picture::PictureFormat;
use std::path::Path;
use thalweg_core::spec::param::Alternative;

/// How something is written: a picture, or a film.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExportFormat {
    /// A picture of one step.
    Picture(PictureFormat),
    /// A film of many.
    Film(FilmFormat),
}

impl ExportFormat {
    /// All of them, pictures first.
    pub const ALL: [Self; PictureFormat::ALL.len() + FilmFormat::ALL.len()] = {
        let mut all = [Self::Film(FilmFormat::Gif); PictureFormat::ALL.len() + FilmFormat::ALL.len()];
        let mut index = 0;
        while index < PictureFormat::ALL.len() {
            all[index] = Self::Picture(PictureFormat::ALL[index]);
            index += 1;
        }
        let mut film = 0;
        while film < FilmFormat::ALL.len() {
            all[index + film] = Self::Film(FilmFormat::ALL[film]);
            film += 1;
        }
        all
    };

    /// Its ending, and what it is.
    pub fn alternative(self) -> &'static Alternative {
        match self {
            Self::Picture(format) => &PictureFormat::NAMES[format as usize],
            Self::Film(format) => &FilmFormat::NAMES[format as usize],
        }
    }

    /// What servers and browsers call it.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Picture(PictureFormat::Svg) => "image/svg+xml",
            Self::Picture(PictureFormat::Pdf) => "application/pdf",
            Self::Picture(PictureFormat::Png) => "image/png",
            Self::Picture(PictureFormat::Tex) => "application/x-tex",
            Self::Film(FilmFormat::Gif) => "image/gif",
            Self::Film(FilmFormat::Apng) => "image/apng",
            Self::Film(_) => "application/octet-stream",
        }
    }

    /// The ending of its files' names.
    pub fn ending(self) -> &'static str {
        self.alternative().name
    }

    /// The format that a file's name asks for, in any case.
    pub fn of(path: &Path) -> Option<Self> {
        let ending = path.extension()?.to_str()?;
        Self::ALL.into_iter().find(|format| format.ending().eq_ignore_ascii_case(ending))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_told_by_endings() {
        let of = |name: &str| ExportFormat::of(Path::new(name));
        assert_eq!(of("a/b.svg"), Some(ExportFormat::Picture(PictureFormat::Svg)));
        assert_eq!(of("B.GIF"), Some(ExportFormat::Film(FilmFormat::Gif)));
        assert_eq!([of("svg"), of("a.jpg"), of("")], [None; 3]);
        let mut endings: Vec<_> = ExportFormat::ALL.iter().map(|format| format.ending()).collect();
        endings.sort_unstable();
        endings.dedup();
        assert_eq!(endings.len(), 9);
    }
}
