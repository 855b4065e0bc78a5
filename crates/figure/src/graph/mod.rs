//! The plot of a function of one variable: its graph, and what runs and is known on it.

pub mod graph_figure;
mod graph_ground;
mod graph_line;
mod taylor_lines;
