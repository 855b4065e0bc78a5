//! A path that was made elsewhere, as a runner.

use crate::method::description::{Description, Group};
use crate::method::theory::Theory;
use crate::run::optimizer::Optimizer;
use crate::run::playback::PathPlayback;
use crate::spec::param::Param;
use std::borrow::Cow;

/// Goes where a recorded path went. It is in no menu: there is none without somebody's file.
pub static RECORDED: Optimizer = Optimizer::built_in(
    Description {
        name: Cow::Borrowed("Recorded"),
        title: Cow::Borrowed("recorded path"),
        summary: Cow::Borrowed(
            "A path that was made elsewhere, by your own program or a training: it goes from point to point as recorded, from \
             its own start.",
        ),
        source: Cow::Borrowed("yours"),
        group: Group::FirstOrder,
        params: Cow::Borrowed(PARAMS),
        theory: Theory::None("The path was made elsewhere: of its method nothing is known."),
        ..Description::PLAIN
    },
    &PathPlayback::NONE,
);

const PARAMS: &[Param] = &[Param::path(
    "file",
    "the positions step by step: columns x, y, perhaps step and loss, or points as programs print them",
)];
