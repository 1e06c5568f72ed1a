// Help on the lists of keys and on what a whole key has: state, names, tags, deletion.
import { api, guide, type Topic } from './topic';

export const keyTopics = {
  keys: {
    title: 'Customer managed keys',
    text: [
      'You create these keys, own them, and decide by their key policies who may use them. The list shows those of the account of the caller, in the chosen Region; a key of another account never appears here, even where you may use it.',
      'Each key has an ID that never changes, and as many aliases as you like. The list is sorted by alias at first; choose the heading of a column to sort by it, and the gear to choose columns, the size of a page and whether long texts are wrapped. The browser remembers your choice.',
      'A text in the filter finds keys by a part of an alias, of the key ID, of the key type, or of a key of their tags; capitals do not matter. A property with a value is more exact, and a tag is found by its key together with its value. Tags, asymmetric keys, multi-Region keys and custom key stores are offered where the list has such keys.',
      'The page asks KMS to describe the keys that you can see, and all of them as soon as you filter or sort by what their descriptions say.',
      'Keys that AWS services manage for you are on a page of their own.',
    ],
    more: [guide('viewing-keys', 'Identify and view keys'), guide('viewing-console-customize', 'Customize the tables of keys'), api('ListKeys'), api('DescribeKey')],
  },
  'aws-managed-keys': {
    title: 'AWS managed keys',
    text: [
      'An AWS service creates such a key in your account when it first needs one, and only through that service can it be used. Its alias begins with aws/ and the name of the service. You can see it, its policy and the records of its use, but you cannot change, rotate or delete it.',
      'Here, describing an alias makes its key, as a service would. AWS rotates these keys every year.',
    ],
    more: [guide('concepts', 'Keys of customers, of AWS and of services'), api('ListAliases')],
  },
  key: {
    title: 'A KMS key',
    text: [
      'The general configuration tells the names and the state of the key. A key can be used in cryptographic operations while it is Enabled; the tabs below show what it is made of, who may use it, and what can be done with it.',
      'AWS lets you use keys by its API alone. The tabs that encrypt, sign or derive are of this playground: each makes the one call that its button names.',
    ],
    more: [guide('concepts', 'What a KMS key is'), guide('key-state', 'Key states'), api('DescribeKey')],
  },
  'key.general': {
    title: 'Names and state of a key',
    text: [
      'Four names lead to a key: its ID, its ARN, an alias, and the ARN of an alias. The ARN tells account and Region, so that only an ARN names a key of another account.',
      'A disabled key waits to be enabled again. A key that is pending deletion waits for its end, or for somebody who cancels it. Pending import means that a key has no key material yet, and unavailable that its custom key store cannot be reached.',
    ],
    more: [guide('key-state', 'How the state of a key decides on operations'), guide('concepts', 'Identifiers of keys')],
  },
  aliases: {
    title: 'Aliases',
    text: [
      'An alias is a name that you can move from one key to another: programs keep the name, and the key behind it changes. It belongs to one account and one Region, and it is a resource of its own, with permissions on the alias and on the key.',
      'Give the name without alias/, which is always put before it. Names that begin with aws/ are for AWS.',
    ],
    more: [guide('kms-alias', 'Aliases'), guide('alias-access', 'Access to aliases'), api('CreateAlias'), api('UpdateAlias')],
  },
  tags: {
    title: 'Tags',
    text: [
      'A tag is a pair of a key and a value; the value may be empty, and a key has at most 50 of them. Tags sort costs and keys, and policies can decide by them: who may change a tag may thereby give and take access.',
      'Tags stand in plain text in records and bills: they are not for secrets.',
    ],
    more: [guide('tagging-keys', 'Tags of keys'), guide('abac', 'Access by tags and aliases'), api('TagResource'), api('UntagResource')],
  },
} satisfies Record<string, Topic>;
