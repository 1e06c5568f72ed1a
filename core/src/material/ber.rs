//! Rewrites BER (X.690) as DER, as far as private keys use it: lengths, indefinite lengths, strings in parts.

use crate::{crypto::CryptoError, wire::SecretBytes};

/// How deep values may nest. A PKCS #8 private key with attributes needs five levels.
const DEPTH: usize = 12;
/// Marks a value that is made of values.
const CONSTRUCTED: u8 = 0x20;
/// The bits of a tag that announce a number of more than one byte; no private key has such a tag.
const LONG_TAG: u8 = 0x1f;
const BIT_STRING: u8 = 0x03;
const OCTET_STRING: u8 = 0x04;
/// Ends a value of indefinite length.
const END: &[u8] = &[0, 0];

type Der = SecretBytes;

/// One value in BER as the same value in DER. Nothing may follow it.
pub(super) fn to_der(ber: &[u8]) -> Result<Der, CryptoError> {
    let (der, rest) = value(ber, DEPTH)?;
    if rest.is_empty() { Ok(der) } else { Err(CryptoError) }
}

/// The first value as DER, and what follows it.
fn value(ber: &[u8], depth: usize) -> Result<(Der, &[u8]), CryptoError> {
    let depth = depth.checked_sub(1).ok_or(CryptoError)?;
    let (&tag, rest) = ber.split_first().ok_or(CryptoError)?;
    if tag == 0 || tag & LONG_TAG == LONG_TAG {
        return Err(CryptoError);
    }
    let constructed = tag & CONSTRUCTED != 0;
    match length(rest)? {
        (Some(length), rest) => {
            let (content, rest) = rest.split_at_checked(length).ok_or(CryptoError)?;
            let der = if constructed { assemble(tag, &values(content, depth)?)? } else { definite(tag, &[content])? };
            Ok((der, rest))
        }
        (None, rest) if constructed => {
            let (parts, rest) = values_to_end(rest, depth)?;
            Ok((assemble(tag, &parts)?, rest))
        }
        (None, _) => Err(CryptoError),
    }
}

/// The length at the beginning, `None` for the indefinite one, and what follows it.
fn length(ber: &[u8]) -> Result<(Option<usize>, &[u8]), CryptoError> {
    let (&first, rest) = ber.split_first().ok_or(CryptoError)?;
    let count = match first {
        0..0x80 => return Ok((Some(usize::from(first)), rest)),
        0x80 => return Ok((None, rest)),
        0xff => return Err(CryptoError),
        _ => usize::from(first & 0x7f),
    };
    let (digits, rest) = rest.split_at_checked(count).ok_or(CryptoError)?;
    let length = digits.iter().try_fold(0_usize, |length, digit| length.checked_mul(256)?.checked_add((*digit).into()));
    Ok((Some(length.ok_or(CryptoError)?), rest))
}

/// Values to the end of the bytes.
fn values(mut ber: &[u8], depth: usize) -> Result<Vec<Der>, CryptoError> {
    let mut values = Vec::new();
    while !ber.is_empty() {
        let (der, rest) = value(ber, depth)?;
        values.push(der);
        ber = rest;
    }
    Ok(values)
}

/// Values to the mark that ends them, and what follows it.
fn values_to_end(mut ber: &[u8], depth: usize) -> Result<(Vec<Der>, &[u8]), CryptoError> {
    let mut values = Vec::new();
    loop {
        if let Some(rest) = ber.strip_prefix(END) {
            return Ok((values, rest));
        }
        let (der, rest) = value(ber, depth)?;
        values.push(der);
        ber = rest;
    }
}

/// A value made of values: a string in parts becomes one string.
fn assemble(tag: u8, parts: &[Der]) -> Result<Der, CryptoError> {
    match tag & !CONSTRUCTED {
        OCTET_STRING => {
            let parts = parts.iter().map(|part| content(OCTET_STRING, part)).collect::<Result<Vec<_>, _>>()?;
            definite(OCTET_STRING, &parts)
        }
        BIT_STRING => bit_string(parts),
        _ => definite(tag, &parts.iter().map(|part| part.as_slice()).collect::<Vec<_>>()),
    }
}

/// A bit string in parts, each of whole bytes, as in every key.
fn bit_string(parts: &[Der]) -> Result<Der, CryptoError> {
    let mut contents = vec![&[0][..]];
    for part in parts {
        contents.push(content(BIT_STRING, part)?.strip_prefix(&[0]).ok_or(CryptoError)?);
    }
    definite(BIT_STRING, &contents)
}

/// The content of a value in DER, behind its tag and length.
fn content(tag: u8, der: &[u8]) -> Result<&[u8], CryptoError> {
    match der.split_first() {
        Some((found, rest)) if *found == tag => Ok(length(rest)?.1),
        _ => Err(CryptoError),
    }
}

/// A value in DER whose content is these pieces one after the other.
fn definite(tag: u8, pieces: &[&[u8]]) -> Result<Der, CryptoError> {
    let length: usize = pieces.iter().map(|piece| piece.len()).sum();
    let mut der = SecretBytes::new(Vec::with_capacity(length + 8));
    der.push(tag);
    match u8::try_from(length) {
        Ok(short) if short < 0x80 => der.push(short),
        _ => {
            let digits = u32::try_from(length).map_err(|_| CryptoError)?.to_be_bytes();
            let digits = &digits[digits.iter().take_while(|digit| **digit == 0).count()..];
            der.push(0x80 | u8::try_from(digits.len()).map_err(|_| CryptoError)?);
            der.extend_from_slice(digits);
        }
    }
    for piece in pieces {
        der.extend_from_slice(piece);
    }
    Ok(der)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn der(ber: &str) -> Result<String, CryptoError> {
        to_der(&hex::decode(ber).unwrap()).map(|der| hex::encode(der.as_slice()))
    }

    #[test]
    fn der_is_left_as_it_is() {
        let short = ["3003020105", "0400", "0500"].map(ToOwned::to_owned);
        let long = [format!("30818004{}{}", "7e", "00".repeat(126)), format!("04820100{}", "ab".repeat(256))];
        for same in short.into_iter().chain(long) {
            assert_eq!(der(&same), Ok(same));
        }
    }

    #[test]
    fn indefinite_and_long_lengths_become_short_ones() {
        assert_eq!(der("30800201050000"), Ok("3003020105".to_owned()));
        assert_eq!(der("308103020105"), Ok("3003020105".to_owned()));
        assert_eq!(der("308400000003020105"), Ok("3003020105".to_owned()));
        assert_eq!(der("3080308002010500000000"), Ok("30053003020105".to_owned()));
    }

    #[test]
    fn strings_in_parts_become_one_string() {
        assert_eq!(der("2480040101040202030000"), Ok("0403010203".to_owned()));
        assert_eq!(der("24082403040101040102"), Ok("04020102".to_owned()));
        assert_eq!(der("23080302000103020002"), Ok("0303000102".to_owned()));
    }

    #[test]
    fn a_string_in_parts_of_another_kind_or_of_single_bits_is_refused() {
        assert_eq!(der("2403020101"), Err(CryptoError));
        assert_eq!(der("23080302010203020002"), Err(CryptoError));
    }

    #[test]
    fn what_is_not_one_value_is_refused() {
        for bad in ["", "30", "3003", "30030201", "300302010500", "3080", "30800201", "0480", "1f01", "0000", "30ff"] {
            assert_eq!(der(bad), Err(CryptoError), "{bad}");
        }
        assert_eq!(der(&("3089ffffffffffffffffff".to_owned() + "00")), Err(CryptoError));
        assert_eq!(der("3084ffffffff00"), Err(CryptoError));
    }

    #[test]
    fn deep_nesting_is_refused_before_it_costs_anything() {
        assert_eq!(der(&"3080".repeat(3000)), Err(CryptoError));
        assert_eq!(der(&("3080".repeat(DEPTH) + &"0000".repeat(DEPTH))), Ok(nested(DEPTH)));
        assert_eq!(der(&("3080".repeat(DEPTH + 1) + &"0000".repeat(DEPTH + 1))), Err(CryptoError));
    }

    fn nested(depth: usize) -> String {
        (0..depth).fold(String::new(), |inner, _| format!("30{:02x}{inner}", inner.len() / 2))
    }
}
