//! A scene of a story: a small change of the document, words, and perhaps a question.

use super::limits::{MAX_LABEL, MAX_RUNNERS, MAX_STEPS, MAX_TITLE};
use crate::format::field::{Field, Form};
use crate::format::invalidates::Invalidates;
use crate::format::record::{Record, read_record, refused, write_line};
use crate::format::text_rule::TextRule;
use crate::format::value_reader::ValueReader;
use crate::format::value_writer::quoted;
use crate::text::syntax::SyntaxNode;
use thalweg_core::spec::param::Param;
use thalweg_core::spec::range::Range;

/// A scene of a story. It begins from the document that the scene before it leads to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scene {
    /// The title, one line.
    pub title: String,
    /// What is said, in Markdown.
    pub notes: String,
    /// What is changed, as [`assign`](crate::assign) takes it, one after the other.
    pub set: Vec<String>,
    /// The step at which the cursor stands when it begins.
    pub step: u32,
    /// The step up to which it plays by itself; 0 where it does not play.
    pub until: u32,
    /// What is asked before the run is seen.
    pub ask: Option<Question>,
}

/// A question: one of several answers, or the place where a runner ends.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Question {
    /// What is asked, one line.
    pub words: String,
    /// The answers to choose from; none where a place is asked for.
    pub choices: Vec<String>,
    /// The number of the right answer, from 1.
    pub answer: u32,
    /// The number of the runner, from 1, whose end is asked for.
    pub runner: u32,
}

/// The most scenes of a story, changes of a scene, answers of a question, and characters of a change or a question.
pub const MAX_SCENES: usize = 40;
const MOST_CHANGES: usize = 20;
const MOST_CHOICES: usize = 6;
const MAX_LINE: usize = 200;

const UNDO: &str = "the scenes";

static FIELDS: [Field<Scene>; 6] = [
    Field::<Scene>::line(
        "title",
        "the title, one line",
        MAX_TITLE,
        |scene| &scene.title,
        |scene, title| scene.title = title,
    )
    .called("the title of a scene")
    .invalidates(Invalidates::Nothing, UNDO),
    Field::<Scene>::markdown(
        "notes",
        "what is said, in Markdown",
        |scene| &scene.notes,
        |scene, notes| scene.notes = notes,
    )
    .called("the text of `notes`")
    .invalidates(Invalidates::Nothing, UNDO),
    Field::<Scene>::form(
        "set",
        "what is changed from the scene before, one line after the other, as `thalweg run --set` takes them",
        Form {
            takes: "a list of lines, `[\"2.lr=0.1\", \"start=(1, 2)\", \"show.page=Map\"]`",
            default: "nothing is",
            read: |reader, node, scene| {
                read_lines(reader, node, "`set`", MOST_CHANGES, MAX_LINE).map(|set| scene.set = set).is_some()
            },
            write: |scene, _| Some(write_lines(&scene.set)),
            is_same: |one, other| one.set == other.set,
            refused: |scene| refused_lines(&scene.set, "`set`", MOST_CHANGES, MAX_LINE),
        },
    )
    .invalidates(Invalidates::Nothing, UNDO),
    Field::<Scene>::number(
        Param::number(
            "step",
            "",
            0.0,
            Range::whole(0, MAX_STEPS),
            (0.0, MAX_STEPS as f64),
            "the step at which the cursor stands when the scene begins",
        ),
        |scene| scene.step.into(),
        |scene, step| scene.step = step as u32,
    )
    .invalidates(Invalidates::Nothing, UNDO),
    Field::<Scene>::number(
        Param::number(
            "until",
            "",
            0.0,
            Range::whole(0, MAX_STEPS),
            (0.0, MAX_STEPS as f64),
            "the step up to which it plays by itself; 0 where it does not play",
        ),
        |scene| scene.until.into(),
        |scene, until| scene.until = until as u32,
    )
    .invalidates(Invalidates::Nothing, UNDO),
    Field::<Scene>::form(
        "ask",
        "what is asked before the run is seen: what is to come stays hidden",
        Form {
            takes: "a question",
            default: "nothing is",
            read: |reader, node, scene| {
                let mut question = Question::default();
                let is_read = read_record(reader, node, &mut question);
                scene.ask = is_read.then_some(question);
                is_read
            },
            write: |scene, writer| {
                scene.ask.as_ref().map(|ask| write_line(ask, &Question::default(), writer))
            },
            is_same: |one, other| one.ask == other.ask,
            refused: |scene| scene.ask.as_ref().and_then(refused),
        },
    )
    .invalidates(Invalidates::Nothing, UNDO),
];

impl Record for Scene {
    const WHAT: &'static str = "a scene";
    const FORM: &'static str = "`(title: \"Too large\", notes: \"...\", set: [\"1.lr=0.2\"])`";

    fn fields() -> &'static [Field<Self>] {
        &FIELDS
    }
}

static QUESTION_FIELDS: [Field<Question>; 4] = [
    Field::<Question>::line(
        "words",
        "what is asked, one line",
        MAX_LINE,
        |question| &question.words,
        |question, words| question.words = words,
    )
    .called("a question")
    .invalidates(Invalidates::Nothing, UNDO)
    .required(),
    Field::<Question>::form(
        "choices",
        "the answers to choose from",
        Form {
            takes: "a list of lines, `[\"the left one\", \"the right one\"]`",
            default: "none: a place is asked for",
            read: |reader, node, question| {
                read_lines(reader, node, "`choices`", MOST_CHOICES, MAX_LABEL)
                    .map(|choices| question.choices = choices)
                    .is_some()
            },
            write: |question, _| Some(write_lines(&question.choices)),
            is_same: |one, other| one.choices == other.choices,
            refused: |question| refused_lines(&question.choices, "`choices`", MOST_CHOICES, MAX_LABEL),
        },
    )
    .invalidates(Invalidates::Nothing, UNDO),
    Field::<Question>::number(
        Param::number(
            "answer",
            "",
            0.0,
            Range::whole(0, MOST_CHOICES as u32),
            (0.0, MOST_CHOICES as f64),
            "the number of the right answer, from 1",
        ),
        |question| question.answer.into(),
        |question, answer| question.answer = answer as u32,
    )
    .invalidates(Invalidates::Nothing, UNDO),
    Field::<Question>::number(
        Param::number(
            "runner",
            "",
            0.0,
            Range::whole(0, MAX_RUNNERS as u32),
            (0.0, MAX_RUNNERS as f64),
            "the number of the runner, from 1, whose end is clicked on in the plane; 0 where there are choices",
        ),
        |question| question.runner.into(),
        |question, runner| question.runner = runner as u32,
    )
    .invalidates(Invalidates::Nothing, UNDO),
];

impl Record for Question {
    const WHAT: &'static str = "a question";
    const FORM: &'static str = "`(words: \"Who arrives first?\", choices: [\"a\", \"b\"], answer: 2)` or \
                                `(words: \"Where does it end?\", runner: 1)`";

    fn fields() -> &'static [Field<Self>] {
        &QUESTION_FIELDS
    }

    fn check(&self, reader: &mut ValueReader<'_>, node: &SyntaxNode<'_>, _: &[&str]) -> bool {
        let fault = self.refused_together();
        if let Some(fault) = &fault {
            reader.report.add(&node.span, fault.clone());
        }
        fault.is_none()
    }

    fn refused_together(&self) -> Option<String> {
        let (count, Self { answer, runner, .. }) = (self.choices.len(), self);
        match count {
            0 if *runner == 0 => {
                Some("a question has `choices`, or the `runner` whose end is asked for".to_owned())
            }
            1 => Some("a question takes two `choices` or more".to_owned()),
            0 => None,
            _ if *runner > 0 => Some("a question has `choices` or a `runner`, not both".to_owned()),
            _ if *answer == 0 || *answer as usize > count => {
                Some(format!("found the answer {answer}; of {count} `choices` it is one from 1 to {count}"))
            }
            _ => None,
        }
    }
}

/// Reads a list of lines.
fn read_lines(
    reader: &mut ValueReader<'_>,
    node: &SyntaxNode<'_>,
    what: &str,
    most: usize,
    length: usize,
) -> Option<Vec<String>> {
    let Some(list) = node.list() else { return reader.wrong(node, what, "takes a list of texts in quotes") };
    if let Some(first_too_many) = list.get(most) {
        let message = format!("found {} lines; {what} takes at most {most}", list.len());
        reader.report.add(&first_too_many.span, message);
        return None;
    }
    // All are read, so that all that is wrong is told.
    let lines: Vec<_> = list.iter().map(|node| reader.text(node, "a line", TextRule::Line(length))).collect();
    lines.into_iter().collect()
}

fn write_lines(lines: &[String]) -> String {
    format!("[{}]", lines.iter().map(|line| quoted(line)).collect::<Vec<_>>().join(", "))
}

fn refused_lines(lines: &[String], what: &str, most: usize, length: usize) -> Option<String> {
    if lines.len() > most {
        return Some(format!("found {} lines; {what} takes at most {most}", lines.len()));
    }
    lines
        .iter()
        .find_map(|line| TextRule::Line(length).fault(line))
        .map(|fault| format!("a line of {what} {fault}"))
}
