//! The file that tells how the window looked.

use super::window_look::WindowLook;
use crate::files::regular_file::read_regular;
use crate::files::session_file::MAX_SESSION;
use crate::files::session_keeper::look_beside;
use std::path::Path;

/// How the window looked last, by the file beside the session's, or the session's file of version 0.1.0. What
/// cannot be read is as if nothing had been kept.
pub fn read_look(session: &Path) -> WindowLook {
    let text = |path: &Path| String::from_utf8(read_regular(path, MAX_SESSION).ok()?).ok();
    let look = text(&look_beside(session)).and_then(|text| WindowLook::of_text(&text));
    look.or_else(|| WindowLook::of_old_text(&text(session)?)).unwrap_or_default()
}
