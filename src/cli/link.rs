//! `thalweg link`: a document as a link.

use super::entry::CommandWork;
use super::failure::Failure;
use super::preset::{OpenPreset, PresetArguments};
use crate::page_address::page_address;
use clap::{Args, ValueEnum};
use std::io::Write;
use thalweg_scenario::link::link_flag::read_flag;
use thalweg_scenario::{LINK_FLAGS, LinkOptions, at_address, embed_code, link_of, printable, slide_code};

const HELP: &str = "\
The link carries the whole document, data too, and opens wherever Thalweg is: in the browser, in the window
(`thalweg LINK`, or pasted there), and for every command that takes a preset. A built-in lesson that nothing was
changed of goes by its name. A link has at most 20,000 characters; docs/format.md says how it is made.

It stands behind the address of a page that shows Thalweg: --base, else the variable THALWEG_PAGE, else what
the program was built with. Without one it begins with #, which Thalweg opens as well.

With --embed it opens the plane with a slim bar, for slides and pages; --for html and --for reveal write the
code to put there, docs/embedding.md says more.

Examples:
  thalweg link mine.ron                              the link, on standard output
  thalweg link zigzag --set lr=0.02                  a lesson with another learning rate
  thalweg link mine.ron --step 40 --theme dark --base https://example.org/thalweg/
  thalweg link zigzag --for reveal --base thalweg/   a slide of reveal.js
  thalweg run \"$(thalweg link mine.ron)\"            the same run as of mine.ron

Exit status: 0 done, 1 a failure, 2 bad arguments.";

/// Arguments of `link`.
#[derive(Args, Debug)]
pub struct LinkCommand {
    #[command(flatten)]
    preset: PresetArguments,
    /// The address of the page that shows Thalweg
    #[arg(long, value_name = "URL")]
    base: Option<String>,
    /// What to write
    #[arg(long = "for", value_name = "PLACE", default_value = "address")]
    place: LinkPlace,
    /// Open it as in a slide or a page: the plane and a slim bar
    #[arg(long)]
    embed: bool,
    /// Play at once
    #[arg(long)]
    play: bool,
    /// The step at which all runners stand first
    #[arg(long, value_name = "N", allow_hyphen_values = true)]
    step: Option<String>,
    /// The scene of the story that is open first
    #[arg(long, value_name = "N", allow_hyphen_values = true)]
    scene: Option<String>,
    /// light or dark, whatever the reader's system prefers
    #[arg(long, value_name = "THEME")]
    theme: Option<String>,
    /// Parts that are not shown: some of cards, side, charts, bar, with commas between them
    #[arg(long, value_name = "PARTS")]
    hide: Option<String>,
    /// How many pixels a point has at least, in the browser
    #[arg(long, value_name = "F", allow_hyphen_values = true)]
    density: Option<String>,
    /// In the browser, a picture until it is clicked
    #[arg(long)]
    poster: bool,
}

/// Where a link is put.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum LinkPlace {
    /// The address alone
    Address,
    /// A page: an iframe
    Html,
    /// A deck of reveal.js: a slide with the plot behind it
    Reveal,
}

impl CommandWork for LinkCommand {
    const NAME: &'static str = "link";
    const ABOUT: &'static str =
        "Write a preset as a link that opens it anywhere, or as the code that embeds it in a page or a slide";
    const HELP: &'static str = HELP;
    const EXAMPLE: Option<(&'static str, &'static str)> =
        Some(("link valley.ron", "a link that carries the preset"));

    fn work(&self, out: &mut dyn Write) -> Result<(), Failure> {
        let OpenPreset { scenario, mut options, .. } = self.preset.open_story()?;
        self.set(&mut options)?;
        let base = self.base.clone().unwrap_or_else(page_address);
        if base.contains(|c: char| c.is_whitespace() || c.is_control()) {
            let base = printable(&base);
            return Err(Failure::arguments(format!("--base {base}: an address has no blanks in it")));
        }
        if base.is_empty() && self.place != LinkPlace::Address {
            return Err(Failure::arguments(
                "--for html and --for reveal: name the address of the page that shows Thalweg, with --base URL",
            ));
        }
        let link = link_of(&scenario, &options).map_err(|fault| Failure::failed(fault.to_string()))?;
        let address = at_address(&base, &link);
        let text = match self.place {
            LinkPlace::Address => address,
            LinkPlace::Html => embed_code(&address, &scenario.title),
            LinkPlace::Reveal => slide_code(&address),
        };
        Ok(writeln!(out, "{text}")?)
    }
}

impl LinkCommand {
    /// Takes in how it is to be shown; what a link that was given says of that stays otherwise.
    fn set(&self, options: &mut LinkOptions) -> Result<(), Failure> {
        let on = |is_on: bool| is_on.then(String::new);
        let is_embedded = self.embed || self.place != LinkPlace::Address;
        for (key, value) in [
            ("embed", on(is_embedded)),
            ("play", on(self.play)),
            ("step", self.step.clone()),
            ("scene", self.scene.clone()),
            ("theme", self.theme.clone()),
            ("hide", self.hide.clone()),
            ("density", self.density.clone()),
            ("poster", on(self.poster)),
        ] {
            if let Some(value) = value
                && read_flag(options, key, &value).is_some()
            {
                let takes = LINK_FLAGS.iter().find(|flag| flag.key == key).map_or("", |flag| flag.takes);
                let value = printable(&value);
                return Err(Failure::arguments(format!("--{key} {value}: write {}", takes.replace('`', ""))));
            }
        }
        Ok(())
    }
}
