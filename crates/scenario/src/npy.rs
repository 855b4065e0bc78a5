//! Arrays in the file format of NumPy, `.npy`, and several of them in an archive, `.npz`.
//!
//! Source: the format of the module `numpy.lib.format`, versions 1 to 3; the archive is a ZIP file (PKWARE's APPNOTE 6.3)
//! whose entries are stored or deflated.

use miniz_oxide::inflate::decompress_to_vec_with_limit;

/// The most numbers that an array may have.
const MOST_NUMBERS: usize = 1 << 20;
/// The most bytes of an array in an archive.
const MOST_BYTES: usize = 16 * MOST_NUMBERS;

/// An array.
#[derive(Clone, Debug, PartialEq)]
pub struct NpyArray {
    /// How many numbers there are along each axis.
    pub shape: Vec<usize>,
    /// The numbers, the last axis running fastest.
    pub values: Vec<f64>,
}

/// Whether a file begins as an array does.
pub fn is_npy(bytes: &[u8]) -> bool {
    bytes.starts_with(b"\x93NUMPY")
}

/// Whether a file begins as an archive of arrays does.
pub fn is_npz(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04")
}

/// A kind of number: its name, its size in bytes, and how it is read.
type NumberKind = (&'static str, usize, fn([u8; 8]) -> f64);

/// The kinds of numbers that are read, as NumPy calls them, with their sizes in bytes.
const KINDS: [NumberKind; 12] = [
    ("f8", 8, f64::from_le_bytes),
    ("f4", 4, |b| f64::from(f32::from_le_bytes([b[0], b[1], b[2], b[3]]))),
    ("f2", 2, |b| half(u16::from_le_bytes([b[0], b[1]]))),
    ("i8", 8, |b| i64::from_le_bytes(b) as f64),
    ("i4", 4, |b| f64::from(i32::from_le_bytes([b[0], b[1], b[2], b[3]]))),
    ("i2", 2, |b| f64::from(i16::from_le_bytes([b[0], b[1]]))),
    ("i1", 1, |b| f64::from(i8::from_le_bytes([b[0]]))),
    ("u8", 8, |b| u64::from_le_bytes(b) as f64),
    ("u4", 4, |b| f64::from(u32::from_le_bytes([b[0], b[1], b[2], b[3]]))),
    ("u2", 2, |b| f64::from(u16::from_le_bytes([b[0], b[1]]))),
    ("u1", 1, |b| f64::from(b[0])),
    ("b1", 1, |b| f64::from(u8::from(b[0] != 0))),
];

/// A number of half precision.
fn half(bits: u16) -> f64 {
    let (exponent, fraction) = (u64::from(bits >> 10 & 31), f64::from(bits & 1023));
    let size = match exponent {
        0 => fraction / 16_777_216.0,
        31 if fraction == 0.0 => f64::INFINITY,
        31 => f64::NAN,
        // A power of two by its bits.
        _ => (1024.0 + fraction) * f64::from_bits((exponent + 998) << 52),
    };
    if bits >> 15 == 1 { -size } else { size }
}

/// The array that a file holds.
///
/// # Errors
/// It is damaged, too large, or of something else than real numbers.
pub fn read_npy(bytes: &[u8]) -> Result<NpyArray, String> {
    let damaged = || "this is no whole NumPy array: the file is damaged or was cut off".to_owned();
    let version = *bytes.get(6).filter(|_| is_npy(bytes)).ok_or_else(damaged)?;
    let (start, length) = match (version, bytes.get(8..12)) {
        (1, Some(&[low, high, ..])) => (10, usize::from(u16::from_le_bytes([low, high]))),
        (2 | 3, Some(&[a, b, c, d])) => (12, u32::from_le_bytes([a, b, c, d]) as usize),
        (1..=3, _) => return Err(damaged()),
        _ => return Err(format!("this is version {version} of NumPy's format; versions 1 to 3 are read")),
    };
    let end = start + length;
    let header = bytes.get(start..end).and_then(|header| str::from_utf8(header).ok()).ok_or_else(damaged)?;
    let kind = field(header, "descr").ok_or_else(damaged)?.trim_matches(['\'', '"']);
    let is_big = kind.starts_with('>');
    let found = KINDS.iter().find(|(name, ..)| *name == kind.trim_start_matches(['<', '>', '=', '|']));
    let Some((_, size, read)) = found else {
        return Err(format!(
            "found numbers of the kind `{}`; write real ones, as `.astype(\"float64\")` gives them",
            short(kind)
        ));
    };
    let is_fortran = field(header, "fortran_order").ok_or_else(damaged)? == "True";
    let shape = shape(header).ok_or_else(damaged)?;
    if shape.contains(&0) {
        return Err("the array is empty".to_owned());
    }
    let count = shape.iter().try_fold(1_usize, |count, side| count.checked_mul(*side));
    let count = count.filter(|count| *count <= MOST_NUMBERS);
    let count = count.ok_or_else(|| format!("the array has more than {MOST_NUMBERS} numbers"))?;
    let content = bytes.get(end..).unwrap_or_default();
    if content.len() < count * size {
        return Err(damaged());
    }
    let number = |bytes: &[u8]| {
        let mut padded = [0; 8];
        let length = bytes.len();
        padded[..length].copy_from_slice(bytes);
        if is_big {
            padded[..length].reverse();
        }
        read(padded)
    };
    let values: Vec<f64> = content.chunks_exact(*size).take(count).map(number).collect();
    let values = match (is_fortran, &shape[..]) {
        (true, [rows, columns]) => {
            let place = |at: usize| (at % columns.max(&1)) * rows + at / columns.max(&1);
            (0..count).filter_map(|at| values.get(place(at)).copied()).collect()
        }
        (true, [_, _, _, ..]) => {
            return Err("save the array with its last axis first, `np.ascontiguousarray(...)`".to_owned());
        }
        _ => values,
    };
    Ok(NpyArray { shape, values })
}

/// What stands behind a key of the header, which is written as a dictionary of Python.
fn field<'h>(header: &'h str, key: &str) -> Option<&'h str> {
    let rest =
        header.split_once(&format!("'{key}':")).or_else(|| header.split_once(&format!("\"{key}\":")))?.1;
    rest.split([',', '}']).next().map(str::trim)
}

fn shape(header: &str) -> Option<Vec<usize>> {
    let rest = header.split_once("'shape':").or_else(|| header.split_once("\"shape\":"))?.1;
    let inside = rest.trim_start().strip_prefix('(')?.split_once(')')?.0;
    let sides = inside.split(',').map(str::trim).filter(|side| !side.is_empty());
    sides.map(|side| side.parse().ok()).collect()
}

fn short(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(20).collect()
}

/// The arrays of an archive, by their names without `.npy`.
///
/// # Errors
/// It is damaged, or packed in another way than NumPy does.
pub fn read_npz(bytes: &[u8]) -> Result<Vec<(String, NpyArray)>, String> {
    let damaged =
        || "this is no whole archive of NumPy arrays: the file is damaged or was cut off".to_owned();
    let two = |at: usize| Some(usize::from(u16::from_le_bytes(bytes.get(at..at + 2)?.try_into().ok()?)));
    let four = |at: usize| Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?) as usize);
    // The directory stands at the end, and a comment of at most 65,535 bytes behind it.
    let from = bytes.len().saturating_sub(66_000);
    let end = bytes.get(from..).unwrap_or_default().windows(4).rposition(|four| four == b"PK\x05\x06");
    let end = from + end.ok_or_else(damaged)?;
    let (count, mut at) = two(end + 10).zip(four(end + 16)).ok_or_else(damaged)?;
    let mut arrays = Vec::new();
    // Entries may share what is packed: their numbers are counted together.
    let mut numbers = 0;
    for _ in 0..count {
        if bytes.get(at..at + 4) != Some(b"PK\x01\x02") {
            return Err(damaged());
        }
        let entry = || {
            let (method, packed) = (two(at + 10)?, four(at + 20)?);
            let (name, extra, comment) = (two(at + 28)?, two(at + 30)?, two(at + 32)?);
            let text = str::from_utf8(bytes.get(at + 46..at + 46 + name)?).ok()?;
            let local = four(at + 42)?;
            let start = local + 30 + two(local + 26)? + two(local + 28)?;
            let content = bytes.get(start..start.checked_add(packed)?)?;
            Some((text, method, content, 46 + name + extra + comment))
        };
        let (name, method, content, length) = entry().ok_or_else(damaged)?;
        at += length;
        let Some(name) = name.strip_suffix(".npy") else { continue };
        let array = match method {
            0 => read_npy(content),
            8 => {
                let unpacked = decompress_to_vec_with_limit(content, MOST_BYTES);
                unpacked.map_err(|_| damaged()).and_then(|unpacked| read_npy(&unpacked))
            }
            _ => {
                return Err(format!(
                    "`{}` is packed in an unknown way; save it with `np.savez`",
                    short(name)
                ));
            }
        };
        let array = array.map_err(|fault| format!("`{}`: {fault}", short(name)))?;
        numbers += array.values.len();
        if numbers > MOST_NUMBERS {
            return Err(format!("the archive has more than {MOST_NUMBERS} numbers"));
        }
        arrays.push((name.to_owned(), array));
    }
    if arrays.is_empty() { Err("the archive holds no array".to_owned()) } else { Ok(arrays) }
}

#[cfg(test)]
mod tests;
