//! What a page of the right panel is: a row of the table of pages.

use crate::app::context::FrameContext;
use crate::app::needs::Needs;
use egui::Ui;
use thalweg_scenario::Page;

/// A page: a row of the table.
pub struct PageEntry {
    /// Which: its name in a document and on the tab, and what it is for.
    pub page: Page,
    /// What it wants to be found out in the background.
    pub needs: Needs,
    /// Shows it.
    pub show: fn(&mut Ui, &FrameContext<'_>),
}
