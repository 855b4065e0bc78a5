//! What is dropped on the window and is no file that ends.

#![cfg(unix)]

use super::harness::{Bench, app, open};
use crate::dropped_file::FileOnDisk;
use egui_kittest::kittest::Queryable;
use std::path::{Path, PathBuf};
use std::sync::Arc;

fn drop_on(window: &mut Bench, path: &Path) {
    window.input_mut().dropped_files.push(Arc::new(FileOnDisk(path.to_owned())));
    window.run_steps(3);
}

/// Pipes, devices, folders and what is not there are refused at once, whatever they are called, and what is open stays.
#[test]
fn what_is_no_file_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let pipes: Vec<PathBuf> =
        ["pipe", "pipe.ron", "pipe.csv", "pipe.npy"].iter().map(|name| folder.path().join(name)).collect();
    for pipe in &pipes {
        assert!(std::process::Command::new("mkfifo").arg(pipe).status().expect("mkfifo").success());
    }
    let mut window = open("saddle");
    let gone = folder.path().join("gone.csv");
    let others = [Path::new("/dev/zero"), folder.path(), &gone];
    for path in pipes.iter().map(PathBuf::as_path).chain(others) {
        drop_on(&mut window, path);
        let said = ["this is a pipe or a device", "this is a folder", "No such file"];
        let says = |words: &str| window.query_all_by_label_contains(words).next().is_some();
        assert!(said.into_iter().any(says), "{path:?}");
        assert_eq!(app(&window).session().scenario().surface.of.name, "Saddle");
    }
}
