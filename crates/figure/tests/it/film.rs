//! Films of made-up pictures, written and read back by the formats' own readers.

use std::io::Cursor;
use thalweg_figure::film::apng_film::write_apng;
use thalweg_figure::film::film_recording::{FilmRecording, FrameRate, Pixel};
use thalweg_figure::film::gif_film::write_gif;

const WIDTH: usize = 60;
const HEIGHT: usize = 40;
const RATE: FrameRate = FrameRate { frames: 30, seconds: 1 };

/// A ground, smooth or of one colour, with a dot that moves over it; every third picture is as the one before.
fn pictures(is_smooth: bool, alpha: u8) -> Vec<Vec<Pixel>> {
    let ground = |x: usize, y: usize| {
        if is_smooth { [(x * 4) as u8, (y * 6) as u8, (x + y) as u8, alpha] } else { [250, 250, 250, alpha] }
    };
    let picture = |step: usize| {
        let dot = |x: usize, y: usize| x.abs_diff(2 * step + 3) < 3 && y.abs_diff(step + 5) < 3;
        let cell = |place: usize| {
            let (x, y) = (place % WIDTH, place / WIDTH);
            if dot(x, y) { [200, 80, 0, 255] } else { ground(x, y) }
        };
        (0..WIDTH * HEIGHT).map(cell).collect()
    };
    (0..24).map(|index| picture(index - usize::from(index % 3 == 2))).collect()
}

fn film(pictures: &[Vec<Pixel>]) -> FilmRecording {
    let mut film = FilmRecording::new(WIDTH as u16, HEIGHT as u16, RATE);
    for picture in pictures {
        film.push(picture, 1).unwrap();
    }
    film.hold(30);
    film
}

/// The pictures without those that are as the one before.
fn distinct(pictures: &[Vec<Pixel>]) -> Vec<&Vec<Pixel>> {
    let mut distinct: Vec<&Vec<Pixel>> = pictures.iter().collect();
    distinct.dedup();
    distinct
}

/// The pictures of a GIF, with the time of each in hundredths of a second.
fn read_gif(bytes: &[u8]) -> Vec<(Vec<Pixel>, u16)> {
    let mut options = gif::DecodeOptions::new();
    options.set_color_output(gif::ColorOutput::RGBA);
    let mut decoder = options.read_info(bytes).unwrap();
    assert!(matches!(decoder.repeat(), gif::Repeat::Infinite));
    let mut shown = vec![[0; 4]; WIDTH * HEIGHT];
    let mut read = Vec::new();
    while let Some(frame) = decoder.read_next_frame().unwrap() {
        assert_eq!(frame.dispose, gif::DisposalMethod::Keep);
        for (index, pixel) in frame.buffer.as_chunks::<4>().0.iter().enumerate() {
            let (column, row) = (index % usize::from(frame.width), index / usize::from(frame.width));
            if pixel[3] > 0 {
                shown[(row + usize::from(frame.top)) * WIDTH + column + usize::from(frame.left)] = *pixel;
            }
        }
        read.push((shown.clone(), frame.delay));
    }
    read
}

#[test]
fn a_gif_of_few_colours_is_exact_and_keeps_time() {
    let pictures = pictures(false, 255);
    let mut bytes = Vec::new();
    write_gif(&film(&pictures), &mut bytes).unwrap();
    let read = read_gif(&bytes);
    let wanted = distinct(&pictures);
    assert_eq!(read.len(), wanted.len());
    assert!(read.iter().zip(wanted).all(|((read, _), wanted)| read == wanted));
    // 24 pictures and a second at 30 pictures a second.
    assert_eq!(read.iter().map(|(_, delay)| u32::from(*delay)).sum::<u32>(), 180);
    // What the two readers of one file have in common: some bytes a picture.
    assert!(bytes.len() < 2500, "{}", bytes.len());
}

#[test]
fn a_gif_of_many_colours_is_close_and_its_ground_rests() {
    let pictures = pictures(true, 255);
    let mut bytes = Vec::new();
    write_gif(&film(&pictures), &mut bytes).unwrap();
    let read = read_gif(&bytes);
    for ((read, _), wanted) in read.iter().zip(distinct(&pictures)) {
        for (one, other) in read.iter().zip(wanted) {
            let off = [0, 1, 2].map(|channel| one[channel].abs_diff(other[channel]));
            assert!(off.into_iter().all(|off| off < 20), "{one:?} for {other:?}");
        }
    }
    // The last pixel is touched by nothing: it never changes.
    let corner = read[0].0[WIDTH * HEIGHT - 1];
    assert!(read.iter().all(|(picture, _)| picture[WIDTH * HEIGHT - 1] == corner));
}

/// The pictures of an animated PNG, with the time of each in thousandths of a second.
fn read_apng(bytes: &[u8]) -> Vec<(Vec<Pixel>, u32)> {
    let mut decoder = png::Decoder::new(Cursor::new(bytes));
    decoder.set_transformations(png::Transformations::EXPAND | png::Transformations::ALPHA);
    let mut reader = decoder.read_info().unwrap();
    let count = reader.info().animation_control().unwrap().num_frames;
    assert_eq!(reader.info().animation_control().unwrap().num_plays, 0);
    let mut shown = vec![[0; 4]; WIDTH * HEIGHT];
    let mut read = Vec::new();
    for _ in 0..count {
        let mut buffer = vec![0; reader.output_buffer_size().unwrap()];
        let frame = reader.next_frame(&mut buffer).unwrap();
        let control = *reader.info().frame_control().unwrap();
        let pixels = buffer[..frame.buffer_size()].as_chunks::<4>().0;
        for (index, pixel) in pixels.iter().enumerate() {
            let (column, row) = (index % control.width as usize, index / control.width as usize);
            let place = (row + control.y_offset as usize) * WIDTH + column + control.x_offset as usize;
            match (control.blend_op, pixel[3]) {
                (png::BlendOp::Over, 0) => {}
                (png::BlendOp::Over, alpha) => {
                    assert_eq!(alpha, 255);
                    shown[place] = *pixel;
                }
                (png::BlendOp::Source, _) => shown[place] = *pixel,
            }
        }
        let delay = 1000 * u32::from(control.delay_num) / u32::from(control.delay_den);
        read.push((shown.clone(), delay));
    }
    read
}

#[test]
fn an_animated_png_is_exact_in_every_kind_of_colour() {
    for (is_smooth, alpha) in [(false, 255), (true, 255), (true, 100), (false, 0)] {
        let pictures = pictures(is_smooth, alpha);
        let mut bytes = Vec::new();
        write_apng(&film(&pictures), &mut bytes).unwrap();
        let read = read_apng(&bytes);
        let wanted = distinct(&pictures);
        assert_eq!(read.len(), wanted.len());
        assert!(read.iter().zip(wanted).all(|((read, _), wanted)| read == wanted), "{is_smooth} {alpha}");
        assert_eq!(read.iter().map(|(_, delay)| *delay).sum::<u32>(), 1800);
    }
}

/// One picture is a picture, and the same film is the same file.
#[test]
fn films_of_one_picture_are_pictures_and_files_are_the_same_every_time() {
    let pictures = pictures(true, 255);
    let still = film(&pictures[..1]);
    let mut bytes = Vec::new();
    write_gif(&still, &mut bytes).unwrap();
    assert_eq!(read_gif(&bytes).len(), 1);
    let mut bytes = Vec::new();
    write_apng(&still, &mut bytes).unwrap();
    let reader = png::Decoder::new(Cursor::new(&bytes)).read_info().unwrap();
    assert!(reader.info().animation_control().is_none());
    let twice = [(); 2].map(|()| {
        let (mut gif, mut apng) = (Vec::new(), Vec::new());
        write_gif(&film(&pictures), &mut gif).unwrap();
        write_apng(&film(&pictures), &mut apng).unwrap();
        (gif, apng)
    });
    assert!(twice[0] == twice[1]);
}
