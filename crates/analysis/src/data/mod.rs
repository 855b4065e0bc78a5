//! What can be said about data and the models fitted to it.

pub mod data_fit;
pub mod minibatches;
