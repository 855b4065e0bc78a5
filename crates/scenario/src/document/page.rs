//! The pages of the right panel.

use super::same_name::is_same;
use thalweg_core::spec::param::Alternative;

/// A page of the right panel, by its place among the names. What it shows is the window's matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Page(usize);

impl Page {
    /// Every page, in the order of the tabs, with its name in a document.
    pub const NAMES: &'static [Alternative] = &[
        Alternative {
            name: "Spectrum",
            doc: "Eigenvalues of the Hessian, and what they say of the focused runner",
        },
        Alternative {
            name: "Model",
            doc: "The local quadratic model, a direction to turn, the critical points",
        },
        Alternative { name: "Step", doc: "The focused runner's next step, taken apart" },
        Alternative {
            name: "Map",
            doc: "How the focused runner does over two of its parameters, and from every start",
        },
    ];

    /// All pages, in the order of their tabs.
    pub const ALL: [Self; Self::NAMES.len()] = {
        let mut all = [Self(0); Self::NAMES.len()];
        let mut index = 0;
        while index < all.len() {
            all[index] = Self(index);
            index += 1;
        }
        all
    };

    /// The page of this name; a constant that is made of a name that is in no row does not compile.
    ///
    /// # Panics
    ///
    /// Where no row has the name.
    pub const fn named(name: &str) -> Self {
        let mut index = 0;
        while index < Self::NAMES.len() {
            if is_same(Self::NAMES[index].name, name) {
                return Self(index);
            }
            index += 1;
        }
        panic!("no page has this name")
    }

    /// The place among the names.
    pub fn index(self) -> usize {
        self.0
    }

    /// The name in a document, and on the tab.
    pub fn name(self) -> &'static str {
        Self::NAMES[self.0].name
    }

    /// What it is for.
    pub fn doc(self) -> &'static str {
        Self::NAMES[self.0].doc
    }
}
