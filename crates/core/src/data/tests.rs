//! What the built-in sets promise, and what a table computes.

use super::data_set::*;
use super::rows::*;
use super::*;
use crate::math::random::normals;

fn table(name: &str) -> Table {
    find(name).expect("a built-in set").table()
}

/// A table of these rows.
fn of(rows: &[Row]) -> Table {
    let columns = ["a", "b", "t"].map(str::to_owned);
    Table { name: "made up".to_owned(), columns, rows: rows.to_vec(), ..Table::default() }
}

/// X^T X / n: the Hessian of half the mean squared error of a linear model, as (xx, xy, yy).
fn hessian(table: &Table) -> (f64, f64, f64) {
    let count = table.len() as f64;
    let mean = |term: fn(&Row) -> f64| table.rows.iter().map(term).sum::<f64>() / count;
    (mean(|r| r[0] * r[0]), mean(|r| r[0] * r[1]), mean(|r| r[1] * r[1]))
}

/// The larger eigenvalue over the smaller, and the angle of the larger one's axis in degrees.
fn condition((xx, xy, yy): (f64, f64, f64)) -> (f64, f64) {
    let root = libm::hypot((xx - yy) / 2.0, xy);
    let largest = f64::midpoint(xx, yy) + root;
    // Their product is the determinant: no cancellation.
    let smallest = (xx * yy - xy * xy) / largest;
    (largest / smallest, libm::atan2(2.0 * xy, xx - yy).to_degrees() / 2.0)
}

/// How many rows w1 x1 + w2 x2 puts on the wrong side, or on none.
fn mistakes(table: &Table, [w1, w2]: [f64; 2]) -> usize {
    let is_wrong = |row: &&Row| (row[TARGET] - 0.5) * (w1 * row[0] + w2 * row[1]) <= 0.0;
    table.rows.iter().filter(is_wrong).count()
}

/// The fewest strictly wrong rows of any line through the origin, and the direction across it. The
/// count changes only at directions perpendicular to a row: these are all that have to be tried.
fn fewest_strict_mistakes(table: &Table) -> (usize, [f64; 2]) {
    let directions = table.rows.iter().flat_map(|row| [[-row[1], row[0]], [row[1], -row[0]]]);
    directions
        .map(|w| {
            let product = |row: &Row| (row[TARGET] - 0.5) * (w[0] * row[0] + w[1] * row[1]);
            (table.rows.iter().filter(|row| product(row) < 0.0).count(), w)
        })
        .min_by_key(|(count, _)| *count)
        .expect("rows")
}

/// The minimum of the mean of `loss` on a grid of weights with this half side.
fn best_on_grid(table: &Table, half: f64, loss: fn([f64; 2], &Row) -> f64) -> ([f64; 2], f64) {
    let axis = || (-50..=50).map(|i| half * f64::from(i) / 50.0);
    let mean = |w| table.rows.iter().map(|row| loss(w, row)).sum::<f64>() / table.len() as f64;
    axis()
        .flat_map(|w1| axis().map(move |w2| [w1, w2]))
        .map(|w| (w, mean(w)))
        .min_by(|a, b| a.1.total_cmp(&b.1))
        .expect("a grid")
}

/// FNV-1a of all bits.
fn checksum(table: &Table) -> u64 {
    let bytes = table.rows.iter().flatten().flat_map(|value| value.to_bits().to_le_bytes());
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

fn scaled(table: &Table, center_target: bool) -> Table {
    Table { rows: Table::standardized(&table.rows, center_target), ..table.clone() }
}

#[test]
fn the_rows_are_those_of_every_version_before() {
    // A change here changes every stored preset that uses the set.
    let expected: [(&str, Row, u64); 7] = [
        ("Line", [-1.43, 1.0, -2.69], 0xed73_2276_9659_d7ce),
        ("Correlated", [-0.47, -0.2, -0.87], 0x3576_3a9e_05a4_7776),
        ("BadlyScaled", [114.8, 0.00323, 5.1], 0x78ee_f9d6_5790_7ab6),
        ("Blobs", [1.22, -0.65, 0.0], 0x1e1d_bd00_83e1_0c8e),
        ("Separable", [-2.52, 0.44, 0.0], 0x262c_e851_d5d5_d355),
        ("Outliers", [-1.45, -0.79, 0.0], 0x97a5_970e_8043_ce8d),
        ("TwoUnits", [-1.99, -0.49, -0.281], 0x0ead_222c_451a_64e9),
    ];
    let found: Vec<_> = ALL
        .iter()
        .map(|set| set.table())
        .map(|table| (table.name.clone(), table.rows[0], checksum(&table)))
        .collect();
    let expected = expected.map(|(name, row, sum)| (name.to_owned(), row, sum));
    assert_eq!(found, expected, "{found:#x?}");
}

#[test]
fn every_set_is_described_and_useful() {
    for set in ALL {
        let table = set.table();
        assert_eq!(find(set.name).map(|found| found.name), Some(set.name));
        assert_eq!(table, set.table(), "{}", set.name);
        assert!((40..=100).contains(&table.len()) && !table.is_empty(), "{}", set.name);
        assert!(set.summary.ends_with('.') && !set.source.is_empty(), "{}", set.name);
        assert!(set.name.chars().all(|c| c.is_ascii_alphanumeric()), "{}", set.name);
        for value in table.rows.iter().flatten() {
            assert!(value.is_finite() && value.to_bits() != (-0.0_f64).to_bits(), "{}: {value}", set.name);
            // Few digits: readable in a CSV file.
            assert!(value.to_string().len() <= 8, "{}: {value}", set.name);
        }
        assert_eq!(
            table.columns[TARGET] == "class",
            table.rows.iter().all(|row| row[TARGET] == 0.0 || row[TARGET] == 1.0),
            "{}",
            set.name
        );
    }
    assert!(find("line").is_none() && find("").is_none());
}

#[test]
fn class_sets_are_classes_in_about_equal_parts() {
    for name in ["Blobs", "Separable", "Outliers"] {
        let table = table(name);
        assert_eq!(table.first_without_class(), None);
        let mean = table.spreads()[TARGET].mean;
        assert!((0.4..0.6).contains(&mean), "{name}: {mean}");
    }
    assert!(table("Line").first_without_class().is_some());
    let targets = |targets: &[f64]| {
        let rows: Vec<_> = targets.iter().map(|&t| [0.0, 0.0, t]).collect();
        of(&rows).first_without_class()
    };
    assert_eq!(targets(&[0.0, 1.0, 0.25, -0.0]), None);
    assert_eq!(targets(&[0.0, 1.0, 1.5, -1.0]), Some(2));
    assert_eq!(targets(&[f64::NAN]), Some(0));
    assert_eq!(targets(&[]), None);
}

#[test]
fn line_has_its_slope_and_intercept() {
    let table = table("Line");
    assert!(table.rows.iter().all(|row| row[1] == 1.0 && row[0].abs() <= 2.0));
    let (best, loss) = best_on_grid(&table, 5.0, |[w1, w2], [x1, x2, t]| {
        let error = w1 * x1 + w2 * x2 - t;
        error * error
    });
    assert!((best[0] - 1.5).abs() < 0.15 && (best[1] + 0.5).abs() < 0.15, "{best:?}");
    assert!(loss < 0.2, "{loss}");
}

#[test]
fn the_badly_scaled_set_begins_as_in_the_lecture_and_goes_on_alike() {
    let table = table("BadlyScaled");
    assert_eq!(table.rows[..3], [[114.8, 0.00323, 5.1], [338.1, 0.00183, 3.2], [98.8, 0.00279, 4.1]]);
    // The law holds for the given rows as for the others: within some three deviations.
    for [x1, x2, t] in &table.rows {
        assert!((t - 0.001 * x1 - 1500.0 * x2).abs() < 0.7, "{x1}, {x2}, {t}");
    }
    assert!(condition(hessian(&table)).0 > 1e9);
    assert!(condition(hessian(&scaled(&table, true))).0 < 2.0);
}

#[test]
fn the_correlated_set_is_a_valley_along_the_diagonal() {
    let table = table("Correlated");
    let standardized = scaled(&table, true);
    let (xx, xy, yy) = hessian(&standardized);
    assert!((xx - 1.0).abs() < 1e-12 && (yy - 1.0).abs() < 1e-12);
    assert!((0.93..0.97).contains(&xy), "{xy}");
    for table in [table, standardized] {
        let (ratio, angle) = condition(hessian(&table));
        assert!((25.0..70.0).contains(&ratio), "{ratio}");
        assert!((angle - 45.0).abs() < 5.0, "{angle}");
    }
}

#[test]
fn blobs_are_mostly_but_not_wholly_separable() {
    let table = table("Blobs");
    // No line has all rows on their side or on the line itself: then the logistic loss grows in every
    // direction, and being convex it has a minimum.
    let (fewest, _) = fewest_strict_mistakes(&table);
    assert!((2..=8).contains(&fewest), "{fewest}");
    assert!(mistakes(&table, [1.2, 0.8]) <= 9);
}

#[test]
fn the_separable_set_is_separable_with_a_gap() {
    let table = table("Separable");
    assert_eq!(mistakes(&table, [0.6, 0.8]), 0);
    for [x1, x2, _] in &table.rows {
        assert!((0.6 * x1 + 0.8 * x2).abs() > 0.39);
    }
}

#[test]
fn outliers_turn_the_cross_entropy_but_not_the_squared_error() {
    fn sigmoid([w1, w2]: [f64; 2], row: &Row) -> f64 {
        1.0 / (1.0 + libm::exp(-w1 * row[0] - w2 * row[1]))
    }
    let table = table("Outliers");
    let right = outliers::RIGHT as usize;
    assert_eq!(mistakes(&of(&table.rows[right..]), [1.2, 0.8]), table.len() - right);
    let clean = of(&table.rows[..right]);
    assert!(mistakes(&clean, [1.2, 0.8]) <= 4);
    let (cross, _) = best_on_grid(&table, 5.0, |w, row| {
        let p = sigmoid(w, row);
        -libm::log(if row[TARGET] == 1.0 { p } else { 1.0 - p })
    });
    let (squared, _) = best_on_grid(&table, 5.0, |w, row| {
        let error = sigmoid(w, row) - row[TARGET];
        error * error
    });
    let (by_cross, by_squared) = (mistakes(&clean, cross), mistakes(&clean, squared));
    assert!(by_squared <= 4, "{squared:?}: {by_squared}");
    assert!(by_cross >= by_squared + 4, "{cross:?}: {by_cross}");
}

#[test]
fn two_units_have_two_mirrored_minima() {
    fn squared([w1, w2]: [f64; 2], [x1, x2, t]: &Row) -> f64 {
        let error = libm::tanh(w1 * x1 + x2) + libm::tanh(w2 * x1 + x2) - t;
        error * error
    }
    let table = table("TwoUnits");
    assert!(table.rows.iter().all(|[x1, x2, _]| x1.abs() <= 2.0 && x2.abs() <= 0.5));
    let (best, loss) = best_on_grid(&table, 5.0, squared);
    let (larger, smaller) = (best[0].max(best[1]), best[0].min(best[1]));
    assert!((larger - 2.0).abs() < 0.35 && (smaller + 0.7).abs() < 0.25, "{best:?}");
    let mean = |w| table.rows.iter().map(|row| squared(w, row)).sum::<f64>() / table.len() as f64;
    assert!((mean([best[1], best[0]]) - loss).abs() < 1e-12);
    // Half way between them the loss is far higher: two minima, not one valley.
    let middle = f64::midpoint(larger, smaller);
    assert!(mean([middle, middle]) > 5.0 * loss, "{} {loss}", mean([middle, middle]));
}

#[test]
fn standardizing_centres_and_scales_the_features_only() {
    let rows: Vec<_> = (0..50)
        .map(|row| {
            let pair = normals(1, row);
            [1000.0 + 30.0 * pair.x, 1e-7 * pair.y, 3.0 + pair.x]
        })
        .collect();
    let table = of(&rows);
    for center in [false, true] {
        let standardized = scaled(&table, center);
        assert_eq!((&standardized.name, &standardized.columns), (&table.name, &table.columns));
        let [first, second, target] = standardized.spreads();
        for spread in [first, second] {
            assert!(spread.mean.abs() < 1e-12 && (spread.deviation - 1.0).abs() < 1e-12, "{spread:?}");
        }
        let before = table.spreads()[TARGET];
        assert!((target.mean - if center { 0.0 } else { before.mean }).abs() < 1e-12);
        assert!((target.deviation - before.deviation).abs() < 1e-12);
    }
}

#[test]
fn the_deviation_is_that_of_the_population() {
    let table = of(&[[1.0, -5.0, 2.0], [3.0, -5.0, 4.0], [5.0, -5.0, 0.0], [7.0, -5.0, 2.0]]);
    let [first, second, target] = table.spreads();
    assert_eq!(first, Spread { mean: 4.0, deviation: 5.0_f64.sqrt() });
    assert_eq!(second, Spread { mean: -5.0, deviation: 0.0 });
    assert_eq!(target, Spread { mean: 2.0, deviation: 2.0_f64.sqrt() });
}

#[test]
fn a_constant_feature_stays() {
    // Ten times 0.1 is not 1: the mean of equal numbers is not always one of them.
    let rows: Vec<_> = (0..10).map(|row| [0.1, f64::from(row), 5.0]).collect();
    let standardized = scaled(&of(&rows), true);
    assert!(standardized.rows.iter().all(|row| row[0] == 0.1 && row[TARGET] == 0.0));
    assert_eq!(of(&rows).spreads()[0], Spread { mean: 0.1, deviation: 0.0 });
    assert_eq!(scaled(&of(&[[2.0, 3.0, 4.0]]), false), of(&[[2.0, 3.0, 4.0]]));
    assert_eq!(scaled(&of(&[]), true), of(&[]));
    assert_eq!(of(&[]).spreads()[0], Spread { mean: 0.0, deviation: 0.0 });
}

#[test]
fn no_scale_is_too_large_or_too_small() {
    for scale in [1e100, 1e-100, 1e-200, 1e-300, 1e-323] {
        let table = of(&[[scale, 0.0, 0.0], [-scale, scale, 1.0], [0.0, 0.0, 0.0]]);
        for value in scaled(&table, true).rows.iter().flatten() {
            assert!(value.abs() < 2.0, "{scale}: {value}");
        }
        let deviation = table.spreads()[0].deviation;
        assert!((deviation / scale - (2.0_f64 / 3.0).sqrt()).abs() < 0.51, "{scale}: {deviation}");
    }
}

#[test]
fn rounding_gives_the_nearest_decimal_number() {
    for (value, parts, expected) in [
        (0.123_456, 100.0, "0.12"),
        (-0.001, 100.0, "0"),
        (1.005_1, 100.0, "1.01"),
        (-2.345_9, 1000.0, "-2.346"),
        (0.003_234, 100_000.0, "0.00323"),
        (114.76, 10.0, "114.8"),
    ] {
        assert_eq!(rounded(value, parts).to_string(), expected);
    }
}

#[test]
fn two_classes_are_told_from_numbers() {
    let with = |targets: &[f64]| {
        let rows: Vec<_> = targets.iter().map(|target| [0.5, 1.0, *target]).collect();
        of(&rows).has_two_classes()
    };
    assert!(with(&[0.0, 1.0, 1.0]) && with(&[-1.0, 1.0]));
    for other in [&[0.0, 1.0, 0.5][..], &[0.0, 1.0, -1.0], &[1.0, 1.0], &[2.0, 3.0], &[]] {
        assert!(!with(other), "{other:?}");
    }
}
