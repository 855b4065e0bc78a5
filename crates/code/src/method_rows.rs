//! What Python needs of a step besides the formulas of its lines: the searches for its length, and what is kept in
//! another form than the lines tell.

use thalweg_core::method::update_equation::LineSearch;

/// A search in Python.
#[derive(Clone, Copy, Debug)]
pub struct SearchRow {
    /// The search.
    pub search: LineSearch,
    /// What gives the length `a`.
    pub call: &'static str,
    /// The symbols of the settings that it reads.
    pub reads: &'static [&'static str],
    /// Its text.
    pub text: &'static str,
    /// What it asks of the surface.
    pub asks: &'static [&'static str],
}

/// All searches.
pub const SEARCHES: [SearchRow; 3] = [
    SearchRow {
        search: LineSearch::Exact,
        call: "exact(x, d)",
        reads: &[],
        text: include_str!("python/searches/exact.py"),
        asks: &["hessian"],
    },
    SearchRow {
        search: LineSearch::Armijo,
        call: "armijo(x, g, d)",
        reads: &["α₀", "ρ", "c₁"],
        text: include_str!("python/searches/armijo.py"),
        asks: &[],
    },
    SearchRow {
        search: LineSearch::Wolfe,
        call: "wolfe(x, g, d, 1.0)",
        reads: &["c₁", "c₂"],
        text: include_str!("python/searches/wolfe.py"),
        asks: &[],
    },
];

/// What a method needs besides its lines.
#[derive(Clone, Copy, Debug)]
pub struct MethodRow {
    /// The name of the optimizer.
    pub optimizer: &'static str,
    /// What is done before the first step.
    pub begin: &'static [&'static str],
    /// What stands in the place of the lines of these names where they first come.
    pub instead: &'static [(&'static str, &'static str)],
    /// What is done behind the lines.
    pub end: &'static str,
    /// When no further step would find one, where a search has failed.
    pub is_over: &'static str,
    /// What is done then if it is not over.
    pub goes_on: &'static str,
    /// The symbols of the settings that these read.
    pub reads: &'static [&'static str],
    /// Functions that these call.
    pub functions: &'static [&'static str],
}

impl MethodRow {
    /// A method that needs nothing, for those that need little.
    pub const PLAIN: Self = Self {
        optimizer: "",
        begin: &[],
        instead: &[],
        end: "",
        is_over: "a == 0",
        goes_on: "",
        reads: &[],
        functions: &[],
    };
}

/// All rows; a method that is none of these needs its lines alone.
pub const METHODS: [MethodRow; 4] = [
    MethodRow {
        optimizer: "CoordinateDescent",
        begin: &["missed = False  # whether no step was found along the other axis"],
        is_over: "a == 0 and missed",
        goes_on: "missed = a == 0",
        ..MethodRow::PLAIN
    },
    MethodRow {
        optimizer: "ConjugateGradient",
        // Along -g the next search may find a step.
        is_over: "a == 0 and (d == -g).all()",
        ..MethodRow::PLAIN
    },
    MethodRow {
        optimizer: "Bfgs",
        begin: &["f_last = math.nan  # the loss one step ago"],
        instead: &[
            (
                "a",
                "size = np.linalg.norm(g)
a = wolfe(x, g, d, first_trial(g @ d, loss(x) - (f_last if t > 1 else loss(x) + size/2)))
for first in (first_trial(-(g @ g), -size/2), 1.0):
    if a == 0:  # where no step is found H is forgotten
        H, d = np.eye(2), -g
        a = wolfe(x, g, d, first)
f_last, x_last = loss(x), x",
            ),
            ("s", "s = x - x_last  # the step that was made"),
        ],
        functions: &[include_str!("python/searches/first_trial.py")],
        ..MethodRow::PLAIN
    },
    MethodRow {
        optimizer: "Lbfgs",
        begin: &["pairs = []  # the last steps s with the changes y of the gradient, the latest first"],
        instead: &[
            ("H", ""),
            ("d", "d = two_loops(g, pairs)  # the estimate's Newton step, -H·g"),
            (
                "a",
                "cautious = min(1/abs(g).sum(), 1.0)
a = wolfe(x, g, d, 1.0 if pairs else cautious)
if a == 0 and pairs:  # where no step is found they are forgotten
    pairs, d = [], -g
    a = wolfe(x, g, d, cautious)
x_last = x",
            ),
            ("u", "u = x - x_last  # the step that was made"),
        ],
        end: "if u @ q > 2**-52*(q @ q):
    pairs = ([(u, q)] + pairs)[:m]",
        reads: &["m"],
        functions: &[include_str!("python/searches/two_loops.py")],
        ..MethodRow::PLAIN
    },
];
