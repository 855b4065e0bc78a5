//! What surrounds the window in a page of a browser. The document of the page is the page's own: the program has a
//! canvas, and tells and hears texts and bytes through [`handle::Thalweg`].

mod bits;
mod download_dialog;
pub mod frames;
pub mod handle;
mod page;
mod page_app;
mod page_export;
pub mod page_files;
pub mod page_keeping;
mod page_look;
mod page_state;
mod page_still;
