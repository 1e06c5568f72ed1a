// Key policies in the console's two views: people and accounts, or the document in an editor that knows its language.
import assert from 'node:assert/strict';
import { ALICE, putPolicy } from './access.mjs';
import { inPlayground } from './browser.mjs';
import { createKey, editPolicy, flash, gone, openTab, part, policyEditor, refusal, rows, textOf } from './steps.mjs';

const BOB = 'arn:aws:iam::111122223333:user/team/Bob';

const findings = (page) => page.getByRole('status', { name: 'Findings' });

/** Adds somebody, in the default view. */
async function add(page, action, fill) {
  await page.getByRole('button', { name: action, exact: true }).click();
  const dialog = page.getByRole('dialog', { name: action });
  await fill(dialog);
  await dialog.getByRole('button', { name: action, exact: true }).click();
  await dialog.waitFor({ state: 'detached' });
}

/** Whom the table does not have, by an ARN. */
const principal = (arn) => async (dialog) => {
  await dialog.getByRole('button', { name: 'Add another ARN' }).click();
  await dialog.getByRole('textbox', { name: /ARN/ }).fill(arn);
};

/** Somebody in the table. */
const known = (name) => (dialog) => dialog.getByRole('checkbox', { name: `Select ${name}` }).check();

inPlayground('administrators, users and accounts are added and removed in the default view, as the console writes them', async (page) => {
  await createKey(page, { alias: 'viewed' });
  await openTab(page, 'Key policy');
  await add(page, 'Add administrator', known('Alice'));
  await rows(page, 'Key administrators').filter({ hasText: 'Alice' }).getByText('User', { exact: true }).waitFor();
  await add(page, 'Add user', principal(BOB));
  await rows(page, 'Key users').filter({ hasText: 'Bob' }).getByText('/team/', { exact: true }).waitFor();
  await add(page, 'Add account', (dialog) => dialog.getByRole('textbox').fill('444455556666'));
  await rows(page, 'Other AWS accounts').getByText('4444-5555-6666').waitFor();
  const mayDelete = page.getByRole('checkbox', { name: 'Allow key administrators to delete this key' });
  await mayDelete.click();
  await mayDelete.and(page.locator(':not(:checked)')).waitFor();
  await flash(page, 'The key policy is changed.').waitFor();

  const editor = await editPolicy(page);
  const { Id, Statement } = JSON.parse(await textOf(editor));
  assert.equal(Id, 'key-consolepolicy-3');
  const statement = (sid) => Statement.find(({ Sid }) => Sid === sid);
  const administration = statement('Allow access for Key Administrators');
  assert.equal(administration.Principal.AWS, ALICE);
  assert.ok(!administration.Action.includes('kms:ScheduleKeyDeletion'));
  assert.deepEqual(statement('Allow use of the key').Principal.AWS, [BOB, 'arn:aws:iam::444455556666:root']);
  assert.equal(statement('Allow attachment of persistent resources').Condition.Bool['kms:GrantIsForAWSResource'], 'true');

  await page.getByRole('button', { name: 'Cancel', exact: true }).click();
  await page.getByRole('button', { name: 'Switch to default view' }).click();
  await page.getByRole('checkbox', { name: `Select ${BOB}` }).check();
  await page.getByRole('button', { name: 'Remove from: Key users' }).click();
  await page.getByText('No key users').waitFor();
  await rows(page, 'Other AWS accounts').getByText('4444-5555-6666').waitFor();
});

inPlayground('a policy that the console would not have written is shown in the policy view alone', async (page) => {
  await createKey(page, { alias: 'own' });
  await putPolicy(page, (statements) => [...statements, { Sid: 'More', Effect: 'Deny', Principal: '*', Action: 'kms:Sign', Resource: '*' }]);
  await page.getByRole('button', { name: 'Edit', exact: true }).waitFor();
  await gone(page.getByRole('button', { name: 'Switch to default view' }));
  await putPolicy(page, (statements) => statements.slice(0, 1));
  await page.getByRole('button', { name: 'Switch to default view' }).click();
  await page.getByText('No key administrators').waitFor();
});

inPlayground('what KMS would refuse of a policy stands beside its place while it is typed', async (page) => {
  await createKey(page, { alias: 'checked' });
  const editor = await editPolicy(page);
  const good = await textOf(editor);
  await editor.fill(good.replace('"Allow"', '"Permit"'));
  await findings(page).getByText('MalformedPolicyDocumentException').waitFor();
  await findings(page).getByText('Statement[0].Effect', { exact: false }).first().waitFor();
  // The mark is under the word itself.
  await page.locator('.cm-lintRange-error').getByText('"Effect"').waitFor();
  await editor.fill(good.replace('"Statement"', 'Statement'));
  await findings(page).getByText(/line \d+, column \d+/).first().waitFor();
  await editor.fill(good);
  await findings(page).getByText('MalformedPolicyDocumentException').waitFor({ state: 'detached' });
  // Nobody may lock himself out, and KMS says so before the policy is saved.
  await editor.fill('{"Version": "2012-10-17", "Statement": []}');
  await findings(page).getByText('MalformedPolicyDocumentException').waitFor();
  await page.getByRole('button', { name: 'Save changes' }).click();
  await refusal(part(page, 'Key policy'), 'MalformedPolicyDocumentException').waitFor();
});

inPlayground('the editor completes elements, actions, operators, condition keys and principals', async (page) => {
  await createKey(page, { alias: 'completed' });
  const editor = await editPolicy(page);
  /** Types the beginning of a word at the end of a document, and takes the suggestion. */
  const complete = async (before, typed, suggestion) => {
    await editor.fill(before);
    await editor.press('Control+End');
    await page.keyboard.type(typed);
    const option = page.getByRole('listbox', { name: 'Completions' }).getByRole('option', { name: suggestion }).first();
    // A page that is busy may let the moment pass at which it offers completions: then they are asked for, as a person does.
    await option.waitFor({ timeout: 5000 }).catch(() => page.keyboard.press('Control+Space'));
    await option.click();
    await gone(option);
    return textOf(editor);
  };
  const statement = '{"Statement": [{';
  assert.match(await complete(statement, '"Eff', 'Effect'), /"Effect"/);
  assert.match(await complete(`${statement}"Effect": `, '"De', 'Deny'), /"Effect": "Deny"/);
  assert.match(await complete(`${statement}"Action": `, '"kms:GenerateDataKeyW', 'kms:GenerateDataKeyWithoutPlaintext'), /"Action": "kms:GenerateDataKeyWithoutPlaintext"/);
  assert.match(await complete(`${statement}"Condition": {`, '"StringEqualsI', 'StringEqualsIgnoreCase'), /"StringEqualsIgnoreCase"/);
  assert.match(await complete(`${statement}"Condition": {"StringEquals": {`, '"kms:Via', 'kms:ViaService'), /"kms:ViaService"/);
  assert.match(await complete(`${statement}"Principal": {"AWS": `, '"arn:aws:iam::111122223333:user', ALICE), /user\/Alice"/);
  await policyEditor(page).waitFor();
});

inPlayground('the linter says in the margin what a policy does not do as its author may think, and what would be better', async (page) => {
  await createKey(page, { alias: 'linted' });
  const editor = await editPolicy(page);
  const open = { Sid: 'Open', Effect: 'Allow', Principal: '*', Action: 'kms:*', Resource: '*' };
  await editor.fill(JSON.stringify({ Version: '2012-10-17', Statement: [open] }, null, 2));
  await findings(page).getByText('KMS_EVERYTHING_TO_EVERYBODY').waitFor();
  await findings(page).getByText('Name the principals').waitFor();
  await page.locator('.cm-lintRange-warning, .cm-lintRange-error').getByText('"Principal"').waitFor();
  await page.locator('.cm-lint-marker').first().waitFor();
  // KMS would take it all the same.
  await gone(findings(page).getByText('MalformedPolicyDocumentException'));
});
