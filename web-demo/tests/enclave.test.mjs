// A simulated enclave on its page: KMS seals for it alone, and a key policy asks for its document.
import assert from 'node:assert/strict';
import { inPlayground } from './browser.mjs';
import { STEPS, createKeyIn, open, pcr0, press, shown, startEnclave } from './operations.mjs';
import { becomes, choose, part, refusal, rows } from './steps.mjs';

inPlayground('KMS answers the enclave that a key policy asks for, and no other one can read the answer', async (page) => {
  await open(page, 'Recipient', /^Recipient/);
  const [starting, attesting, requiring, asking, opening] = STEPS.map((name) => part(page, name));
  await starting.getByRole('textbox', { name: 'IAM role of the instance' }).fill('arn:aws:iam::111122223333:role/Webserver');
  await startEnclave(page, 'genuine', 'the program');
  await attesting.getByRole('textbox', { name: 'Nonce - optional' }).fill('once');
  await press(attesting, 'Attest');
  await attesting.getByText(pcr0('the program')).waitFor();
  for (const field of ['ES384', 'once', 'SHA384', 'PCR3']) await attesting.getByText(field, { exact: true }).first().waitFor();

  await requiring.getByText('"kms:RecipientAttestation:ImageSha384"').waitFor();
  assert.equal(JSON.parse(await shown(requiring, 'Key policy')).Statement[1].Condition.StringEqualsIgnoreCase['kms:RecipientAttestation:ImageSha384'], pcr0('the program'));
  await press(requiring, 'Create a key with this policy');
  await requiring.getByText('Its policy asks for an enclave.').waitFor();

  await asking.getByRole('textbox', { name: 'Message' }).fill('for the enclave');
  await press(asking, 'Call Decrypt');
  await asking.getByText('The reply has no Plaintext').waitFor();
  await asking.getByRole('button', { name: /^Why\?/ }).waitFor();
  await press(opening, 'Open');
  assert.equal(await shown(opening, 'What the program in the enclave has now'), 'for the enclave');

  await choose(asking, 'Who asks', /^No enclave/);
  await press(asking, 'Call Decrypt');
  await refusal(asking, 'AccessDeniedException').waitFor();
  await startEnclave(page, 'changed', 'another program');
  await choose(asking, 'Who asks', /^changed/);
  await press(asking, 'Call Decrypt');
  await refusal(asking, 'AccessDeniedException').waitFor();

  for (const operation of ['GenerateDataKey', 'GenerateDataKeyPair', 'GenerateRandom']) {
    await choose(asking, 'Operation', new RegExp(`^${operation}$`));
    await choose(asking, 'Who asks', /genuine/);
    await press(asking, `Call ${operation}`);
    await asking.getByText(/^The reply has no (Private)?.*Plaintext/).waitFor();
    await choose(opening, 'Enclave', /changed/);
    await press(opening, 'Open');
    await refusal(opening, 'this is not a CiphertextForRecipient for this enclave').waitFor();
    await choose(opening, 'Enclave', /genuine/);
    await press(opening, 'Open');
    await shown(opening, 'What the program in the enclave has now');
  }
  await choose(asking, 'Who asks', /^No enclave/);
  await press(asking, 'Call GenerateRandom');
  await asking.getByText('Plaintext in the reply (32 bytes)').waitFor();

  await page.getByRole('button', { name: 'Stop genuine' }).click();
  await page.getByRole('button', { name: 'Stop changed' }).click();
  await page.getByText('No enclave runs.').waitFor();
  await becomes(() => attesting.getByRole('button', { name: 'Attest', exact: true }).isDisabled(), true);
});

inPlayground('an enclave in debug mode measures nothing, and derives a secret with a document all the same', async (page) => {
  await open(page, 'Recipient', /^Recipient/);
  const [starting, attesting, requiring, asking, opening] = STEPS.map((name) => part(page, name));
  await starting.getByRole('checkbox', { name: 'Debug mode' }).check();
  await press(starting, 'Start the enclave');
  await press(attesting, 'Attest');
  await attesting.getByText('All registers are zero').waitFor();
  await becomes(() => requiring.getByRole('button', { name: 'Create a key with this policy' }).isDisabled(), true);
  await choose(asking, 'Operation', /^DeriveSharedSecret$/);
  await createKeyIn(asking);
  await press(asking, 'Call DeriveSharedSecret');
  await asking.getByText('The reply has no SharedSecret').waitFor();
  await press(opening, 'Open');
  assert.equal(Buffer.from(await shown(opening, 'What the program in the enclave has now'), 'base64').length, 32);
});
