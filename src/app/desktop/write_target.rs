//! What would be lost if a file were written under a name.

use crate::app::beside::beside;
use crate::app::purpose::Purpose;
use crate::export::csv::COLUMNS;
use crate::export::picture::PictureFormat;
use crate::files::disk::holds_preset;
use crate::files::inputs::InputFiles;
use crate::files::regular_file::open_regular;
use egui::Context;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::mpsc::Receiver;
use thalweg_session::Runtime;

/// What is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WriteTarget {
    /// Nothing.
    New,
    /// A file of the kind that is going to be written.
    Replaceable,
    /// Another file, with words for what it is not.
    Strange(&'static str),
    /// What must not be written, and why.
    Refused(String),
}

impl WriteTarget {
    fn at(path: &Path, purpose: Purpose, inputs: &InputFiles) -> Self {
        // Where nothing can be found out, the attempt says why.
        let Ok(there) = fs::metadata(path) else { return Self::New };
        if there.is_dir() {
            return Self::Refused("This is a folder: name a file in it.".to_owned());
        }
        if !there.is_file() {
            return Self::Refused("This is a pipe or a device, not a file.".to_owned());
        }
        if let Some(input) = inputs.lost_by(path) {
            return Self::Refused(format!(
                "The scenario reads {}, which would be lost: choose another name.",
                input.display()
            ));
        }
        match purpose {
            _ if there.len() == 0 => Self::Replaceable,
            Purpose::Export if is_export(path) => Self::Replaceable,
            Purpose::Picture if PictureFormat::is_picture(&start(path)) => Self::Replaceable,
            Purpose::Picture => Self::Strange("This file holds no picture. It would be lost."),
            Purpose::Export => Self::Strange("This file holds no exported trajectories. It would be lost."),
            _ if holds_preset(path) => Self::Replaceable,
            _ => Self::Strange("This file holds no preset. It would be lost."),
        }
    }
}

/// Whether a file begins as an export does.
fn is_export(path: &Path) -> bool {
    let header = COLUMNS.join(",");
    let mut start = vec![0; header.len()];
    open_regular(path).and_then(|mut file| file.read_exact(&mut start)).is_ok() && start == header.as_bytes()
}

/// The first bytes of a file.
fn start(path: &Path) -> Vec<u8> {
    let mut start = Vec::new();
    // What cannot be read is told by the attempt to write.
    let _ = open_regular(path).and_then(|file| file.take(64).read_to_end(&mut start));
    start
}

/// Looks at a name while it is typed.
#[derive(Default)]
pub struct TargetCheck {
    path: PathBuf,
    found: Option<WriteTarget>,
    looking: Option<Receiver<WriteTarget>>,
}

impl TargetCheck {
    /// What is known to be under this name by now.
    pub fn of(
        &mut self,
        ctx: &Context,
        runtime: Runtime,
        path: &Path,
        purpose: Purpose,
        inputs: impl FnOnce() -> InputFiles,
    ) -> Option<&WriteTarget> {
        if self.path != path || (self.found.is_none() && self.looking.is_none()) {
            path.clone_into(&mut self.path);
            self.found = None;
            let (path, inputs) = (path.to_owned(), inputs());
            self.looking = Some(beside(runtime, ctx, move || WriteTarget::at(&path, purpose, &inputs)));
        }
        if let Some(target) = self.looking.as_ref().and_then(|looking| looking.try_recv().ok()) {
            self.found = Some(target);
            self.looking = None;
        }
        self.found.as_ref()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_lost_is_known_by_what_is_in_it() {
        let folder = tempfile::tempdir().expect("a folder");
        let at = |name: &str| folder.path().join(name);
        let preset = "(surface: LinearRegression(data: \"points.csv\"), runners: [])";
        fs::write(at("points.csv"), "1,2,3\n4,5,6\n").expect("written");
        fs::write(at("mine.ron"), preset).expect("written");
        fs::write(at("export.csv"), COLUMNS.join(",") + ",m_x,m_y\n").expect("written");
        fs::write(at("empty"), "").expect("written");
        let scenario = crate::files::disk::load(at("mine.ron")).expect("a preset");
        let of = |name: &str, purpose| {
            let preset = at("mine.ron");
            let preset = (purpose == Purpose::Export).then_some(&*preset);
            WriteTarget::at(&at(name), purpose, &InputFiles::of(preset, &scenario))
        };
        for purpose in [Purpose::Save, Purpose::Export] {
            assert!(matches!(of("points.csv", purpose), WriteTarget::Refused(_)));
            assert!(matches!(of("", purpose), WriteTarget::Refused(_)));
            assert_eq!(of("empty", purpose), WriteTarget::Replaceable);
            assert_eq!(of("new", purpose), WriteTarget::New);
        }
        fs::write(at("a.svg"), "<svg xmlns=\"\">").expect("written");
        assert_eq!(of("a.svg", Purpose::Picture), WriteTarget::Replaceable);
        assert!(matches!(of("export.csv", Purpose::Picture), WriteTarget::Strange(_)));
        assert_eq!(of("mine.ron", Purpose::Save), WriteTarget::Replaceable);
        assert!(matches!(of("mine.ron", Purpose::Export), WriteTarget::Refused(_)));
        assert_eq!(of("export.csv", Purpose::Export), WriteTarget::Replaceable);
        assert!(matches!(of("export.csv", Purpose::Save), WriteTarget::Strange(_)));
    }
}
