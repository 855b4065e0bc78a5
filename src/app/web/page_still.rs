//! The picture without a canvas: while the program is not drawn, and for printers.

use crate::app::picture_job::PictureRequest;
use crate::export::export_format::ExportFormat;
use crate::export::picture::{PictureFormat, PictureOrder};
use thalweg_core::math::within::Within;
use thalweg_figure::film::at_once::at_once;
use thalweg_figure::film::film_plan::FilmWish;
use thalweg_figure::picture_kind::PictureKind;
use thalweg_figure::scheme::Theme;
use thalweg_scenario::Relief;
use thalweg_session::Session;

/// The least and the largest side of such a picture, in points.
const SIDES: (f64, f64) = (64.0, 4096.0);

/// What a session shows as SVG, of this size in points; empty where there is nothing to show.
pub fn still(session: &Session, [width, height]: [f64; 2], is_dark: bool) -> String {
    let is_relief = session.scenario().relief() == Relief::Relief;
    let kind = if is_relief { PictureKind::Relief } else { PictureKind::Plane };
    let order = PictureOrder {
        size: [width, height].map(|side| side.within(SIDES.0, SIDES.1)),
        theme: if is_dark { Theme::Dark } else { Theme::Light },
        ..PictureOrder::usual(kind)
    };
    let request = PictureRequest::of(session, 0.0, order, FilmWish::default());
    let mut picture = Vec::new();
    let format = ExportFormat::Picture(PictureFormat::Svg);
    let drawn = at_once(request.write(format, &mut picture, async |_| Ok(())));
    drawn.ok().and_then(|()| String::from_utf8(picture).ok()).unwrap_or_default()
}
