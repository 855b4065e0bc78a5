//! The pictures that there are of what is open.

use thalweg_core::spec::param::Alternative;

/// A picture of what is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PictureKind {
    /// The plane.
    Plane,
    /// The plane in the eigenbasis of the Hessian.
    Eigenbasis,
    /// The charts that are shown.
    Charts,
    /// The map over the focused runner's settings.
    Map,
    /// The data.
    Data,
    /// The cut through the surface along the dial's direction.
    Cut,
    /// The phase plane of momentum.
    PhasePlane,
    /// Plane, legend and charts on one page.
    Sheet,
}

impl PictureKind {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Plane,
        Self::Eigenbasis,
        Self::Charts,
        Self::Map,
        Self::Data,
        Self::Cut,
        Self::PhasePlane,
        Self::Sheet,
    ];

    /// Their names, and what they show.
    pub const NAMES: &'static [Alternative] = &[
        Alternative { name: "plane", doc: "contours and paths" },
        Alternative { name: "eigenbasis", doc: "the same, measured along the Hessian's eigenvectors" },
        Alternative { name: "charts", doc: "the charts that the preset shows" },
        Alternative { name: "map", doc: "what becomes of the focused runner with other settings" },
        Alternative { name: "data", doc: "the examples, and what the runners' models make of them" },
        Alternative { name: "cut", doc: "the surface along the dial's direction" },
        Alternative { name: "phase-plane", doc: "the eigenvalues of momentum's iteration" },
        Alternative { name: "sheet", doc: "plane, legend and charts on one page, a slide" },
    ];

    /// Its name.
    pub fn name(self) -> &'static str {
        Self::NAMES[self as usize].name
    }

    /// What it shows.
    pub fn doc(self) -> &'static str {
        Self::NAMES[self as usize].doc
    }

    /// The picture of a name.
    pub fn find(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// The size that it has where none is given, in points.
    pub fn usual_size(self) -> [f64; 2] {
        match self {
            Self::Plane | Self::Eigenbasis | Self::Data => [800.0, 600.0],
            Self::Charts => [960.0, 320.0],
            Self::Map => [640.0, 480.0],
            Self::Cut => [480.0, 320.0],
            Self::PhasePlane => [480.0, 480.0],
            Self::Sheet => [1280.0, 720.0],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_picture_is_found_by_its_name() {
        assert_eq!(PictureKind::ALL.len(), PictureKind::NAMES.len());
        for (index, kind) in PictureKind::ALL.into_iter().enumerate() {
            assert_eq!((kind as usize, PictureKind::find(kind.name())), (index, Some(kind)));
        }
    }
}
