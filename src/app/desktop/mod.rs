//! What surrounds the window on a desktop: its files, and the session that is kept in one.

mod drops;
mod export_job;
mod file_dialog;
mod file_work;
pub mod files;
pub mod keeping;
pub mod look_file;
mod window_look;
mod write_target;
