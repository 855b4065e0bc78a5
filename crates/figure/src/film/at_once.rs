//! Work that pauses now and then, for a place where nothing else is to be done meanwhile.

use std::io;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

/// Does work whose pauses end at once.
///
/// # Errors
/// As of the work; also where a pause did not end.
pub fn at_once<T>(work: impl Future<Output = io::Result<T>>) -> io::Result<T> {
    match pin!(work).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(done) => done,
        Poll::Pending => Err(io::Error::other("the work waits for something that does not come")),
    }
}
