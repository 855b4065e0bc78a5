//! The colours of a film in one palette: its own where they are few, and else those that stand for them best.
//!
//! The palette is made here and not by a crate, because those that were looked at count colours in boxes of eight
//! levels a channel, which makes bands of a smooth shade, or give other bits on other machines. This one cuts the colours
//! themselves, where their squared distances are largest (after Xiaolin Wu, Graphics Gems II (1991)), all in whole
//! numbers.

use super::film_recording::{FilmRecording, Pixel};
use std::collections::HashMap;

/// A colour without opacity.
pub type Rgb = [u8; 3];

/// A colour with at least this part of all pixels is in the palette as it is: nobody sees a large area change.
const LARGE: u64 = 300;
/// How many such colours there are at most.
const MOST_LARGE: usize = 128;
/// How often the palette's colours are moved to the middle of those that they stand for.
const ROUNDS: usize = 2;

/// The colours of a film, and which of them stands for each of its colours.
#[derive(Clone, Debug)]
pub struct FilmPalette {
    colors: Vec<Rgb>,
    of: HashMap<Rgb, u8>,
    is_exact: bool,
}

/// A colour, and how much it weighs.
#[derive(Clone, Copy, Debug)]
struct WeighedColor {
    color: Rgb,
    weight: u64,
}

impl FilmPalette {
    /// The palette of a film's colours, opacity apart, with at most so many of them (no more than 256).
    pub fn of(film: &FilmRecording, most: usize) -> Self {
        let mut counts: HashMap<Rgb, u64> = HashMap::new();
        // What is seen longer weighs no more: it is as wrong, or right, as what passes.
        let mut last: (Pixel, u64) = ([0; 4], 0);
        for pixel in film.pixels() {
            // Pixels of one colour stand side by side.
            if pixel == last.0 {
                last.1 += 1;
                continue;
            }
            *counts.entry(rgb(last.0)).or_default() += last.1;
            last = (pixel, 1);
        }
        *counts.entry(rgb(last.0)).or_default() += last.1;
        counts.retain(|_, count| *count > 0);
        let mut found: Vec<(Rgb, u64)> = counts.into_iter().collect();
        found.sort_unstable();
        if found.len() <= most {
            let colors: Vec<Rgb> = found.iter().map(|(color, _)| *color).collect();
            let of = colors.iter().enumerate().map(|(index, color)| (*color, index as u8)).collect();
            return Self { colors, of, is_exact: true };
        }
        let colors = chosen(&found, most);
        let of = found.iter().map(|(color, _)| (*color, nearest(&colors, *color) as u8)).collect();
        Self { colors, of, is_exact: false }
    }

    /// The colours.
    pub fn colors(&self) -> &[Rgb] {
        &self.colors
    }

    /// Whether every colour of the film is in it.
    pub fn is_exact(&self) -> bool {
        self.is_exact
    }

    /// The place of the colour that stands for a pixel's.
    pub fn index(&self, pixel: Pixel) -> u8 {
        self.of.get(&rgb(pixel)).copied().unwrap_or_default()
    }
}

/// A pixel's colour.
pub fn rgb([red, green, blue, _]: Pixel) -> Rgb {
    [red, green, blue]
}

/// How far apart two colours are, squared: green counts most, as for the eye, and blue least.
fn distance(one: Rgb, other: Rgb) -> u64 {
    let way = |channel: usize| {
        let way = i64::from(one[channel]) - i64::from(other[channel]);
        (way * way) as u64
    };
    3 * way(0) + 6 * way(1) + 2 * way(2)
}

fn nearest(colors: &[Rgb], color: Rgb) -> usize {
    let by_distance = colors.iter().enumerate().min_by_key(|(_, other)| distance(**other, color));
    by_distance.map_or(0, |(index, _)| index)
}

/// So many colours that stand for these, which are more.
fn chosen(found: &[(Rgb, u64)], most: usize) -> Vec<Rgb> {
    let all: u64 = found.iter().map(|(_, count)| count).sum();
    let mut large: Vec<(Rgb, u64)> =
        found.iter().filter(|(_, count)| count * LARGE >= all).copied().collect();
    large.sort_by_key(|(color, count)| (std::cmp::Reverse(*count), *color));
    large.truncate(MOST_LARGE.min(most / 2));
    let fixed: Vec<Rgb> = large.into_iter().map(|(color, _)| color).collect();
    // A rare colour, as that of a marker, weighs more than its share.
    let weigh = |(color, count): &(Rgb, u64)| WeighedColor { color: *color, weight: count.isqrt().max(1) };
    let rest: Vec<WeighedColor> =
        found.iter().filter(|(color, _)| !fixed.contains(color)).map(weigh).collect();
    let mut colors = fixed.clone();
    colors.extend(cut(rest.clone(), most - fixed.len()).iter().map(|part| mean(part)));
    for _ in 0..ROUNDS {
        let mut sums = vec![[0_u64; 4]; colors.len()];
        for WeighedColor { color, weight } in &rest {
            let sum = &mut sums[nearest(&colors, *color)];
            for channel in 0..3 {
                sum[channel] += weight * u64::from(color[channel]);
            }
            sum[3] += weight;
        }
        for (color, sum) in colors.iter_mut().zip(&sums).skip(fixed.len()) {
            if sum[3] > 0 {
                *color = [0, 1, 2].map(|channel| ((sum[channel] + sum[3] / 2) / sum[3]) as u8);
            }
        }
    }
    colors
}

/// A part of the colours, with what it would gain by being cut.
struct ColorPart {
    colors: Vec<WeighedColor>,
    /// The channel along which they differ most, and by how much, squared and weighed.
    spread: (usize, u128),
}

impl ColorPart {
    fn new(colors: Vec<WeighedColor>) -> Self {
        // The channels weigh as in the distance.
        let spreads = [(0, 3), (1, 6), (2, 2)].map(|(channel, share)| {
            let (mut weight, mut sum, mut squares) = (0_u128, 0_u128, 0_u128);
            for color in &colors {
                let (value, each) = (u128::from(color.color[channel]), u128::from(color.weight));
                weight += each;
                sum += each * value;
                squares += each * value * value;
            }
            (channel, share * (squares * weight - sum * sum) / weight.max(1))
        });
        let spread = spreads.into_iter().max_by_key(|(_, spread)| *spread).unwrap_or((0, 0));
        Self { colors, spread }
    }

    /// Two parts, cut where what is left in them is least; none where all colours are one.
    fn halves(mut self) -> Result<[Self; 2], Self> {
        let channel = self.spread.0;
        self.colors.sort_by_key(|color| (color.color[channel], color.color));
        let sums = |weight: u128, sum: u128| sum * sum / weight.max(1);
        let value = |color: &WeighedColor| u128::from(color.color[channel]) * u128::from(color.weight);
        let all: (u128, u128) = self
            .colors
            .iter()
            .fold((0, 0), |(weight, sum), color| (weight + u128::from(color.weight), sum + value(color)));
        let (mut weight, mut sum, mut best) = (0, 0, None);
        for (index, pair) in self.colors.windows(2).enumerate() {
            weight += u128::from(pair[0].weight);
            sum += value(&pair[0]);
            if pair[0].color[channel] == pair[1].color[channel] {
                continue;
            }
            let gain = sums(weight, sum) + sums(all.0 - weight, all.1 - sum);
            if best.is_none_or(|(most, _)| gain > most) {
                best = Some((gain, index + 1));
            }
        }
        let Some((_, at)) = best else { return Err(self) };
        let upper = self.colors.split_off(at);
        Ok([Self::new(self.colors), Self::new(upper)])
    }
}

/// The colours in at most so many parts of colours that are alike.
fn cut(colors: Vec<WeighedColor>, most: usize) -> Vec<Vec<WeighedColor>> {
    let mut parts = vec![ColorPart::new(colors)];
    let mut done = Vec::new();
    while parts.len() + done.len() < most {
        let widest = parts.iter().enumerate().max_by_key(|(_, part)| part.spread.1);
        let Some(index) = widest.map(|(index, _)| index) else { break };
        match parts.swap_remove(index).halves() {
            Ok(halves) => parts.extend(halves),
            Err(part) => done.push(part),
        }
    }
    parts.into_iter().chain(done).map(|part| part.colors).filter(|colors| !colors.is_empty()).collect()
}

fn mean(colors: &[WeighedColor]) -> Rgb {
    let weight: u64 = colors.iter().map(|color| color.weight).sum();
    [0, 1, 2].map(|channel| {
        let sum: u64 = colors.iter().map(|color| color.weight * u64::from(color.color[channel])).sum();
        ((sum + weight / 2) / weight.max(1)) as u8
    })
}

#[cfg(test)]
mod tests {
    use super::super::film_recording::FrameRate;
    use super::*;

    fn film(colors: &[Rgb]) -> FilmRecording {
        let mut film = FilmRecording::new(colors.len() as u16, 1, FrameRate { frames: 1, seconds: 1 });
        let picture: Vec<Pixel> = colors.iter().map(|[r, g, b]| [*r, *g, *b, 255]).collect();
        film.push(&picture, 1).unwrap();
        film
    }

    #[test]
    fn few_colours_are_kept_as_they_are() {
        let colors: Vec<Rgb> = (0..=255).map(|i: u8| [i, i / 2, 7]).collect();
        let palette = FilmPalette::of(&film(&colors), 256);
        assert!(palette.is_exact() && palette.colors().len() == 256);
        for color in colors {
            assert_eq!(
                palette.colors()[usize::from(palette.index([color[0], color[1], color[2], 255]))],
                color
            );
        }
        assert_eq!(FilmPalette::of(&film(&[[1, 2, 3]; 9]), 256).colors(), [[1, 2, 3]]);
    }

    /// A smooth shade with a rare bright dot: neither bands nor a lost dot.
    #[test]
    fn many_colours_are_met_closely() {
        let mut colors: Vec<Rgb> = (0..60_000_u32)
            .map(|i| [200 + (i / 1100) as u8, 180 + (i % 70) as u8, 230 + (i % 20) as u8])
            .collect();
        colors.extend([[214, 80, 10]; 12]);
        let palette = FilmPalette::of(&film(&colors), 255);
        assert!(!palette.is_exact() && palette.colors().len() == 255);
        let off = |color: Rgb| {
            let met = palette.colors()[usize::from(palette.index([color[0], color[1], color[2], 255]))];
            [0, 1, 2].map(|channel| met[channel].abs_diff(color[channel])).into_iter().max().unwrap()
        };
        let worst = colors.iter().map(|color| off(*color)).max().unwrap();
        let mean = colors.iter().map(|color| f64::from(off(*color))).sum::<f64>() / colors.len() as f64;
        assert!(worst <= 14 && mean < 5.0, "{worst} {mean}");
        assert!(off([214, 80, 10]) <= 2);
    }

    #[test]
    fn a_large_area_keeps_its_colour() {
        let mut colors: Vec<Rgb> = (0..2000_u32).map(|i| [(i % 250) as u8, (i / 8) as u8, 99]).collect();
        colors.extend([[251, 252, 253]; 400]);
        let palette = FilmPalette::of(&film(&colors), 64);
        assert!(palette.colors().contains(&[251, 252, 253]));
        assert_eq!(palette.colors()[usize::from(palette.index([251, 252, 253, 255]))], [251, 252, 253]);
    }
}
