// axe on each page, and its width: in light and in dark, on a desktop and on a phone.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { closeDialog, openLayer, why } from './access.mjs';
import { inPlayground } from './browser.mjs';
import { chooseSeveral, createKey, editPolicy, encrypt, flash, openTab, part, pick, refusal, rows, submitKey } from './steps.mjs';
import { CLUSTER, ENDPOINT } from './stores.mjs';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core'), 'utf8');

/** What the design system itself does on a phone, which no page can change. */
const OF_THE_DESIGN_SYSTEM = [/aria-orientation/];

async function audit(page, where) {
  // Things that fade in have colours of their own meanwhile. A cursor blinks for ever.
  await page.evaluate(() => {
    const ending = document.getAnimations().filter(({ effect }) => Number.isFinite(effect.getComputedTiming().endTime));
    return Promise.all(ending.map(({ finished }) => finished.catch(() => undefined)));
  });
  await page.evaluate(AXE);
  const { violations } = await page.evaluate(() => globalThis.axe.run());
  const found = violations.flatMap(({ id, help, nodes }) => nodes.map(({ html, failureSummary }) => ({ id, help, html, failureSummary })));
  const ours = found.filter(({ failureSummary }) => !OF_THE_DESIGN_SYSTEM.some((known) => known.test(failureSummary)));
  assert.deepEqual(ours, [], `${where} is clean`);
  const [needed, had] = await page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth]);
  assert.ok(needed <= had, `${where} needs ${needed} of ${had} pixels`);
}

/** Follows an address, which a phone does too: its navigation is folded. */
async function open(page, address, heading) {
  await page.evaluate((address) => (location.hash = address), address);
  await page.getByRole('heading', { level: 1, name: heading }).waitFor();
}

/** A multi-Region key that rotates and a key with imported material, with their tabs, dialogs and pages. */
async function auditTime(page) {
  await open(page, '#/keys', /Customer managed keys/);
  await createKey(page, {
    alias: 'time',
    async choose(page) {
      await pick('Multi-Region key')(page);
      await page.getByLabel('Rotate automatically').check();
      await audit(page, 'the advanced options');
    },
  });
  await openTab(page, 'Key rotation');
  await page.getByRole('button', { name: 'Rotate now' }).click();
  await flash(page, 'The key is rotated.').waitFor();
  await audit(page, 'the tab Key rotation');
  await openTab(page, 'Regionality');
  await audit(page, 'the tab Regionality');
  await page.getByRole('button', { name: 'Create replica key' }).click();
  await page.getByRole('dialog', { name: 'Create replica key' }).waitFor();
  await audit(page, 'the dialog of a replica');
  await page.keyboard.press('Escape');
  await open(page, '#/keys', /Customer managed keys/);
  await submitKey(page, { alias: 'imported', choose: pick('External \\(Import') });
  await page.getByRole('heading', { level: 1, name: 'Choose how to wrap' }).waitFor();
  await audit(page, 'the first step of an import');
  await page.getByRole('button', { name: 'Next', exact: true }).click();
  for (const source of ['Upload', 'Paste', 'Generate']) {
    await pick(source)(page);
    await audit(page, `the import by ${source}`);
  }
  await page.getByRole('button', { name: 'Generate key material' }).click();
  await page.getByRole('region', { name: 'Key material', exact: true }).waitFor();
  await page.getByRole('button', { name: 'Next', exact: true }).click();
  await pick('Key material expires')(page);
  await audit(page, 'the settings of an import');
  await page.getByRole('button', { name: 'Next', exact: true }).click();
  await page.getByRole('button', { name: 'Import key material' }).last().click();
  await flash(page, 'The key material is imported.').waitFor();
  await page.getByText('Does not expire').or(page.getByText('(in 29 days')).first().waitFor();
  await audit(page, 'the tab Key material');
  await open(page, '#/clock', 'World clock');
  await page.getByRole('button', { name: /^Go there/ }).first().waitFor();
  await audit(page, 'the clock');
  await open(page, '#/quotas', 'Quotas');
  await page.getByText('of 100000').waitFor();
  await audit(page, 'the quotas');
  await open(page, '#/faults', 'Faults');
  await page.getByRole('button', { name: 'Add fault' }).click();
  await flash(page, 'is added').waitFor();
  await audit(page, 'the faults');
  await page.getByRole('button', { name: /^Remove fault/ }).click();
}

/** Fills the directory, and looks at each of its tabs, at who one is, at a decision, at a grant and at the lock-out. */
async function auditAccess(page) {
  await page.getByText('There are no keys').waitFor();
  await open(page, '#/directory/json', 'Directory');
  await page.getByRole('textbox', { name: 'Entries as JSON' }).fill(JSON.stringify(DIRECTORY));
  await page.getByRole('button', { name: 'Register entries' }).click();
  await flash(page, 'The entries are registered.').waitFor();
  for (const tab of ['Accounts', 'Users', 'User groups', 'Roles', 'Policies', 'Organizations', 'VPC endpoints', 'JSON']) {
    await openTab(page, new RegExp(`^${tab}$`));
    await page.getByRole('tabpanel', { name: tab, exact: true }).waitFor();
    await audit(page, `the tab ${tab} of the directory`);
  }
  await openTab(page, /^Roles$/);
  await page.getByRole('button', { name: 'Create role' }).click();
  const creating = page.getByRole('dialog', { name: 'Create role' });
  await creating.getByRole('button', { name: 'Add inline policy' }).click();
  await audit(page, 'the dialog of a role');
  await page.keyboard.press('Escape');
  await page.getByRole('radio', { name: /Select .*role\/App/ }).check();
  await page.getByRole('button', { name: 'Act as' }).click();
  const acting = page.getByRole('dialog', { name: 'Act as somebody else' });
  for (const part of ['Session policies and tags', 'Where the calls come from', 'Grant tokens']) await acting.getByRole('button', { name: part }).click();
  await acting.getByRole('button', { name: 'Add session policy' }).click();
  await audit(page, 'the dialog of who one is');
  await page.keyboard.press('Escape');

  await open(page, '#/keys', /Customer managed keys/);
  await createKey(page, { alias: 'access' });
  await openTab(page, 'Grants');
  await page.getByRole('button', { name: 'Create grant' }).click();
  const granting = page.getByRole('dialog', { name: 'Create grant' });
  await granting.getByRole('combobox', { name: 'Grantee principal' }).fill('arn:aws:iam::111122223333:role/App');
  await granting.getByRole('textbox', { name: 'Name - optional' }).focus();
  await chooseSeveral(granting, 'Operations', [/^Encrypt$/, /^Decrypt$/]);
  await granting.getByRole('radio', { name: /^Encryption context subset/ }).check();
  await audit(page, 'the dialog of a grant');
  await granting.getByRole('radio', { name: /^None/ }).check();
  await granting.getByRole('button', { name: 'Create grant' }).click();
  const made = page.getByRole('dialog', { name: 'Grant token' });
  await made.getByRole('region', { name: 'Grant token' }).waitFor();
  await audit(page, 'the token of a grant');
  await made.getByRole('button', { name: 'Close', exact: true }).last().click();
  await page.getByRole('checkbox', { name: /^Select grant/ }).waitFor();
  await audit(page, 'the tab Grants');

  await encrypt(page, 'text');
  const dialog = await why(part(page, 'Encrypt'), 'Encrypt');
  for (const name of ['Key policy', 'Identity policies', 'Grants']) await openLayer(dialog, name);
  await dialog.getByRole('button', { name: 'As text' }).click();
  await audit(page, 'a decision');
  await closeDialog(dialog);
  await open(page, '#/calls', /Calls and decisions/);
  await audit(page, 'the calls');
  await open(page, '#/aws-managed-keys', 'AWS managed keys');
  await page.getByRole('button', { name: 'Describe alias/aws/s3' }).waitFor();
  await audit(page, 'the AWS managed keys');
  await open(page, '#/lock-out', 'Lock-out');
  for (const step of [/^1\. /, /^2\. /]) await page.getByRole('region', { name: step }).getByRole('button', { name: /^Call / }).click();
  await refusal(page, 'MalformedPolicyDocumentException').waitFor();
  await audit(page, 'the lock-out');
}

/** A key manager and a cluster, a key store on each, and everything that can be done there. */
async function auditStores(page) {
  await page.getByText('There are no keys').waitFor();
  await open(page, '#/key-managers', 'External key managers');
  await audit(page, 'the key managers');
  await page.getByRole('button', { name: 'Create key manager' }).click();
  const creating = page.getByRole('dialog', { name: 'Create key manager' });
  await audit(page, 'the dialog of a key manager');
  await creating.getByRole('button', { name: 'Create key manager' }).click();
  await page.getByRole('heading', { level: 1, name: ENDPOINT }).waitFor();
  await page.getByRole('button', { name: 'Make configuration file' }).click();
  const made = page.getByRole('dialog', { name: 'Proxy configuration file' });
  await made.getByRole('button', { name: 'Make configuration file' }).click();
  const file = await made.getByRole('region', { name: 'Proxy configuration file' }).innerText();
  await audit(page, 'the configuration file');
  await made.getByRole('button', { name: 'Close', exact: true }).last().click();

  await open(page, '#/key-stores/external/create', 'Create external key store');
  await pick('VPC endpoint service')(page);
  await page.getByRole('checkbox', { name: 'Cross-account VPC endpoint service' }).check();
  await audit(page, 'the form of an external key store');
  await pick('Public endpoint')(page);
  await page.getByRole('textbox', { name: 'Custom key store name' }).fill('outside');
  await page.getByRole('textbox', { name: 'Proxy URI endpoint' }).fill(ENDPOINT);
  await page.locator('input[type=file]').setInputFiles({ name: 'proxy.json', mimeType: 'application/json', buffer: Buffer.from(file) });
  await page.getByText('proxy.json').waitFor();
  // On a phone, the way back has a button of this name, too.
  await page.getByRole('button', { name: 'Create external key store' }).last().click();
  await page.getByRole('heading', { level: 1, name: 'outside' }).waitFor();
  const store = await page.evaluate(() => location.hash);
  await page.getByRole('button', { name: 'Key store actions' }).click();
  await page.getByRole('menuitem', { name: 'Edit' }).click();
  await page.getByRole('dialog', { name: 'Edit outside' }).waitFor();
  await audit(page, 'the dialog that edits a key store');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Key store actions' }).click();
  await page.getByRole('menuitem', { name: 'Connect', exact: true }).click();
  await part(page, 'General configuration').getByText('Connected', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Create a KMS key in this key store' }).click();
  await page.getByRole('textbox', { name: 'External key ID' }).waitFor();
  await audit(page, 'the wizard for a key in a key store');
  await open(page, store, 'outside');
  await rows(page, 'Exchange with the proxy').getByRole('button', { name: /^Request 1:/ }).waitFor();
  await audit(page, 'an external key store');
  await open(page, '#/key-stores/external', /External key stores/);
  await audit(page, 'the external key stores');
  await open(page, `#/key-managers/${encodeURIComponent(ENDPOINT)}`, ENDPOINT);
  await page.getByRole('button', { name: 'Add proxy fault' }).click();
  const fault = page.getByRole('dialog', { name: 'Add proxy fault' });
  await audit(page, 'the dialog of a fault');
  await fault.getByRole('button', { name: 'Add proxy fault' }).click();
  await fault.waitFor({ state: 'detached' });
  await audit(page, 'a key manager');

  await open(page, '#/clusters', 'CloudHSM clusters');
  await page.getByRole('button', { name: 'Create cluster' }).click();
  const cluster = page.getByRole('dialog', { name: 'Create cluster' });
  await audit(page, 'the dialog of a cluster');
  await cluster.getByRole('textbox', { name: 'Cluster ID' }).fill(CLUSTER);
  await cluster.getByRole('button', { name: 'Create cluster' }).click();
  await page.getByRole('heading', { level: 1, name: CLUSTER }).waitFor();
  await page.getByRole('button', { name: 'Back up' }).click();
  await page.getByRole('button', { name: /^Restore backup/ }).waitFor();
  await audit(page, 'a cluster');
  await open(page, '#/key-stores/cloudhsm/create', 'Create key store');
  await audit(page, 'the form of an AWS CloudHSM key store');
  await open(page, '#/key-stores/cloudhsm', /AWS CloudHSM key stores/);
  await audit(page, 'the AWS CloudHSM key stores');
}

/** The views of a key policy, and the policy lab. */
async function auditPolicies(page) {
  await createKey(page, { alias: 'policies' });
  await openTab(page, 'Key policy');
  await page.getByRole('button', { name: 'Add administrator' }).waitFor();
  await audit(page, 'the default view of a key policy');
  const editor = await editPolicy(page);
  await editor.fill('{"Version": "2012-10-17", "Statement": [{"Effect": "Permit"}]}');
  await page.getByRole('status', { name: 'Findings' }).getByText('MalformedPolicyDocumentException').waitFor();
  await audit(page, 'the policy view with a finding');
  await page.getByRole('button', { name: 'Cancel', exact: true }).click();
  await open(page, '#/policy-lab/who', 'Policy lab');
  await page.getByRole('button', { name: 'Yes' }).first().click();
  await page.getByRole('list', { name: 'By what' }).waitFor();
  await audit(page, 'the matrix of who can');
  await page.keyboard.press('Escape');
  await open(page, '#/policy-lab/request', 'Policy lab');
  await page.getByRole('list', { name: 'Layers of the decision, in order' }).waitFor();
  await page.getByRole('button', { name: 'Add identity policy' }).click();
  await audit(page, 'a request and its decision');
  await open(page, '#/policy-lab/change', 'Policy lab');
  await page.getByText('Edit the policy to see').waitFor();
  await audit(page, 'before and after');
  for (const tab of ['templates', 'export']) {
    await open(page, `#/policy-lab/${tab}`, 'Policy lab');
    await page.getByRole('button', { name: 'Read templates' }).or(page.getByRole('link', { name: 'Download' })).first().waitFor();
    await audit(page, `the tab ${tab} of the lab`);
  }
}

/** What is told of calls: as code, as records, as metrics and events, and what it says of permissions. */
async function auditRecords(page) {
  await createKey(page, { alias: 'told' });
  await encrypt(page, 'text');
  await part(page, 'Encrypt').getByRole('button', { name: 'As code: Encrypt' }).click();
  const code = page.getByRole('dialog', { name: 'As code' });
  await code.getByRole('region', { name: 'Encrypt.sh' }).waitFor();
  await audit(page, 'a call as code');
  await closeDialog(code);
  await open(page, '#/event-history', /Event history/);
  await page.getByRole('link', { name: 'CreateKey', exact: true }).waitFor();
  await audit(page, 'the event history');
  await page.getByRole('link', { name: 'CreateKey', exact: true }).click();
  await page.getByRole('heading', { level: 1, name: 'CreateKey' }).waitFor();
  await rows(page, 'What it has changed').first().getByRole('button').first().waitFor();
  await audit(page, 'a record');
  await open(page, '#/metrics', 'Metrics');
  const chart = part(page, 'SuccessfulRequest');
  await chart.getByRole('button', { name: 'Values' }).click();
  await rows(page, 'Values of SuccessfulRequest').first().waitFor();
  await audit(page, 'the metrics');
  await open(page, '#/events', /EventBridge events/);
  await page.getByRole('link', { name: 'CreateKey', exact: true }).waitFor();
  await page.getByRole('button', { name: 'Event 1', exact: true }).click();
  await audit(page, 'the events');
  await open(page, '#/least-privilege/needed', 'Least privilege');
  await page.getByRole('region', { name: 'Identity policy' }).waitFor();
  await audit(page, 'the least privilege');
  const tabs = [
    ['unused', 'Never needed'],
    ['users', 'Who uses a key'],
    ['findings', 'Findings'],
  ];
  for (const [tab, name] of tabs) {
    await open(page, `#/least-privilege/${tab}`, 'Least privilege');
    await page.getByRole('tabpanel', { name, exact: true }).getByRole('table').first().waitFor();
    await audit(page, `the tab ${name}`);
  }
}

const ANYTHING = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'kms:*', Resource: '*' }] };

const DIRECTORY = {
  principals: {
    'arn:aws:iam::111122223333:user/team/Carol': { policies: { all: ANYTHING }, tags: { team: 'blue' }, groups: ['dev'] },
    'arn:aws:iam::111122223333:group/dev': { managedPolicies: ['arn:aws:iam::aws:policy/ReadOnlyAccess'] },
    'arn:aws:iam::111122223333:role/App': { policies: { all: ANYTHING }, permissionsBoundary: 'arn:aws:iam::111122223333:policy/Most' },
  },
  policies: { 'arn:aws:iam::111122223333:policy/Most': ANYTHING },
  organizations: { 'o-exampleorgid': { managementAccount: '999988887777', root: 'r-ab12', units: { 'ou-ab12-11111111': { accounts: { 444455556666: {} } } } } },
  vpcEndpoints: { 'vpce-0123456789abcdef0': { vpc: 'vpc-0123456789abcdef0', owner: '111122223333' } },
};

async function auditAll(page) {
  await page.getByText('There are no keys').waitFor();
  await audit(page, 'the empty table');
  await page.getByRole('button', { name: 'Create key' }).first().click();
  await page.getByRole('heading', { level: 1, name: 'Configure key' }).waitFor();
  await audit(page, 'the wizard');
  await page.evaluate(() => (location.hash = '#/keys'));
  const pair = await createKey(page, { alias: 'pair', choose: pick('Asymmetric', 'Sign and verify', 'ECC_NIST_P256') });
  for (const tab of ['Sign and verify', 'Public key', 'Key policy', 'Cryptographic configuration', 'Tags', 'Aliases']) {
    await openTab(page, tab);
    await page.getByRole('tabpanel', { name: tab }).waitFor();
    await audit(page, `the tab ${tab}`);
  }
  await open(page, '#/keys', /Customer managed keys/);
  await createKey(page, { alias: 'agree', choose: pick('Asymmetric', 'Key agreement', 'ECC_NIST_P256') });
  await audit(page, 'the tab for shared secrets');
  await open(page, '#/keys', /Customer managed keys/);
  await createKey(page, { alias: 'capsule', choose: pick('Asymmetric', 'Encapsulate and decapsulate', 'ML_KEM_512') });
  await audit(page, 'the tab for encapsulation');
  await open(page, '#/keys', /Customer managed keys/);
  await page.getByRole('link', { name: pair }).waitFor();
  await audit(page, 'the table');
  await open(page, '#/journal', /Journal of changes/);
  await audit(page, 'the journal');
  await auditTime(page);
  await open(page, '#/keys/no-such-key', 'no-such-key');
  await refusal(page, 'NotFoundException').waitFor();
  await audit(page, 'a page that was refused');
}

const PHONE = { viewport: { width: 390, height: 844 } };

const ALL = [
  ['keys and of time', auditAll],
  ['access', auditAccess],
  ['key stores', auditStores],
  ['policies', auditPolicies],
  ['what is told of calls', auditRecords],
];

for (const [parts, all] of ALL) {
  inPlayground(`axe has nothing to say of ${parts} in light`, all, { colorScheme: 'light' });
  inPlayground(`axe has nothing to say of ${parts} in dark`, all, { colorScheme: 'dark' });
  inPlayground(`axe has nothing to say of ${parts} on a phone`, all, PHONE);
  inPlayground(`axe has nothing to say of ${parts} on a phone in dark`, all, { ...PHONE, colorScheme: 'dark' });
}
