// The playground in headless Chromium: what it promises, done as a person would.
import assert from 'node:assert/strict';
import { openLayer, why } from './access.mjs';
import { inPlayground } from './browser.mjs';
import {
  becomes,
  caller,
  createAlias,
  createKey,
  editPolicy,
  flash,
  keyAction,
  openMenu,
  openTab,
  part,
  pick,
  policyEditor,
  refusal,
  rowOf,
  scheduleDeletion,
  submitKey,
  textOf,
  toPolicy,
  visitPage,
} from './steps.mjs';

inPlayground('a new world has no keys and says so', async (page) => {
  await page.getByText('There are no keys in this account and Region yet.').waitFor();
});

inPlayground('a key created through the wizard stands in the table', async (page) => {
  const id = await createKey(page, { alias: 'orders', description: 'Orders of the shop' });
  assert.match(id, /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  await page.getByText(`arn:aws:kms:us-east-1:111122223333:key/${id}`).waitFor();
  await visitPage(page, 'Customer managed keys');
  const row = rowOf(page, 'orders');
  for (const cell of [id, 'Enabled', 'SYMMETRIC_DEFAULT', 'Encrypt and decrypt']) await row.getByText(cell).waitFor();
});

inPlayground('the wizard asks for an alias, and for one that is free', async (page) => {
  await createKey(page, { alias: 'taken' });
  await visitPage(page, 'Customer managed keys');
  await page.getByRole('button', { name: 'Create key' }).click();
  const next = page.getByRole('button', { name: 'Next', exact: true });
  await next.click();
  await next.click();
  await page.getByText('Enter an alias.').waitFor();
  await page.getByRole('textbox', { name: 'Alias', exact: true }).fill('taken');
  await page.getByText('has this alias').waitFor();
});

inPlayground('what is encrypted is decrypted, under its encryption context alone', async (page) => {
  await createKey(page, { alias: 'letters' });
  const encrypt = part(page, 'Encrypt');
  await encrypt.getByRole('textbox', { name: 'Plaintext', exact: true }).fill('Grüße aus dem Browser');
  await encrypt.getByRole('button', { name: 'Add pair' }).click();
  await encrypt.getByRole('textbox', { name: /context.* Key/ }).fill('purpose');
  await encrypt.getByRole('textbox', { name: /context.* Value/ }).fill('test');
  await encrypt.getByRole('button', { name: 'Encrypt', exact: true }).click();
  // 23 bytes of plaintext and the 152 of AWS's envelope.
  await encrypt.getByText('Ciphertext (175 bytes)').waitFor();

  const decrypt = part(page, 'Decrypt');
  await decrypt.getByRole('button', { name: 'Decrypt', exact: true }).click();
  await decrypt.getByRole('region', { name: 'Plaintext' }).getByText('Grüße aus dem Browser').waitFor();

  await decrypt.getByRole('textbox', { name: /context.* Value/ }).fill('theft');
  await decrypt.getByRole('button', { name: 'Decrypt', exact: true }).click();
  await refusal(decrypt, 'InvalidCiphertextException').waitFor();
});

inPlayground('bytes are given and shown as base64 where they are not text', async (page) => {
  await createKey(page, { alias: 'bytes' });
  const encrypt = part(page, 'Encrypt');
  await encrypt.getByRole('button', { name: 'Base64' }).click();
  await encrypt.getByRole('textbox', { name: 'Plaintext', exact: true }).fill('not base64!');
  await encrypt.getByText('This is not base64.').waitFor();
  await encrypt.getByRole('textbox', { name: 'Plaintext', exact: true }).fill('//79');
  await encrypt.getByRole('button', { name: 'Encrypt', exact: true }).click();
  const decrypt = part(page, 'Decrypt');
  await decrypt.getByText('155 bytes').waitFor();
  await decrypt.getByRole('button', { name: 'Decrypt', exact: true }).click();
  await decrypt.getByRole('region', { name: 'Plaintext' }).getByText('//79').waitFor();
});

inPlayground('a signature is verified, and another message is refused', async (page) => {
  await createKey(page, { alias: 'seal', choose: pick('Asymmetric', 'Sign and verify', 'ECC_NIST_P256') });
  const sign = part(page, 'Sign');
  await sign.getByRole('textbox', { name: 'Message', exact: true }).fill('I agree.');
  await sign.getByText('ECDSA_SHA_256').waitFor();
  await sign.getByRole('button', { name: 'Sign', exact: true }).click();
  await sign.getByText(/^Signature \(\d+ bytes\)$/).waitFor();
  const verify = part(page, 'Verify');
  await verify.getByRole('button', { name: 'Verify', exact: true }).click();
  await verify.getByText('The signature is valid').waitFor();
  await verify.getByRole('textbox', { name: 'Message to verify', exact: true }).fill('I disagree.');
  await verify.getByRole('button', { name: 'Verify', exact: true }).click();
  await refusal(verify, 'KMSInvalidSignatureException').waitFor();
  await openTab(page, 'Public key');
  await page.getByText('-----BEGIN PUBLIC KEY-----').waitFor();
});

inPlayground('WebCrypto generates an RSA_4096 key beside the world, which answers other calls meanwhile', async (page) => {
  await createKey(page, { alias: 'before' });
  const [worker] = page.workers();
  await worker.evaluate(() => {
    const { generateKey } = SubtleCrypto.prototype;
    const shown = new Promise((resolve) => (self.showKey = resolve));
    self.asked = [];
    SubtleCrypto.prototype.generateKey = async function (wish, ...rest) {
      self.asked.push(wish.modulusLength);
      await shown;
      return generateKey.call(this, wish, ...rest);
    };
  });
  await visitPage(page, 'Customer managed keys');
  await submitKey(page, { alias: 'large', choose: pick('Asymmetric', 'Sign and verify', 'RSA_4096') });
  // The wizard hides the navigation; the address does not.
  await page.evaluate(() => (location.hash = '#/keys'));
  await rowOf(page, 'before').getByText('Enabled').waitFor();
  await becomes(() => worker.evaluate(() => self.asked), [4096]);
  await worker.evaluate(() => self.showKey());
  await flash(page, 'with the alias alias/large').waitFor();
  await visitPage(page, 'Customer managed keys');
  await rowOf(page, 'large').getByText('RSA_4096').waitFor();
});

inPlayground('a MAC is generated and verified', async (page) => {
  await createKey(page, { alias: 'stamp', choose: pick('Generate and verify MAC', 'HMAC_256') });
  const generate = part(page, 'Generate MAC');
  await generate.getByRole('textbox', { name: 'Message', exact: true }).fill('payload');
  await generate.getByRole('button', { name: 'Generate MAC' }).click();
  await generate.getByText('MAC (32 bytes)').waitFor();
  const verify = part(page, 'Verify MAC');
  await verify.getByRole('button', { name: 'Verify MAC' }).click();
  await verify.getByText('The MAC is valid').waitFor();
});

inPlayground('keys are disabled, enabled, scheduled for deletion and rescued from the table', async (page) => {
  await createKey(page, { alias: 'first' });
  await visitPage(page, 'Customer managed keys');
  await createKey(page, { alias: 'second' });
  await visitPage(page, 'Customer managed keys');
  const select = (name) => page.getByRole('checkbox', { name: `Select key ${name}` }).check();
  await select('first');
  await select('second');
  await keyAction(page, 'Disable');
  await flash(page, '2 keys disabled.').waitFor();
  for (const alias of ['first', 'second']) await rowOf(page, alias).getByText('Disabled').waitFor();
  await keyAction(page, 'Enable');
  await flash(page, '2 keys enabled.').waitFor();
  await scheduleDeletion(page, 7);
  await rowOf(page, 'second').getByText('Pending deletion').waitFor();
  await keyAction(page, 'Cancel key deletion');
  await rowOf(page, 'second').getByText('Disabled').waitFor();
});

inPlayground('eight days after its deletion was scheduled for seven, a key is gone', async (page) => {
  const id = await createKey(page, { alias: 'doomed' });
  await scheduleDeletion(page, 7);
  await page.getByText('(in 6 days 23 hours)').waitFor();
  await visitPage(page, 'World clock');
  await page.getByText('A deletion, in 6 days 23 hours').waitFor();
  await page.getByRole('button', { name: '7 days' }).click();
  await flash(page, 'Time has deleted 1 key.').waitFor();
  await page.getByRole('button', { name: '1 day', exact: true }).click();
  await page.getByText('8 days ahead').waitFor();
  await visitPage(page, 'Customer managed keys');
  await page.getByText('There are no keys').waitFor();
  await page.goto(`${page.url().split('#')[0]}#/keys/${id}`);
  await refusal(page, 'NotFoundException').waitFor();
});

inPlayground('the journal tells every change, with its row', async (page) => {
  const id = await createKey(page, { alias: 'written' });
  await visitPage(page, 'Journal of changes');
  const journal = page.getByRole('table', { name: 'Journal of changes' });
  await journal.getByText('CreateAlias').first().waitFor();
  const row = journal.getByRole('row').filter({ hasText: id }).filter({ hasText: 'keys' }).first();
  await row.getByRole('button', { name: id }).click();
  await row.getByText('"SYMMETRIC_DEFAULT"').waitFor();
  for (const word of [/CreateKey/, /aliases/]) await becomes(() => journal.innerText(), word);
});

inPlayground('a reload keeps keys, ciphertexts, the clock and the journal', async (page) => {
  await createKey(page, { alias: 'lasting' });
  await part(page, 'Encrypt').getByRole('textbox', { name: 'Plaintext', exact: true }).fill('kept');
  await part(page, 'Encrypt').getByRole('button', { name: 'Encrypt', exact: true }).click();
  const ciphertext = await part(page, 'Encrypt').getByRole('region', { name: 'Ciphertext' }).innerText();
  await openMenu(page, /World clock/);
  await page.getByRole('menuitem', { name: 'Advance 30 days' }).click();
  await flash(page, 'Nothing fell due.').waitFor();
  await page.reload();
  await part(page, 'Decrypt').getByRole('textbox', { name: 'Ciphertext', exact: true }).fill(ciphertext);
  await part(page, 'Decrypt').getByRole('button', { name: 'Decrypt', exact: true }).click();
  await part(page, 'Decrypt').getByRole('region', { name: 'Plaintext' }).getByText('kept').waitFor();
  await visitPage(page, 'World clock');
  await page.getByText('30 days ahead').waitFor();
  await visitPage(page, 'Journal of changes');
  await page.getByText('CreateAlias').first().waitFor();
});

inPlayground('a reset empties the world, after a question', async (page) => {
  await createKey(page, { alias: 'passing' });
  await openMenu(page, 'Settings');
  await page.getByRole('menuitem', { name: 'Reset the world' }).click();
  await page.getByRole('dialog', { name: 'Reset the world?' }).getByRole('button', { name: 'Reset the world' }).click();
  await flash(page, 'A new world has begun.').waitFor();
  await page.getByText('There are no keys').waitFor();
  await page.reload();
  await page.getByText('There are no keys').waitFor();
  await visitPage(page, 'Journal of changes');
  await page.getByText('Nothing has changed yet.').waitFor();
});

inPlayground('a malformed key policy is refused in the words of AWS, in its own step', async (page) => {
  await toPolicy(page, { alias: 'careless' });
  const editor = policyEditor(page);
  await editor.fill('{ "Version": "2012-10-17", "Statement": {} }');
  await page.getByRole('button', { name: 'Next', exact: true }).click();
  await refusal(page, 'MalformedPolicyDocumentException').waitFor();
  await editor.waitFor();
  // The rehearsal of a good policy leaves no key behind.
  await page.getByRole('button', { name: 'Restore from permissions' }).click();
  await page.getByRole('button', { name: 'Next', exact: true }).click();
  await page.getByRole('button', { name: 'Finish' }).waitFor();
  await page.evaluate(() => (location.hash = '#/keys'));
  await page.getByRole('dialog', { name: 'Leave this page?' }).getByRole('button', { name: 'Leave' }).click();
  await page.getByText('There are no keys').waitFor();
});

inPlayground('who is denied by an edited key policy hears why', async (page) => {
  await createKey(page, { alias: 'guarded' });
  const editor = await editPolicy(page);
  const policy = JSON.parse(await textOf(editor));
  const alice = 'arn:aws:iam::111122223333:user/Alice';
  policy.Statement.push({ Sid: 'NotAlice', Effect: 'Deny', Principal: { AWS: alice }, Action: 'kms:Encrypt', Resource: '*' });
  await editor.fill(JSON.stringify(policy));
  await page.getByRole('button', { name: 'Save changes' }).click();
  await flash(page, 'The key policy is changed.').waitFor();

  await caller(page, /User Alice/);
  await openTab(page, 'Encrypt and decrypt');
  await part(page, 'Encrypt').getByRole('textbox', { name: 'Plaintext', exact: true }).fill('secret');
  await part(page, 'Encrypt').getByRole('button', { name: 'Encrypt', exact: true }).click();
  await refusal(part(page, 'Encrypt'), 'AccessDeniedException').waitFor();
  await refusal(part(page, 'Encrypt'), `User: ${alice} is not authorized to perform: kms:Encrypt`).waitFor();
  const dialog = await why(part(page, 'Encrypt'), 'Encrypt');
  await (await openLayer(dialog, 'Key policy')).getByText('"NotAlice" (Deny)').waitFor();
});

inPlayground('another Region has keys of its own', async (page) => {
  await createKey(page, { alias: 'eastern' });
  await openMenu(page, /Region/);
  await page.getByRole('menuitemcheckbox', { name: /Frankfurt/ }).click();
  await page.getByText('There are no keys').waitFor();
  await openMenu(page, /Region/);
  await page.getByRole('menuitemcheckbox', { name: /Virginia/ }).click();
  await rowOf(page, 'eastern').waitFor();
});

inPlayground('aliases are created and deleted', async (page) => {
  await createKey(page, { alias: 'named' });
  await openTab(page, 'Aliases');
  await createAlias(page, 'other');
  await flash(page, 'The alias alias/other is created.').waitFor();
  await page.getByRole('checkbox', { name: 'Select alias/other' }).check();
  await page.getByRole('button', { name: 'Delete', exact: true }).click();
  await flash(page, '1 alias deleted.').waitFor();
  await page.getByRole('checkbox', { name: 'Select alias/other' }).waitFor({ state: 'detached' });
});

inPlayground('tags are added, changed and removed', async (page) => {
  await createKey(page, { alias: 'tagged' });
  await openTab(page, 'Tags');
  const tags = part(page, 'Tags');
  await tags.getByRole('button', { name: 'Add new tag' }).click();
  await tags.getByRole('combobox', { name: 'Key' }).fill('team');
  await tags.getByRole('combobox', { name: 'Value - optional' }).fill('blue');
  await tags.getByRole('button', { name: 'Save changes' }).click();
  await flash(page, 'The tags are changed.').waitFor();
  await page.reload();
  await tags.getByRole('button', { name: /Remove/ }).first().click();
  await tags.getByRole('button', { name: 'Save changes' }).click();
  await flash(page, 'The tags are changed.').waitFor();
  await tags.getByText('No tags associated with the resource.').waitFor();
});

inPlayground('on a phone the panel of a lesson leaves most of the room to the page, and all of it when it is closed', async (page) => {
  await page.evaluate(() => (location.hash = '#/'));
  await page.getByRole('link', { name: 'Encrypt, decrypt, wrong context', exact: true }).click();
  const panel = page.getByRole('region', { name: /Encrypt, decrypt, wrong context/ });
  await panel.getByRole('button', { name: /^Do step 1:/ }).waitFor();
  const share = async () => {
    const part = (await panel.boundingBox()).height / page.viewportSize().height;
    return part < 0.4 ? 'small' : part;
  };
  await becomes(share, 'small');
  await panel.getByRole('button', { name: 'Close panel' }).click();
  await panel.getByRole('button', { name: /^Do step 1:/ }).waitFor({ state: 'hidden' });
}, { viewport: { width: 390, height: 844 } });

inPlayground('the playground can be used on a narrow screen', async (page) => {
  await createKey(page, { alias: 'small' });
  await part(page, 'Encrypt').getByRole('button', { name: 'Encrypt', exact: true }).click();
  await refusal(part(page, 'Encrypt'), 'ValidationException').waitFor();
  const width = () => page.evaluate(() => document.documentElement.scrollWidth);
  await becomes(async () => ((await width()) <= 400 ? 'narrow' : `${await width()} pixels wide`), 'narrow');
}, { viewport: { width: 400, height: 800 } });

inPlayground('the navigation goes where there is no room for it, and comes back with the room', async (page) => {
  const navigation = page.getByRole('navigation', { name: 'Navigation' }).getByRole('link', { name: 'World clock', exact: true });
  const wide = page.viewportSize();
  const narrow = () => page.setViewportSize({ width: 390, height: 844 });
  await navigation.waitFor();
  await narrow();
  await navigation.waitFor({ state: 'hidden' });
  // On a narrow page it opens over everything, and closes behind a choice.
  await page.getByRole('button', { name: 'Open navigation' }).click();
  await navigation.click();
  await page.getByRole('heading', { level: 1, name: 'World clock' }).waitFor();
  await navigation.waitFor({ state: 'hidden' });
  await page.setViewportSize(wide);
  await navigation.waitFor();
  // Who has closed it beside the page does not get it back.
  await page.getByRole('button', { name: 'Close navigation' }).click();
  await navigation.waitFor({ state: 'hidden' });
  await narrow();
  await page.setViewportSize(wide);
  await page.getByRole('button', { name: 'Open navigation' }).waitFor();
  await navigation.waitFor({ state: 'hidden' });
});
