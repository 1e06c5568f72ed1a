// "As code": what a person does is a script, from the wizard to the refusal.
import assert from 'node:assert/strict';
import { closeDialog } from './access.mjs';
import { inPlayground } from './browser.mjs';
import { createKey, decrypt, encrypt, flash, gone, keyAction, openTab, part, refusal, visitPage } from './steps.mjs';

/** Opens "As code" and gives its dialog. */
async function asCode(within, page, name) {
  await within.getByRole('button', { name, exact: true }).first().click();
  return page.getByRole('dialog', { name: 'As code' });
}

/** The text of a form. */
async function form(page, dialog, name, file) {
  await openTab(page, name);
  return dialog.getByRole('region', { name: file }).innerText();
}

inPlayground('the wizard, an action and a refusal are code', async (page) => {
  const id = await createKey(page, { alias: 'coded', description: "it's mine" });
  const made = await asCode(page.getByRole('region', { name: 'Notifications' }), page, 'As code: CreateKey');
  const script = await form(page, made, 'AWS CLI', 'lesson.sh');
  assert.match(script, /KEY_ID=\$\(aws kms create-key \\\n[^]*--description 'it'\\''s mine'[^]*aws kms create-alias \\\n[^]*--target-key-id "\$KEY_ID"/);
  assert.match(await form(page, made, 'CloudFormation', 'lesson-us-east-1.yaml'), /Type: AWS::KMS::Alias\n[^]*TargetKeyId: !Ref Key\n/);
  await closeDialog(made);
  const ciphertext = await encrypt(page, 'secret');
  const encrypted = await asCode(part(page, 'Encrypt'), page, 'As code: Encrypt');
  assert.match(await form(page, encrypted, 'Python', 'Encrypt.py'), new RegExp(`kms.encrypt\\(\\n {4}KeyId="${id}",\\n {4}Plaintext=b"secret",`));
  assert.match(await form(page, encrypted, 'JavaScript', 'Encrypt.mjs'), /new EncryptCommand\(\{\n {2}KeyId: "[^]*Plaintext: Buffer.from\("secret"\),/);
  await gone(encrypted.getByRole('tab', { name: 'CloudFormation' }));
  await closeDialog(encrypted);
  await keyAction(page, 'Disable');
  await flash(page, '1 key disabled.').waitFor();
  const form_ = await decrypt(page, ciphertext);
  await refusal(form_, 'DisabledException').waitFor();
  const refused = await asCode(form_, page, 'As code: Decrypt');
  assert.match(await form(page, refused, 'AWS CLI', 'Decrypt.sh'), /base64 --decode > ciphertext-blob.bin\naws kms decrypt/);
  await closeDialog(refused);
  // All of it is one lesson, in which the key has no id yet, and the refusal is expected.
  await visitPage(page, 'Calls and decisions');
  const lesson = await asCode(page, page, 'Lesson as code');
  const program = await form(page, lesson, 'Python', 'lesson.py');
  assert.match(program, /CiphertextBlob=encrypt\["CiphertextBlob"\]/);
  assert.match(program, /\["Code"\] == "DisabledException"/);
  assert.ok(!program.includes(id), program);
});
