// Who may do what: the directory, who one is, grants, decisions, and the lock-out.
import { closeDialog, openLayer, why } from '../access.mjs';
import { chooseSeveral, createKey, encrypt, flash, openTab, part, refusal } from '../steps.mjs';
import { button, dialog, open, stop } from './rows.mjs';

const APP = 'arn:aws:iam::111122223333:role/App';
const ANYTHING = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'kms:*', Resource: '*' }] };

const DIRECTORY = {
  principals: {
    'arn:aws:iam::111122223333:user/team/Carol': { policies: { all: ANYTHING }, tags: { team: 'blue' }, groups: ['dev'] },
    'arn:aws:iam::111122223333:group/dev': { managedPolicies: ['arn:aws:iam::aws:policy/ReadOnlyAccess'] },
    [APP]: { policies: { all: ANYTHING }, permissionsBoundary: 'arn:aws:iam::111122223333:policy/Most' },
  },
  policies: { 'arn:aws:iam::111122223333:policy/Most': ANYTHING },
  organizations: { 'o-exampleorgid': { managementAccount: '999988887777', root: 'r-ab12', units: { 'ou-ab12-11111111': { accounts: { 444455556666: {} } } } } },
  vpcEndpoints: { 'vpce-0123456789abcdef0': { vpc: 'vpc-0123456789abcdef0', owner: '111122223333' } },
};

const TABS = ['Accounts', 'Users', 'User groups', 'Roles', 'Policies', 'Organizations', 'VPC endpoints', 'JSON'];

const tabs = TABS.map((tab) =>
  stop(
    `the tab ${tab} of the directory`,
    async (page) => {
      await openTab(page, new RegExp(`^${tab}$`));
      await page.getByRole('tabpanel', { name: tab, exact: true }).waitFor();
    },
    'directory',
  ),
);

const granting = (page) => dialog(page, 'Create grant');

export const ACCESS = [
  stop(
    'the directory',
    async (page) => {
      await page.getByText('There are no keys').waitFor();
      await open(page, '#/directory/json', 'Directory');
      await page.getByRole('textbox', { name: 'Entries as JSON' }).fill(JSON.stringify(DIRECTORY));
      await button(page, 'Register entries').click();
      await flash(page, 'The entries are registered.').waitFor();
    },
    'directory',
  ),
  ...tabs,
  stop('the dialog of a role', async (page) => {
    await openTab(page, /^Roles$/);
    await button(page, 'Create role').click();
    await button(dialog(page, 'Create role'), 'Add inline policy').click();
  }),
  stop('the dialog of who one is', async (page) => {
    await page.keyboard.press('Escape');
    await page.getByRole('radio', { name: /Select .*role\/App/ }).check();
    await button(page, 'Act as').click();
    const acting = dialog(page, 'Act as somebody else');
    for (const part of ['Session policies and tags', 'Where the calls come from', 'Grant tokens']) await acting.getByRole('button', { name: part }).click();
    await button(acting, 'Add session policy').click();
  }),
  stop('the dialog of a grant', async (page) => {
    await page.keyboard.press('Escape');
    await open(page, '#/keys', /Customer managed keys/);
    await createKey(page, { alias: 'access' });
    await openTab(page, 'Grants');
    await button(page, 'Create grant').click();
    await granting(page).getByRole('combobox', { name: 'Grantee principal' }).fill(APP);
    await granting(page).getByRole('textbox', { name: 'Name - optional' }).focus();
    await chooseSeveral(granting(page), 'Operations', [/^Encrypt$/, /^Decrypt$/]);
    await granting(page).getByRole('radio', { name: /^Encryption context subset/ }).check();
  }),
  stop('the token of a grant', async (page) => {
    await granting(page).getByRole('radio', { name: /^None/ }).check();
    await button(granting(page), 'Create grant').click();
    await dialog(page, 'Grant token').getByRole('region', { name: 'Grant token' }).waitFor();
  }),
  stop('the tab Grants', async (page) => {
    await button(dialog(page, 'Grant token'), 'Close').last().click();
    await page.getByRole('checkbox', { name: /^Select grant/ }).waitFor();
  }),
  stop('a decision', async (page, made) => {
    await encrypt(page, 'text');
    made.decision = await why(part(page, 'Encrypt'), 'Encrypt');
    for (const name of ['Key policy', 'Identity policies', 'Grants']) await openLayer(made.decision, name);
    await made.decision.getByRole('button', { name: 'As text' }).click();
  }),
  stop(
    'the calls',
    async (page, { decision }) => {
      await closeDialog(decision);
      await open(page, '#/calls', /Calls and decisions/);
    },
    'calls',
  ),
  stop(
    'the AWS managed keys',
    async (page) => {
      await open(page, '#/aws-managed-keys', 'AWS managed keys');
      await button(page, 'Describe alias/aws/s3').waitFor();
    },
    'aws-managed-keys',
  ),
  stop(
    'the lock-out',
    async (page) => {
      await open(page, '#/lock-out', 'Lock-out');
      for (const step of [/^1\. /, /^2\. /]) await page.getByRole('region', { name: step }).getByRole('button', { name: /^Call / }).click();
      await refusal(page, 'MalformedPolicyDocumentException').waitFor();
    },
    'lock-out',
  ),
];
