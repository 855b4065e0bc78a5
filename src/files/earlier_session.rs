//! Sessions that others have taken the place of.

use thalweg_session::StoredSession;
use web_time::SystemTime;

/// A session that can be gone back to.
#[derive(Clone, Debug, PartialEq)]
pub struct EarlierSession {
    /// What can be read of it.
    pub session: StoredSession,
    /// When it was written.
    pub written: SystemTime,
}
