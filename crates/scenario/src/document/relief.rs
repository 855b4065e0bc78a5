//! Whether the surface is shown as a plane, in relief, or both.

use thalweg_core::spec::param::Alternative;

/// How the surface is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relief {
    /// As the plane alone, with colours and contour lines.
    Flat,
    /// In three dimensions, instead of the plane.
    Relief,
    /// The plane, and beside it the relief.
    Both,
}

impl Relief {
    /// All three, in the order of the choice between them.
    pub const ALL: [Self; 3] = [Self::Flat, Self::Relief, Self::Both];

    /// Their names in a document.
    pub const NAMES: &'static [Alternative] = &[
        Alternative { name: "Flat", doc: "the plane alone" },
        Alternative { name: "Relief", doc: "the surface in three dimensions, instead of the plane" },
        Alternative { name: "Both", doc: "the plane, and beside it the surface in three dimensions" },
    ];

    /// Whether the plane is shown.
    pub fn has_plane(self) -> bool {
        self != Self::Relief
    }

    /// Whether the relief is shown.
    pub fn has_relief(self) -> bool {
        self != Self::Flat
    }

    /// The next in turn; after the last, the first.
    pub fn next(self) -> Self {
        Self::ALL[(self as usize + 1) % Self::ALL.len()]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn they_come_round() {
        for relief in Relief::ALL {
            assert!(relief.has_plane() || relief.has_relief());
            assert_eq!(relief.next().next().next(), relief);
            assert_ne!(relief.next(), relief);
            assert_eq!(Relief::ALL[relief as usize], relief);
        }
    }
}
