//! Optimizers against reference trajectories, what they ask of a surface, and the lines of their steps.

mod beginners;
mod evaluations;
mod formula_lines;
mod formula_programs;
mod function_values;
mod kinks;
mod lines;
mod literature_rules;
mod modifiers;
mod one_variable;
mod optimizers;
mod owned;
mod quasi_newton;
mod random_rules;
mod trajectories;
mod typed_rates;
mod typed_rules;
