//! The canonical form of a request: whatever a signer and AWS must write alike.

use std::borrow::Cow;

use super::Message;
use crate::{crypto::hash::Hash, order::sorted, text::hex};

/// The parameter of a presigned URL that cannot be signed.
const SIGNATURE: &str = "X-Amz-Signature";

/// The canonical request on a path in its own canonical form. `signed` are the names of the signed headers, sorted and in
/// lower case.
pub(super) fn request(path: &str, message: &Message<'_>, signed: &[String], presigned: bool) -> Vec<u8> {
    let mut text = Vec::new();
    let payload = hex::encode(Hash::Sha256.digest(message.body).as_ref());
    for line in [message.method, path, &query(message.query, presigned)] {
        text.extend_from_slice(line.as_bytes());
        text.push(b'\n');
    }
    headers(message, signed, &mut text);
    for part in ["\n", &signed.join(";"), "\n", &payload] {
        text.extend_from_slice(part.as_bytes());
    }
    text
}

/// The path without empty and relative segments (RFC 3986 section 5.2.4), encoded once more: AWS's services but S3 have
/// it so.
pub(super) fn path(path: &str) -> String {
    let mut segments: Vec<&str> = Vec::new();
    for segment in path.split('/') {
        match segment {
            "" | "." => {}
            ".." => drop(segments.pop()),
            segment => segments.push(segment),
        }
    }
    let mut encoded = String::with_capacity(path.len() + 1);
    for segment in &segments {
        encoded.push('/');
        encode(segment.as_bytes(), &mut encoded);
    }
    let is_folder = ["/", "/.", "/.."].iter().any(|end| path.ends_with(end));
    if encoded.is_empty() || is_folder {
        encoded.push('/');
    }
    encoded
}

/// The parameters, each encoded in the one way there is, in the order of their encoded names and values.
fn query(query: &str, presigned: bool) -> String {
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    let pairs = pairs.map(|pair| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        [name, value].map(|text| {
            let mut encoded = String::with_capacity(text.len());
            encode(&decoded(text), &mut encoded);
            encoded
        })
    });
    let pairs = pairs.filter(|[name, _]| !(presigned && name == SIGNATURE)).collect();
    let pairs: Vec<[String; 2]> = sorted(pairs, Ord::cmp);
    let pairs: Vec<String> = pairs.iter().map(|pair| pair.join("=")).collect();
    pairs.join("&")
}

/// The signed headers, a line each: the values of one name with commas between them. One that is not there has no line, so
/// that it cannot be taken for an empty one.
fn headers(message: &Message<'_>, signed: &[String], text: &mut Vec<u8>) {
    let named = message.headers.iter().map(|(name, value)| (name.to_ascii_lowercase(), &**value)).collect();
    let named: Vec<(String, &[u8])> = sorted(named, |(one, _), (other, _)| one.cmp(other));
    let authority = message.authority.map(str::as_bytes);
    for name in signed {
        let first = named.partition_point(|(of, _)| of < name);
        let values = named[first..].iter().take_while(|(of, _)| of == name).map(|(_, value)| *value);
        let mut values = values.peekable();
        let shown = values.peek().is_none().then_some(authority).flatten().filter(|_| name == "host");
        let mut separator = b':';
        for value in values.chain(shown) {
            if separator == b':' {
                text.extend_from_slice(name.as_bytes());
            }
            text.push(separator);
            in_one_line(value, text);
            separator = b',';
        }
        if separator == b',' {
            text.push(b'\n');
        }
    }
}

/// A value without spaces around it, and with one in place of several.
fn in_one_line(value: &[u8], text: &mut Vec<u8>) {
    let mut words = value.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty());
    text.extend_from_slice(words.next().unwrap_or_default());
    for word in words {
        text.push(b' ');
        text.extend_from_slice(word);
    }
}

/// `UriEncode` of AWS: every byte but the unreserved ones.
fn encode(bytes: &[u8], to: &mut String) {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    for byte in bytes {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => to.push(char::from(*byte)),
            byte => {
                let digit = |number: u8| char::from(DIGITS[usize::from(number)]);
                to.extend(['%', digit(byte >> 4), digit(byte & 15)]);
            }
        }
    }
}

/// The bytes that a text of a URL stands for. A plus sign is one: spaces are `%20` here. A percent sign that begins
/// nothing stands for itself.
pub(crate) fn decoded(text: &str) -> Cow<'_, [u8]> {
    if !text.contains('%') {
        return Cow::Borrowed(text.as_bytes());
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        let byte = after.get(..2).filter(|_| *first == b'%').and_then(|digits| std::str::from_utf8(digits).ok());
        let byte = byte.filter(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()));
        if let Some(byte) = byte.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            bytes.push(byte);
            rest = &after[2..];
        } else {
            bytes.push(*first);
            rest = after;
        }
    }
    Cow::Owned(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_has_no_empty_and_no_relative_segment_and_is_encoded_once_more() {
        for (sent, canonical) in [
            ("", "/"),
            ("/", "/"),
            ("//a//", "/a/"),
            ("/./a/../b", "/b"),
            ("/a/..", "/"),
            ("/../../a/.", "/a/"),
            ("/a b/é%20", "/a%20b/%C3%A9%2520"),
            ("/a*~_-.", "/a%2A~_-."),
        ] {
            assert_eq!(path(sent), canonical, "{sent}");
        }
    }

    #[test]
    fn parameters_are_sorted_as_they_are_encoded() {
        for (sent, canonical) in [
            ("", ""),
            ("b=2&a=1", "a=1&b=2"),
            ("a=b&a=a&a", "a=&a=a&a=b"),
            ("&&a=%7e%2F&", "a=~%2F"),
            ("a=1+2&b=%zz%4", "a=1%2B2&b=%25zz%254"),
            ("a==", "a=%3D"),
            ("X-Amz-Signature=0&A=1", "A=1"),
        ] {
            assert_eq!(query(sent, true), canonical, "{sent}");
        }
        assert_eq!(query("X-Amz-Signature=0", false), "X-Amz-Signature=0");
    }
}
