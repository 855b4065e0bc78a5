//! The pictures that there are of what is open.

use thalweg_core::spec::param::Alternative;
use thalweg_scenario::ChartKind;

/// A picture of what is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PictureKind {
    /// The plane.
    Plane,
    /// The relief.
    Relief,
    /// The plane in the eigenbasis of the Hessian.
    Eigenbasis,
    /// The charts that are shown.
    Charts,
    /// One chart, shown or not.
    Chart(ChartKind),
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

/// The pictures with names of their own, and what they show.
const TABLE: [(PictureKind, Alternative); 9] = [
    (PictureKind::Plane, Alternative { name: "plane", doc: "contours and paths" }),
    (
        PictureKind::Relief,
        Alternative { name: "relief", doc: "the surface in three dimensions, with the paths" },
    ),
    (
        PictureKind::Eigenbasis,
        Alternative { name: "eigenbasis", doc: "the same, measured along the Hessian's eigenvectors" },
    ),
    (PictureKind::Charts, Alternative { name: "charts", doc: "the charts that the preset shows" }),
    (
        PictureKind::Map,
        Alternative { name: "map", doc: "what becomes of the focused runner with other settings" },
    ),
    (
        PictureKind::Data,
        Alternative { name: "data", doc: "the examples, and what the runners' models make of them" },
    ),
    (PictureKind::Cut, Alternative { name: "cut", doc: "the surface along the dial's direction" }),
    (
        PictureKind::PhasePlane,
        Alternative { name: "phase-plane", doc: "the eigenvalues of momentum's iteration" },
    ),
    (PictureKind::Sheet, Alternative { name: "sheet", doc: "plane, legend and charts on one page, a slide" }),
];

impl PictureKind {
    /// All of them, single charts last.
    pub const ALL: [Self; TABLE.len() + ChartKind::ALL.len()] = {
        let mut all = [Self::Plane; TABLE.len() + ChartKind::ALL.len()];
        let mut index = 0;
        while index < all.len() {
            all[index] = if index < TABLE.len() {
                TABLE[index].0
            } else {
                Self::Chart(ChartKind::ALL[index - TABLE.len()])
            };
            index += 1;
        }
        all
    };

    /// Its name: that of a single chart is the one in documents.
    pub fn name(self) -> &'static str {
        match self {
            Self::Chart(chart) => chart.name(),
            _ => TABLE.iter().find(|(kind, _)| *kind == self).map_or("", |(_, told)| told.name),
        }
    }

    /// What it shows.
    pub fn doc(self) -> &'static str {
        match self {
            Self::Chart(chart) => chart.doc(),
            _ => TABLE.iter().find(|(kind, _)| *kind == self).map_or("", |(_, told)| told.doc),
        }
    }

    /// Its name for people: "phase plane", "gradient norm".
    pub fn title(self) -> &'static str {
        match self {
            Self::Chart(chart) => chart.title(),
            Self::PhasePlane => "phase plane",
            _ => self.name(),
        }
    }

    /// The picture of a name.
    pub fn find(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name().eq_ignore_ascii_case(name))
    }

    /// The size that it has where none is given, in points.
    pub fn usual_size(self) -> [f64; 2] {
        match self {
            Self::Plane | Self::Relief | Self::Eigenbasis | Self::Data => [800.0, 600.0],
            Self::Charts => [960.0, 320.0],
            Self::Map => [640.0, 480.0],
            Self::Cut | Self::Chart(_) => [480.0, 320.0],
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
        for kind in PictureKind::ALL {
            assert_eq!(PictureKind::find(kind.name()), Some(kind));
            assert!(!kind.doc().is_empty() && !kind.title().is_empty());
        }
        assert_eq!(PictureKind::find("Phase-Plane"), Some(PictureKind::PhasePlane));
        assert_eq!(PictureKind::find("nothing"), None);
    }
}
