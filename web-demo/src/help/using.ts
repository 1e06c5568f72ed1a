// Help on the tabs of a key: what it does, what it is made of, where it is.
import { api, guide, type Topic } from './topic';

export const usingTopics = {
  encrypt: {
    title: 'Encrypt and decrypt',
    text: [
      'Encrypt takes up to 4,096 bytes with a symmetric key, and less with RSA: for more, a data key encrypts the data, and KMS encrypts the data key. The ciphertext of a symmetric key tells which key made it, so that Decrypt need not be told.',
      'The encryption context is a set of pairs that is not secret and not in the ciphertext. Decrypt fails unless it gets exactly the same pairs, and each record of the call shows them.',
    ],
    more: [guide('encrypt_context', 'Encryption context'), guide('data-keys', 'Data keys'), api('Encrypt'), api('Decrypt')],
  },
  sign: {
    title: 'Sign and verify',
    text: [
      'KMS signs a message of up to 4,096 bytes, or a digest of it. Verify needs permission for KMS; anybody who has the public key can verify without it.',
      'A signature that does not fit is not an answer "no": KMS refuses with KMSInvalidSignatureException.',
    ],
    more: [guide('symmetric-asymmetric', 'Asymmetric keys'), guide('offline-operations', 'Verify without KMS'), api('Sign'), api('Verify')],
  },
  mac: {
    title: 'Generate and verify a MAC',
    text: ['A MAC proves that a message is as it was when somebody with the same key made it. The key of an HMAC never leaves KMS, so both sides ask KMS; a MAC that does not fit is refused with KMSInvalidMacException.'],
    more: [guide('hmac', 'HMAC keys'), api('GenerateMac'), api('VerifyMac')],
  },
  derive: {
    title: 'Derive a shared secret',
    text: [
      'Two parties with keys on one curve derive the same secret, each from its own private key and the public key of the other. KMS does it with a private key that never leaves it. Use the secret to derive keys, and not as a key.',
    ],
    more: [guide('symmetric-asymmetric', 'Asymmetric keys'), api('DeriveSharedSecret')],
  },
  encapsulate: {
    title: 'Encapsulate and decapsulate',
    text: ['With ML-KEM one side makes a secret and encapsulates it under a public key; whoever has the private key decapsulates it. It withstands quantum computers, as far as anybody knows. Here the private key is in KMS.'],
    more: [api('Encapsulate'), api('Decapsulate')],
  },
  'public-key': {
    title: 'Public key',
    text: ['The public half of the pair, as PEM. Who encrypts or verifies with it needs neither KMS nor permission, leaves no record, and is not stopped when the key is disabled or deleted.'],
    more: [guide('offline-operations', 'Operations with a public key'), api('GetPublicKey')],
  },
  grants: {
    title: 'Grants',
    text: [
      'A grant lets one principal use the key in a few operations, without a change of the policy. AWS services use grants to work with your key for as long as a disk or a table lives.',
      'A new grant may take a few minutes until it counts everywhere; its grant token makes it count at once. The grantee retires a grant when it is done, and an administrator revokes it.',
    ],
    more: [guide('grants', 'Grants'), guide('using-grant-token', 'Use a grant token'), api('CreateGrant'), api('RetireGrant'), api('RevokeGrant')],
  },
  cryptography: {
    title: 'Cryptographic configuration',
    text: ['What was settled when the key was created: type, spec, usage, origin, and the algorithms that follow from them. For a key in a custom key store it tells the store, too, and for an external key what its manager says of it.'],
    more: [guide('symm-asymm-choose-key-spec', 'Key specs'), api('DescribeKey')],
  },
  material: {
    title: 'Key material',
    text: [
      'A key whose origin is External has the material that you have imported. It can expire, and it can be deleted: the key then cannot be used until the same material is imported again, and nothing else about it changes.',
      'Deleting material takes effect at once. Deleting a key takes a waiting period and cannot be undone.',
    ],
    more: [guide('importing-keys', 'Import key material'), guide('importing-keys-delete-key-material', 'Delete imported key material'), api('DeleteImportedKeyMaterial')],
  },
  rotation: {
    title: 'Key rotation',
    text: [
      'KMS makes new material for the key, and from then on encrypts with it; the old material stays, so that everything decrypts as before. Nothing else changes: the key has the same ID, and programs notice nothing.',
      'Automatic rotation comes every 90 to 2,560 days. On demand, a key can be rotated at once, 25 times in its life.',
    ],
    more: [guide('rotate-keys', 'Rotate keys'), api('EnableKeyRotation'), api('RotateKeyOnDemand'), api('ListKeyRotations')],
  },
  regionality: {
    title: 'Regionality',
    text: [
      'The related keys of a multi-Region key: one primary key and its replicas, each in a Region of its own. New replicas are made from the primary key, and so are rotations.',
      'To change the primary Region, both keys are Updating for a while. A primary key can be deleted only after its replicas.',
    ],
    more: [guide('multi-region-keys-overview', 'Multi-Region keys'), guide('multi-region-update', 'Change the primary Region'), api('UpdatePrimaryRegion')],
  },
  policy: {
    title: 'Key policy',
    text: [
      'Every key has exactly one key policy, and nobody, not even the root user, may do anything that neither it nor a policy to which it leaves the decision allows. The first statement of the default policy leaves the decision to the identity policies of the account.',
      'The default view shows administrators, users and other accounts while the policy has the form that the console writes. Any other policy has the policy view alone.',
    ],
    more: [guide('key-policies', 'Key policies'), guide('key-policy-default', 'The default key policy'), guide('policy-evaluation', 'How a request is decided'), api('PutKeyPolicy')],
  },
} satisfies Record<string, Topic>;
