//! How a link shows its document.

/// The most flags of other versions that are kept, and the most characters in each.
const MOST_OTHERS: usize = 8;
const LONGEST_OTHER: usize = 60;

/// How a link shows its document. What is none of the document's business: it changes no run.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LinkOptions {
    /// Whether the window is that of a slide or a page: the plane and a slim bar.
    pub embed: bool,
    /// Whether it plays at once.
    pub play: bool,
    /// The step at which all runners stand first.
    pub step: Option<u32>,
    /// The scene of the story that is open first, from 1.
    pub scene: Option<u32>,
    /// Light or dark, whatever the system prefers.
    pub theme: Option<LinkTheme>,
    /// The parts of the window that are not shown; none where the link says nothing of that.
    pub hide: Option<HiddenParts>,
    /// How many pixels a point has at least, where a page is scaled up.
    pub density: Option<f64>,
    /// Whether a page shows a picture until it is clicked.
    pub poster: bool,
    /// What is not known to this version, as it stands in the link.
    pub others: Vec<String>,
}

/// Light or dark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkTheme {
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

impl LinkTheme {
    /// The two themes.
    pub const ALL: [Self; 2] = [Self::Light, Self::Dark];

    /// What it is called in a link.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

/// A part of the window that a link can hide.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WindowPart {
    /// The surface and the runners.
    Cards,
    /// The lesson and the pages.
    Side,
    /// The charts and the table.
    Charts,
    /// The bar with title, step and play.
    Bar,
}

impl WindowPart {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Cards, Self::Side, Self::Charts, Self::Bar];

    /// What it is called in a link.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Cards => "cards",
            Self::Side => "side",
            Self::Charts => "charts",
            Self::Bar => "bar",
        }
    }
}

/// The parts of the window that are not shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct HiddenParts([bool; WindowPart::ALL.len()]);

impl HiddenParts {
    /// Whether this part is one of them.
    pub const fn has(self, part: WindowPart) -> bool {
        self.0[part as usize]
    }

    /// These and another one.
    pub const fn and(mut self, part: WindowPart) -> Self {
        self.0[part as usize] = true;
        self
    }

    /// The parts, in the order of [`WindowPart::ALL`].
    pub fn parts(self) -> impl Iterator<Item = WindowPart> {
        WindowPart::ALL.into_iter().filter(move |part| self.has(*part))
    }
}

impl LinkOptions {
    /// Whether a part of the window is shown: all that are not hidden. Where nothing is said of that, all of them, or
    /// of an embedded window no more than the bar.
    pub fn shows(&self, part: WindowPart) -> bool {
        self.hide.map_or(!self.embed || part == WindowPart::Bar, |hidden| !hidden.has(part))
    }

    /// Keeps what is not known to this version, so that a link which is written anew has it still. False where it is
    /// none that a link could have.
    pub(super) fn keep(&mut self, other: &str) -> bool {
        let is_letter = |c: char| c.is_ascii_alphanumeric() || "-_.,=".contains(c);
        let is_kept =
            self.others.len() < MOST_OTHERS && other.len() <= LONGEST_OTHER && other.chars().all(is_letter);
        if is_kept {
            self.others.push(other.to_owned());
        }
        is_kept
    }
}
