//! Figures as TeX: a picture of PGFPlots, whose axes have their own marks and whose curves have the units of the
//! plane, so that an author can go on from there.

use crate::color::Rgba;
use crate::figure::{Figure, FigureAxes, FigureLayer};
use crate::scheme::Scheme;
use crate::write::tex_axis::TexPlaces;
use crate::write::tex_colors::TexColors;
use crate::write::tex_items::TexItems;
use crate::write::tex_text::FOREIGN;
use std::fmt::Write as _;

/// How a figure becomes TeX.
#[derive(Clone, Debug)]
pub struct TexPaper<'a> {
    /// What the picture shows, in a line at its top.
    pub title: &'a str,
    /// Its colours.
    pub scheme: Scheme,
    /// Printed points (72 to an inch) in a point of the figure.
    pub scale: f64,
    /// What the page is filled with.
    pub ground: Option<Rgba>,
}

/// What stands before every picture: it is a document by itself, and where there is one already, only a picture.
const HEAD: &str = r"% A document by itself (pdflatex, lualatex or xelatex, with pgfplots). In a document of yours, also on a slide of
% Beamer, \usepackage{pgfplots} and then \input this file: there it is the picture alone.
\expandafter\ifx\csname @classoptionslist\endcsname\relax
  \documentclass{standalone}
  \usepackage{pgfplots}
  \pgfplotsset{compat=1.15}
  \begin{document}
  \def\thalwegend{\end{document}}
\else
  \def\thalwegend{}
\fi
";

/// A figure as a TeX file.
pub fn tex(figure: &Figure, paper: &TexPaper<'_>) -> String {
    let mut colors = TexColors::new(paper.scheme);
    let page = TexPlaces::on_page(figure.page, paper.scale);
    let mut body = String::new();
    for (index, layer) in figure.layers.iter().enumerate() {
        if let Some(axes) = figure.axes.iter().find(|axes| axes.layer == index) {
            body.push_str(&plot(figure, axes, &page, paper, &mut colors));
        } else if axes_of(figure, layer).is_none() {
            body.push_str(&loose(layer, &page, paper, &mut colors));
        }
    }
    let [width, height] = figure.page.size().map(|length| page.length(length));
    let ground = paper.ground.map(|ground| colors.fill(ground)).unwrap_or_default();
    // A line break would end the comment.
    let title: String = paper.title.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let mut text = format!(
        "% {title}\n% Drawn by Thalweg.\n{HEAD}\\begin{{tikzpicture}}[x=1bp, y=1bp, line join=round, font=\\footnotesize,\n"
    );
    text.push_str(
        "  thalwegtext/.style={inner xsep=0pt, inner ysep=1pt, outer sep=0pt, text depth=0.3ex}]\n",
    );
    text.push_str("\\pgfplotsset{compat=1.15}\n");
    if body.contains(FOREIGN) {
        let _ = writeln!(
            text,
            "% Letters that pdflatex has no font for: compile with lualatex or xelatex, in a font that has them.\n\
             \\providecommand{FOREIGN}[1]{{\\ifdefined\\directlua#1\\else\\ifdefined\\XeTeXversion#1\\else?\\fi\\fi}}"
        );
    }
    text.push_str(&colors.definitions());
    let _ = writeln!(text, "\\path[{ground}] (0,0) rectangle ({width},{height});");
    text.push_str(&body);
    text.push_str("\\end{tikzpicture}%\n\\thalwegend\n");
    text
}

/// The plot that a layer is drawn in.
fn axes_of<'a>(figure: &'a Figure, layer: &FigureLayer) -> Option<&'a FigureAxes> {
    figure.axes.iter().find(|axes| layer.clip == Some(axes.plot.frame))
}

/// A plot: its axes, and all layers in it.
fn plot(
    figure: &Figure,
    axes: &FigureAxes,
    page: &TexPlaces<'_>,
    paper: &TexPaper<'_>,
    colors: &mut TexColors,
) -> String {
    let places = page.in_plot(axes);
    let scheme = &axes.plot.scheme;
    let names = [scheme.ink, scheme.ground, scheme.border, scheme.quiet].map(|color| colors.name(color));
    let mut text = format!("\\begin{{axis}}[\n{}]\n", places.axis_options(&names));
    let mut items = TexItems::new(places, paper.scheme, colors);
    let mine = |layer: &&FigureLayer| axes_of(figure, layer).is_some_and(|own| own.layer == axes.layer);
    for layer in figure.layers.iter().filter(mine) {
        items.comment(layer.name);
        items.write(&layer.items);
    }
    text.push_str(&items.into_text());
    text.push_str("\\end{axis}\n");
    text
}

/// A layer that is in no plot.
fn loose(layer: &FigureLayer, page: &TexPlaces<'_>, paper: &TexPaper<'_>, colors: &mut TexColors) -> String {
    let mut items = TexItems::new(page.clone(), paper.scheme, colors);
    items.comment(layer.name);
    items.write(&layer.items);
    let written = items.into_text();
    match layer.clip {
        None => written,
        Some(clip) => {
            let [from, to] = [clip.min, clip.max].map(|corner| page.at(corner.into()));
            format!("\\begin{{scope}}\n\\clip {from} rectangle {to};\n{written}\\end{{scope}}\n")
        }
    }
}
