//! What optimizers do on two-dimensional loss surfaces: the surfaces, the optimizers and schedules, and the
//! lockstep race between them. Pure: no window, no files, no clock, no threads, no locks.
//!
//! A surface, an optimizer or a schedule is [chosen](Chosen) from the [catalogue] by its name and given its
//! settings; a surface with its settings is an [`Objective`], which has exact derivatives:
//!
//! ```
//! use thalweg_core::catalogue::surfaces;
//! use thalweg_core::nalgebra::Vector2;
//! use thalweg_core::{Chosen, Objective, Value};
//!
//! let mut bowl = Chosen::with_defaults(surfaces::find("Quadratic").unwrap());
//! assert!(bowl.set("kappa", Value::Number(10.0)));
//! assert!(!bowl.set("kappa", Value::Number(-1.0)), "a condition number is above zero");
//! let here = Objective::new(&bowl).value_gradient_hessian(Vector2::new(1.0, 1.0));
//! assert_eq!((here.value, here.gradient), (5.5, Vector2::new(1.0, 10.0)));
//! assert_eq!(here.hessian.determinant(), 10.0);
//! ```
//!
//! A [`Race`] lets optimizers run from the same start, step by step, and records every step:
//!
//! ```
//! use thalweg_core::catalogue::{optimizers, surfaces};
//! use thalweg_core::nalgebra::Vector2;
//! use thalweg_core::{Chosen, Objective, Problem, Race};
//!
//! let saddle = Chosen::with_defaults(surfaces::find("Saddle").unwrap());
//! let methods = ["GradientDescent", "Newton"].map(|name| {
//!     Chosen::with_defaults(optimizers::find(name).unwrap())
//! });
//! let problem = Problem::new(Objective::new(&saddle), Vector2::new(1.0, 1e-3), 50);
//! let mut race = Race::new(problem, &methods);
//! race.finish();
//! let ends = race.runs().iter().map(|run| run.trajectory().samples().last().unwrap());
//! let heights: Vec<_> = ends.map(|end| end.loss).collect();
//! assert!(heights[0] > 0.1, "gradient descent is still on its way");
//! assert!(heights[1].abs() < 1e-20, "Newton's method has gone to the saddle, and stays");
//! ```
//!
//! A [`BatchRunner`] makes thousands of runs of which only the ends are kept, side by side in the processor's
//! vectors, to the same bits:
//!
//! ```
//! use thalweg_core::catalogue::{optimizers, surfaces};
//! use thalweg_core::nalgebra::Vector2;
//! use thalweg_core::{BatchRunner, Chosen, Objective, Problem, RunConfig};
//!
//! let wells = Chosen::with_defaults(surfaces::find("TwoWells").unwrap());
//! let descent = Chosen::with_defaults(optimizers::find("GradientDescent").unwrap());
//! let problem = Problem::new(Objective::new(&wells), Vector2::zeros(), 5000);
//! let mut batch = BatchRunner::new(&descent, &problem);
//! let starts = (-20..=20).map(|x| Vector2::new(f64::from(x) / 10.0, 0.5));
//! let cells: Vec<_> = starts.map(|start| RunConfig { start, ..batch.cell() }).collect();
//! let left = batch.run(&cells).iter().filter(|end| end.position.x < 0.0).count();
//! assert!((10..35).contains(&left), "some end in the left well, some in the right");
//! ```
//!
//! The folder `examples` has a surface and a method of one's own.

pub mod catalogue;
pub mod data;
pub mod formula;
pub mod math;
pub mod method;
pub mod objective;
pub mod run;
pub mod spec;
pub mod suggest;
mod table;

pub use method::schedule::Schedule;
pub use nalgebra;
pub use objective::objective::Objective;
pub use objective::surface::Surface;
pub use run::batch::BatchRunner;
pub use run::optimizer::Optimizer;
pub use run::problem::Problem;
pub use run::race::Race;
pub use run::run::Run;
pub use run::run_config::RunConfig;
pub use run::run_spec::RunSpec;
pub use spec::chosen::Chosen;
pub use spec::value::Value;
