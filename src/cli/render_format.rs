//! The formats of `thalweg render`, as arguments.

use super::failure::Failure;
use crate::export::export_format::ExportFormat;
use clap::ValueEnum;
use clap::builder::PossibleValue;
use std::path::Path;
use thalweg_core::spec::param::Alternative;
use thalweg_scenario::named;

/// The format that is asked for by name, or by the ending of a file's.
///
/// # Errors
/// Neither says it.
pub fn format_of(asked: Option<ExportFormat>, out: &Path) -> Result<ExportFormat, Failure> {
    asked.or_else(|| ExportFormat::of(out)).ok_or_else(|| {
        let endings: Vec<_> =
            ExportFormat::ALL.iter().map(|format| format!(".{}", format.ending())).collect();
        let endings = endings.join(", ");
        Failure::arguments(if out == Path::new("-") {
            "--out -: standard output has no ending that says how to write; add --format, as --format svg"
                .to_owned()
        } else {
            format!("--out {}: end the name with one of {endings}, or add --format", named(out))
        })
    })
}

impl ValueEnum for ExportFormat {
    fn value_variants<'a>() -> &'a [Self] {
        &Self::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        let Alternative { name, doc } = self.alternative();
        Some(PossibleValue::new(*name).help(*doc))
    }
}
