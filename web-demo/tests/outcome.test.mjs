// An explained outcome: AWS's words apart from pocket-kms's, the steps of the call in order, and the ways to what they name.
import { closeDialog, deniedToEncrypt, triesToEncrypt, why, whyOnPage } from './access.mjs';
import { inPlayground } from './browser.mjs';
import { becomes, createKey, encrypt, gone, keyAction, part, refusal, visitPage } from './steps.mjs';

const steps = (dialog) => dialog.getByRole('list', { name: 'What happened, in order' }).locator(':scope > li');
const step = (dialog, name) => steps(dialog).filter({ has: dialog.page().getByRole('heading', { level: 3, name, exact: true }) });

/** The steps of a call, each with its fate. */
async function told(dialog) {
  const texts = await steps(dialog).allInnerTexts();
  return texts.map((text) => text.split('\n')[0].trim());
}

inPlayground('a success tells its ten steps, and leads to the key, to its record and to the journal', async (page) => {
  const keyId = await createKey(page, { alias: 'told' });
  await encrypt(page, 'text');
  const dialog = await why(part(page, 'Encrypt'), 'Encrypt');
  await becomes(() => told(dialog), [
    'Operation Passed',
    'Shape of the request Passed',
    'What had fallen due Passed',
    'Keys Passed',
    'Request quotas Passed',
    'Decision Passed',
    'State of the keys Passed',
    'Cryptography Passed',
    'Changes Passed',
    'Record Passed',
  ]);
  await dialog.getByRole('region', { name: 'What AWS says' }).getByText('The call succeeded').waitFor();
  await step(dialog, 'Keys').getByText('KeyId is a key ID.').waitFor();
  await step(dialog, 'State of the keys').getByText('is Enabled, of the spec SYMMETRIC_DEFAULT').waitFor();
  const cryptography = step(dialog, 'Cryptography');
  await cryptography.getByText('Plaintext: 4 bytes, secret').waitFor();
  await cryptography.getByText(/CiphertextBlob: 156 bytes, a ciphertext of 4 bytes by AES-256-GCM/).waitFor();
  await gone(cryptography.getByText('text', { exact: true }));
  await step(dialog, 'Changes').getByText('Nothing has changed.').waitFor();
  await step(dialog, 'Keys').getByRole('link', { name: new RegExp(`key/${keyId}$`) }).first().waitFor();
  await step(dialog, 'Record').getByRole('link').click();
  // The dialog leaves with the page that it would cover.
  await dialog.waitFor({ state: 'detached' });
  await page.getByRole('heading', { level: 1, name: 'Encrypt' }).waitFor();
});

inPlayground('a denial is told at its step, and the steps behind it were not reached', async (page) => {
  await deniedToEncrypt(page, 'guarded');
  const dialog = await why(part(page, 'Encrypt'), 'Encrypt');
  await becomes(async () => (await told(dialog)).slice(5), [
    'Decision Refused here',
    'State of the keys Not reached',
    'Performance Not reached',
    'Changes Not reached',
    'Record Passed',
  ]);
  const aws = dialog.getByRole('region', { name: 'What AWS says' });
  await aws.getByText('AccessDeniedException', { exact: true }).waitFor();
  await aws.getByText(/is not authorized to perform: kms:Encrypt on resource: .* with an explicit deny/).waitFor();
  await gone(aws.getByText('NotAlice'));
  await step(dialog, 'Decision').getByText(/"NotAlice" \(Deny\)/).waitFor();
  await closeDialog(dialog);
});

inPlayground('what refuses behind the decision is told where it did: the state of a key', async (page) => {
  await createKey(page, { alias: 'asleep' });
  await keyAction(page, 'Disable');
  await page.getByText('1 key disabled.').first().waitFor();
  await triesToEncrypt(page);
  await refusal(part(page, 'Encrypt'), 'DisabledException').waitFor();
  const dialog = await why(part(page, 'Encrypt'), 'Encrypt');
  await becomes(async () => (await told(dialog)).slice(5, 8), ['Decision Passed', 'State of the keys Refused here', 'Performance Not reached']);
  await step(dialog, 'State of the keys').getByText('That does not allow the operation: DisabledException.').waitFor();
  await closeDialog(dialog);
});

inPlayground('a change tells its tables, and leads to the journal', async (page) => {
  await createKey(page, { alias: 'changed' });
  await visitPage(page, 'Calls and decisions');
  const dialog = await whyOnPage(page, 'CreateKey');
  await step(dialog, 'Changes').getByText('Put into keys:').waitFor();
  await step(dialog, 'Changes').getByRole('link', { name: 'Journal' }).click();
  await dialog.waitFor({ state: 'detached' });
  await page.getByRole('heading', { level: 1, name: 'Journal' }).waitFor();
});

