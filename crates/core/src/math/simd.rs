//! The widest vector instructions that the processor has, chosen when the program runs.

#[cfg(not(target_arch = "wasm32"))]
use pulp::{Arch, Simd, WithSimd};

/// Work that is compiled once for each set of instructions. What it calls must be inlined into it, or
/// it is compiled for the smallest set alone. The bits are the same with all of them: nothing is fused
/// that is not written so.
pub trait Task {
    /// What it gives.
    type Output;

    /// Does it.
    fn run(self) -> Self::Output;
}

#[cfg(not(target_arch = "wasm32"))]
struct With<T>(T);

#[cfg(not(target_arch = "wasm32"))]
impl<T: Task> WithSimd for With<T> {
    type Output = T::Output;

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) -> T::Output {
        self.0.run()
    }
}

/// Does a task with the instructions at hand.
#[cfg(not(target_arch = "wasm32"))]
#[inline]
pub fn dispatch<T: Task>(task: T) -> T::Output {
    Arch::new().dispatch(With(task))
}

/// Does a task with vectors of two numbers, which `tools/web` compiles everything for: every browser has them that
/// loads the program at all. Those that "relaxed" instructions fuse would have other bits.
#[cfg(target_arch = "wasm32")]
#[inline]
pub fn dispatch<T: Task>(task: T) -> T::Output {
    task.run()
}

/// The name of the instructions at hand, those that [`dispatch`] compiles for: "V4" is AVX-512.
pub fn instructions() -> String {
    #[cfg(not(target_arch = "wasm32"))]
    let arch = Arch::new();
    #[cfg(target_arch = "wasm32")]
    let arch = "Simd128";
    // What follows the name are all features of the processor.
    let all = format!("{arch:?}");
    let all = all.trim_matches('"');
    all.split(|letter: char| !letter.is_alphanumeric()).next().unwrap_or_default().to_owned()
}
