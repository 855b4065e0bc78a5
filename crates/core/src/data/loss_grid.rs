//! A loss that was sampled elsewhere, on the nodes of a rectangular grid.

/// A loss that was sampled elsewhere, on the nodes of a rectangular grid.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LossGrid {
    /// The file as the user named it, or the name that it has in the document.
    pub name: String,
    /// The names of the file's columns that were chosen: the two coordinates and the loss; empty where nobody has chosen.
    pub chosen: Vec<String>,
    /// Where the nodes stand along the x axis, each larger than the one before.
    pub xs: Vec<f64>,
    /// Where they stand along the y axis, likewise.
    pub ys: Vec<f64>,
    /// The loss at each node, the row of the smallest y first.
    pub values: Vec<f64>,
}

impl LossGrid {
    /// The fewest nodes along each axis: a cubic has four coefficients.
    pub const FEWEST: usize = 4;

    /// What is wrong with it, if anything is.
    pub fn fault(&self) -> Option<String> {
        for (axis, nodes) in [("x", &self.xs), ("y", &self.ys)] {
            if nodes.len() < Self::FEWEST {
                let found = nodes.len();
                return Some(format!(
                    "found {found} different values of {axis}; at least {} are needed",
                    Self::FEWEST
                ));
            }
            if !nodes.iter().all(|node| node.abs() <= 1e100) {
                return Some(format!("the values of {axis} have to be finite, and at most 1e100"));
            }
            if let Some((low, high)) = nodes.iter().zip(nodes.iter().skip(1)).find(|(low, high)| low >= high)
            {
                return Some(format!("the values of {axis} have to grow, and {low} is followed by {high}"));
            }
        }
        if self.values.len() != self.xs.len() * self.ys.len() {
            let (found, wanted) = (self.values.len(), self.xs.len() * self.ys.len());
            return Some(format!(
                "found {found} values; {} x {} nodes have {wanted}",
                self.xs.len(),
                self.ys.len()
            ));
        }
        let wrong = self.values.iter().position(|value| value.is_nan() || value.abs() > 1e100)?;
        let (x, y) = (self.xs[wrong % self.xs.len()], self.ys[wrong / self.xs.len()]);
        Some(format!(
            "the loss at ({x}, {y}) is {}; losses have to be finite, and at most 1e100: leave that part of the plane out",
            self.values[wrong]
        ))
    }
}
