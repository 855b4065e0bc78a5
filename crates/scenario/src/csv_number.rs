//! Numbers in the cells of a CSV file, as people and spreadsheets of several countries write them.

use crate::text::unknown::shortened;

/// The largest absolute value: sums of squares stay finite.
pub const MAX_VALUE: f64 = 1e100;

/// What a comma within a number means in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CommaMeaning {
    /// The decimal point.
    Decimal,
    /// The decimal point, and points set thousands apart: `1.250,5`.
    DecimalBesidePoints,
    /// It sets thousands apart.
    Thousands,
    /// That cannot be told, or differs: such a number is refused.
    Unclear,
}

impl CommaMeaning {
    /// What it means in a file with these cells, which are separated by `separator`: only where all numbers with
    /// commas say the same, and no other reading is possible.
    pub fn of<'c>(cells: &(impl Iterator<Item = &'c str> + Clone), separator: char) -> Self {
        let with_commas = || cells.clone().filter(|cell| has_decimal_comma(cell) || has_thousands(cell));
        let has_points = cells.clone().any(|cell| cell.contains('.') && cell.parse::<f64>().is_ok());
        // `1.250,5` has one reading only; beside it `1.250` has that one, too.
        if separator != ',' && cells.clone().any(has_points_and_comma) {
            let is_plain = |cell: &str| !(looks_like_number(cell) && cell.contains(['.', ',']));
            let fits = |cell| is_plain(cell) || has_decimal_comma(cell) || grouped(cell, '.', ',').is_some();
            return if cells.clone().all(fits) { Self::DecimalBesidePoints } else { Self::Unclear };
        }
        if with_commas().all(has_thousands) {
            // `1,250` alone might be 1.25, but not beside 1,250,000, or where points are decimal points, or where
            // commas separate the cells.
            let is_sure = |cell: &str| cell.matches(',').count() > 1 || cell.contains('.');
            let is_sure = has_points || separator == ',' || with_commas().any(is_sure);
            return if is_sure { Self::Thousands } else { Self::Unclear };
        }
        let is_sure = !has_points && separator != ',' && with_commas().all(has_decimal_comma);
        if is_sure { Self::Decimal } else { Self::Unclear }
    }
}

/// Whether a cell holds a number in any of the ways in which people write them.
pub fn looks_like_number(content: &str) -> bool {
    content.parse::<f64>().is_ok()
        || has_decimal_comma(content)
        || has_thousands(content)
        || has_points_and_comma(content)
}

/// Whether this is a number whose thousands are set apart by points, with a decimal comma: `1.250,5`.
fn has_points_and_comma(content: &str) -> bool {
    content.contains(',') && grouped(content, '.', ',').is_some()
}

/// Whether this is a number with one comma for a decimal point.
pub fn has_decimal_comma(content: &str) -> bool {
    let is_number = !content.contains('.') && with_point(content).parse::<f64>().is_ok();
    // Not before a separator: digits stand on both sides.
    let Some((whole, part)) = content.split_once(',').filter(|_| is_number) else { return false };
    whole.ends_with(|c: char| c.is_ascii_digit()) && part.starts_with(|c: char| c.is_ascii_digit())
}

fn with_point(content: &str) -> String {
    content.replacen(',', ".", 1)
}

/// Whether this is a number whose thousands are set apart by commas: `1,250`, `-12,345,678.9`.
fn has_thousands(content: &str) -> bool {
    grouped(content, ',', '.').is_some()
}

/// The number without what sets its thousands apart.
fn grouped(content: &str, separator: char, point: char) -> Option<String> {
    let unsigned = content.strip_prefix(['-', '+']).unwrap_or(content);
    let whole = unsigned.split(point).next().unwrap_or_default();
    let mut groups = whole.split(separator);
    let first = groups.next()?;
    let is_digits = |group: &str| group.bytes().all(|byte| byte.is_ascii_digit());
    let is_first = (1..=3).contains(&first.len()) && is_digits(first) && !first.starts_with('0');
    let rest: Vec<_> = groups.collect();
    let is_grouped =
        is_first && !rest.is_empty() && rest.iter().all(|group| group.len() == 3 && is_digits(group));
    let number = content.replace(separator, "").replacen(point, ".", 1);
    (is_grouped && number.parse::<f64>().is_ok()).then_some(number)
}

/// The number in a cell, or what is wrong with it.
///
/// # Errors
/// It is none: what was found, and what to write.
pub fn number(content: &str, separator: char, comma: CommaMeaning) -> Result<f64, String> {
    if content.is_empty() {
        return Err("this cell is empty; a number is needed".to_owned());
    }
    let found = shortened(content);
    let read = match comma {
        CommaMeaning::Decimal | CommaMeaning::DecimalBesidePoints if has_decimal_comma(content) => {
            with_point(content)
        }
        CommaMeaning::DecimalBesidePoints => grouped(content, '.', ',').unwrap_or_else(|| content.to_owned()),
        CommaMeaning::Thousands => grouped(content, ',', '.').unwrap_or_else(|| content.to_owned()),
        _ => content.to_owned(),
    };
    let Ok(number) = read.parse::<f64>() else {
        return Err(format!("found `{found}`; {}", advice(content, separator)));
    };
    // `inf` says so itself; 1e999 is a number that is too large.
    if !number.is_finite() && !content.contains(|c: char| c.is_ascii_digit()) {
        Err(format!("found `{found}`; the numbers have to be finite, leave such rows out"))
    } else if number.abs() > MAX_VALUE {
        Err(format!("found `{found}`; the numbers may be at most {MAX_VALUE:e} in absolute value"))
    } else {
        Ok(number)
    }
}

/// What to write instead of a cell that is no number.
fn advice(content: &str, separator: char) -> String {
    let is_number = |text: &str| text.parse::<f64>().is_ok();
    if let Some(thousands) = grouped(content, ',', '.') {
        return if has_decimal_comma(content) {
            format!("write `{thousands}`, or `{}` if that is meant", with_point(content))
        } else {
            format!("write `{thousands}`, without what sets thousands apart")
        };
    }
    if has_decimal_comma(content) {
        return format!("write a point as in 1.5, not a comma: `{}`", with_point(content));
    }
    let apart = ['.', ' ', '\'', '’', '_', '\u{a0}', '\u{202f}'];
    if let Some(number) =
        apart.iter().find_map(|apart| grouped(content, *apart, ',').or_else(|| grouped(content, *apart, '.')))
    {
        return format!("write `{number}`, without what sets thousands apart");
    }
    if is_number(&content.replacen('\u{2212}', "-", 1)) {
        return "write the minus sign as `-`".to_owned();
    }
    if content.contains([';', '\t']) {
        let name = if separator == ',' { "commas" } else { "the same character" };
        return format!("separate the cells as in the first line, by {name}");
    }
    "a number is needed, as in -1.5 or 2e-3".to_owned()
}
