//! `thalweg render`: pictures and films, with no display.

use super::destination;
use super::entry::CommandWork;
use super::failure::{Failure, note};
use super::preset::{OpenPreset, PresetArguments};
use super::progress::Progress;
use super::render_film::{FilmArguments, FilmTask};
use super::render_format::format_of;
use crate::export::export_format::ExportFormat;
use crate::export::picture::{PictureFormat, PictureOrder, SCALES, SIDES};
use clap::builder::PossibleValue;
use clap::{Args, ValueEnum};
use std::io::Write;
use std::path::PathBuf;
use thalweg_figure::picture_kind::PictureKind;
use thalweg_figure::scheme::Theme;
use thalweg_figure::write::typeface::Typeface;
use thalweg_scenario::{LinkTheme, Scenario};
use thalweg_session::{Playback, Session};

/// What `thalweg render --help` says below the options.
const HELP: &str = "\
The picture is the one of the window, from the same data: contours, paths and markers at a step, with the layers,
charts and view that the preset shows. The name of FILE says how it is written:
  .svg  lines and text, for web pages and drawing programs; a group for each layer, named after it
  .pdf  lines and text, for papers; the fonts are in the file
  .png  pixels, --scale of them to a point
  .tex  a picture of PGFPlots: a document by itself, and to \\input into one of yours
A film shows every step in a picture of its own, or says how many steps a picture takes:
  .gif   at most 256 colours, 50 pictures a second, and times in hundredths of a second
  .apng  the colours as they are, for web pages
  .y4m   picture by picture (YUV4MPEG2), for other programs; goes through a pipe, too
  .mp4   H.264, and .webm VP9, through the program ffmpeg, where it is installed
--seconds is the whole film's length, the last picture included, which stays for a moment.

The same preset makes the same bits on every machine, but for .mp4 and .webm, which ffmpeg makes.

Examples:
  thalweg render rosenbrock --out rosenbrock.svg
  thalweg render zigzag --out zigzag.pdf --theme print --size 400x300
  thalweg render classic-five --out slide.png --what sheet --scale 2
  thalweg render mine.ron --step 12 --legend off --transparent --out step-12.png
  thalweg render classic-five --out race.gif --size 640x400 --seconds 10
  thalweg render '#lesson=zigzag&step=20&theme=dark' --out poster.svg
  thalweg render zigzag --out - --format y4m --what sheet --fps 50 | ffplay -

Exit status: 0 done, 1 a failure, 2 bad arguments.";

/// Arguments of `render`.
#[derive(Args, Debug)]
pub struct RenderCommand {
    #[command(flatten)]
    preset: PresetArguments,
    /// Where to write it: a file whose ending says how; or - for standard output, with --format
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// How it is written, whatever the file is called
    #[arg(long, value_name = "FORMAT")]
    format: Option<ExportFormat>,
    /// What it shows
    #[arg(long, value_name = "PICTURE", default_value = "plane", ignore_case = true)]
    what: PictureKindName,
    /// Its width and height in points, 96 to an inch [default: as the picture needs it]
    #[arg(long, value_name = "WxH", value_parser = size)]
    size: Option<[f64; 2]>,
    /// How many pixels there are in a point, for pictures of pixels [default: 1]
    #[arg(long, value_name = "F", value_parser = scale, allow_hyphen_values = true)]
    scale: Option<f64>,
    /// Pictures: the step that it shows [default: what a link says, else the last one that any runner makes]
    #[arg(long, value_name = "N", allow_hyphen_values = true)]
    step: Option<u32>,
    /// What it is drawn for: a light or a dark screen, or white paper [default: light, or what a link says]
    #[arg(long, value_name = "THEME")]
    theme: Option<ThemeName>,
    /// Whether it tells what its lines and colours mean
    #[arg(long, value_name = "on|off", default_value = "on")]
    legend: Switch,
    /// Leave out the ground, so that what lies below the picture is seen
    #[arg(long)]
    transparent: bool,
    #[command(flatten)]
    film: FilmArguments,
    /// Show progress also where standard error is not a terminal
    #[arg(long)]
    progress: bool,
}

/// What a picture shows, as an argument.
#[derive(Clone, Copy, Debug)]
struct PictureKindName(PictureKind);

/// A theme, as an argument.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum ThemeName {
    /// A light screen
    Light,
    /// A dark screen
    Dark,
    /// White paper: black text, and colours that a grey printer tells apart
    Print,
}

/// On or off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Switch {
    /// It is there
    On,
    /// It is not
    Off,
}

impl ValueEnum for PictureKindName {
    fn value_variants<'a>() -> &'a [Self] {
        const ALL: [PictureKindName; PictureKind::ALL.len()] = {
            let mut all = [PictureKindName(PictureKind::Plane); PictureKind::ALL.len()];
            let mut index = 0;
            while index < all.len() {
                all[index] = PictureKindName(PictureKind::ALL[index]);
                index += 1;
            }
            all
        };
        &ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.0.name()).help(self.0.doc()))
    }
}

impl From<ThemeName> for Theme {
    fn from(name: ThemeName) -> Self {
        match name {
            ThemeName::Light => Self::Light,
            ThemeName::Dark => Self::Dark,
            ThemeName::Print => Self::Print,
        }
    }
}

impl CommandWork for RenderCommand {
    const NAME: &'static str = "render";
    const ABOUT: &'static str = "Write what the window shows as a picture (SVG, PDF, PNG, TeX) or as a film (GIF, APNG, Y4M, MP4, WebM)";
    const HELP: &'static str = HELP;
    const EXAMPLE: Option<(&'static str, &'static str)> =
        Some(("render valley.ron --out valley.svg", "what the window shows, as a picture"));

    fn work(&self, out: &mut dyn Write) -> Result<(), Failure> {
        render(self, out)
    }
}

/// The theme that a link asks for.
fn theme_of(asked: Option<LinkTheme>) -> Theme {
    match asked {
        Some(LinkTheme::Dark) => Theme::Dark,
        Some(LinkTheme::Light) | None => Theme::Light,
    }
}

/// A width and a height, as "800x600".
fn size(text: &str) -> Result<[f64; 2], String> {
    let (least, most) = SIDES;
    let side = |text: &str| text.trim().parse().ok().filter(|side: &f64| (least..=most).contains(side));
    let size = text.split_once('x').and_then(|(width, height)| Some([side(width)?, side(height)?]));
    size.ok_or_else(|| format!("write two numbers from {least} to {most}, as 800x600"))
}

/// How many pixels there are in a point.
fn scale(text: &str) -> Result<f64, String> {
    let (least, most) = SCALES;
    let scale = text.trim().parse().ok().filter(|scale: &f64| (least..=most).contains(scale));
    scale.ok_or_else(|| format!("write a number from {least} to {most}"))
}

/// Makes the runs of a scenario.
fn run(scenario: Scenario, progress: &mut Progress) -> Session {
    let mut session = Session::new(scenario);
    while !session.compute(|| progress.is_due()) {
        progress.say(&format!("step {} of {}", session.horizon(), session.scenario().steps));
    }
    session
}

/// What contradicts the format that is asked for.
fn check(arguments: &RenderCommand, format: ExportFormat) -> Result<(), Failure> {
    let ending = format.ending();
    let told = match format {
        ExportFormat::Picture(picture) => match arguments.film.given() {
            Some(name) => format!(
                "{name}: a .{ending} is a picture of one step; films are .gif, .apng, .y4m, .mp4, .webm"
            ),
            None if arguments.scale.is_some() && !picture.has_pixels() => {
                format!("--scale: .{ending} has no pixels; its size is --size")
            }
            None => return Ok(()),
        },
        ExportFormat::Film(_) if arguments.step.is_some() => {
            format!("--step: a .{ending} is a film, of the steps --from N --to N")
        }
        ExportFormat::Film(film) if arguments.transparent && !film.has_opacity() => {
            format!("--transparent: a .{ending} has a ground; .apng has none")
        }
        ExportFormat::Film(_) => return Ok(()),
    };
    Err(Failure::arguments(told))
}

/// Makes the picture or the film, and writes it.
fn render(arguments: &RenderCommand, out: &mut dyn Write) -> Result<(), Failure> {
    let format = format_of(arguments.format, &arguments.out)?;
    check(arguments, format)?;
    let OpenPreset { scenario, inputs, options } = arguments.preset.open()?;
    if let Some(step) = arguments.step.filter(|step| *step > scenario.steps) {
        let steps = scenario.steps;
        return Err(Failure::arguments(format!("--step {step}: the preset makes {steps} steps")));
    }
    let usual = PictureOrder::usual(arguments.what.0);
    let order = PictureOrder {
        size: arguments.size.unwrap_or(usual.size),
        scale: arguments.scale.unwrap_or(usual.scale),
        theme: arguments.theme.map_or_else(|| theme_of(options.theme), Theme::from),
        has_legend: arguments.legend == Switch::On,
        is_transparent: arguments.transparent,
        ..usual
    };
    let typeface = Typeface::new();
    let progress = Progress::new(arguments.progress);
    let format = match format {
        ExportFormat::Picture(format) => format,
        ExportFormat::Film(format) => {
            let wish = arguments.film.wish(scenario.steps)?;
            let task = FilmTask { order: &order, format, wish, typeface: &typeface };
            task.write((&arguments.out, &inputs), out, progress, |progress| run(scenario, progress))?;
            tell_missing(&typeface);
            return Ok(());
        }
    };
    let compute = |progress: &mut Progress| {
        let mut session = run(scenario, progress);
        let step = arguments.step.or(options.step).unwrap_or_else(|| session.finish_line());
        session.apply(Playback::Seek(step));
        let figure = order.figure(&session, format, &typeface)?;
        Ok(order.file(&figure, &session.scenario().title, format, &typeface)?)
    };
    let write = |file: &Vec<u8>, out: &mut dyn Write| out.write_all(file);
    destination::write(&arguments.out, &inputs, out, progress, compute, write)?;
    if matches!(format, PictureFormat::Pdf | PictureFormat::Png) {
        tell_missing(&typeface);
    }
    Ok(())
}

/// Says which letters there are no fonts for.
fn tell_missing(typeface: &Typeface) {
    let missing = typeface.missing();
    if !missing.is_empty() {
        note(&format!(
            "the fonts that the program brings along have no letters for {missing}: boxes stand there"
        ));
    }
}
