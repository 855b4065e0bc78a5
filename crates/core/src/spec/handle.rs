//! A description that is shared: one of the program's own, or one that was made while it runs.

use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

/// A description for many readers, cheap to copy.
pub enum Handle<D: ?Sized + 'static> {
    /// One that stands in the program.
    Static(&'static D),
    /// One that was made at run time, say from a text that was typed.
    Owned(Arc<D>),
}

impl<D: ?Sized> Clone for Handle<D> {
    fn clone(&self) -> Self {
        match self {
            Self::Static(of) => Self::Static(of),
            Self::Owned(of) => Self::Owned(Arc::clone(of)),
        }
    }
}

impl<D: ?Sized + fmt::Debug> fmt::Debug for Handle<D> {
    /// The description, wherever it stands.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

impl<D: ?Sized> Deref for Handle<D> {
    type Target = D;

    #[inline]
    fn deref(&self) -> &D {
        match self {
            Self::Static(of) => of,
            Self::Owned(of) => of,
        }
    }
}

impl<D: ?Sized + PartialEq> PartialEq for Handle<D> {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl<D: ?Sized> From<&'static D> for Handle<D> {
    fn from(of: &'static D) -> Self {
        Self::Static(of)
    }
}

impl<D: ?Sized> From<Arc<D>> for Handle<D> {
    fn from(of: Arc<D>) -> Self {
        Self::Owned(of)
    }
}
