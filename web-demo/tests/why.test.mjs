// "Why?": every call tells the layers of its decision, what was refused and what was allowed.
import { ALICE, DENY, closeDialog, deniedToEncrypt, layer, openLayer, putPolicy, triesToEncrypt, why, whyOnPage } from './access.mjs';
import { inPlayground } from './browser.mjs';
import { becomes, caller, createAlias, createKey, encrypt, gone, openTab, part, refusal, visitPage } from './steps.mjs';

inPlayground('a refused call shows its layers, and the statement that decided', async (page) => {
  await deniedToEncrypt(page, 'guarded');
  const dialog = await why(part(page, 'Encrypt'), 'Encrypt');
  await dialog.getByText('kms:Encrypt: Denied explicitly').waitFor();
  const policy = await openLayer(dialog, 'Key policy');
  await policy.getByText('Decides').first().waitFor();
  await policy.getByText('Statement 2 "NotAlice" (Deny)').waitFor();
  await policy.getByText('Applied, it names the caller').waitFor();
  await layer(dialog, 'Permissions boundary').getByText('Does not apply').waitFor();
  const names = dialog.getByRole('list', { name: 'Layers of the decision, in order' }).locator(':scope > li');
  await becomes(
    async () => (await names.allInnerTexts()).map((text) => text.split('\n')[0]),
    [
      'Service control policies Does not apply',
      'Resource control policies Does not apply',
      'VPC endpoint policy Does not apply',
      'Key policy Denies Decides',
      'Identity policies Allows',
      'Permissions boundary Does not apply',
      'Session policies Does not apply',
      'Grants Says nothing',
    ],
  );
  await closeDialog(dialog);
});

inPlayground('an allowed call shows its layers beside its result', async (page) => {
  await createKey(page, { alias: 'open' });
  await encrypt(page, 'text');
  const dialog = await why(part(page, 'Encrypt'), 'Encrypt');
  await dialog.getByText('kms:Encrypt: Allowed').waitFor();
  await layer(dialog, 'Key policy').getByText('Allows').waitFor();
  await dialog.getByRole('button', { name: 'As text' }).click();
  await becomes(() => dialog.getByRole('region', { name: 'As text' }).innerText(), /^kms:Encrypt on arn:aws:kms:us-east-1:111122223333:key\/\S+ is allowed/);
  await closeDialog(dialog);
});

inPlayground('a success that is told at the top can be asked why, too', async (page) => {
  await createKey(page, { alias: 'told' });
  const dialog = await why(page.getByRole('region', { name: 'Notifications' }), 'CreateAlias');
  // The alias and the key are two checks.
  await dialog.getByRole('tab', { name: 'kms:CreateAlias' }).nth(1).click();
  await closeDialog(dialog);
});

inPlayground('a condition that fails tells what was expected, and what the request has', async (page) => {
  await createKey(page, { alias: 'conditional' });
  await putPolicy(page, () => [
    { Sid: 'Manage', Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::111122223333:root' }, NotAction: 'kms:Encrypt', Resource: '*' },
    {
      Sid: 'Blue',
      Effect: 'Allow',
      Principal: { AWS: 'arn:aws:iam::111122223333:root' },
      Action: 'kms:Encrypt',
      Resource: '*',
      Condition: { StringEquals: { 'kms:EncryptionContext:team': 'blue' } },
    },
  ]);
  await triesToEncrypt(page);
  const dialog = await why(part(page, 'Encrypt'), 'Encrypt');
  const policy = await openLayer(dialog, 'Key policy');
  await policy.getByText('Action does not match').waitFor();
  await policy.getByText('Condition is not met').waitFor();
  await policy.getByText('StringEquals', { exact: true }).waitFor();
  await policy.getByText('kms:EncryptionContext:team').waitFor();
  await policy.getByText('"blue"', { exact: true }).waitFor();
  await policy.getByText('Not in the request').waitFor();
});

inPlayground('a call that fails for another reason tells that authorization allowed it', async (page) => {
  await createKey(page, { alias: 'large' });
  await encrypt(page, 'text');
  await page.getByRole('button', { name: 'Key actions' }).click();
  await page.getByRole('menuitem', { name: 'Disable' }).click();
  await page.getByText('1 key disabled.').first().waitFor();
  await triesToEncrypt(page);
  await refusal(part(page, 'Encrypt'), 'DisabledException').waitFor();
  const dialog = await why(part(page, 'Encrypt'), 'Encrypt');
  await dialog.getByText('Authorization allowed the call. KMS refused it for another reason: DisabledException.').waitFor();
  await dialog.getByText('kms:Encrypt: Allowed').waitFor();
  await closeDialog(dialog);
});

inPlayground('the calls of the page are listed, and each can be asked why', async (page) => {
  await deniedToEncrypt(page, 'listed');
  await visitPage(page, 'Calls and decisions');
  const calls = page.getByRole('table', { name: 'Calls and decisions' });
  await calls.getByRole('row').filter({ hasText: 'CreateKey' }).first().waitFor();
  await page.getByLabel('Refused calls only').check();
  const refused = calls.locator('tbody').getByRole('row');
  await refused.filter({ hasText: 'AccessDeniedException' }).filter({ hasText: ALICE }).first().waitFor();
  await gone(refused.filter({ hasText: 'Succeeded' }));
  const dialog = await whyOnPage(page, 'Encrypt');
  await openLayer(dialog, 'Key policy');
  await dialog.getByText('NotAlice').first().waitFor();
  await closeDialog(dialog);
});

inPlayground('a refusal in a dialog can be asked why, and the dialog waits with what was typed', async (page) => {
  await createKey(page, { alias: 'asked' });
  await putPolicy(page, (statements) => [...statements, { ...DENY, Action: 'kms:CreateAlias' }]);
  await caller(page, /User Alice/);
  await openTab(page, 'Aliases');
  await createAlias(page, 'mine');
  const asking = page.getByRole('dialog', { name: 'Create alias' });
  await refusal(asking, 'AccessDeniedException').waitFor();
  const dialog = await why(asking, 'CreateAlias');
  await dialog.getByRole('tab', { name: 'kms:CreateAlias' }).nth(1).click();
  await dialog.getByText('"NotAlice" (Deny)').filter({ visible: true }).waitFor();
  await closeDialog(dialog);
  await becomes(() => asking.getByRole('textbox', { name: 'Alias name' }).inputValue(), 'mine');
});

inPlayground('who reads a key policy is told why, like everybody who is refused', async (page) => {
  await createKey(page, { alias: 'hidden' });
  await putPolicy(page, (statements) => [...statements, { ...DENY, Action: 'kms:GetKeyPolicy' }]);
  await caller(page, /User Alice/);
  await refusal(page, 'AccessDeniedException').waitFor();
  const dialog = await whyOnPage(page, 'GetKeyPolicy');
  await dialog.getByText('kms:GetKeyPolicy: Denied explicitly').waitFor();
  await closeDialog(dialog);
});
