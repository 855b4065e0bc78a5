//! A table as text, for documents.

use thalweg_core::spec::param::Alternative;
use thalweg_figure::text_measure::TextKind;
use thalweg_figure::write::tex_text::{FOREIGN, tex_text};

/// How a table is written as text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TableFormat {
    /// A pipe table.
    Markdown,
    /// A `tabular`.
    Latex,
    /// Values separated by commas (RFC 4180).
    Csv,
}

/// A table of words; numbers stand to the right.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TextTable {
    /// What the columns are.
    pub heading: Vec<String>,
    /// The rows, each with as many cells.
    pub rows: Vec<Vec<String>>,
}

impl TableFormat {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Markdown, Self::Latex, Self::Csv];

    /// Their names for people, and what they are.
    pub const NAMES: &'static [Alternative] = &[
        Alternative { name: "Markdown", doc: "a table of Markdown" },
        Alternative { name: "LaTeX", doc: "a tabular of LaTeX" },
        Alternative { name: "CSV", doc: "values separated by commas" },
    ];
}

impl TextTable {
    /// The table in a format.
    pub fn text(&self, format: TableFormat) -> String {
        match format {
            TableFormat::Markdown => self.markdown(),
            TableFormat::Latex => self.latex(),
            TableFormat::Csv => self.csv(),
        }
    }

    fn lines(&self) -> impl Iterator<Item = &Vec<String>> {
        std::iter::once(&self.heading).chain(&self.rows)
    }

    fn markdown(&self) -> String {
        let line = |cells: &Vec<String>| {
            let cells: Vec<_> =
                cells.iter().map(|cell| cell.replace('\\', "\\\\").replace('|', "\\|")).collect();
            format!("| {} |\n", cells.join(" | "))
        };
        let sides: Vec<_> =
            (0..self.heading.len()).map(|column| if column == 0 { "---" } else { "---:" }).collect();
        let mut text = format!("{}| {} |\n", line(&self.heading), sides.join(" | "));
        self.rows.iter().for_each(|row| text.push_str(&line(row)));
        text
    }

    fn latex(&self) -> String {
        let line = |cells: &Vec<String>| {
            let cells: Vec<_> = cells.iter().map(|cell| latex_words(cell)).collect();
            format!("{} \\\\\n", cells.join(" & "))
        };
        let sides = "r".repeat(self.heading.len().saturating_sub(1));
        let mut text = format!("\\begin{{tabular}}{{l{sides}}}\n\\hline\n{}\\hline\n", line(&self.heading));
        self.rows.iter().for_each(|row| text.push_str(&line(row)));
        text.push_str("\\hline\n\\end{tabular}\n");
        text
    }

    fn csv(&self) -> String {
        let mut writer = csv::Writer::from_writer(Vec::new());
        for line in self.lines() {
            // Memory takes everything.
            let _ = writer.write_record(line);
        }
        writer.into_inner().map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default()
    }
}

/// Words as LaTeX. Letters that its usual fonts lack stand as they are, for engines that have others.
fn latex_words(words: &str) -> String {
    tex_text(words, TextKind::Plain).replace(FOREIGN, "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_written_in_every_format() {
        let words = |words: &[&str]| words.iter().map(ToString::to_string).collect::<Vec<_>>();
        let table = TextTable {
            heading: words(&["runner", "|∇f|"]),
            rows: vec![words(&["a|b, \"c\"", "1.5e-7"]), words(&["50 % & more", "–"])],
        };
        assert_eq!(
            table.text(TableFormat::Markdown),
            "| runner | \\|∇f\\| |\n| --- | ---: |\n| a\\|b, \"c\" | 1.5e-7 |\n| 50 % & more | – |\n"
        );
        assert_eq!(table.text(TableFormat::Csv), "runner,|∇f|\n\"a|b, \"\"c\"\"\",1.5e-7\n50 % & more,–\n");
        let latex = table.text(TableFormat::Latex);
        assert!(latex.starts_with("\\begin{tabular}{lr}\n") && latex.contains("\\& more"), "{latex}");
        assert!(latex.contains("\\nabla") && latex.contains("10^{-7}") && latex.contains("50"), "{latex}");
        assert_eq!(TableFormat::ALL.len(), TableFormat::NAMES.len());
    }
}
