//! The colours of a figure, by names that an author can give other colours.

use crate::color::Rgba;
use crate::scheme::Scheme;
use crate::write::tex_axis::decimal;
use std::fmt::Write as _;
use thalweg_scenario::Color;

/// The colours that a figure uses, as they are met.
#[derive(Debug)]
pub struct TexColors {
    scheme: Scheme,
    /// Each opaque, with its name.
    used: Vec<(Rgba, String)>,
}

impl TexColors {
    /// None so far; those of the scheme have its names.
    pub fn new(scheme: Scheme) -> Self {
        Self { scheme, used: Vec::new() }
    }

    /// The name of a colour, without its opacity.
    pub fn name(&mut self, color: Rgba) -> String {
        let opaque = color.with_alpha(255);
        if let Some((_, name)) = self.used.iter().find(|(known, _)| *known == opaque) {
            return name.clone();
        }
        let name = self.name_of(opaque);
        self.used.push((opaque, name.clone()));
        name
    }

    fn name_of(&self, opaque: Rgba) -> String {
        let scheme = &self.scheme;
        let own = [
            ("ink", scheme.ink),
            ("quiet", scheme.quiet),
            ("halo", scheme.halo),
            ("contour", scheme.contour),
            ("border", scheme.border),
            ("alarm", scheme.alarm),
            ("axis1", scheme.axes[0]),
            ("axis2", scheme.axes[1]),
            ("class0", scheme.classes[0]),
            ("class1", scheme.classes[1]),
            ("model", scheme.model),
            ("convex", scheme.convex),
            ("stable", scheme.stable),
        ];
        let runners = Color::ALL.into_iter().map(|color| (color.name(), scheme.runner(color)));
        let mut named = own.into_iter().chain(runners);
        match named.find(|(_, color)| color.with_alpha(255) == opaque) {
            Some((name, _)) => format!("thalweg{}", name.to_lowercase()),
            None => format!("thalweg{:02X}{:02X}{:02X}", opaque.red, opaque.green, opaque.blue),
        }
    }

    /// Their definitions, a line each.
    pub fn definitions(&self) -> String {
        let mut text = String::new();
        for (Rgba { red, green, blue, .. }, name) in &self.used {
            let _ = writeln!(text, "\\definecolor{{{name}}}{{HTML}}{{{red:02X}{green:02X}{blue:02X}}}");
        }
        text
    }

    /// Options that fill with a colour; empty where nothing of it is seen.
    pub fn fill(&mut self, color: Rgba) -> String {
        self.option("fill", color)
    }

    /// Options that draw with a colour.
    pub fn draw(&mut self, color: Rgba) -> String {
        self.option("draw", color)
    }

    fn option(&mut self, what: &str, color: Rgba) -> String {
        match color.alpha {
            0 => String::new(),
            255 => format!("{what}={}", self.name(color)),
            alpha => format!(
                "{what}={}, {what} opacity={}",
                self.name(color),
                decimal(f64::from(alpha) / 255.0, 2)
            ),
        }
    }
}
