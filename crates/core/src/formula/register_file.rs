//! Steps on a file of registers.

use super::code::Code;
use std::cell::Cell;

/// One operation, and the registers that it reads and writes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Step {
    pub code: Code,
    pub to: u16,
    pub a: u16,
    pub b: u16,
    pub constant: f64,
    /// How many steps of one kind begin with it.
    pub alike: usize,
}

impl PartialEq for Step {
    /// To the bit: a constant that is NaN equals itself, and 0 is not -0.
    fn eq(&self, other: &Self) -> bool {
        (self.code, self.to, self.a, self.b) == (other.code, other.to, other.a, other.b)
            && self.constant.to_bits() == other.constant.to_bits()
    }
}

/// The registers, each of K numbers. None of the register numbers in a tape is out of their range.
pub(crate) trait RegisterFile<T, const K: usize> {
    fn get(&self, register: u16) -> [T; K];
    fn set(&mut self, register: u16, value: [T; K]);
    /// The places of the registers a, b and to, two or three of which may be the same.
    fn places(&mut self, registers: [u16; 3]) -> [&CellRow<T, K>; 3];
}

impl<T: Copy, const K: usize, const N: usize> RegisterFile<T, K> for [[T; K]; N] {
    // The remainders change no number, but they spare the check of the bounds.
    #[inline]
    fn get(&self, register: u16) -> [T; K] {
        self[usize::from(register) % N]
    }
    #[inline]
    fn set(&mut self, register: u16, value: [T; K]) {
        self[usize::from(register) % N] = value;
    }
    #[inline]
    fn places(&mut self, registers: [u16; 3]) -> [&CellRow<T, K>; 3] {
        let cells = Cell::from_mut(self).as_array_of_cells();
        registers.map(|register| cells[usize::from(register) % N].as_array_of_cells())
    }
}

impl<T: Copy, const K: usize> RegisterFile<T, K> for Vec<[T; K]> {
    #[inline(always)]
    fn get(&self, register: u16) -> [T; K] {
        self[usize::from(register)]
    }
    #[inline(always)]
    fn set(&mut self, register: u16, value: [T; K]) {
        self[usize::from(register)] = value;
    }
    #[inline(always)]
    fn places(&mut self, registers: [u16; 3]) -> [&CellRow<T, K>; 3] {
        let cells = Cell::from_mut(self.as_mut_slice()).as_slice_of_cells();
        registers.map(|register| cells[usize::from(register)].as_array_of_cells())
    }
}

/// The places of K numbers side by side.
pub(crate) type CellRow<T, const K: usize> = [Cell<T>; K];
