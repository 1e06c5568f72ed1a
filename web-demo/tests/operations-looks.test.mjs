// The pages of operations with results in them, in every look.
import { inPlayground } from './browser.mjs';
import { LOOKS, look } from './every-page/looks.mjs';
import { DECRYPTING, ENCRYPTING, STEPS, createKeyIn, decryptFile, encryptFile, give, open, press, shown, startEnclave } from './operations.mjs';
import { part, pick, rows } from './steps.mjs';

/** What is done on each page before it is looked at; a key from an earlier one is still there. */
const STOPS = {
  async overview(page) {
    await open(page, '', 'Operations');
  },
  async envelope(page) {
    await open(page, 'GenerateDataKey', 'Data keys and envelope encryption');
    await createKeyIn(part(page, ENCRYPTING));
    await encryptFile(page, 'letter.txt', Buffer.from('Dear Bob'), { purpose: 'letter' });
    await decryptFile(page);
    await part(page, DECRYPTING).getByText('Dear Bob').waitFor();
  },
  async 'a strange file'(page) {
    await give(part(page, DECRYPTING), 'strange.txt', Buffer.from('hello'));
    await page.getByText('it does not begin with PKMSENV1').waitFor();
  },
  async 'without plaintext'(page) {
    await open(page, 'GenerateDataKeyWithoutPlaintext', 'A data key without its plaintext');
    await press(part(page, '1. Generate it'), 'Generate');
    await press(part(page, '2. Unwrap it when it is needed'), 'Unwrap');
    await page.getByText('Plaintext data key (32 bytes)').waitFor();
  },
  async pairs(page) {
    await open(page, 'GenerateDataKeyPair', 'Data key pairs');
    await press(part(page, '1. Generate a pair'), 'Generate');
    const signing = part(page, '3. Sign without KMS');
    await signing.getByRole('textbox', { name: 'Message' }).fill('text');
    await press(signing, 'Sign in this page');
    await page.getByText('The public key of the pair verifies it.').waitFor();
  },
  async 're-encrypt'(page) {
    await open(page, 'ReEncrypt', 'ReEncrypt');
    const [source, move] = [part(page, '1. A ciphertext'), part(page, '2. Move it')];
    await source.getByRole('textbox', { name: 'Plaintext' }).fill('text');
    await press(source, 'Encrypt');
    await shown(source, 'Ciphertext');
    await move.getByRole('checkbox', { name: 'Dry run' }).check();
    await press(move, 'ReEncrypt');
    await page.getByText('DryRunOperationException').waitFor();
    await pick('A key that I name')(page);
  },
  async 'dry run'(page) {
    await open(page, 'DryRun', 'DryRun');
    await press(part(page, 'What may I do with a key?'), 'Try all');
    await rows(page, 'Answers').first().waitFor();
  },
  async agreement(page) {
    await open(page, 'DeriveSharedSecret', 'Key agreement');
    await createKeyIn(part(page, 'The key of KMS'));
    await press(part(page, 'Agree with this page'), 'Make a peer and derive');
    await part(page, 'Use the secret').waitFor();
  },
  async encapsulation(page) {
    await open(page, 'Encapsulate', 'Encapsulation');
    await createKeyIn(part(page, 'The key of KMS'));
    await press(part(page, 'Encapsulate'), 'Encapsulate');
    await press(part(page, 'Decapsulate'), 'Decapsulate');
    await part(page, 'Use the secret').waitFor();
  },
  async random(page) {
    await open(page, 'GenerateRandom', 'Random bytes');
    await press(part(page, 'Generate random bytes'), 'Generate random bytes');
    await page.getByText('Random bytes (32 bytes)').waitFor();
  },
  async import(page) {
    await open(page, 'ImportKeyMaterial', 'Import key material');
  },
  async 'by hand'(page) {
    await open(page, 'ListKeyPolicies', 'ListKeyPolicies');
    await press(part(page, 'Call by hand'), 'Call ListKeyPolicies');
    await shown(part(page, 'Call by hand'), 'Reply');
  },
  async recipient(page) {
    await open(page, 'Recipient', /^Recipient/);
    const [, attesting, requiring, asking, opening] = STEPS.map((name) => part(page, name));
    await startEnclave(page, 'genuine', 'the program');
    await press(attesting, 'Attest');
    await press(requiring, 'Create a key with this policy');
    await requiring.getByText('Its policy asks for an enclave.').waitFor();
    await asking.getByRole('textbox', { name: 'Message' }).fill('text');
    await press(asking, 'Call Decrypt');
    await page.getByText('The reply has no Plaintext').waitFor();
    await press(opening, 'Open');
    await shown(opening, 'What the program in the enclave has now');
  },
};

// Their steps are taken on a desktop elsewhere.
inPlayground('nothing is wrong on the pages that teach, in any look', async (page) => {
  for (const [name, act] of Object.entries(STOPS)) {
    await act(page);
    await look(page, `operations ${name}`);
  }
}, LOOKS.phone);
