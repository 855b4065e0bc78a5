//! Reads what a document has from files: data, paths, grids; or from rows that stand in the document.

use super::value_reader::ValueReader;
use crate::csv_table::table_or_problems;
use crate::grid_table::read_grid;
use crate::path_table::read_path;
use crate::table_name::name_fault;
use crate::text::diagnostic::Diagnostic;
use crate::text::printable::printable;
use crate::text::syntax::SyntaxNode;
use crate::text::unknown::unknown;
use std::sync::Arc;
use thalweg_core::data;
use thalweg_core::data::loss_grid::LossGrid;
use thalweg_core::data::recorded_path::RecordedPath;
use thalweg_core::data::rows::{TARGET, Table};
use thalweg_core::spec::param::Param;

impl ValueReader<'_> {
    /// A built-in set by its name, a table that stands here, or a file.
    pub(super) fn data(&mut self, node: &SyntaxNode<'_>, param: &Param, classes: bool) -> Option<Arc<Table>> {
        if let Some((name, None)) = node.call().filter(|(name, _)| *name != "Table") {
            let Some(set) = data::find(name) else {
                let names: Vec<_> = data::ALL.iter().map(|set| set.name).collect();
                let advice = "; a CSV file is named in quotes";
                self.report.add(&node.span, unknown("data", name, &names) + advice);
                return None;
            };
            return self.fitting(node, set.table(), classes);
        }
        if let Some(set) = node.string().and_then(|name| data::find(&name)) {
            return self.fitting(node, set.table(), classes);
        }
        let takes = || format!("takes {}", param.allowed());
        let source = self.table_source(node, "`data`", takes)?;
        let read = table_or_problems(&source.name, &source.bytes, &source.columns);
        let table =
            read.map_err(|(found, count)| self.refuse_file(node, &source.name, &found, count)).ok()?;
        self.fitting(node, table, classes)
    }

    /// The table, if the model takes it: one of classes takes targets from 0 to 1.
    fn fitting(&mut self, node: &SyntaxNode<'_>, table: Table, classes: bool) -> Option<Arc<Table>> {
        if let Some(row) = table.first_without_class().filter(|_| classes) {
            let target = table.rows[row][TARGET];
            let message = format!(
                "found the target {target} in row {} of `{}`; this model takes targets from 0 to 1",
                row + 1,
                printable(&table.name)
            );
            self.report.add(&node.span, message);
            return None;
        }
        Some(Arc::new(table))
    }

    /// A file by its name in quotes, `"points.csv"`, perhaps with some of its columns, `Table(file: "points.csv",
    /// columns: ["x", "y"])`, or one that stands in the document, `Table(name: "points.csv", csv: "1,2,3\n4,5,6")`.
    /// `what` takes it; `takes` says so.
    fn table_source(
        &mut self,
        node: &SyntaxNode<'_>,
        what: &str,
        takes: impl FnOnce() -> String,
    ) -> Option<TableSource> {
        if let Some(file) = node.string() {
            return self.source_file(node, &file, Vec::new());
        }
        let Some(("Table", arguments)) = node.call() else { return self.wrong(node, what, &takes()) };
        let arguments = arguments.unwrap_or(node);
        let form = "`Table(name: \"points.csv\", csv: \"...\")`, with the rows as in a CSV file, or \
                    `Table(file: \"points.csv\", columns: [\"x\", \"y\"])`";
        let fields = self.fields(arguments, "`Table`", form, &["name", "csv", "file", "columns"])?;
        match fields[..] {
            [Some(name), Some(csv), None, None] => {
                let (Some(text), Some(rows)) = (name.string(), csv.string()) else {
                    let place = if name.string().is_none() { name } else { csv };
                    return self.wrong(place, "`Table`", "takes its name and its rows in quotes");
                };
                if let Some(fault) = name_fault(&text) {
                    return self.wrong(name, "`Table`", &fault);
                }
                Some(TableSource { name: text, bytes: rows.into_bytes(), columns: Vec::new() })
            }
            [None, None, Some(file), columns] => {
                let Some(name) = file.string() else {
                    return self.wrong(file, "`Table`", "takes the name of a file in quotes");
                };
                let columns = columns.map_or(Some(Vec::new()), |columns| self.column_names(columns))?;
                self.source_file(file, &name, columns)
            }
            _ => self.wrong(arguments, "`Table`", &format!("is written {form}")),
        }
    }

    /// The names of a file's columns, `["x", "y"]`.
    fn column_names(&mut self, node: &SyntaxNode<'_>) -> Option<Vec<String>> {
        let names = node.list().map(|names| names.iter().map(SyntaxNode::string).collect::<Option<Vec<_>>>());
        let names = names.flatten().filter(|names| !names.is_empty() && names.len() <= MAX_COLUMNS);
        names.or_else(|| {
            self.wrong(node, "`columns`", "takes the names of columns in quotes, as [\"x\", \"y\"]")
        })
    }

    /// The content of a file.
    fn source_file(
        &mut self,
        node: &SyntaxNode<'_>,
        file: &str,
        columns: Vec<String>,
    ) -> Option<TableSource> {
        let read = self.files.read(file);
        let file = read.map_err(|message| self.report.add(&node.span, message)).ok()?;
        Some(TableSource { name: file.name, bytes: file.bytes, columns })
    }

    /// Reports what is wrong with a file: the first of its diagnostics, and how many there are in all.
    fn refuse_file(&mut self, node: &SyntaxNode<'_>, name: &str, found: &[Diagnostic], count: usize) {
        let more = match count.saturating_sub(1) {
            0 => String::new(),
            1 => " (and 1 more problem)".to_owned(),
            more => format!(" (and {more} more problems)"),
        };
        let first = found.first().map(ToString::to_string).unwrap_or_default();
        self.report.add(&node.span, format!("{}:{first}{more}", printable(name)));
    }

    /// A path that was made elsewhere.
    pub(super) fn path(&mut self, node: &SyntaxNode<'_>, param: &Param) -> Option<Arc<RecordedPath>> {
        let takes = || format!("takes {}", param.allowed());
        let source = self.table_source(node, &format!("`{}`", param.key), takes)?;
        let read = read_path(&source.name, &source.bytes, &source.columns);
        read.map_err(|found| self.refuse_file(node, &source.name, &found, found.len())).ok().map(Arc::new)
    }

    /// A loss that was sampled elsewhere.
    pub(super) fn grid(&mut self, node: &SyntaxNode<'_>, param: &Param) -> Option<Arc<LossGrid>> {
        let takes = || format!("takes {}", param.allowed());
        let source = self.table_source(node, &format!("`{}`", param.key), takes)?;
        let read = read_grid(&source.name, &source.bytes, &source.columns);
        read.map_err(|found| self.refuse_file(node, &source.name, &found, found.len())).ok().map(Arc::new)
    }
}

/// A file that a document names, or what stands in the document instead.
struct TableSource {
    name: String,
    bytes: Vec<u8>,
    /// The columns that are chosen by name; empty where none are.
    columns: Vec<String>,
}

/// The most columns that can be chosen.
const MAX_COLUMNS: usize = 1000;
