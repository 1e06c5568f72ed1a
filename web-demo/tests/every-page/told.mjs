// Policies and the lab; what is told of calls: as code, as records, as metrics and events, and what it says of permissions.
import { closeDialog } from '../access.mjs';
import { createKey, editPolicy, encrypt, openTab, part, rows } from '../steps.mjs';
import { button, dialog, open, stop } from './rows.mjs';

const tabsOfLab = ['templates', 'export'].map((tab) =>
  stop(`the tab ${tab} of the lab`, async (page) => {
    await open(page, `#/policy-lab/${tab}`, 'Policy lab');
    await button(page, 'Read templates').or(page.getByRole('link', { name: 'Download' })).first().waitFor();
  }),
);

export const POLICIES = [
  stop('the default view of a key policy', async (page) => {
    await createKey(page, { alias: 'policies' });
    await openTab(page, 'Key policy');
    await button(page, 'Add administrator').waitFor();
  }),
  stop('the policy view with a finding', async (page) => {
    const editor = await editPolicy(page);
    await editor.fill('{"Version": "2012-10-17", "Statement": [{"Effect": "Permit"}]}');
    await page.getByRole('status', { name: 'Findings' }).getByText('MalformedPolicyDocumentException').waitFor();
  }),
  stop(
    'the matrix of who can',
    async (page) => {
      await button(page, 'Cancel').click();
      await open(page, '#/policy-lab/who', 'Policy lab');
      await button(page, 'Yes').first().click();
      await page.getByRole('list', { name: 'By what' }).waitFor();
    },
    'policy-lab',
  ),
  stop('a request and its decision', async (page) => {
    await page.keyboard.press('Escape');
    await open(page, '#/policy-lab/request', 'Policy lab');
    await page.getByRole('list', { name: 'Layers of the decision, in order' }).waitFor();
    await button(page, 'Add identity policy').click();
  }),
  stop('before and after', async (page) => {
    await open(page, '#/policy-lab/change', 'Policy lab');
    await page.getByText('Edit the policy to see').waitFor();
  }),
  ...tabsOfLab,
];

const tabsOfPrivilege = [
  ['unused', 'Never needed'],
  ['users', 'Who uses a key'],
  ['findings', 'Findings'],
].map(([tab, name]) =>
  stop(`the tab ${name}`, async (page) => {
    await open(page, `#/least-privilege/${tab}`, 'Least privilege');
    await page.getByRole('tabpanel', { name, exact: true }).getByRole('table').first().waitFor();
  }),
);

export const RECORDS = [
  stop('a call as code', async (page) => {
    await createKey(page, { alias: 'told' });
    await encrypt(page, 'text');
    await button(part(page, 'Encrypt'), 'As code: Encrypt').click();
    await dialog(page, 'As code').getByRole('region', { name: 'Encrypt.sh' }).waitFor();
  }),
  stop(
    'the event history',
    async (page) => {
      await closeDialog(dialog(page, 'As code'));
      await open(page, '#/event-history', /Event history/);
      await page.getByRole('link', { name: 'CreateKey', exact: true }).waitFor();
    },
    'event-history',
  ),
  stop('a record', async (page) => {
    await page.getByRole('link', { name: 'CreateKey', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: 'CreateKey' }).waitFor();
    await rows(page, 'What it has changed').first().getByRole('button').first().waitFor();
  }),
  stop(
    'the metrics',
    async (page) => {
      await open(page, '#/metrics', 'Metrics');
      await button(part(page, 'SuccessfulRequest'), 'Values').click();
      await rows(page, 'Values of SuccessfulRequest').first().waitFor();
    },
    'metrics',
  ),
  stop(
    'the events',
    async (page) => {
      await open(page, '#/events', /EventBridge events/);
      await page.getByRole('link', { name: 'CreateKey', exact: true }).waitFor();
      await button(page, 'Event 1').click();
    },
    'events',
  ),
  stop(
    'the least privilege',
    async (page) => {
      await open(page, '#/least-privilege/needed', 'Least privilege');
      await page.getByRole('region', { name: 'Identity policy' }).waitFor();
    },
    'least-privilege',
  ),
  ...tabsOfPrivilege,
];
