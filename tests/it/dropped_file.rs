//! A file as the system hands it over when it is dropped.

use std::path::{Path, PathBuf};

/// A file that is dropped on the window, by its name.
#[derive(Debug)]
pub struct FileOnDisk(pub PathBuf);

impl egui::DroppedFile for FileOnDisk {
    fn path(&self) -> &Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        std::fs::read(&self.0).map_err(|error| error.to_string())
    }
}
