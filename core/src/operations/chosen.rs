//! The id and the material of a new key as two of its tags choose them, in a world whose setting `chosen-keys` is on.
//!
//! AWS has no such thing: there these are tags like all others, and so they are here, too. Their names are those that
//! `LocalStack` gives to them, so that scripts which prepare keys for it prepare the same keys here.

use super::Execution;
use crate::{
    algorithms::{Family, Row},
    error::Error,
    material::Material,
    names::{KeyArn, KeyId},
    shapes::OriginType,
    state::LineageId,
    wire::Base64,
};

/// The tag whose value is the id.
const ID: &str = "_custom_id_";

/// The tag whose value is the material, in base64.
const MATERIAL: &str = "_custom_key_material_";

/// What the tags of a new key choose.
#[derive(Default)]
pub(super) struct Chosen<'a> {
    id: Option<&'a str>,
    material: Option<&'a str>,
}

impl<'a> Chosen<'a> {
    /// Nothing, unless the world allows it.
    pub(super) fn by(tags: &'a [(String, String)], execution: &Execution<'_>) -> Self {
        if !execution.draft.state().has_chosen_keys() {
            return Self::default();
        }
        let value = |name: &str| tags.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str());
        Self { id: value(ID), material: value(MATERIAL) }
    }

    /// The id: one of the kind that the key needs, which no key of the account has.
    pub(super) fn id(&self, multi_region: bool, execution: &Execution<'_>) -> Result<Option<KeyId>, Error> {
        let Some(text) = self.id else { return Ok(None) };
        let id = KeyId::parse(text).filter(|id| id.is_multi_region() == multi_region);
        let id = id.ok_or_else(|| Error::chosen_id(ID, text, multi_region))?;
        let (account, region) = (execution.call.caller.account, execution.call.region);
        if execution.draft.state().keys.contains_key(&LineageId { account, id }) {
            return Err(Error::chosen_id_taken(ID, KeyArn { account, region, id }));
        }
        Ok(Some(id))
    }

    /// The material, in a form that keys of this spec have.
    pub(super) fn material(
        &self,
        origin: OriginType,
        row: &Row,
        execution: &Execution<'_>,
    ) -> Result<Option<Material>, Error> {
        let Some(text) = self.material else { return Ok(None) };
        if origin != OriginType::AwsKms {
            return Err(Error::chosen_material_of_origin(MATERIAL, origin));
        }
        let material = Base64::decode(text)
            .and_then(|Base64(bytes)| Material::chosen(row.material, bytes, execution.provider).ok());
        material.map(Some).ok_or_else(|| Error::chosen_material(MATERIAL, row.spec, &form(row)))
    }
}

/// What the material of a spec is, in words.
fn form(row: &Row) -> String {
    match row.material.family() {
        Family::Aead(aead) => format!("{} bytes", aead.key_length()),
        Family::Hmac(hash) => format!("{} to 128 bytes", hash.length()),
        Family::Curve(_) | Family::Sm2 => "a private key of PKCS #8 or SEC 1, in DER".to_owned(),
        _ => "a private key of PKCS #8, in DER".to_owned(),
    }
}
