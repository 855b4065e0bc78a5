//! The program in a page. What the page calls is the handle of `thalweg::app::web`; nothing begins by itself.

use thalweg as _;

fn main() {}
