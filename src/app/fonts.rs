//! The fonts of the window.

use egui::{FontData, FontDefinitions, FontFamily};
#[cfg(target_arch = "wasm32")]
use thalweg_figure::write::typeface::Typeface;

/// The families of bold and of slanted letters.
pub const BOLD: &str = "bold";
pub const ITALIC: &str = "italic";
/// Ubuntu's Bold and Light Italic, reduced to Latin, Greek and signs; the usual face is its Light.
const BOLD_FACE: &[u8] = include_bytes!("../../assets/fonts/UbuntuDerivativeThalweg-Bold.ttf");
const ITALIC_FACE: &[u8] = include_bytes!("../../assets/fonts/UbuntuDerivativeThalweg-LightItalic.ttf");

/// The faces of proportional, monospaced, bold and slanted text, in the order in which a letter is looked for.
pub fn fonts() -> FontDefinitions {
    let mut fonts = usual();
    let others = fonts.families.get(&FontFamily::Proportional).cloned().unwrap_or_default();
    for (name, face) in [(BOLD, BOLD_FACE), (ITALIC, ITALIC_FACE)] {
        fonts.font_data.insert(name.to_owned(), FontData::from_static(face).into());
        // What the face has no sign for, the usual ones have.
        let faces = std::iter::once(name.to_owned()).chain(others.iter().cloned()).collect();
        fonts.families.insert(FontFamily::Name(name.into()), faces);
    }
    fonts
}

/// The faces of proportional and of monospaced text, in the order in which a letter is looked for. The proportional
/// face lacks nabla, arrows and other signs that formulas need; Hack has them.
#[cfg(not(target_arch = "wasm32"))]
fn usual() -> FontDefinitions {
    let mut fonts = FontDefinitions::default();
    if let Some(family) = fonts.families.get_mut(&FontFamily::Proportional) {
        family.push("Hack".to_owned());
    }
    fonts
}

/// The faces of proportional and of monospaced text, in the order in which a letter is looked for. What neither has,
/// as emoji, the browser draws: its fonts need not be sent. They are those of exported pictures.
#[cfg(target_arch = "wasm32")]
fn usual() -> FontDefinitions {
    let faces = [("Ubuntu-Light", Typeface::data(0)), ("Hack", Typeface::data(1))];
    let [light, hack] = faces.map(|(name, _)| name.to_owned());
    let mut fonts = FontDefinitions::empty();
    fonts.font_data =
        faces.into_iter().map(|(name, data)| (name.to_owned(), FontData::from_static(data).into())).collect();
    fonts.families = [
        (FontFamily::Proportional, vec![light.clone(), hack.clone()]),
        (FontFamily::Monospace, vec![hack, light]),
    ]
    .into_iter()
    .collect();
    fonts
}
