//! What all that is shown wants to be found out in the background.

use super::layers::LAYERS;
use super::needs::Needs;
use super::pages::catalogue as pages;
use thalweg_scenario::ViewState;

/// The needs of the page and of the layers that are shown.
pub fn by(show: &ViewState) -> Needs {
    let page = pages::find(show.page).map(|page| page.needs);
    let layers = LAYERS.iter().filter(|(layer, _)| show.layers.has(*layer)).map(|(_, needs)| *needs);
    page.into_iter().chain(layers).fold(Needs::NOTHING, Needs::and)
}
