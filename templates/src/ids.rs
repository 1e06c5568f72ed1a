//! Ids of keys within texts.

/// The pieces of a text: what stands between ids, and what `known` says of each id. An id is a run of letters, digits and
/// hyphens: a part of one is not an id.
pub(crate) fn pieces<T>(text: &str, known: impl Fn(&str) -> Option<T>) -> Vec<Result<&str, T>> {
    let is_part = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    let bytes = text.as_bytes();
    let (mut pieces, mut done, mut place) = (Vec::new(), 0, 0);
    while place < bytes.len() {
        if !is_part(bytes[place]) {
            place += 1;
            continue;
        }
        let length = bytes[place..].iter().take_while(|byte| is_part(**byte)).count();
        if let Some(found) = known(&text[place..place + length]) {
            pieces.push(Ok(&text[done..place]));
            pieces.push(Err(found));
            done = place + length;
        }
        place += length;
    }
    pieces.push(Ok(&text[done..]));
    pieces
}

#[cfg(test)]
mod tests {
    use super::pieces;

    #[test]
    fn an_id_is_found_where_it_stands_whole() {
        let known = |id: &str| (id == "1234-ab").then_some(7);
        assert_eq!(
            pieces("key/1234-ab\"1234-abc1234-ab ä1234-ab", known),
            [Ok("key/"), Err(7), Ok("\"1234-abc1234-ab ä"), Err(7), Ok(""),]
        );
    }
}
