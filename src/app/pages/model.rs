//! The local quadratic model, the direction dial, the critical points.

use crate::app::Queue;
use crate::session::Session;
use egui::Ui;

/// Shows the page.
pub fn show(_ui: &mut Ui, _session: &Session, _queue: &mut Queue) {}
