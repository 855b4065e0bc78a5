//! The fonts of the window.

use egui::{FontDefinitions, FontFamily};

/// The faces of proportional and of monospaced text, in the order in which a letter is looked for. The proportional
/// face lacks nabla, arrows and other signs that formulas need; Hack has them.
#[cfg(not(target_arch = "wasm32"))]
pub fn fonts() -> FontDefinitions {
    let mut fonts = FontDefinitions::default();
    if let Some(family) = fonts.families.get_mut(&FontFamily::Proportional) {
        family.push("Hack".to_owned());
    }
    fonts
}

/// The faces of proportional and of monospaced text, in the order in which a letter is looked for. What neither has,
/// as emoji, the browser draws: its fonts need not be sent.
#[cfg(target_arch = "wasm32")]
pub fn fonts() -> FontDefinitions {
    use egui::FontData;
    use epaint_default_fonts::{HACK_REGULAR, UBUNTU_LIGHT};

    let faces = [("Ubuntu-Light", UBUNTU_LIGHT), ("Hack", HACK_REGULAR)];
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
