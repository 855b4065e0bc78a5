//! The page about the format, made from the tables of fields.

use crate::document::chart_kind::ChartKind;
use crate::document::chart_lines::ChartLines;
use crate::document::layer::Layer;
use crate::document::map_view::{MapAxis, MapView};
use crate::document::notation::Notation;
use crate::document::runner::Runner;
use crate::document::scenario::{PinnedRun, Scenario};
use crate::document::scene::{Question, Scene};
use crate::document::start::{Draw, StartCloud};
use crate::document::stop::Stop;
use crate::document::view_state::ViewState;
use crate::format::field::{Field, FieldKind};
use crate::format::record::Record;
use crate::format::value_writer::written;
use crate::link::link_reference::link_reference;
use crate::text::place::MAX_BYTES;
use thalweg_core::spec::param::{Alternative, Kind, Param};

/// The reference of the format, in Markdown: `docs/format.md`.
pub fn format_reference() -> String {
    let mut page = format!(
        "<!-- Made from the tables of the document's fields; a test compares. Write it anew with
     UPDATE=1 cargo test -p thalweg-scenario --test it reference -->

# The format of a scenario

A scenario is a text file in [RON](https://github.com/ron-rs/ron), by custom called `NAME.ron`, at most {} KiB long:

```ron
(
    surface: Quadratic(kappa: 30),
    steps: 200,
    runners: [
        (optimizer: GradientDescent(lr: 0.02)),
        (label: \"with momentum\", optimizer: Momentum(lr: 0.02, momentum: 0.9)),
    ],
)
```

`//` begins a comment, `/*` and `*/` enclose one. Fields may come in any order, each once; what is left out has its
default. Numbers are finite; whole ones may be written `1e3`. Texts stand in quotes, with `\\\"` and `\\n`, or verbatim
as `r#\"...\"#`. Names of surfaces, optimizers, schedules and choices stand without quotes, their settings in parentheses:
`thalweg list` has all of them with keys, ranges and meanings. A file of data is named from the folder of the scenario;
its rows may stand in the document instead, `data: Table(name: \"points.csv\", csv: \"...\")`. Such a file has two features and
a target, or one feature and a target, in columns; of more columns those that are meant are named,
`data: Table(file: \"houses.csv\", columns: [\"size\", \"rooms\", \"price\"])`.

`thalweg check FILE` tells everything that is wrong with a file, each with line and column, what was found and what is
allowed. What the program writes reads back to the same bits; everything that determines a run is written out, defaults
too, so that the file means the same to a later version.
",
        MAX_BYTES / 1024
    );
    section::<Scenario>(&mut page, "The scenario", "");
    section::<Runner>(&mut page, "A runner", "An element of `runners`.");
    section::<Stop>(&mut page, "A rule to stop", "The value of `stop`.");
    section::<Draw>(&mut page, "A random start", "The settings of `Random(...)`, a value of `start`.");
    section::<StartCloud>(&mut page, "A cloud of starts", "The value of `cloud`.");
    section::<PinnedRun>(
        &mut page,
        "A ghost",
        "An element of `ghosts`: a race that was pinned, under a name.",
    );
    section::<Scene>(
        &mut page,
        "A scene",
        "An element of `scenes`. Each begins from the document that the one before leads to.",
    );
    section::<Question>(&mut page, "A question", "The value of `ask`.");
    section::<ViewState>(
        &mut page,
        "What is shown",
        "The value of `show`. Nothing in here changes a run; only what differs from the default is written.",
    );
    section::<MapView>(&mut page, "A map", "The value of `map` in `show`.");
    section::<MapAxis>(&mut page, "A side of the map", "The value of `x` and of `y` in `map`.");
    section::<ChartLines>(&mut page, "The lines of the charts", "The value of `lines` in `show`.");
    section::<Notation>(&mut page, "A notation", "The value of `notation` in `show`.");
    page.push_str("\n## Choices\n");
    choices::<Scenario>(&mut page);
    choices::<Runner>(&mut page);
    choices::<ViewState>(&mut page);
    choices::<MapView>(&mut page);
    choices::<ChartLines>(&mut page);
    choices::<Notation>(&mut page);
    page.push_str("\n### `chart`, `charts`\n\n| name | meaning |\n|---|---|\n");
    for chart in ChartKind::TABLE {
        page.extend([format!("| `{}` | {} |\n", chart.name, cell(chart.doc))]);
    }
    page.push_str("\n### `layers`\n\n| name | by default | meaning |\n|---|---|---|\n");
    for layer in &Layer::TABLE {
        let shown = if layer.by_default { "shown" } else { "" };
        page.extend([format!("| `{}` | {shown} | {} |\n", layer.name, cell(layer.doc))]);
    }
    page.push_str(include_str!("reference_formulas.md"));
    page.push_str(&link_reference());
    page
}

/// A section with the table of the fields of `R`.
fn section<R: Record>(page: &mut String, title: &str, place: &str) {
    page.extend([format!("\n## {title}\n\n")]);
    if !place.is_empty() {
        page.extend([format!("{place} ")]);
    }
    page.extend([format!("Written {}.\n\n", R::FORM)]);
    page.push_str("| key | meaning | takes | if left out |\n|---|---|---|---|\n");
    for field in R::fields() {
        let (takes, default) = (takes(field), default(field));
        page.extend([format!(
            "| `{}` | {} | {} | {} |\n",
            field.key,
            cell(field.doc),
            cell(&takes),
            cell(&default)
        )]);
    }
}

fn takes<T>(field: &Field<T>) -> String {
    match &field.kind {
        FieldKind::Text { rule, .. } => rule.takes(),
        FieldKind::Form(form) => form.takes.to_owned(),
        FieldKind::Number { param, .. }
        | FieldKind::Switch { param, .. }
        | FieldKind::Choice { param, .. } => param.allowed(),
    }
}

fn default<T>(field: &Field<T>) -> String {
    match &field.kind {
        _ if field.is_required => "it has to be there".to_owned(),
        _ if !field.left_out.is_empty() => field.left_out.to_owned(),
        FieldKind::Text { .. } => "empty".to_owned(),
        FieldKind::Form(form) => form.default.to_owned(),
        FieldKind::Number { param, .. }
        | FieldKind::Switch { param, .. }
        | FieldKind::Choice { param, .. } => {
            format!("`{}`", written(param, &param.default_value()))
        }
    }
}

/// A section for each field of `R` that is a choice.
fn choices<R: Record>(page: &mut String) {
    for param in R::fields().iter().filter_map(Field::param) {
        if let Kind::Choice { alternatives } = param.kind {
            choice(page, param, alternatives);
        }
    }
}

fn choice(page: &mut String, param: &Param, alternatives: &[Alternative]) {
    page.extend([format!("\n### `{}`\n\n| name | meaning |\n|---|---|\n", param.key)]);
    for Alternative { name, doc } in alternatives {
        page.extend([format!("| `{name}` | {} |\n", cell(doc))]);
    }
}

/// `text` as a cell of a table: a stroke in it would end the cell.
fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}
