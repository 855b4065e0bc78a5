//! What each layer wants to be found out in the background while it is shown. Its words are in the document's table
//! of layers; what it looks like is the plane's matter.

use super::needs::Needs;
use thalweg_scenario::Layer;

/// The layers that want something, and what.
pub static LAYERS: &[(Layer, Needs)] = &[
    (Layer::CriticalPoint, Needs::CRITICAL_POINTS),
    (Layer::Model, Needs::SURFACE_GRID),
    (Layer::Convex, Needs::REGIONS),
    (Layer::Stable, Needs::REGIONS),
    (Layer::Starts, Needs::STARTS_MAP),
    (Layer::Eigenbasis, Needs::COMPONENTS),
];
