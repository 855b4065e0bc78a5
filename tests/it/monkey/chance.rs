//! What the monkey draws at random: numbers, texts with every kind of character, damaged documents.

use std::time::SystemTime;
use thalweg_scenario::PRESETS;
use thalweg_testing::SplitMix;

/// Numbers that are at the edge of something.
const NUMBERS: [&str; 26] = [
    "0",
    "-0",
    "1",
    "-1",
    "0.5",
    "1e-9",
    "1e9",
    "1e15",
    "1e-15",
    "1e154",
    "1e155",
    "1e300",
    "-1e300",
    "1e-300",
    "1e308",
    "1.8e308",
    "5e-324",
    "-5e-324",
    "1e400",
    "NaN",
    "inf",
    "-inf",
    "4294967295",
    "65536",
    "0,5",
    "3.0000000000000004",
];

/// Texts of every kind: controls, lines, directions, what is composed, what is long, formulas, Markdown, RON.
const TEXTS: [&str; 44] = [
    "\t",
    "\n",
    "\r\n",
    "\r",
    "\0",
    "\u{7f}",
    "\u{85}",
    "\u{1b}[31m",
    "\u{2028}",
    "\u{2029}",
    "\u{202e}abc",
    "\u{200b}",
    "\u{feff}",
    "e\u{301}\u{301}\u{301}",
    "漢字かな",
    "한국어",
    "שלום",
    "العربية",
    "ไทย",
    "👩\u{200d}👩\u{200d}👧",
    "🏳\u{fe0f}",
    "\u{fffd}",
    "\u{ffff}",
    "\u{10ffff}",
    "𝒳²",
    "\"",
    "\\",
    "'",
    "`",
    "(x, y)",
    "}{][",
    "#\"",
    "r#\"",
    "x^2 + y^2",
    "a*sin(k*x)*exp(-y^2)",
    "abs(x)^0.5",
    "log(x) - sqrt(y)",
    "max(x, y)^300",
    "1e308*x^2",
    "x^y^x^y",
    "30, 60, 90",
    "# Title\n\n- a\n  - b\n\n| a | b |\n|---|---|\n| 1 | 2 |",
    "**b** _i_ `c` [l](u) ![i](j)",
    "(((((((((x)))))))))",
];

/// Tables of data, good and bad.
const TABLES: [&str; 10] = [
    "a,b,y\n1,2,0\n2,1,1\n3,3,1\n",
    "a;b;y\n1,5;2;0\n2;1,25;1\n",
    "x1\tx2\tclass\n1\t2\t0\n-1e300\t1e300\t1\n",
    "a,b,y\n1e308,-1e308,1\n1e308,1e308,0\n",
    "a,b,y\n1e-320,5e-324,1\n0,0,0\n",
    "a,b,y\n1,1,0.5\n1,1,0.5\n1,1,0.5\n",
    "a,b\n1,2\n",
    "\u{feff}a,b,y\r\n1,2,3\r\n",
    "a,b,y\n1,NaN,inf\n",
    "",
];

/// A seed that nobody knows before.
pub fn unforeseen() -> u64 {
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    now.map_or(1, |now| now.as_micros() as u64 % 1_000_000_000)
}

/// The source of all that the monkey does.
pub struct Chance(SplitMix);

impl Chance {
    pub fn new(seed: u64) -> Self {
        Self(SplitMix::new(seed))
    }

    /// From 0 to below `count`.
    pub fn below(&mut self, count: usize) -> usize {
        ((self.0.unit() * count as f64) as usize).min(count.saturating_sub(1))
    }

    pub fn one_in(&mut self, count: usize) -> bool {
        self.below(count) == 0
    }

    pub fn of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }

    pub fn between(&mut self, low: f32, high: f32) -> f32 {
        self.0.between((low.into(), high.into())) as f32
    }

    /// Between two numbers above zero, as often in each octave.
    pub fn size(&mut self, low: f32, high: f32) -> f32 {
        self.between(low.ln(), high.ln()).exp()
    }

    pub fn number(&mut self) -> &'static str {
        self.of::<&str>(&NUMBERS)
    }

    /// A text to type or to paste. It holds no stroke: nothing is written outside the folder.
    pub fn text(&mut self) -> String {
        let text: String = match self.below(8) {
            0 => (*self.of::<&str>(&TEXTS)).repeat(1 + self.below(2000)),
            1 | 2 => self.number().to_owned(),
            3 => (0..=self.below(12)).filter_map(|_| char::from_u32(self.below(0x11_0000) as u32)).collect(),
            _ => (0..=self.below(3)).map(|_| *self.of::<&str>(&TEXTS)).collect(),
        };
        text.replace('/', "")
    }

    /// A built-in lesson, some of its numbers replaced.
    pub fn document(&mut self) -> String {
        let text = PRESETS[self.below(PRESETS.len())].text;
        let often = 3 + self.below(20);
        let mut document = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(c) = rest.chars().next() {
            let is_number = |c: char| c.is_ascii_digit() || matches!(c, '.' | 'e' | '-');
            let begins = c.is_ascii_digit() && document.ends_with([' ', '(', '-']);
            let length =
                if begins { rest.find(|c| !is_number(c)).unwrap_or(rest.len()) } else { c.len_utf8() };
            let (piece, behind) = rest.split_at(length);
            document.push_str(if begins && self.one_in(often) { self.number() } else { piece });
            rest = behind;
        }
        document
    }

    /// What lies in a file that somebody drops, and how its name ends.
    pub fn file(&mut self) -> (Vec<u8>, &'static str) {
        match self.below(8) {
            0 | 1 => (self.of::<&str>(&TABLES).as_bytes().to_vec(), "csv"),
            2 => {
                let rows: Vec<_> = (0..self.below(3000)).map(|row| self.row(row)).collect();
                (format!("a,b,y\n{}", rows.concat()).into_bytes(), "csv")
            }
            3 => (
                (0..self.below(400)).map(|_| self.below(256) as u8).collect(),
                *self.of(&["ron", "csv", "png"]),
            ),
            4 => {
                let mut bytes = self.document().into_bytes();
                bytes.truncate(self.below(bytes.len()));
                (bytes, "ron")
            }
            5 => {
                let notes = self.text().replace('"', "'").replace('\\', "");
                let text = format!(
                    "(title: \"t\", notes: \"{notes}\", surface: Saddle, runners: [(optimizer: Adam)])"
                );
                (text.into_bytes(), "ron")
            }
            _ => (self.document().into_bytes(), "ron"),
        }
    }

    fn row(&mut self, row: usize) -> String {
        let [a, b] = [(); 2].map(|()| self.between(-3.0, 3.0));
        format!("{a},{b},{}\n", row % 2)
    }
}
