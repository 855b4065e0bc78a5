//! Packed bytes.

/// How hard is packed, from 0 to 10: that of most programs.
const EFFORT: u8 = 6;

/// The bytes as zlib packs them; the same on every machine.
pub(super) fn deflated(bytes: &[u8]) -> Vec<u8> {
    miniz_oxide::deflate::compress_to_vec_zlib(bytes, EFFORT)
}
