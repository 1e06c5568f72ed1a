//! Writing elements of DER where a whole structure is too much: a tag, the shortest length, and the content.

/// Begins an element whose content has this many bytes.
pub(crate) fn begin(tag: u8, length: usize, der: &mut Vec<u8>) {
    let bytes = length.to_be_bytes();
    match &bytes[length.leading_zeros() as usize / 8..] {
        [] => der.extend_from_slice(&[tag, 0]),
        [short] if *short < 0x80 => der.extend_from_slice(&[tag, *short]),
        long => {
            // At most eight bytes.
            der.extend_from_slice(&[tag, 0x80 | u8::try_from(long.len()).unwrap_or(8)]);
            der.extend_from_slice(long);
        }
    }
}

/// An element.
pub(crate) fn element(tag: u8, content: &[u8]) -> Vec<u8> {
    let mut element = Vec::with_capacity(content.len() + 10);
    begin(tag, content.len(), &mut element);
    element.extend_from_slice(content);
    element
}

#[cfg(test)]
mod tests {
    use super::element;

    #[test]
    fn a_length_is_written_in_its_shortest_form() {
        for (length, head) in [
            (0, &[4, 0][..]),
            (0x7f, &[4, 0x7f]),
            (0x80, &[4, 0x81, 0x80]),
            (0xff, &[4, 0x81, 0xff]),
            (0x100, &[4, 0x82, 1, 0]),
            (0x1_0000, &[4, 0x83, 1, 0, 0]),
        ] {
            assert_eq!(element(4, &vec![7; length]), [head, &vec![7; length]].concat(), "{length}");
        }
    }
}
