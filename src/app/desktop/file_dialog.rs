//! The dialog that asks for a path.

use super::write_target::{TargetCheck, WriteTarget};
use crate::app::dialog;
use crate::app::file_outcome::file_stem;
use crate::app::purpose::Purpose;
use crate::app::text_size;
use crate::app::theme::Palette;
use crate::export::export_format::ExportFormat;
use crate::files::inputs::InputFiles;
use egui::{Button, Context, Key, RichText, ScrollArea, TextEdit, Ui};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, TryRecvError, channel};
use std::time::Duration;
use thalweg_scenario::{MAX_TITLE, Scenario, is_link, one_line};
use thalweg_session::Session;

impl Purpose {
    /// The title of the dialog.
    pub fn title(self) -> &'static str {
        match self {
            Self::Open => "Open a preset, data, a path or a sampled loss",
            Self::Save => "Save the preset as",
            Self::Export => "Export the trajectories (CSV)",
            Self::Picture => "Save a picture or a film",
            Self::Data => "Data for the model (CSV)",
        }
    }

    /// The word on its button.
    pub fn verb(self) -> &'static str {
        match self {
            Self::Open | Self::Data => "Open",
            Self::Save | Self::Picture => "Save",
            Self::Export => "Export",
        }
    }

    /// How the names of such files end.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Export | Self::Data => "csv",
            Self::Picture => "png",
            Self::Open | Self::Save => "ron",
        }
    }

    /// What is to be known of such files; empty where the title says it.
    fn hint(self) -> String {
        let endings = |is_film| {
            let formats =
                ExportFormat::ALL.iter().filter(|format| matches!(format, ExportFormat::Film(_)) == is_film);
            formats.map(|format| format!(".{}", format.ending())).collect::<Vec<_>>().join(" ")
        };
        match self {
            Self::Picture => format!("A picture ends in {}, a film in {}", endings(false), endings(true)),
            Self::Data => "Columns: one or two features and a target".to_owned(),
            Self::Open | Self::Save | Self::Export => String::new(),
        }
    }

    /// Whether a file is read; else one is written.
    pub fn reads(self) -> bool {
        matches!(self, Self::Open | Self::Data)
    }
}

/// A dialog that asks for a path.
pub struct FileDialog {
    /// What for.
    pub purpose: Purpose,
    path: String,
    error: Option<String>,
    browsing: Option<Receiver<Option<PathBuf>>>,
    is_fresh: bool,
    check: TargetCheck,
    /// Whether a changed lesson is saved with the lesson's words.
    keeps_words: bool,
}

/// What the user wants.
pub enum DialogAnswer {
    /// Nothing yet.
    Open,
    /// To leave it.
    Cancelled,
    /// To go on with this path.
    Path(PathBuf),
    /// To open this link.
    Link(String),
}

impl FileDialog {
    /// The dialog; the session's file and title make a first guess.
    pub fn new(purpose: Purpose, session: &Session) -> Self {
        let stem = file_stem(&session.scenario().title);
        let path = match (purpose, session.file()) {
            (Purpose::Save | Purpose::Open, Some(path)) => path.display().to_string(),
            (Purpose::Open, None) | (Purpose::Data, _) => String::new(),
            _ => format!("{stem}.{}", purpose.ending()),
        };
        Self {
            purpose,
            path,
            error: None,
            browsing: None,
            is_fresh: true,
            check: TargetCheck::default(),
            keeps_words: false,
        }
    }

    /// What is saved: without the words of a lesson that it is no more, unless they are to be kept. It has the file's
    /// name for a title then.
    pub fn document(&self, session: &Session) -> Scenario {
        let mut scenario = session.document_to_save();
        if has_words_of_another(session) && !self.keeps_words {
            let path = self.chosen();
            let stem = path.file_stem().map(|stem| stem.to_string_lossy().replace(['-', '_'], " "));
            scenario.title = one_line(&stem.unwrap_or_default(), MAX_TITLE);
            scenario.notes.clear();
        }
        scenario
    }

    /// Shows why the path does not do.
    pub fn refuse(&mut self, error: String) {
        self.error = Some(error);
        // What is typed next corrects the name, and must not reach the window behind.
        self.is_fresh = true;
        // What is there may be another thing now.
        self.check = TargetCheck::default();
    }

    /// Shows the dialog.
    pub fn show(&mut self, ctx: &Context, session: &Session) -> DialogAnswer {
        self.poll(ctx);
        let mut is_open = true;
        let mut is_confirmed = false;
        dialog::small(self.purpose.title())
            .open(&mut is_open)
            .show(ctx, |ui| is_confirmed = self.ui(ui, session));
        if !is_open || ctx.input(|input| input.key_pressed(Key::Escape)) {
            return DialogAnswer::Cancelled;
        }
        if !is_confirmed {
            DialogAnswer::Open
        } else if self.purpose == Purpose::Open && is_link(&self.path) {
            DialogAnswer::Link(self.path.clone())
        } else {
            DialogAnswer::Path(self.chosen())
        }
    }

    /// The path, in full: where the program is started from next time must not matter.
    fn chosen(&self) -> PathBuf {
        let typed = Path::new(self.path.trim());
        // As a shell has it.
        let home = typed.strip_prefix("~").ok().and_then(|rest| Some(std::env::home_dir()?.join(rest)));
        let path = home.unwrap_or_else(|| typed.to_path_buf());
        std::path::absolute(&path).unwrap_or(path)
    }

    /// Takes the answer of the system's file dialog.
    fn poll(&mut self, ctx: &Context) {
        let Some(receiver) = &self.browsing else { return };
        match receiver.try_recv() {
            Ok(Some(path)) => {
                self.path = path.display().to_string();
                self.browsing = None;
            }
            Ok(None) | Err(TryRecvError::Disconnected) => self.browsing = None,
            Err(TryRecvError::Empty) => ctx.request_repaint_after(Duration::from_millis(100)),
        }
    }

    /// True when the user confirms.
    fn ui(&mut self, ui: &mut Ui, session: &Session) -> bool {
        ui.set_width(460.0);
        let mut is_entered = false;
        ui.horizontal(|ui| {
            let label = ui.label("File");
            let field =
                ui.add(TextEdit::singleline(&mut self.path).desired_width(330.0)).labelled_by(label.id);
            if self.is_fresh {
                field.request_focus();
                self.is_fresh = false;
            }
            is_entered = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
            if ui.add_enabled(self.browsing.is_none(), Button::new("Browse…")).clicked() {
                self.browse(ui.ctx());
            }
        });
        let here = std::env::current_dir().map(|path| path.display().to_string()).unwrap_or_default();
        let hint = |text: String| RichText::new(text).size(text_size::HINT);
        let link = if self.purpose == Purpose::Open { "; a link is opened, too" } else { "" };
        for text in [self.purpose.hint(), format!("A name without a folder is taken in {here}{link}")] {
            if !text.is_empty() {
                ui.label(hint(text).weak());
            }
        }
        if let Some(error) = &self.error {
            ScrollArea::vertical().max_height(160.0).show(ui, |ui| {
                ui.colored_label(Palette::of(ui).alarm, error);
            });
        }
        if self.path.trim().is_empty() {
            ui.add_enabled(false, Button::new(self.purpose.verb()));
            return false;
        }
        if self.purpose.reads() {
            return ui.button(self.purpose.verb()).clicked() || is_entered;
        }
        if self.purpose == Purpose::Save && has_words_of_another(session) {
            let title = &session.scenario().title;
            ui.checkbox(&mut self.keeps_words, format!("with the title and the text of \"{title}\"")).on_hover_text(
                "The scenario is not that lesson any more. Without its words, it has the file's name for a title; \
                 Write, above the notes, gives it its own",
            );
        }
        let preset = session.file().filter(|_| self.purpose != Purpose::Save);
        let inputs = || InputFiles::of(preset, session.scenario());
        let path = self.chosen();
        let alarm = Palette::of(ui).alarm;
        match self.check.of(ui.ctx(), session.runtime(), &path, self.purpose, inputs) {
            None => {
                ui.label(hint("Looking whether there is such a file…".to_owned()));
                ui.add_enabled(false, Button::new(self.purpose.verb()));
                false
            }
            Some(WriteTarget::New) => ui.button(self.purpose.verb()).clicked() || is_entered,
            Some(WriteTarget::Replaceable) => {
                ui.label(hint("The file exists and will be replaced.".to_owned()));
                ui.button("Replace").clicked() || is_entered
            }
            // Enter is pressed before anybody has read this.
            Some(WriteTarget::Strange(what)) => {
                ui.colored_label(alarm, *what);
                ui.button(RichText::new("Replace it all the same").color(alarm)).clicked()
            }
            Some(WriteTarget::Refused(why)) => {
                ui.colored_label(alarm, why);
                ui.add_enabled(false, Button::new(self.purpose.verb()));
                false
            }
        }
    }

    /// Asks the desktop, on a thread: the window must not wait. With no desktop portal the answer
    /// is "none", and the field remains.
    fn browse(&mut self, ctx: &Context) {
        let (sender, receiver) = channel();
        let (purpose, ctx) = (self.purpose, ctx.clone());
        let name = Path::new(&self.path).file_name().map(|name| name.to_string_lossy().into_owned());
        std::thread::spawn(move || {
            let mut dialog = rfd::FileDialog::new().set_title(purpose.title());
            if purpose == Purpose::Picture {
                dialog =
                    dialog.add_filter("pictures and films", &ExportFormat::ALL.map(ExportFormat::ending));
            } else {
                dialog = dialog.add_filter(purpose.ending(), &[purpose.ending()]);
            }
            let path = match purpose {
                purpose if purpose.reads() => dialog.pick_file(),
                _ => dialog.set_file_name(name.unwrap_or_default()).save_file(),
            };
            let _ = sender.send(path);
            ctx.request_repaint();
        });
        self.browsing = Some(receiver);
    }
}

/// Whether a lesson was changed and its words were not: they tell of something else.
fn has_words_of_another(session: &Session) -> bool {
    let (now, opened) = (session.scenario(), session.opened());
    let same_words = now.title == opened.title && now.notes == opened.notes && !now.notes.is_empty();
    session.file().is_none() && session.is_changed() && same_words
}
