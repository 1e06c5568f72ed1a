// Multi-Region keys in the playground: replicas, their states, the change of the primary key, and the way from one to the other.
import assert from 'node:assert/strict';
import { inPlayground } from './browser.mjs';
import {
  becomes,
  choose,
  chooseSeveral,
  createKey,
  decrypts,
  encrypt,
  flash,
  gone,
  openTab,
  part,
  pick,
  policyEditor,
  refusal,
  rows,
  scheduleDeletion,
  textOf,
  visitPage,
} from './steps.mjs';

const multi = { choose: pick('Multi-Region key') };
const related = (page, text) => rows(page, 'Related multi-Region keys').filter({ hasText: text });
const inRegion = (page, name) => page.getByRole('banner').getByRole('button', { name: `Region: ${name}` });

async function openReplication(page) {
  await openTab(page, 'Regionality');
  await part(page, 'Primary key').getByRole('button', { name: 'Create replica key' }).click();
  return page.getByRole('dialog', { name: 'Create replica key' });
}

async function replicate(page, name) {
  const dialog = await openReplication(page);
  await choose(dialog, 'Replica Region', name);
  await dialog.getByRole('button', { name: 'Create replica key' }).click();
  await flash(page, `The replica in ${name} is created.`).waitFor();
}

inPlayground('a replica has a description, a policy and tags of its own, and opens what its primary key sealed', async (page) => {
  const id = await createKey(page, { alias: 'everywhere', description: 'First', ...multi });
  assert.match(id, /^mrk-[0-9a-f]{32}$/);
  const ciphertext = await encrypt(page, 'sealed in the east');
  const dialog = await openReplication(page);
  const description = dialog.getByRole('textbox', { name: 'Description - optional' });
  await becomes(() => description.inputValue(), 'First');
  await description.fill('Second');
  await dialog.getByRole('button', { name: 'Add new tag' }).click();
  await dialog.getByRole('combobox', { name: 'Key' }).fill('team');
  await dialog.getByRole('combobox', { name: 'Value - optional' }).fill('west');
  const policy = policyEditor(dialog);
  await policy.waitFor();
  const good = await textOf(policy);
  await policy.fill('{ "Statement": {} }');
  await choose(dialog, 'Replica Region', 'us-west-2');
  await dialog.getByRole('button', { name: 'Create replica key' }).click();
  await refusal(dialog, 'MalformedPolicyDocumentException').waitFor();
  await policy.fill(good);
  await dialog.getByRole('button', { name: 'Create replica key' }).click();
  await flash(page, 'The replica in us-west-2 is created.').waitFor();
  await related(page, 'us-west-2').getByText('Enabled').waitFor();

  await related(page, 'us-west-2').getByRole('link', { name: 'us-west-2' }).click();
  await inRegion(page, 'us-west-2').waitFor();
  await part(page, 'Replica key').waitFor();
  await page.getByText('Multi-Region replica').waitFor();
  await page.getByText('Second').first().waitFor();
  await openTab(page, 'Tags');
  await page.getByText('west', { exact: true }).or(page.locator('input[value="west"]')).first().waitFor();
  await decrypts(page, ciphertext, 'sealed in the east');

  await openTab(page, 'Key rotation');
  await part(page, 'On-demand rotation').getByRole('button', { name: 'Rotate now' }).click();
  await refusal(part(page, 'On-demand rotation'), 'UnsupportedOperationException').waitFor();
  await openTab(page, 'Regionality');
  await part(page, 'Replica key').getByRole('link', { name: 'us-east-1' }).click();
  await inRegion(page, 'us-east-1').waitFor();
  await part(page, 'Primary key').waitFor();
});

inPlayground('a Region has one related key, and another partition none', async (page) => {
  await createKey(page, { alias: 'twice', ...multi });
  await replicate(page, 'eu-west-1');
  const dialog = await openReplication(page);
  await dialog.getByRole('button', { name: /^Replica Region/ }).click();
  const taken = page.getByRole('option', { name: 'eu-west-1' });
  await becomes(() => taken.getAttribute('aria-disabled'), 'true');
  await gone(page.getByRole('option', { name: 'cn-north-1' }));
});

inPlayground('the primary key changes its Region, and rotation goes on there alone', async (page) => {
  await createKey(page, { alias: 'moving', ...multi });
  await replicate(page, 'eu-west-1');
  await part(page, 'Primary key').getByRole('button', { name: 'Change primary Region' }).click();
  const dialog = page.getByRole('dialog', { name: 'Change primary Region' });
  await choose(dialog, 'New primary Region', 'eu-west-1');
  await dialog.getByRole('button', { name: 'Change primary Region' }).click();
  await flash(page, 'The primary key is in eu-west-1 now.').waitFor();
  await part(page, 'Replica key').waitFor();
  await related(page, 'eu-west-1').getByText('Primary', { exact: true }).waitFor();
  await part(page, 'Replica key').getByRole('link', { name: 'eu-west-1' }).click();
  await part(page, 'Primary key').waitFor();
  await openTab(page, 'Key rotation');
  await part(page, 'On-demand rotation').getByRole('button', { name: 'Rotate now' }).click();
  await flash(page, 'The key is rotated.').waitFor();
});

inPlayground('a primary key waits for the deletion of its replicas', async (page) => {
  await createKey(page, { alias: 'last', ...multi });
  await replicate(page, 'us-west-2');
  await scheduleDeletion(page, 7);
  await page.getByText('Pending replica deletion').first().waitFor();
  await page.getByText('7 days after the last replica is deleted').waitFor();
  await related(page, 'us-west-2').getByRole('link').click();
  await inRegion(page, 'us-west-2').waitFor();
  await scheduleDeletion(page, 8);
  await visitPage(page, 'World clock');
  await page.getByText('A deletion, in 7 days 23 hours').waitFor();
  await page.getByRole('button', { name: /^Go there: Deletion/ }).first().click();
  await flash(page, 'Time has changed 1 key.').waitFor();
  await page.getByText('A deletion, in 6 days 23 hours').waitFor();
  await page.getByRole('button', { name: /^Go there: Deletion/ }).first().click();
  await flash(page, 'Time has deleted 1 key.').waitFor();
});

inPlayground('the wizard creates a key with its replicas', async (page) => {
  await createKey(page, {
    alias: 'born-apart',
    async choose(page) {
      await pick('Multi-Region key')(page);
      await chooseSeveral(page, 'Replica Regions', ['eu-west-1', 'ap-northeast-1']);
    },
  });
  await openTab(page, 'Regionality');
  for (const name of ['us-east-1', 'eu-west-1', 'ap-northeast-1']) await related(page, name).getByText('Enabled').waitFor();
});

inPlayground('keys of China are replicated inside China', async (page) => {
  await page.getByRole('banner').getByRole('button', { name: /Region/ }).click();
  await page.getByRole('menuitemcheckbox', { name: /Beijing/ }).click();
  const id = await createKey(page, { alias: 'north', ...multi });
  await page.getByText(`arn:aws-cn:kms:cn-north-1:111122223333:key/${id}`).first().waitFor();
  await replicate(page, 'cn-northwest-1');
  await related(page, 'cn-northwest-1').getByText('Enabled').waitFor();
});
