// What teaches: the pages of operations, two places side by side, and the ways to other worlds.
import { deflateRawSync } from 'node:zlib';
import { createKey, encrypt, part } from '../steps.mjs';
import { button, open, stop } from './rows.mjs';

/** What a link carries. */
const LINK = deflateRawSync(
  JSON.stringify({ version: 1, seed: 'a class', now: 1_767_225_600_000, steps: [{ call: 'CreateKey' }, { advance: '7d' }] }),
).toString('base64url');

/** The pages that teach, by their operations, and one of an operation that has a form and no lesson. */
const OPERATIONS = [
  ['GenerateDataKey', 'Data keys and envelope encryption'],
  ['GenerateDataKeyWithoutPlaintext', 'A data key without its plaintext'],
  ['GenerateDataKeyPair', 'Data key pairs'],
  ['ReEncrypt', 'ReEncrypt'],
  ['DryRun', 'DryRun'],
  ['DeriveSharedSecret', 'Key agreement'],
  ['Encapsulate', 'Encapsulation'],
  ['GenerateRandom', 'Random bytes'],
  ['ImportKeyMaterial', 'Import key material'],
  ['ListKeyRotations', 'ListKeyRotations'],
];

const operations = OPERATIONS.map(([name, heading]) => stop(`the page of ${name}`, (page) => open(page, `#/operations/${name}`, heading), 'operations', name));

export const SCHOOL = [
  stop('the start page', (page) => open(page, '#/', 'Learn AWS KMS, and try it out'), 'start'),
  stop('a lesson that there is not', (page) => open(page, '#/lessons/none', 'Lesson'), 'lesson'),
  stop(
    'all operations',
    async (page) => {
      await open(page, '#/operations', /operations/i);
    },
    'operations',
  ),
  stop('a key to try them with', async (page) => {
    await open(page, '#/keys', /Customer managed keys/);
    await createKey(page, { alias: 'tried' });
  }),
  stop(
    'a ciphertext inspected',
    async (page) => {
      await encrypt(page, 'text');
      await part(page, 'Encrypt').getByRole('link', { name: /^Inspect the ciphertext/ }).click();
      await part(page, 'What is known of it').waitFor();
    },
    'inspect',
  ),
  ...operations,
  stop(
    'two places side by side',
    async (page) => {
      await open(page, '#/side-by-side', 'Side by side');
      for (const side of ['First place', 'Second place']) await page.frameLocator(`iframe[title="${side}"]`).getByRole('row').filter({ hasText: 'tried' }).waitFor();
    },
    'side-by-side',
  ),
  stop('a world to be shared', (page) => open(page, '#/share', 'Share this world'), 'share'),
  stop('another world to be opened', (page) => open(page, '#/open', 'Open another world'), 'open'),
  stop('a link before it is opened', (page) => open(page, `#/world/${LINK}`, 'Open a link'), 'world'),
  stop('a link that is not one', (page) => open(page, '#/world/none', 'This link cannot be opened'), 'world'),
  stop(
    'a lesson in place of another one',
    async (page) => {
      await page.evaluate(() => (location.hash = '#/lessons/encrypt-decrypt'));
      await button(page, /^Do step 1:/).waitFor();
      await page.evaluate(() => (location.hash = '#/lessons/rotation'));
      await button(page, 'Begin this lesson').waitFor();
    },
    'lesson',
  ),
];
