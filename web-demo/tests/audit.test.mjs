// What is told of calls: the event history, a record and the call behind it, metrics, events, and the least privilege.
import assert from 'node:assert/strict';
import { closeDialog, why } from './access.mjs';
import { inPlayground } from './browser.mjs';
import { becomes, caller, createKey, decrypt, encrypt, flash, gone, keyAction, openTab, part, pick, pickExternal, refusal, rows, submitKey, visitKey, visitPage } from './steps.mjs';

const records = (page, name) => rows(page, 'Event history').filter({ has: page.getByRole('link', { name, exact: true }) });

/** The record of the page, as JSON. */
const recordOf = async (page) => JSON.parse(await page.getByRole('region', { name: 'Record as JSON' }).innerText());

/** Takes back the filter with which the history begins. */
async function withReads(page) {
  await page.getByRole('button', { name: /^Remove filter.*Read-only/ }).click();
}

/** Lets a day go by. */
async function advance(page) {
  await visitPage(page, 'World clock');
  await part(page, 'Advance the clock').getByRole('button', { name: '1 day' }).click();
  await flash(page, 'The clock is set.').waitFor();
}

inPlayground('from a call one gets to its record, and from the record to the decision and the changes', async (page) => {
  const id = await createKey(page, { alias: 'recorded' });
  const ciphertext = await encrypt(page, 'nobody reads this');
  await part(page, 'Encrypt').getByRole('link', { name: 'Record: Encrypt' }).click();
  await page.getByRole('heading', { level: 1, name: 'Encrypt' }).waitFor();
  const encrypted = await recordOf(page);
  assert.equal(encrypted.eventName, 'Encrypt');
  assert.deepEqual(encrypted.requestParameters, { keyId: id, encryptionAlgorithm: 'SYMMETRIC_DEFAULT' });
  assert.equal(encrypted.responseElements, null);
  assert.equal(encrypted.resources[0].ARN, `arn:aws:kms:us-east-1:111122223333:key/${id}`);
  const text = JSON.stringify(encrypted);
  for (const secret of ['nobody reads this', btoa('nobody reads this'), ciphertext]) assert.ok(!text.includes(secret), secret);
  await closeDialog(await why(part(page, 'The call'), 'Encrypt'));
  await page.getByRole('link', { name: id }).click();
  await keyAction(page, 'Disable');
  await flash(page, '1 key disabled.').waitFor();
  await page.getByRole('region', { name: 'Notifications' }).getByRole('link', { name: 'Record: DisableKey' }).click();
  await page.getByRole('heading', { level: 1, name: 'DisableKey' }).waitFor();
  await rows(page, 'What it has changed').filter({ hasText: 'keys' }).first().waitFor();
  assert.equal((await recordOf(page)).readOnly, false);
  // The journal leads there, too.
  await visitPage(page, 'Journal of changes');
  await page.getByRole('link', { name: 'DisableKey' }).first().click();
  await page.getByRole('heading', { level: 1, name: 'DisableKey' }).waitFor();
});

inPlayground('the event history shows what changes something, and what a filter chooses', async (page) => {
  await createKey(page, { alias: 'first' });
  const ciphertext = await encrypt(page, 'text');
  await keyAction(page, 'Disable');
  await flash(page, '1 key disabled.').waitFor();
  await refusal(await decrypt(page, ciphertext), 'DisabledException').waitFor();
  await visitPage(page, 'Event history');
  for (const name of ['CreateKey', 'CreateAlias', 'DisableKey']) await records(page, name).first().waitFor();
  await gone(records(page, 'Decrypt'));
  await withReads(page);
  await records(page, 'Decrypt').getByText('DisabledException').waitFor();
  const filter = page.getByRole('combobox', { name: 'Find records by an attribute' });
  await filter.fill('Error code = DisabledException');
  await filter.press('Enter');
  await gone(records(page, 'Encrypt'));
  await becomes(() => rows(page, 'Event history').count(), 1);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page
      .getByRole('button', { name: 'Download events' })
      .click()
      .then(() => page.getByRole('menuitem', { name: 'Download as JSON' }).click()),
  ]);
  assert.equal(download.suggestedFilename(), 'event_history.json');
  await records(page, 'Decrypt').getByRole('link', { name: 'Decrypt' }).click();
  await page.getByRole('heading', { level: 1, name: 'Decrypt' }).waitFor();
  await part(page, 'Details').getByText('DisabledException').waitFor();
  assert.equal((await recordOf(page)).errorCode, 'DisabledException');
});

inPlayground('a denied call is recorded as such, and another account sees nothing of it', async (page) => {
  await createKey(page, { alias: 'mine' });
  await page.evaluate(() => (location.hash = '#/calls'));
  await visitPage(page, 'Event history');
  await records(page, 'CreateKey').first().waitFor();
  await caller(page, /Bob/);
  await records(page, 'CreateKey').first().waitFor({ state: 'detached' });
  await page.getByRole('switch', { name: 'All accounts and Regions' }).or(page.getByRole('checkbox', { name: 'All accounts and Regions' })).first().check();
  await records(page, 'CreateKey').first().waitFor();
});

inPlayground('the event history outlives the page', async (page) => {
  await createKey(page, { alias: 'kept' });
  await page.reload();
  await visitPage(page, 'Event history');
  await records(page, 'CreateKey').getByRole('link', { name: 'CreateKey' }).click();
  await page.getByRole('heading', { level: 1, name: 'CreateKey' }).waitFor();
  await part(page, 'The call').getByText('Somebody else than this page has called.').waitFor();
  await rows(page, 'What it has changed').filter({ hasText: 'keys' }).first().waitFor();
});

inPlayground('a pattern that cannot be read is refused where it is asked', async (page) => {
  await visitPage(page, 'Event history');
  const filter = page.getByRole('combobox', { name: 'Find records by an attribute' });
  await filter.fill('Filter pattern of CloudWatch Logs = { $.eventName ');
  await filter.press('Enter');
  await refusal(page, 'ValidationException').waitFor();
});

inPlayground('a record that is not kept is missed in words', async (page) => {
  await page.evaluate(() => (location.hash = '#/event-history/event/00000000-0000-4000-8000-000000000000'));
  await page.getByRole('heading', { level: 1, name: 'There is no such record' }).waitFor();
});

inPlayground('metrics have charts, and the same values as tables', async (page) => {
  await createKey(page, { alias: 'measured' });
  await encrypt(page, 'one');
  await visitPage(page, 'Metrics');
  const chart = part(page, 'SuccessfulRequest');
  await chart.getByRole('application', { name: 'Chart of SuccessfulRequest' }).waitFor();
  await chart.getByRole('button', { name: 'Values' }).click();
  const row = rows(page, 'Values of SuccessfulRequest').first();
  await row.getByText('Encrypt').first().waitFor();
  await becomes(() => row.getByRole('cell').last().innerText(), '1');
});

inPlayground('a gauge follows the clock', async (page) => {
  await submitKey(page, { alias: 'expiring', choose: pickExternal() });
  const next = () => page.getByRole('button', { name: 'Next', exact: true }).click();
  await page.getByRole('heading', { level: 1, name: 'Choose how to wrap' }).waitFor();
  await next();
  await page.getByRole('button', { name: 'Generate key material' }).click();
  await page.getByRole('region', { name: 'Key material', exact: true }).waitFor();
  await next();
  await pick('Key material expires')(page);
  await next();
  await page.getByRole('button', { name: 'Import key material' }).last().click();
  await flash(page, 'The key material is imported.').waitFor();
  await advance(page);
  await visitPage(page, 'Metrics');
  const chart = part(page, 'SecondsUntilKeyMaterialExpiration');
  await chart.getByRole('application').waitFor();
  await chart.getByRole('button', { name: 'Values' }).click();
  await rows(page, 'Values of SecondsUntilKeyMaterialExpiration').nth(30).waitFor();
});

inPlayground('what KMS does by itself is an event', async (page) => {
  await createKey(page, { alias: 'rotating' });
  await openTab(page, 'Key rotation');
  await page.getByRole('button', { name: 'Rotate now' }).click();
  await flash(page, 'The key is rotated.').waitFor();
  await advance(page);
  await visitPage(page, 'EventBridge events');
  const event = (name) => rows(page, 'EventBridge events').filter({ hasText: name });
  await event('CreateKey').first().waitFor();
  await event('KMS CMK Rotation').first().waitFor();
  await gone(event('ListKeys'));
  await page.getByLabel('Also what only reads').check();
  await event('ListKeys').first().waitFor();
});

inPlayground('the least privilege of a caller is what its calls have needed', async (page) => {
  const id = await createKey(page, { alias: 'needed' });
  await caller(page, /Alice/);
  await visitKey(page, id);
  await encrypt(page, 'text');
  await visitPage(page, 'Least privilege');
  const policy = () => part(page, 'Least privilege').getByRole('region', { name: 'Identity policy' }).innerText();
  await becomes(policy, /"kms:Encrypt"/);
  const actions = JSON.parse(await policy()).Statement.flatMap(({ Action }) => Action);
  assert.ok(actions.includes('kms:Encrypt'), actions);
  assert.ok(!actions.includes('kms:CreateKey'), actions);
  await page.getByRole('button', { name: 'Key policy', exact: true }).or(page.getByRole('radio', { name: 'Key policy' })).first().click();
  await page.getByText('recorded calls of this principal').waitFor();
});

inPlayground('the least privilege is infrastructure code, too', async (page) => {
  const id = await createKey(page, { alias: 'deployed' });
  await caller(page, /Alice/);
  await visitKey(page, id);
  await encrypt(page, 'text');
  await visitPage(page, 'Least privilege');
  const code = page.getByRole('group', { name: 'As infrastructure code' });
  const template = () => code.getByRole('region', { name: /^Content of 111122223333-.*template.json/ }).first().innerText();
  await becomes(template, /kms:Encrypt/);
  await becomes(template, /AWS::IAM::/);
  await code.getByRole('radio', { name: 'Terraform' }).or(code.getByRole('button', { name: 'Terraform', exact: true })).first().click();
  await code.getByText('aws_iam_').first().waitFor();
});

const ONLY = (...Action) => ({ Version: '2012-10-17', Statement: [{ Sid: 'Own', Effect: 'Allow', Action, Resource: '*' }] });

inPlayground('it is told what was never needed, who uses a key, whom a deletion would harm, and what stands out', async (page) => {
  await page.evaluate(() => (location.hash = '#/directory/json'));
  const root = page.getByRole('textbox', { name: 'Entries as JSON' }).and(page.locator('[contenteditable=true]'));
  const policies = { own: ONLY('kms:Encrypt', 'kms:Decrypt', 'kms:DescribeKey', 'kms:List*') };
  await root.fill(JSON.stringify({ principals: { 'arn:aws:iam::111122223333:user/Alice': { policies } } }));
  await page.getByRole('button', { name: 'Register entries' }).click();
  await flash(page, 'The entries are registered.').waitFor();
  await page.evaluate(() => (location.hash = '#/keys'));
  const id = await createKey(page, { alias: 'used' });
  await caller(page, /Alice/);
  await visitKey(page, id);
  await encrypt(page, 'text');
  await page.evaluate(() => (location.hash = '#/least-privilege/unused'));
  const statement = rows(page, 'Statements').filter({ hasText: 'Own' });
  await statement.getByText('kms:Encrypt').first().waitFor();
  await statement.getByText('kms:Decrypt').first().waitFor();
  await openTab(page, 'Who uses a key');
  await rows(page, 'Users of the key').filter({ hasText: 'user/Alice' }).getByText(/Encrypt \(1\)/).waitFor();
  await page.getByText('Recorded calls would have failed without the key').waitFor();
  await rows(page, 'A dry deletion').filter({ hasText: 'user/Alice' }).getByText('KMSInvalidStateException').first().waitFor();
  await caller(page, /Root user/);
  await visitKey(page, id);
  await keyAction(page, 'Disable');
  await flash(page, '1 key disabled.').waitFor();
  await page.evaluate(() => (location.hash = '#/least-privilege/findings'));
  await rows(page, 'Findings').filter({ hasText: id }).getByRole('link', { name: /^Record 1 of/ }).click();
  await page.getByRole('heading', { level: 1, name: 'DisableKey' }).waitFor();
});
