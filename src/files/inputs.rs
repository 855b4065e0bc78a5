//! The files that a scenario was read from: nothing may be written over them by mistake.

use std::fs;
use std::path::{Path, PathBuf};
use thalweg_scenario::file_values::values;
use thalweg_scenario::{FileValue, Scenario, is_file_of_data};

/// The files that a scenario was read from: the preset and the data that it names.
#[derive(Clone, Debug, Default)]
pub struct InputFiles {
    files: Vec<PathBuf>,
}

impl InputFiles {
    /// The preset, if it is a file, and the data of `scenario` and of what is pinned in it.
    pub fn of(preset: Option<&Path>, scenario: &Scenario) -> Self {
        let pinned = scenario.pinned_runs.iter().map(|pinned| &*pinned.of);
        let values = [scenario].into_iter().chain(pinned).flat_map(values);
        let files = values.filter_map(FileValue::of).filter(|file| is_file_of_data(file.name));
        let data = files.map(|file| Path::new(file.name));
        Self { files: preset.into_iter().chain(data).map(Path::to_owned).collect() }
    }

    /// These and others.
    #[must_use]
    pub fn and(mut self, others: Self) -> Self {
        self.files.extend(others.files);
        self
    }

    /// The input that would be lost if `output` were written, by whatever names the two go.
    pub fn lost_by(&self, output: &Path) -> Option<&Path> {
        self.files.iter().find(|input| is_same_file(input, output)).map(PathBuf::as_path)
    }
}

/// Whether two names stand for one file on the disk: through links, by two names of one file, in other letters where
/// the disk does not tell them apart. A pipe or a device is no such file.
pub fn is_same_file(one: &Path, other: &Path) -> bool {
    let (Ok(first), Ok(second)) = (fs::metadata(one), fs::metadata(other)) else { return false };
    if !first.is_file() || !second.is_file() {
        return false;
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        (first.dev(), first.ino()) == (second.dev(), second.ino())
    }
    #[cfg(not(unix))]
    {
        fs::canonicalize(one).ok().is_some_and(|one| fs::canonicalize(other).is_ok_and(|other| one == other))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::disk::load;

    #[cfg(unix)]
    #[test]
    fn an_input_is_known_by_all_its_names() {
        use std::os::unix::fs::symlink;
        let folder = tempfile::tempdir().expect("a folder");
        let at = |name: &str| folder.path().join(name);
        fs::write(at("points.csv"), "1,2,3\n4,5,6\n").expect("written");
        let preset = "(surface: LinearRegression(data: \"points.csv\"), runners: [])";
        fs::write(at("mine.ron"), preset).expect("written");
        fs::write(at("other.csv"), "").expect("written");
        symlink("mine.ron", at("link.ron")).expect("linked");
        fs::hard_link(at("points.csv"), at("hard.csv")).expect("linked");
        let inputs = InputFiles::of(Some(&at("link.ron")), &load(at("mine.ron")).expect("a preset"));
        for (output, input) in
            [("mine.ron", "link.ron"), ("link.ron", "link.ron"), ("hard.csv", "points.csv")]
        {
            assert_eq!(inputs.lost_by(&at(output)), Some(&*at(input)), "{output}");
            assert_eq!(inputs.lost_by(&folder.path().join(".").join(output)), Some(&*at(input)), "{output}");
        }
        for output in ["other.csv", "new.csv"] {
            assert_eq!(inputs.lost_by(&at(output)), None, "{output}");
        }
        assert!(!is_same_file(Path::new("/dev/null"), Path::new("/dev/null")));
    }
}
