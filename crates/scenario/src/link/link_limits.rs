//! The version of links, and how long they may be.

/// The version of links that this program reads and writes.
pub const LINK_VERSION: u32 = 1;
/// The most characters that a link has from `#` on: browsers take more, mail and chat programs often do not.
pub const MAX_LINK: usize = 20_000;
