// Help on what only this playground has.
import { api, guide, type Topic } from './topic';

export const worldTopics = {
  start: {
    title: 'Where to begin',
    text: [
      'A lesson begins a world of its own, and walks through it step by step beside the pages that change. Your own world waits meanwhile, as you left it.',
      'Or begin with an empty world, a link that somebody has sent you, or a file.',
    ],
    more: [guide('overview', 'What KMS is'), guide('concepts', 'What a KMS key is')],
  },
  lesson: {
    title: 'A lesson',
    text: ['Each step is a real call, made as the person whom the step names: whatever the page beside it shows, you can look into, and you can do other things in between. The seed of the lesson gives everybody the same key IDs and ciphertexts.'],
    more: [guide('overview', 'What KMS is')],
  },
  inspect: {
    title: 'Look into a ciphertext',
    text: [
      'A ciphertext of KMS is opaque to the API. Here you see what it is made of, and after a failed decryption whether the key, the encryption context or the bytes are others.',
      'AWS says none of that: it is the word of this playground, to its owner alone.',
    ],
    more: [guide('encrypt_context', 'Encryption context'), api('Decrypt')],
  },
  clock: {
    title: 'World clock',
    text: [
      'This world has a time of its own. Freeze it, let it run, or advance it: everything that falls due on the way happens at its own instant, as the time line shows.',
      'Waiting periods, rotations, expiry of key material and of import tokens, and replicas that are being made all follow this clock.',
    ],
    more: [guide('deleting-keys', 'Delete keys'), guide('rotate-keys', 'Rotate keys')],
  },
  journal: {
    title: 'Journal of changes',
    text: ['The state of this world is the sum of the rows in this list. Calls that only look leave no row; records of all calls are in the event history. Secrets never appear here.'],
    more: [guide('logging-using-cloudtrail', 'What AWS records of calls')],
  },
  faults: {
    title: 'Faults',
    text: ['Make chosen calls fail, be late, or lose their answers, to see what a program does then. A fault acts before anything is decided, or after everything is done: in the second case the change has happened although the caller hears an error.'],
    more: [guide('throttling', 'Throttled requests'), guide('accessing-kms', 'Changes that show late')],
  },
  operations: {
    title: 'Operations that teach',
    text: [
      'Each page shows one idea with real calls to the keys of this world: a file that is encrypted under a data key, a ciphertext that moves from one key to another, a dry run that says what would happen.',
      'What is done outside of KMS, such as encrypting the file itself, this page does: KMS never sees the file.',
    ],
    more: [guide('data-keys', 'Data keys'), guide('data-key-pairs', 'Data key pairs'), api('GenerateDataKey'), api('ReEncrypt')],
  },
  share: {
    title: 'Share a world',
    text: [
      'A link carries what was done in a world that has a seed: whoever opens it gets the same key IDs and the same ciphertexts. It carries what you typed, too. A world without a seed has secrets of chance, which no link can carry.',
      'A file carries any world as it is, sealed under a passphrase.',
    ],
    more: [guide('concepts', 'What a KMS key is')],
  },
  open: {
    title: 'Open a world',
    text: ['A file or a link begins a world beside your own one, which waits as you left it. What cannot be opened changes nothing.'],
    more: [guide('concepts', 'What a KMS key is')],
  },
  world: {
    title: 'Open a link',
    text: [
      'A link carries a recipe: a seed, a time, and what is done from there on. You see it before any of it is done. What is opened is a world beside your own one, which waits as you left it.',
      'From the seed follow all key materials of that world. Whoever has the link knows every key in it.',
    ],
    more: [guide('concepts', 'What a KMS key is')],
  },
  'side-by-side': {
    title: 'Two places side by side',
    text: ['One world in two frames, each with a Region and a caller of its own: change a key policy on the left, and see on the right what Alice may still do.'],
    more: [guide('key-policies', 'Key policies')],
  },
  deletion: {
    title: 'Delete a key',
    text: [
      'A deleted key takes with it everything that it has encrypted. So it first waits, 7 to 30 days as you choose: meanwhile it cannot be used, and the deletion can be cancelled. A key whose deletion was cancelled is disabled.',
      'Who only wants to stop the use of a key disables it.',
    ],
    more: [guide('deleting-keys', 'Delete keys'), api('ScheduleKeyDeletion'), api('CancelKeyDeletion')],
  },
} satisfies Record<string, Topic>;
