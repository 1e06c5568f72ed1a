//! Reads imported private keys, PKCS #8 in BER or DER, and rewrites them in the one form that this library keeps.

use super::{Material, ber};
use crate::algorithms::{Family, MaterialKind};
use crate::crypto::curve::NamedCurve;
use crate::crypto::{CryptoError, CryptoProvider, opaque};
use crate::wire::SecretBytes;
use der::asn1::{AnyRef, BitStringRef, ObjectIdentifier, OctetStringRef};
use der::{Decode, Encode, Sequence};
use pkcs8::{AlgorithmIdentifierRef, PrivateKeyInfoRef};

/// RFC 8017, appendix A.1.
const RSA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.1");
/// RFC 5480, section 2.1.1.
const EC: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.2.1");

/// RFC 8410, section 3.
const ED25519: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.101.112");
/// Length of an Ed25519 key, private or public, in bytes.
const ED25519_LENGTH: usize = 32;

/// RFC 5915, section 3. The parameters are an object identifier: explicit curves are refused (P4-290).
#[derive(Sequence)]
struct EcPrivateKey<'a> {
    version: u8,
    private_key: &'a OctetStringRef,
    #[asn1(context_specific = "0", tag_mode = "EXPLICIT", optional = "true")]
    parameters: Option<ObjectIdentifier>,
    #[asn1(context_specific = "1", tag_mode = "EXPLICIT", optional = "true")]
    public_key: Option<BitStringRef<'a>>,
}

/// A curve as private keys name it.
struct Curve {
    name: ObjectIdentifier,
    /// Length of a coordinate and of the private scalar, in bytes.
    length: usize,
}

/// The same private key in the form that the provider's own generation gives; it must be of this kind.
pub(super) fn canonical(
    kind: MaterialKind,
    foreign: &[u8],
    provider: &CryptoProvider,
) -> Result<SecretBytes, CryptoError> {
    let der = ber::to_der(foreign)?;
    let info = PrivateKeyInfoRef::from_der(&der).map_err(opaque)?;
    let inner = ber::to_der(info.private_key.as_bytes())?;
    match kind.family() {
        Family::Rsa(_) => rsa(&info, &inner),
        Family::Curve(_) | Family::Sm2 => ec(kind, &info, &inner, provider),
        Family::Edwards => edwards(kind, &info, &inner, provider),
        Family::MlDsa(_) | Family::MlKem(_) => Ok(der),
        Family::Aead(_) | Family::Hmac(_) => Err(CryptoError),
    }
}

/// The private key of a curve as PKCS #8, when it is in the form of SEC 1; it is not looked at any closer.
pub(super) fn enveloped(kind: MaterialKind, foreign: &[u8]) -> Option<SecretBytes> {
    let curve = curve(kind).ok()?;
    EcPrivateKey::from_der(foreign).ok()?;
    pkcs8_of(AlgorithmIdentifierRef { oid: EC, parameters: Some(AnyRef::from(&curve.name)) }, foreign).ok()
}

fn rsa(info: &PrivateKeyInfoRef<'_>, inner: &[u8]) -> Result<SecretBytes, CryptoError> {
    let expected = info.algorithm.oid == RSA && info.algorithm.parameters.is_none_or(AnyRef::is_null);
    if !expected {
        return Err(CryptoError);
    }
    pkcs8_of(AlgorithmIdentifierRef { oid: RSA, parameters: Some(AnyRef::NULL) }, inner)
}

fn ec(
    kind: MaterialKind,
    info: &PrivateKeyInfoRef<'_>,
    inner: &[u8],
    provider: &CryptoProvider,
) -> Result<SecretBytes, CryptoError> {
    let curve = curve(kind)?;
    let algorithm = AlgorithmIdentifierRef { oid: EC, parameters: Some(AnyRef::from(&curve.name)) };
    if info.algorithm != algorithm {
        return Err(CryptoError);
    }
    let given = EcPrivateKey::from_der(inner).map_err(opaque)?;
    if given.version != 1 || given.parameters.is_some_and(|name| name != curve.name) {
        return Err(CryptoError);
    }
    let scalar = curve.scalar(given.private_key.as_bytes())?;
    let bare = pkcs8_of(algorithm, &ec_private_key(&scalar, None)?)?;
    let public = Material::from_bytes(kind, bare).public_key_der(provider)?;
    let point = curve.point(&public)?;
    let stated = [given.public_key, info.public_key.as_ref().copied()];
    if stated.into_iter().flatten().any(|stated| !stated.as_bytes().is_some_and(|stated| names(stated, point))) {
        return Err(CryptoError);
    }
    pkcs8_of(algorithm, &ec_private_key(&scalar, Some(point))?)
}

fn edwards(
    kind: MaterialKind,
    info: &PrivateKeyInfoRef<'_>,
    inner: &[u8],
    provider: &CryptoProvider,
) -> Result<SecretBytes, CryptoError> {
    let algorithm = AlgorithmIdentifierRef { oid: ED25519, parameters: None };
    let seed = <&OctetStringRef>::from_der(inner).map_err(opaque)?;
    if info.algorithm != algorithm || seed.as_bytes().len() != ED25519_LENGTH {
        return Err(CryptoError);
    }
    let bare = pkcs8_of(algorithm, inner)?;
    let public = Material::from_bytes(kind, bare.clone()).public_key_der(provider)?;
    let own = public.last_chunk::<ED25519_LENGTH>().map(<[u8; ED25519_LENGTH]>::as_slice);
    if info.public_key.is_some_and(|stated| stated.as_bytes() != own) { Err(CryptoError) } else { Ok(bare) }
}

fn ec_private_key(scalar: &[u8], point: Option<&[u8]>) -> Result<SecretBytes, CryptoError> {
    let key = EcPrivateKey {
        version: 1,
        private_key: OctetStringRef::new(scalar).map_err(opaque)?,
        parameters: None,
        public_key: point.map(BitStringRef::from_bytes).transpose().map_err(opaque)?,
    };
    key.to_der().map(SecretBytes::new).map_err(opaque)
}

fn pkcs8_of(algorithm: AlgorithmIdentifierRef<'_>, inner: &[u8]) -> Result<SecretBytes, CryptoError> {
    let info = PrivateKeyInfoRef::new(algorithm, OctetStringRef::new(inner).map_err(opaque)?);
    info.to_der().map(SecretBytes::new).map_err(opaque)
}

fn curve(kind: MaterialKind) -> Result<Curve, CryptoError> {
    let (name, length) = match kind.family() {
        Family::Curve(NamedCurve::P256) => ("1.2.840.10045.3.1.7", 32),
        Family::Curve(NamedCurve::P384) => ("1.3.132.0.34", 48),
        Family::Curve(NamedCurve::P521) => ("1.3.132.0.35", 66),
        Family::Curve(NamedCurve::Secp256k1) => ("1.3.132.0.10", 32),
        Family::Sm2 => ("1.2.156.10197.1.301", 32),
        _ => return Err(CryptoError),
    };
    Ok(Curve { name: ObjectIdentifier::new(name).map_err(opaque)?, length })
}

impl Curve {
    /// A private scalar in exactly as many bytes as RFC 5915 requires; some writers add zeros, some leave them out.
    fn scalar(&self, given: &[u8]) -> Result<SecretBytes, CryptoError> {
        let zeros = given.iter().take_while(|byte| **byte == 0).count();
        let digits = &given[zeros..];
        let padding = self.length.checked_sub(digits.len()).ok_or(CryptoError)?;
        let mut scalar = SecretBytes::new(vec![0; self.length]);
        scalar[padding..].copy_from_slice(digits);
        Ok(scalar)
    }

    /// The uncompressed point at the end of a `SubjectPublicKeyInfo`.
    fn point<'a>(&self, spki: &'a [u8]) -> Result<&'a [u8], CryptoError> {
        spki.len().checked_sub(2 * self.length + 1).map(|start| &spki[start..]).ok_or(CryptoError)
    }
}

/// Whether an encoded point (SEC 1, section 2.3.3; X9.62 for the hybrid form) is this one, which is uncompressed.
fn names(given: &[u8], point: &[u8]) -> bool {
    let (Some((form, rest)), [4, coordinates @ ..]) = (given.split_first(), point) else { return false };
    let (x, y) = coordinates.split_at(coordinates.len() / 2);
    let odd = y.last().map_or(0, |last| last & 1);
    match form {
        4 => rest == coordinates,
        2 | 3 => rest == x && form & 1 == odd,
        6 | 7 => rest == coordinates && form & 1 == odd,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crypto::random::Random;

    const PAIRS: [MaterialKind; 7] = [
        MaterialKind::Rsa2048,
        MaterialKind::P256,
        MaterialKind::P384,
        MaterialKind::P521,
        MaterialKind::Secp256k1,
        MaterialKind::Ed25519,
        MaterialKind::Sm2,
    ];
    const ON_CURVES: [MaterialKind; 5] =
        [MaterialKind::P256, MaterialKind::P384, MaterialKind::P521, MaterialKind::Secp256k1, MaterialKind::Sm2];

    fn generated(kind: MaterialKind) -> Vec<u8> {
        let mut random = Random::from_entropy(&[9; 32]);
        Material::generate(kind, &CryptoProvider::default(), &mut random).unwrap().expose().to_vec()
    }

    fn read(kind: MaterialKind, foreign: &[u8]) -> Result<Vec<u8>, CryptoError> {
        canonical(kind, foreign, &CryptoProvider::default()).map(|key| key.to_vec())
    }

    fn tlv(tag: u8, content: &[u8]) -> Vec<u8> {
        let length = u16::try_from(content.len()).unwrap().to_be_bytes();
        [&[tag, 0x82, length[0], length[1]], content].concat()
    }

    fn indefinite(tag: u8, content: &[u8]) -> Vec<u8> {
        [&[tag | 0x20, 0x80], content, &[0, 0]].concat()
    }

    /// The pieces of a PKCS #8 private key: the algorithm as DER, and the private key.
    struct Pieces {
        algorithm: Vec<u8>,
        inner: Vec<u8>,
    }

    fn pieces(kind: MaterialKind) -> Pieces {
        let der = generated(kind);
        let info = PrivateKeyInfoRef::from_der(&der).unwrap();
        Pieces { algorithm: info.algorithm.to_der().unwrap(), inner: info.private_key.as_bytes().to_vec() }
    }

    fn scalar_and_point(kind: MaterialKind) -> (Vec<u8>, Vec<u8>) {
        let inner = pieces(kind).inner;
        let key = EcPrivateKey::from_der(&inner).unwrap();
        (key.private_key.as_bytes().to_vec(), key.public_key.unwrap().as_bytes().unwrap().to_vec())
    }

    /// PKCS #8 around an RFC 5915 key with these members, all lengths in two bytes.
    fn on_curve(kind: MaterialKind, version: u8, scalar: &[u8], parameters: &[u8], point: Option<&[u8]>) -> Vec<u8> {
        let point = point.map(|point| tlv(0xa1, &tlv(0x03, &[&[0], point].concat()))).unwrap_or_default();
        let key = [tlv(0x02, &[version]), tlv(0x04, scalar), parameters.to_vec(), point].concat();
        tlv(0x30, &[tlv(0x02, &[0]), pieces(kind).algorithm, tlv(0x04, &tlv(0x30, &key))].concat())
    }

    fn forms(point: &[u8]) -> [Vec<u8>; 3] {
        let (x, y) = point[1..].split_at(point.len() / 2);
        let odd = y[y.len() - 1] & 1;
        [point.to_vec(), [&[2 | odd], x].concat(), [&[6 | odd], x, y].concat()]
    }

    #[test]
    fn a_generated_key_is_in_its_own_form_already() {
        for kind in PAIRS {
            assert_eq!(read(kind, &generated(kind)), Ok(generated(kind)), "{kind:?}");
        }
    }

    #[test]
    fn a_key_in_ber_is_the_key_in_der() {
        for kind in PAIRS {
            let Pieces { algorithm, inner } = pieces(kind);
            let (first, second) = inner.split_at(inner.len() / 2);
            let in_parts = indefinite(0x04, &[tlv(0x04, first), indefinite(0x04, &tlv(0x04, second))].concat());
            let attributes = indefinite(0xa0, &tlv(0x30, &[tlv(0x06, &[42, 3]), tlv(0x31, &tlv(0x05, &[]))].concat()));
            let ber = indefinite(0x30, &[tlv(0x02, &[0]), algorithm, in_parts, attributes].concat());
            assert_eq!(read(kind, &ber), Ok(generated(kind)), "{kind:?}");
            let inner_too = match inner[0] {
                0x30 => indefinite(0x30, &inner[inner.len() - content_length(&inner)..]),
                _ => indefinite(0x04, &inner),
            };
            let ber = indefinite(0x30, &[tlv(0x02, &[0]), pieces(kind).algorithm, tlv(0x04, &inner_too)].concat());
            assert_eq!(read(kind, &ber), Ok(generated(kind)), "{kind:?}");
        }
    }

    fn content_length(der: &[u8]) -> usize {
        match der[1] {
            0x82 => der.len() - 4,
            0x81 => der.len() - 3,
            _ => der.len() - 2,
        }
    }

    #[test]
    fn every_form_of_the_public_point_and_none_is_the_same_key() {
        for kind in ON_CURVES {
            let (scalar, point) = scalar_and_point(kind);
            let name = tlv(0xa0, &curve(kind).unwrap().name.to_der().unwrap());
            for form in forms(&point) {
                for parameters in [&[][..], &name] {
                    let key = on_curve(kind, 1, &scalar, parameters, Some(&form));
                    assert_eq!(read(kind, &key), Ok(generated(kind)), "{kind:?} {:02x}", form[0]);
                }
            }
            assert_eq!(read(kind, &on_curve(kind, 1, &scalar, &[], None)), Ok(generated(kind)), "{kind:?}");
        }
    }

    #[test]
    fn zeros_before_the_private_scalar_do_not_matter() {
        let (scalar, point) = scalar_and_point(MaterialKind::P384);
        let longer = [&[0, 0], scalar.as_slice()].concat();
        let key = on_curve(MaterialKind::P384, 1, &longer, &[], Some(&point));
        assert_eq!(read(MaterialKind::P384, &key), Ok(generated(MaterialKind::P384)));
        let short = curve(MaterialKind::P384).unwrap().scalar(&[7]).unwrap();
        assert_eq!((short.len(), short[47]), (48, 7));
    }

    #[test]
    fn a_public_point_of_another_key_is_refused_in_every_form() {
        for kind in ON_CURVES {
            let (scalar, point) = scalar_and_point(kind);
            let [mut full, mut compressed, mut hybrid] = forms(&point);
            *full.last_mut().unwrap() ^= 2;
            compressed[0] ^= 1;
            hybrid[0] ^= 1;
            for other in [full, compressed, hybrid, Vec::new(), vec![0], vec![4], point[..point.len() - 1].to_vec()] {
                let key = on_curve(kind, 1, &scalar, &[], Some(&other));
                assert_eq!(read(kind, &key), Err(CryptoError), "{kind:?} {other:02x?}");
            }
        }
    }

    #[test]
    fn curves_are_named_and_named_alike() {
        let (scalar, point) = scalar_and_point(MaterialKind::P256);
        let explicit = tlv(0xa0, &tlv(0x30, &tlv(0x02, &[1])));
        let other = tlv(0xa0, &curve(MaterialKind::Secp256k1).unwrap().name.to_der().unwrap());
        for parameters in [explicit, other] {
            let key = on_curve(MaterialKind::P256, 1, &scalar, &parameters, Some(&point));
            assert_eq!(read(MaterialKind::P256, &key), Err(CryptoError));
        }
        let key = generated(MaterialKind::P256);
        for kind in PAIRS.into_iter().filter(|kind| *kind != MaterialKind::P256) {
            assert_eq!(read(kind, &key), Err(CryptoError), "{kind:?}");
        }
        let explicit = tlv(0x30, &[EC.to_der().unwrap(), tlv(0x30, &tlv(0x02, &[1]))].concat());
        let key = tlv(0x30, &[tlv(0x02, &[0]), explicit, tlv(0x04, &pieces(MaterialKind::P256).inner)].concat());
        assert_eq!(read(MaterialKind::P256, &key), Err(CryptoError));
    }

    #[test]
    fn scalars_outside_of_the_curve_are_refused() {
        for kind in ON_CURVES {
            let length = curve(kind).unwrap().length;
            for scalar in [vec![0; length], vec![0xff; length], vec![1; length + 1], Vec::new()] {
                assert_eq!(read(kind, &on_curve(kind, 1, &scalar, &[], None)), Err(CryptoError), "{kind:?}");
            }
            let (scalar, _) = scalar_and_point(kind);
            assert_eq!(read(kind, &on_curve(kind, 2, &scalar, &[], None)), Err(CryptoError), "{kind:?}");
        }
    }

    #[test]
    fn what_is_not_pkcs8_is_refused() {
        for kind in PAIRS {
            assert_eq!(read(kind, &pieces(kind).inner), Err(CryptoError), "{kind:?} without its envelope");
            let key = generated(kind);
            for end in [0, 1, key.len() / 2, key.len() - 1] {
                assert_eq!(read(kind, &key[..end]), Err(CryptoError), "{kind:?} cut off at {end}");
            }
            assert_eq!(read(kind, &[key.as_slice(), &[0]].concat()), Err(CryptoError), "{kind:?} with more behind it");
        }
    }

    #[test]
    fn an_ed25519_key_may_state_its_own_public_key_and_no_other() {
        let kind = MaterialKind::Ed25519;
        let spki = Material::from_bytes(kind, generated(kind).into()).public_key_der(&CryptoProvider::default());
        let public = spki.unwrap()[12..].to_vec();
        let with = |public: &[u8]| {
            let Pieces { algorithm, inner } = pieces(kind);
            let public = tlv(0x81, &[&[0], public].concat());
            tlv(0x30, &[tlv(0x02, &[1]), algorithm, tlv(0x04, &inner), public].concat())
        };
        assert_eq!(read(kind, &with(&public)), Ok(generated(kind)));
        assert_eq!(read(kind, &with(&[7; 32])), Err(CryptoError));
        assert_eq!(read(kind, &with(&[])), Err(CryptoError));
    }

    #[test]
    fn rsa_keys_with_more_primes_or_other_primes_are_refused() {
        let kind = MaterialKind::Rsa2048;
        let Pieces { algorithm, inner } = pieces(kind);
        let pkcs8 = |inner: &[u8]| tlv(0x30, &[tlv(0x02, &[0]), algorithm.clone(), tlv(0x04, inner)].concat());
        assert_eq!(read(kind, &pkcs8(&inner)), Ok(generated(kind)));
        let content = &inner[inner.len() - content_length(&inner)..];
        let mut multi = content.to_vec();
        multi[2] = 1;
        let prime = tlv(0x30, &[tlv(0x02, &[3]), tlv(0x02, &[1]), tlv(0x02, &[1])].concat());
        multi.extend(tlv(0x30, &prime));
        assert_eq!(read_and_load(kind, &pkcs8(&tlv(0x30, &multi))), Err(CryptoError));
        for at in [100, content.len() - 700, content.len() - 450] {
            let mut changed = content.to_vec();
            changed[at] ^= 4;
            assert_eq!(read_and_load(kind, &pkcs8(&tlv(0x30, &changed))), Err(CryptoError), "byte {at}");
        }
    }

    fn read_and_load(kind: MaterialKind, foreign: &[u8]) -> Result<(), CryptoError> {
        Material::import(kind, foreign.to_vec().into(), &CryptoProvider::default()).map(drop)
    }
}
