//! Arrays of every kind, whole and damaged.

use super::*;

/// An array as NumPy writes it, in version 1 of its format.
fn npy(kind: &str, order: &str, shape: &str, content: &[u8]) -> Vec<u8> {
    let header = format!("{{'descr': '{kind}', 'fortran_order': {order}, 'shape': {shape}, }}\n");
    let mut bytes = b"\x93NUMPY\x01\x00".to_vec();
    bytes.extend((header.len() as u16).to_le_bytes());
    bytes.extend(header.as_bytes());
    bytes.extend(content);
    bytes
}

#[test]
fn numbers_of_every_kind_are_read() {
    let values = [1.5_f64, -2.0, 0.25, 3.0];
    let contents: [(&str, Vec<u8>); 6] = [
        ("<f8", values.iter().flat_map(|value| value.to_le_bytes()).collect()),
        (">f8", values.iter().flat_map(|value| value.to_be_bytes()).collect()),
        ("<f4", values.iter().flat_map(|value| (*value as f32).to_le_bytes()).collect()),
        (">f4", values.iter().flat_map(|value| (*value as f32).to_be_bytes()).collect()),
        ("=f8", values.iter().flat_map(|value| value.to_le_bytes()).collect()),
        ("<f2", [0x3e00_u16, 0xc000, 0x3400, 0x4200].iter().flat_map(|value| value.to_le_bytes()).collect()),
    ];
    for (kind, content) in contents {
        let array = read_npy(&npy(kind, "False", "(2, 2)", &content)).expect(kind);
        assert_eq!((array.shape, array.values), (vec![2, 2], values.to_vec()), "{kind}");
    }
    for (kind, content, expected) in [
        ("<i8", vec![255; 8], vec![-1.0]),
        ("<i4", vec![254, 255, 255, 255], vec![-2.0]),
        ("|u1", vec![255, 7], vec![255.0, 7.0]),
        ("|b1", vec![1, 0], vec![1.0, 0.0]),
        ("<f2", vec![1, 0, 0, 0x7c, 1, 0xfc], vec![1.0 / 16_777_216.0, f64::INFINITY, f64::NAN]),
    ] {
        let shape = format!("({},)", expected.len());
        let array = read_npy(&npy(kind, "False", &shape, &content)).expect(kind);
        assert_eq!(format!("{:?}", array.values), format!("{expected:?}"), "{kind}");
    }
    // Column by column.
    let content: Vec<u8> =
        [1.0, 4.0, 2.0, 5.0, 3.0, 6.0_f64].iter().flat_map(|value| value.to_le_bytes()).collect();
    let array = read_npy(&npy("<f8", "True", "(2, 3)", &content)).expect("an array");
    assert_eq!(array.values, [1.0, 2.0, 3.0, 4.0, 5.0, 6.0]);
}

#[test]
fn what_is_damaged_is_refused() {
    let whole = npy("<f8", "False", "(2,)", &[0; 16]);
    assert!(read_npy(&whole).is_ok());
    for length in 0..whole.len() {
        assert!(read_npy(&whole[..length]).is_err(), "{length}");
    }
    for (bytes, words) in [
        (npy("<c16", "False", "(1,)", &[0; 16]), "`<c16`"),
        (npy("|O", "False", "(1,)", &[0; 16]), "real ones"),
        (npy("<f8", "False", "(99999999, 99999999)", &[0; 16]), "more than"),
        (npy("<f8", "False", "(0, 1000000000000000000)", &[]), "empty"),
        (npy("<f8", "False", "(3, 0)", &[]), "empty"),
        (npy("<f8", "False", "(99999999999999999999,)", &[0; 16]), "damaged"),
        (npy("<f8", "True", "(1, 1, 2)", &[0; 16]), "ascontiguousarray"),
    ] {
        let fault = read_npy(&bytes).expect_err(words);
        assert!(fault.contains(words), "{fault}");
    }
    assert!(read_npz(b"PK\x03\x04").is_err() && read_npz(b"PK\x05\x06").is_err());
}

/// Packed by `np.savez_compressed(..., path=np.array([[1.0, 2.0], [3.0, 4.0]]))`.
#[test]
fn packed_archives_are_read() {
    let arrays = read_npz(include_bytes!("tests/packed.npz")).expect("an archive");
    assert_eq!(arrays.len(), 1);
    assert_eq!((arrays[0].0.as_str(), &arrays[0].1.values[..]), ("path", &[1.0, 2.0, 3.0, 4.0][..]));
}
