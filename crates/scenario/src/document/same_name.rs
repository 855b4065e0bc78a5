//! Whether two names are the same, asked in constants.

/// Whether two names are the same; `==` cannot be asked in a constant.
pub(super) const fn is_same(one: &str, other: &str) -> bool {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    let mut index = 0;
    while index < one.len() && index < other.len() && one[index] == other[index] {
        index += 1;
    }
    index == one.len() && index == other.len()
}

#[cfg(test)]
mod tests {
    use super::is_same;

    #[test]
    fn names_are_compared_to_the_last_letter() {
        for (one, other) in [("", ""), ("Loss", "Loss"), ("Loss", "Los"), ("Los", "Loss"), ("Loss", "loss")] {
            assert_eq!(is_same(one, other), one == other, "{one} {other}");
        }
    }
}
