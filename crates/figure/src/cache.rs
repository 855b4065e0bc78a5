//! The two kinds of caches between frames: a value that is derived from a key, and one that grows with a run.

/// A value made from a key; made anew only when the key is another one.
#[derive(Clone, Debug)]
pub struct Derived<K, V>(Option<(K, V)>);

impl<K, V> Default for Derived<K, V> {
    fn default() -> Self {
        Self(None)
    }
}

impl<K: PartialEq, V> Derived<K, V> {
    /// The value of this key: the one that is kept, or else what `make` gives.
    pub fn get_or(&mut self, key: K, make: impl FnOnce() -> V) -> &V {
        self.get_or_from(key, |_| make())
    }

    /// The value of this key: the one that is kept, or else what `make` gives, which is shown the last key
    /// and value, to go on from there.
    pub fn get_or_from(&mut self, key: K, make: impl FnOnce(Option<&(K, V)>) -> V) -> &V {
        let kept = match self.0.take() {
            Some(kept) if kept.0 == key => kept,
            other => {
                let value = make(other.as_ref());
                (key, value)
            }
        };
        &self.0.insert(kept).1
    }

    /// The value that is kept, whatever it was made from.
    pub fn kept(&self) -> Option<&V> {
        self.0.as_ref().map(|(_, value)| value)
    }
}

/// A value that grows with what its key names, a run for example; begun anew when the key is another one.
#[derive(Clone, Debug)]
pub struct Incremental<K, V> {
    key: Option<K>,
    value: V,
}

impl<K, V: Default> Default for Incremental<K, V> {
    fn default() -> Self {
        Self { key: None, value: V::default() }
    }
}

impl<K: PartialEq, V: Default> Incremental<K, V> {
    /// Lets `grow` take in what is new, as far as its budget goes; it gives back whether something is left,
    /// and so does this.
    pub fn advance(&mut self, key: K, grow: impl FnOnce(&mut V) -> bool) -> bool {
        if self.key.as_ref() != Some(&key) {
            *self = Self { key: Some(key), value: V::default() };
        }
        grow(&mut self.value)
    }

    /// What there is so far.
    pub fn value(&self) -> &V {
        &self.value
    }

    /// What the value belongs to; none before the first.
    pub fn key(&self) -> Option<&K> {
        self.key.as_ref()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_derived_value_is_made_once_for_each_key() {
        let mut cache = Derived::default();
        let mut made = Vec::new();
        for key in [1, 1, 2, 2, 1] {
            let value = *cache.get_or(key, || {
                made.push(key);
                key * 10
            });
            assert_eq!(value, key * 10);
            assert_eq!(cache.kept(), Some(&value));
        }
        assert_eq!(made, [1, 2, 1]);
        assert_eq!(*cache.get_or_from(5, |last| last.map_or(0, |(key, value)| key + value)), 11);
    }

    #[test]
    fn an_incremental_value_grows_until_its_key_changes() {
        let mut cache = Incremental::<u32, Vec<u32>>::default();
        let grow = |value: &mut Vec<u32>| {
            value.push(value.len() as u32);
            value.len() < 3
        };
        assert!(cache.key().is_none() && cache.advance(7, grow) && cache.advance(7, grow));
        assert!(!cache.advance(7, grow));
        assert_eq!((cache.key(), &cache.value()[..]), (Some(&7), &[0, 1, 2][..]));
        assert!(cache.advance(8, grow));
        assert_eq!(cache.value(), &[0]);
    }
}
