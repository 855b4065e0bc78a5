//! What an optimizer is: its description, and what runs it.

use super::executor::Executor;
use crate::data::recorded_path::RecordedPath;
use crate::method::description::Description;
use crate::method::modifier_stack::ModifierStack;
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
    modified: Option<Arc<ModifiedMethod>>,
}

/// What an optimizer under modifiers is made of.
#[derive(Clone, Debug)]
pub struct ModifiedMethod {
    /// The method by itself.
    pub method: Handle<Optimizer>,
    /// What acts on it, with places among the settings of both.
    pub stack: Arc<ModifierStack>,
}

impl Optimizer {
    /// One that stands in the program: `Optimizer::built_in(Description { .. }, &EveryNumber(Adam))`.
    pub const fn built_in(description: Description, executor: &'static dyn Executor) -> Self {
        Self { description, executor: Handle::Static(executor), modified: None }
    }

    /// One that is made at run time.
    pub fn new(description: Description, executor: impl Executor + 'static) -> Self {
        Self { description, executor: Handle::Owned(Arc::new(executor)), modified: None }
    }

    /// A method under modifiers, with a description of the two together.
    pub fn under(modified: ModifiedMethod, description: Description) -> Self {
        let executor = modified.method.executor.clone();
        Self { description, executor, modified: Some(Arc::new(modified)) }
    }

    /// The method by itself and what acts on it, where something does.
    pub fn modified(&self) -> Option<&ModifiedMethod> {
        self.modified.as_deref()
    }

    /// What acts on the method, where something does.
    #[inline]
    pub fn modifiers(&self) -> Option<&Arc<ModifierStack>> {
        self.modified.as_ref().map(|modified| &modified.stack)
    }

    /// What runs it: the method by itself.
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
    fn own_title(&self) -> &str {
        &self.title
    }
    fn summary(&self) -> &str {
        &self.summary
    }
    fn params(&self) -> &[Param] {
        &self.params
    }
}
