//! Python, where it is there with the libraries that a program needs.

#![allow(clippy::expect_used, reason = "a test's helpers may fail the test")]

use std::fs;
use std::path::Path;
use std::process::Command;
use thalweg_code::Language;

/// The interpreter: `THALWEG_PYTHON`, or `python3`.
fn interpreter() -> String {
    std::env::var("THALWEG_PYTHON").unwrap_or_else(|_| "python3".to_owned())
}

/// Whether Python has what programs of this kind need. Where `THALWEG_CODE` names the libraries that have to be there,
/// one that is not fails the test; elsewhere that is told, and the programs are not run.
pub fn is_there(language: Language) -> bool {
    let needs = match language {
        Language::NumPy => "import numpy",
        Language::PyTorch => "import numpy, torch",
        Language::Optax => "import numpy, jax, optax",
    };
    let found = Command::new(interpreter()).args(["-c", needs]).output();
    let is_there = found.is_ok_and(|output| output.status.success());
    let wanted = std::env::var("THALWEG_CODE").unwrap_or_default();
    if !is_there {
        assert!(!wanted.split(',').any(|name| name == language.name()), "{} is not there", language.title());
        println!("skipped: Python with {} is not there", language.title());
    }
    is_there
}

/// One row of what a program prints: x, y and the loss.
pub type PrintedRow = [f64; 3];

/// Runs programs one after the other in one interpreter, as importing a library takes longer than most of them; gives
/// what each has printed, or what went wrong.
pub fn run(programs: &[String]) -> Vec<Result<Vec<PrintedRow>, String>> {
    let folder = tempfile::tempdir().expect("a folder");
    for (index, program) in programs.iter().enumerate() {
        fs::write(folder.path().join(format!("{index}.py")), program).expect("a program");
    }
    let driver = folder.path().join("driver");
    fs::write(&driver, DRIVER).expect("the driver");
    let output = Command::new(interpreter())
        .arg(&driver)
        .arg(folder.path())
        .arg(programs.len().to_string())
        .output()
        .expect("Python runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    (0..programs.len()).map(|index| printed(&folder.path().join(format!("{index}.out")))).collect()
}

/// Runs each program as if it were alone, its output in a file beside it.
const DRIVER: &str = "\
import contextlib, pathlib, runpy, sys, traceback
folder = pathlib.Path(sys.argv[1])
for index in range(int(sys.argv[2])):
    with open(folder/f'{index}.out', 'w') as out, contextlib.redirect_stdout(out):
        try:
            runpy.run_path(str(folder/f'{index}.py'))
        except Exception:
            print('failed:', traceback.format_exc())
";

fn printed(path: &Path) -> Result<Vec<PrintedRow>, String> {
    let text = fs::read_to_string(path).map_err(|error| error.to_string())?;
    if let Some((_, why)) = text.split_once("failed:") {
        return Err(why.to_owned());
    }
    let mut lines = text.lines();
    if lines.next() != Some("step,x,y,loss") {
        return Err("the header is not the first line".to_owned());
    }
    let mut rows = Vec::new();
    for line in lines {
        let cells: Vec<f64> = line.split(',').filter_map(|cell| cell.parse().ok()).collect();
        match cells[..] {
            [step, x, y, loss] if step == rows.len() as f64 => rows.push([x, y, loss]),
            _ => return Err(format!("`{line}` is not the row of step {}", rows.len())),
        }
    }
    Ok(rows)
}
