//! x
fn main() {
    let s = thalweg::scenario::open(&std::env::args().nth(1).unwrap_or_default()).ok().map(|s| (s, None));
    thalweg::app::run(s).unwrap();
}
