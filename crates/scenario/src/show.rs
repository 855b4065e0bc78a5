//! What of a scenario is shown, and how. Nothing in here changes a run.

use std::fmt;

/// What the window shows: a part of the document, so that a lesson opens as its author left it.
#[derive(Clone, Debug, PartialEq)]
pub struct ViewState {
    /// The page of the right panel.
    pub page: Page,
    /// What is drawn on the plane.
    pub layers: Layers,
    /// The point that the panels look at.
    pub look_at: LookAt,
    /// What is below the plane.
    pub below: BottomPanel,
    /// The third of the charts.
    pub chart: ChartKind,
    /// What lies along the horizontal axis of the first two.
    pub over: XAxis,
    /// The direction of the dial, in degrees counted from the x axis towards the y axis.
    pub dial: f64,
    /// A run has arrived where the gradient's length is at most this: what the maps, the table and
    /// the search for learning rates count the steps to. Above zero.
    pub tolerance: f64,
    /// The map over two parameters.
    pub map: MapView,
}

impl Default for ViewState {
    fn default() -> Self {
        Self {
            page: Page::Spectrum,
            layers: Layers::default(),
            look_at: LookAt::Current,
            below: BottomPanel::Charts,
            chart: ChartKind::Decay,
            over: XAxis::Steps,
            dial: 0.0,
            tolerance: 1e-3,
            map: MapView::default(),
        }
    }
}

/// A page of the right panel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Page {
    /// Eigenvalues, condition number, and what they say of the focused runner.
    Spectrum,
    /// The local quadratic model, the direction dial, the critical points.
    Model,
    /// The focused runner's next step, taken apart.
    Step,
    /// Maps over parameters and over starts.
    Map,
}

impl Page {
    /// All pages, in the order of their tabs.
    pub const ALL: [Self; 4] = [Self::Spectrum, Self::Model, Self::Step, Self::Map];

    /// The name in a preset, and on the tab.
    pub fn name(self) -> &'static str {
        match self {
            Self::Spectrum => "Spectrum",
            Self::Model => "Model",
            Self::Step => "Step",
            Self::Map => "Map",
        }
    }

    /// What it is for.
    pub fn says(self) -> &'static str {
        match self {
            Self::Spectrum => "Eigenvalues of the Hessian, and what they say of the focused runner",
            Self::Model => "The local quadratic model, a direction to turn, the critical points",
            Self::Step => "The focused runner's next step, taken apart",
            Self::Map => "How the focused runner does over two of its parameters, and from every start",
        }
    }
}

/// The point that the panels look at.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum LookAt {
    /// Where the focused runner stands at the cursor.
    Current,
    /// The start.
    Start,
    /// The known minimum nearest to where the focused runner stands.
    NearestMinimum,
    /// A point of its own, of finite coordinates.
    Point([f64; 2]),
}

/// What is below the plane.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BottomPanel {
    /// The charts over the steps.
    Charts,
    /// The table of all runners at the cursor.
    Table,
}

impl BottomPanel {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Charts, Self::Table];

    /// The name in a preset.
    pub fn name(self) -> &'static str {
        match self {
            Self::Charts => "Charts",
            Self::Table => "Table",
        }
    }
}

/// The third of the charts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChartKind {
    /// The error along each eigenvector, measured and predicted.
    Decay,
    /// The loss, stacked by eigenvector.
    Components,
    /// The sharpness, plain and as the method scales it, and its edge.
    Sharpness,
}

impl ChartKind {
    /// All of them, in the order of the chooser.
    pub const ALL: [Self; 3] = [Self::Decay, Self::Components, Self::Sharpness];

    /// The name in a preset.
    pub fn name(self) -> &'static str {
        match self {
            Self::Decay => "Decay",
            Self::Components => "Components",
            Self::Sharpness => "Sharpness",
        }
    }

    /// The name in the chooser.
    pub fn title(self) -> &'static str {
        match self {
            Self::Decay => "decay",
            Self::Components => "components",
            Self::Sharpness => "sharpness",
        }
    }

    /// What it shows.
    pub fn says(self) -> &'static str {
        match self {
            Self::Decay => {
                "The error along each eigenvector at the point that the run tends to: measured, and by the linear theory"
            }
            Self::Components => "The loss of the focused runner, stacked by eigenvector",
            Self::Sharpness => {
                "The largest curvature where the focused runner stands, as the surface has it and as the method \
                 scales it, and the edge of stability"
            }
        }
    }
}

/// What lies along the horizontal axis of the charts of loss and gradient norm.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum XAxis {
    /// The steps: everybody makes as many.
    Steps,
    /// What the steps have asked of the surface: what a comparison of methods should be made by.
    Evaluations,
}

impl XAxis {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Steps, Self::Evaluations];

    /// The name in a preset.
    pub fn name(self) -> &'static str {
        match self {
            Self::Steps => "Steps",
            Self::Evaluations => "Evaluations",
        }
    }
}

/// The map over two parameters of the focused runner.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MapView {
    /// What lies along; none for the learning rate, or else the first parameter that there is.
    pub x: Option<MapAxis>,
    /// What lies upward; none for the next parameter that leaves the minima where they are.
    pub y: Option<MapAxis>,
    /// What the colour shows.
    pub quantity: MapMetric,
}

/// A side of the map.
#[derive(Clone, Debug, PartialEq)]
pub struct MapAxis {
    /// The parameter's key; behind "schedule." that of the schedule's.
    pub key: String,
    /// The smallest value; below `to`.
    pub from: f64,
    /// The largest value.
    pub to: f64,
}

impl MapAxis {
    /// The most characters that a key may have: more than any has.
    pub const MOST: usize = 40;
}

/// What a map's colour shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum MapMetric {
    /// The steps until the run arrives.
    #[default]
    Steps,
    /// The loss at its end.
    Loss,
    /// Where it ends: at which minimum, or how else.
    Outcome,
}

impl MapMetric {
    /// All of them, in the order of the chooser.
    pub const ALL: [Self; 3] = [Self::Steps, Self::Loss, Self::Outcome];

    /// The name in a preset.
    pub fn name(self) -> &'static str {
        match self {
            Self::Steps => "Steps",
            Self::Loss => "Loss",
            Self::Outcome => "Outcome",
        }
    }
}

/// Something that can be drawn on the plane, or beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layer {
    /// The path from the cursor on, faint.
    Future,
    /// The contour lines.
    Contours,
    /// The critical points.
    CriticalPoint,
    /// The eigenvectors at the point that the panels look at, as the axes of the local quadratic.
    Axes,
    /// The gradients that the focused runner's next step might be given.
    Batches,
    /// The data view beside the plot, where there are data.
    Data,
    /// The pinned paths.
    PinnedRuns,
    /// The contour lines of the local quadratic model over the true ones.
    Model,
    /// The region where the Hessian is positive definite.
    Convex,
    /// The region where gradient descent is stable at the focused runner's learning rate.
    Stable,
    /// The direction of the dial.
    Direction,
    /// The vectors of the step that is taken apart.
    Vectors,
    /// Where runs from every point of the view end.
    Starts,
    /// The race in the coordinates of the eigenvectors, beside the plot.
    Eigenbasis,
}

/// What the window says of a layer.
#[derive(Debug)]
pub struct LayerText {
    /// Which.
    pub layer: Layer,
    /// The name in a preset.
    pub name: &'static str,
    /// The menu's entry.
    pub title: &'static str,
    /// What it is.
    pub says: &'static str,
    /// Whether it is shown unless a preset says otherwise.
    pub by_default: bool,
}

impl Layer {
    /// All layers, in the order of the menu.
    pub const TABLE: [LayerText; 14] = [
        text(Self::Future, "Future", "Path to come, faint", "The path from the present step on", true),
        text(Self::Contours, "Contours", "Contour lines", "Lines of equal loss", true),
        text(
            Self::CriticalPoint,
            "Critical",
            "Critical points",
            "Where the gradient vanishes: minima, maxima, saddles",
            true,
        ),
        text(
            Self::Axes,
            "Axes",
            "Eigenvectors of the Hessian",
            "The axes of the local quadratic where the panels look: long where the surface is flat",
            true,
        ),
        text(
            Self::Batches,
            "Batches",
            "Gradients of possible batches",
            "Where a runner's gradients are noisy: thin arrows downhill for others that its next step might be \
             given, around the full one",
            true,
        ),
        text(
            Self::Data,
            "Data",
            "Data",
            "Where the surface is a model's loss: the examples, with each runner's line or curve",
            true,
        ),
        text(
            Self::PinnedRuns,
            "Ghosts",
            "Pinned paths",
            "The paths that were pinned, in all plots and charts",
            true,
        ),
        text(
            Self::Model,
            "Model",
            "Taylor model",
            "The contour lines of the second-order model where the panels look, and how far it can be trusted",
            false,
        ),
        text(
            Self::Convex,
            "Convex",
            "Positive definite Hessian",
            "Shades where the surface curves up in every direction",
            false,
        ),
        text(
            Self::Stable,
            "Stable",
            "Stable for gradient descent",
            "Shades where gradient descent at the focused runner's learning rate is stable: |1 - αλ| < 1 for both \
             eigenvalues",
            false,
        ),
        text(
            Self::Direction,
            "Direction",
            "Direction of the dial",
            "The direction that the Model page turns",
            false,
        ),
        text(
            Self::Vectors,
            "Vectors",
            "Vectors of the step",
            "The quantities of the focused runner's next step, one after the other (keys . and ,)",
            false,
        ),
        text(
            Self::Starts,
            "Starts",
            "Map over starts",
            "Which minimum the focused runner reaches from every point of the view, and how fast",
            false,
        ),
        text(
            Self::Eigenbasis,
            "Eigenbasis",
            "Eigenbasis view",
            "The same race in the coordinates of the eigenvectors at the point that the run tends to",
            false,
        ),
    ];

    fn bit(self) -> u32 {
        1 << self as u32
    }
}

const fn text(
    layer: Layer,
    name: &'static str,
    title: &'static str,
    says: &'static str,
    by_default: bool,
) -> LayerText {
    LayerText { layer, name, title, says, by_default }
}

/// A set of layers.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Layers(u32);

impl Layers {
    /// No layer.
    pub const NONE: Self = Self(0);

    /// Whether the layer is shown.
    pub fn has(self, layer: Layer) -> bool {
        self.0 & layer.bit() != 0
    }

    /// The same set with this layer, or without it.
    pub fn with(self, layer: Layer, shown: bool) -> Self {
        Self(if shown { self.0 | layer.bit() } else { self.0 & !layer.bit() })
    }

    /// The layers in it, in the order of the table.
    pub fn iter(self) -> impl Iterator<Item = &'static LayerText> {
        Layer::TABLE.iter().filter(move |text| self.has(text.layer))
    }
}

impl Default for Layers {
    fn default() -> Self {
        let shown = Layer::TABLE.iter().filter(|text| text.by_default);
        shown.fold(Self::NONE, |set, text| set.with(text.layer, true))
    }
}

impl fmt::Debug for Layers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter().map(|text| text.layer)).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn layers_are_a_set() {
        for (index, text) in Layer::TABLE.iter().enumerate() {
            let only = Layers::NONE.with(text.layer, true);
            assert!(only.has(text.layer) && only.iter().count() == 1, "{}", text.name);
            assert_eq!(only.with(text.layer, false), Layers::NONE);
            assert_eq!(Layers::default().has(text.layer), text.by_default);
            let twice = Layer::TABLE[..index].iter().any(|other| other.layer == text.layer);
            assert!(!twice, "{} is in the table twice", text.name);
        }
    }
}
