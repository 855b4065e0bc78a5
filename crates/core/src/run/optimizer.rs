//! What an optimizer is: its description, and what runs it.

use super::executor::Executor;
use super::playback::PathPlayback;
use crate::data::recorded_path::RecordedPath;
use crate::method::description::Description;
use crate::spec::chosen::Chosen;
use crate::spec::described::Described;
use crate::spec::handle::Handle;
use crate::spec::param::Param;
use crate::spec::value::Value;
use std::ops::Deref;
use std::sync::Arc;

/// An optimizer: what is said of it, and what runs it.
#[derive(Clone, Debug)]
pub struct Optimizer {
    description: Description,
    executor: Handle<dyn Executor>,
}

impl Optimizer {
    /// One that stands in the program: `Optimizer::built_in(Description { .. }, &EveryNumber(Adam))`.
    pub const fn built_in(description: Description, executor: &'static dyn Executor) -> Self {
        Self { description, executor: Handle::Static(executor) }
    }

    /// One that is made at run time.
    pub fn new(description: Description, executor: impl Executor + 'static) -> Self {
        Self { description, executor: Handle::Owned(Arc::new(executor)) }
    }

    /// What runs it.
    #[inline]
    pub fn executor(&self) -> &dyn Executor {
        &*self.executor
    }
}

impl Chosen<Optimizer> {
    /// The path that it goes, if it is one that was made elsewhere.
    pub fn recorded_path(&self) -> Option<&Arc<RecordedPath>> {
        self.values.iter().find_map(|value| if let Value::Path(path) = value { Some(path) } else { None })
    }

    /// The optimizer that runs: the entry itself, or where its values are more than numbers, what is made of them.
    pub fn bound(&self) -> Handle<Optimizer> {
        match self.recorded_path() {
            Some(path) => {
                let playing = Optimizer::new(self.of.description.clone(), PathPlayback::of(Arc::clone(path)));
                Handle::from(Arc::new(playing))
            }
            None => self.of.clone(),
        }
    }
}

impl Deref for Optimizer {
    type Target = Description;

    fn deref(&self) -> &Description {
        &self.description
    }
}

impl PartialEq for Optimizer {
    fn eq(&self, other: &Self) -> bool {
        // Of those that are made at run time several may have one name, but not one summary.
        self.name == other.name && self.summary == other.summary
    }
}

impl Described for Optimizer {
    const WHAT: &'static str = "optimizer";
    fn name(&self) -> &str {
        &self.name
    }
    fn summary(&self) -> &str {
        &self.summary
    }
    fn params(&self) -> &[Param] {
        &self.params
    }
}
