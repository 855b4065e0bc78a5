//! The films of `thalweg render`.

use super::destination;
use super::failure::{Failure, note};
use super::progress::Progress;
use crate::export::film::FilmDrawing;
use crate::export::film_format::FilmFormat;
use crate::export::picture::{PictureError, PictureOrder};
use crate::files::inputs::InputFiles;
use clap::Args;
use std::cell::RefCell;
use std::fs::File;
use std::io::{self, Seek, Write};
use std::path::Path;
use thalweg_figure::film::film_plan::{FilmPlan, FilmWish};
use thalweg_figure::write::typeface::Typeface;
use thalweg_session::Session;

/// The longest film, in seconds, and the most pictures that a second has.
const LONGEST: f64 = 3600.0;
const FASTEST: f64 = 1000.0;

/// Which steps a film shows, and how fast.
#[derive(Args, Debug)]
pub struct FilmArguments {
    /// Films: the first step [default: 0]
    #[arg(long, value_name = "N", allow_hyphen_values = true)]
    from: Option<u32>,
    /// Films: the last step [default: the last one that any runner makes]
    #[arg(long, value_name = "N", allow_hyphen_values = true)]
    to: Option<u32>,
    /// Films: how long it lasts; where every step would take longer, a picture takes several
    #[arg(long, value_name = "S", value_parser = seconds, allow_hyphen_values = true)]
    seconds: Option<f64>,
    /// Films: how many pictures a second has at most [default: as many as the steps need, up to 25, or with --seconds 50]
    #[arg(long, value_name = "F", value_parser = per_second, allow_hyphen_values = true)]
    fps: Option<f64>,
}

fn seconds(text: &str) -> Result<f64, String> {
    let seconds = text.trim().parse().ok().filter(|seconds: &f64| (0.1..=LONGEST).contains(seconds));
    seconds.ok_or_else(|| format!("write a number from 0.1 to {LONGEST}"))
}

fn per_second(text: &str) -> Result<f64, String> {
    let count = text.trim().parse().ok().filter(|count: &f64| (0.01..=FASTEST).contains(count));
    count.ok_or_else(|| format!("write a number from 0.01 to {FASTEST}"))
}

impl FilmArguments {
    /// The first argument that only a film has, if there is any.
    pub fn given(&self) -> Option<&'static str> {
        let given = [
            ("--from", self.from.is_some()),
            ("--to", self.to.is_some()),
            ("--seconds", self.seconds.is_some()),
            ("--fps", self.fps.is_some()),
        ];
        given.into_iter().find(|(_, is_given)| *is_given).map(|(name, _)| name)
    }

    /// What is wanted, of a preset that makes so many steps.
    ///
    /// # Errors
    /// It has no such steps.
    pub fn wish(&self, steps: u32) -> Result<FilmWish, Failure> {
        for (name, asked) in [("--from", self.from), ("--to", self.to)] {
            if let Some(step) = asked.filter(|step| *step > steps) {
                return Err(Failure::arguments(format!("{name} {step}: the preset makes {steps} steps")));
            }
        }
        if let (Some(from), Some(to)) = (self.from, self.to)
            && from > to
        {
            return Err(Failure::arguments(format!("--from {from} --to {to}: the first step comes last")));
        }
        Ok(FilmWish { from: self.from, to: self.to, seconds: self.seconds, per_second: self.fps })
    }
}

/// What there is to write once the pictures are drawn.
enum FilmResult {
    Written(File),
    /// Drawn while it is written: there is no room for all pictures as they are.
    Live(Box<RefCell<Session>>),
}

/// What is to be filmed, and how.
pub struct FilmTask<'a> {
    /// What a picture shows.
    pub order: &'a PictureOrder,
    /// How it is written.
    pub format: FilmFormat,
    /// Which steps, and how fast.
    pub wish: FilmWish,
    /// The letters.
    pub typeface: &'a Typeface,
}

impl FilmTask<'_> {
    /// Makes the runs, draws the film, and writes it.
    ///
    /// # Errors
    /// It cannot be drawn or written.
    pub fn write(
        &self,
        (path, inputs): (&Path, &InputFiles),
        out: &mut dyn Write,
        progress: Progress,
        run: impl FnOnce(&mut Progress) -> Session,
    ) -> Result<(), Failure> {
        let compute = |progress: &mut Progress| {
            let mut session = run(progress);
            let plan = self.plan(&session);
            self.tell(&plan);
            if self.format == FilmFormat::Y4m {
                return Ok(FilmResult::Live(Box::new(RefCell::new(session))));
            }
            let told = |error: io::Error| Failure::failed(format!(".{}: {error}", self.format.ending()));
            let mut file = tempfile::tempfile().map_err(told)?;
            let mut drawing = self.drawing(&session)?;
            let said = |number: u32| {
                if progress.is_due() {
                    progress.say(&format!("picture {number} of {}", plan.frames()));
                }
                Ok(())
            };
            drawing.write(&mut session, &plan, self.format, &mut file, said).map_err(told)?;
            file.rewind().map_err(told)?;
            Ok(FilmResult::Written(file))
        };
        let write = |result: &FilmResult, out: &mut dyn Write| match result {
            FilmResult::Written(file) => {
                let mut file: &File = file;
                io::copy(&mut file, out).map(|_| ())
            }
            FilmResult::Live(session) => {
                let mut session = session.borrow_mut();
                let plan = self.plan(&session);
                self.drawing(&session)?.write(&mut session, &plan, self.format, out, |_| Ok(()))
            }
        };
        destination::write(path, inputs, out, progress, compute, write)
    }

    fn plan(&self, session: &Session) -> FilmPlan {
        FilmPlan::of(&self.wish, session.finish_line(), self.format.most_per_second())
    }

    fn drawing(&self, session: &Session) -> Result<FilmDrawing<'_>, PictureError> {
        FilmDrawing::new(self.order, &session.scenario().title, self.typeface)
    }

    /// Says what is otherwise than somebody would expect.
    fn tell(&self, plan: &FilmPlan) {
        let rate = plan.rate.per_second();
        if plan.stride > 1 {
            note(&format!(
                "a picture takes {} steps: {} pictures for steps {} to {}, {:.1} s; --from, --to, --seconds and --fps \
                 change that",
                plan.stride,
                plan.frames(),
                plan.from,
                plan.to,
                plan.seconds(),
            ));
        }
        let most = self.format.most_per_second();
        if self.wish.per_second.is_some_and(|asked| asked > most) {
            note(&format!(
                ".{}: at most {most} pictures a second; this film has {rate:.1}",
                self.format.ending()
            ));
        }
    }
}

impl From<PictureError> for Failure {
    fn from(error: PictureError) -> Self {
        Self::failed(error.to_string())
    }
}
