// Help on the wizards: each choice that is made when a key is created, or its material imported.
import { api, guide, iam, type Topic } from './topic';

export const creatingTopics = {
  'create-key': {
    title: 'Create a key',
    text: [
      'Key type, usage, spec, origin and regionality are for good: a key that should differ in one of them is another key. Alias, description, tags, policy and rotation can change later.',
      'In the API the wizard is several calls: CreateKey, then CreateAlias, and where you ask for it EnableKeyRotation and ReplicateKey. "As code" beside the success shows them.',
    ],
    more: [guide('create-keys', 'Create a KMS key'), api('CreateKey'), api('CreateAlias')],
  },
  'create.type': {
    title: 'Key type',
    text: [
      'A symmetric key is one secret that never leaves KMS: whoever encrypts or decrypts asks KMS each time. Choose it unless somebody without access to KMS has to encrypt or to verify.',
      'An asymmetric key is a pair. The private key stays in KMS; the public one can be given to anybody.',
    ],
    more: [guide('symmetric-asymmetric', 'Asymmetric keys'), guide('symm-asymm-choose-key-spec', 'Which key spec to choose')],
  },
  'create.usage': {
    title: 'Key usage',
    text: [
      'A key does one kind of thing: it encrypts and decrypts, signs and verifies, makes and checks MACs, agrees on secrets with peers, or decapsulates secrets. KMS refuses every other operation with InvalidKeyUsageException.',
    ],
    more: [guide('create-keys', 'Create a KMS key'), guide('hmac', 'HMAC keys')],
  },
  'create.spec': {
    title: 'Key spec',
    text: [
      'The spec tells the kind and the length of the key material, and with the usage the algorithms that the key offers. SYMMETRIC_DEFAULT is AES with 256 bits in Galois counter mode; in China it is SM4.',
      'Longer keys are slower: an RSA_4096 key takes this browser a second or two to make.',
    ],
    more: [guide('symm-asymm-choose-key-spec', 'Which key spec to choose')],
  },
  'create.origin': {
    title: 'Key material origin',
    text: [
      'KMS makes the material of most keys, keeps it and can rotate it. With External you make the material yourself and import it: then you must keep a copy, because KMS cannot bring it back once it is deleted or has expired.',
      'A custom key store keeps the material in an AWS CloudHSM cluster of yours, or uses a key outside of AWS. Such keys are symmetric, of one Region, and as available as what stands behind the store.',
    ],
    more: [guide('importing-keys', 'Import key material'), guide('key-store-overview', 'Key stores')],
  },
  'create.regionality': {
    title: 'Regionality',
    text: [
      'A single-Region key exists in one Region, and what it encrypts can be decrypted there alone. A multi-Region key can be replicated: primary and replicas have one key ID, which begins with mrk-, and one key material, so that each decrypts what the other has encrypted.',
      'Each of them has a policy, aliases, tags and grants of its own. Rotation is the primary key\'s.',
    ],
    more: [guide('multi-region-keys-overview', 'Multi-Region keys'), guide('multi-region-keys-replicate', 'Create replica keys'), api('ReplicateKey')],
  },
  'create.labels': {
    title: 'Alias, description and tags',
    text: [
      'The alias is the name by which people find the key. In this wizard a key needs one, as in the console of AWS; a key that the API creates has none.',
      'Whoever creates a key with tags needs permission to tag, and whoever gives it an alias needs permission on the alias and on the key.',
    ],
    more: [guide('alias-create', 'Create an alias'), guide('add-tags', 'Add tags'), api('TagResource')],
  },
  'create.permissions': {
    title: 'Permissions of a key',
    text: [
      'The key policy that the wizard writes leaves the decision to the account first: whoever manages IAM there can give access to the key. Whom you name here, the key policy allows by itself, whatever IAM says, unless something denies it.',
      'You may name nobody. The policy can be changed later.',
    ],
    more: [guide('key-policy-default', 'The default key policy'), guide('policy-evaluation', 'How a request is decided')],
  },
  'create.administrators': {
    title: 'Key administrators',
    text: [
      'Administrators may change the key, its policy, its tags and its state, but the policy does not let them encrypt or decrypt. Who can change the policy can give that permission, too: to trust an administrator is to trust with everything.',
      'The table has the users and roles of the directory, and those that this world begins with. Add the ARN of anybody else below it: the policy is refused if it names a principal that does not exist.',
    ],
    more: [guide('key-policy-default', 'The default key policy'), iam('reference_policies_elements_principal', 'Principals in policies')],
  },
  'create.users': {
    title: 'Key users',
    text: [
      'Users of a key may use it in cryptographic operations. With most symmetric keys they may also create grants for AWS services that encrypt for them, such as for a disk or a table.',
    ],
    more: [guide('key-policy-default', 'The default key policy'), guide('grants', 'Grants')],
  },
  'create.accounts': {
    title: 'Other AWS accounts',
    text: [
      'The key policy lets another account use the key, and that account decides by identity policies which of its users and roles may. Both are needed: neither side can give away the key alone. Aliases do not reach across accounts; name the key by its ARN.',
    ],
    more: [guide('key-policy-modifying-external-accounts', 'Let other accounts use a key')],
  },
  'create.policy': {
    title: 'Edit the key policy',
    text: [
      'The document follows from the choices before, in the form that the console writes, until you edit it. KMS judges it before you go on: a policy that would lock you out of changing it is refused, and so is one that names nobody who exists.',
    ],
    more: [guide('key-policies', 'Key policies'), guide('key-policy-default', 'The default key policy'), api('CreateKey')],
  },
  'create.review': {
    title: 'Review',
    text: ['Nothing has happened yet. Go back to any part by its Edit button; Finish creates the key, and Cancel forgets what you have typed, after it has asked.'],
    more: [guide('create-keys', 'Create a KMS key')],
  },
  import: {
    title: 'Import key material',
    text: [
      'KMS gives a public key and an import token, both good for 24 hours. You encrypt the material under the public key, and KMS decrypts it inside: it never travels in plain text.',
      'Material that has expired or was deleted can be imported again into the same key, and it must be exactly the same for what it once encrypted.',
    ],
    more: [guide('importing-keys', 'Import key material'), api('GetParametersForImport'), api('ImportKeyMaterial')],
  },
} satisfies Record<string, Topic>;
