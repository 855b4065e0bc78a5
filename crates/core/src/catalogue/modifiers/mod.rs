//! The table of modifiers, which act on any method. A new one is a new file here and one line here.

use crate::method::modifier::Modifier;
use crate::table::table;

table! {
    /// Every modifier, in the order in which lists and menus show them.
    [Modifier]
    clip_norm::CLIP_NORM,
    clip_value::CLIP_VALUE,
    weight_decay::WEIGHT_DECAY,
    sharpness::SHARPNESS,
    ascent::ASCENT,
    in_box::BOX,
    lookahead::LOOKAHEAD,
    average::AVERAGE,
}
