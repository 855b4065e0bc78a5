//! The focused runner's next step, taken apart.

use crate::app::Queue;
use crate::session::Session;
use egui::Ui;

/// Shows the page.
pub fn show(_ui: &mut Ui, _session: &Session, _queue: &mut Queue) {}
