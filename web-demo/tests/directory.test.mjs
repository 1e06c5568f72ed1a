// The directory: principals and what speaks for them, organizations, endpoints; and being anybody in it.
import { actAs, closeDialog, layer, openLayer, triesToEncrypt, why } from './access.mjs';
import { inPlayground } from './browser.mjs';
import { becomes, createKey, encrypt, flash, openMenu, openTab, part, refusal, rows, visitKey, visitPage } from './steps.mjs';

const ROOT = 'arn:aws:iam::111122223333:root';
const user = (name) => `arn:aws:iam::111122223333:user/${name}`;

/** Opens a tab of the directory. */
async function openDirectory(page, tab) {
  await visitPage(page, 'Directory');
  await page.getByRole('heading', { level: 1, name: 'Directory' }).waitFor();
  await page.getByRole('tab', { name: tab, exact: true }).click();
}

const allow = (...Action) => ({ Version: '2012-10-17', Statement: [{ Sid: 'Some', Effect: 'Allow', Action, Resource: '*' }] });

/** Creates a principal; `fill` fills what is special of it. */
async function create(page, kind, name, fill = () => Promise.resolve()) {
  await page.getByRole('button', { name: `Create ${kind}` }).click();
  const dialog = page.getByRole('dialog', { name: `Create ${kind}` });
  await dialog.getByRole('textbox', { name: 'Name', exact: true }).fill(name);
  await fill(dialog);
  await dialog.getByRole('button', { name: 'Save changes' }).click();
  await dialog.waitFor({ state: 'detached' });
}

/** Fills the first inline policy of a dialog. */
const inline = (document) => async (dialog) => {
  await dialog.getByRole('button', { name: 'Add inline policy' }).click();
  await dialog.getByRole('textbox', { name: 'Inline policy policy-1 as JSON' }).fill(JSON.stringify(document));
};

/** Registers entries on the tab of the one form. */
async function register(page, entries) {
  await openDirectory(page, 'JSON');
  await page.getByRole('textbox', { name: 'Entries as JSON' }).fill(JSON.stringify(entries));
  await page.getByRole('button', { name: 'Register entries' }).click();
  await flash(page, 'The entries are registered.').waitFor();
}

inPlayground('who is registered may do what the policies of the directory allow, and nothing else', async (page) => {
  const key = await createKey(page, { alias: 'watched' });
  await openDirectory(page, 'Users');
  await create(page, 'user', 'Carol', inline(allow('kms:Describe*', 'kms:Encrypt')));
  await rows(page, 'Users').filter({ hasText: user('Carol') }).getByText('policy-1').waitFor();

  // One can be her from the table, and from the menu of the bar.
  await page.getByRole('radio', { name: `Select ${user('Carol')}` }).check();
  await page.getByRole('button', { name: 'Act as' }).click();
  await page.getByRole('dialog', { name: 'Act as somebody else' }).getByRole('button', { name: 'Act', exact: true }).click();
  await openMenu(page, /Caller: User Carol/);
  await page.getByText('identity policies: those of the directory').filter({ visible: true }).waitFor();
  await page.keyboard.press('Escape');

  await visitKey(page, key);
  await encrypt(page, 'hers');
  await openTab(page, 'Key policy');
  await refusal(page, 'AccessDeniedException').waitFor();
  await refusal(page, 'because no identity-based policy allows the kms:GetKeyPolicy action').waitFor();
  const dialog = await why(page.locator('body'), 'GetKeyPolicy');
  await (await openLayer(dialog, 'Identity policies')).getByText('policy-1').waitFor();
  await closeDialog(dialog);

  // She is edited, and deleted.
  await page.getByRole('banner').getByRole('button', { name: /Caller/ }).click();
  await page.getByRole('menuitemcheckbox', { name: /Root user/ }).first().click();
  await openDirectory(page, 'Users');
  await page.getByRole('radio', { name: `Select ${user('Carol')}` }).check();
  await page.getByRole('button', { name: 'Edit', exact: true }).click();
  const edit = page.getByRole('dialog', { name: 'Edit user' });
  await edit.getByRole('button', { name: 'Add managed policy' }).click();
  await edit.getByRole('textbox', { name: 'Policy ARN' }).fill('arn:aws:iam::aws:policy/ReadOnlyAccess');
  await edit.getByRole('button', { name: 'Save changes' }).click();
  await edit.waitFor({ state: 'detached' });
  await rows(page, 'Users').getByText('arn:aws:iam::aws:policy/ReadOnlyAccess').waitFor();
  await page.getByRole('button', { name: 'Delete', exact: true }).click();
  await page.getByRole('dialog', { name: 'Delete from the directory?' }).getByRole('button', { name: 'Delete', exact: true }).click();
  await page.getByText('No user is registered.').waitFor();
  // Trust does not come back with the last principal's removal.
  await page.getByRole('tab', { name: 'Accounts', exact: true }).click();
  await rows(page, 'Accounts').filter({ hasText: '1111-2222-3333' }).getByText('Identity policies of the directory').waitFor();
  await rows(page, 'Accounts').filter({ hasText: '4444-5555-6666' }).getByText('identity policies allow everything').waitFor();
});

inPlayground('what cannot be registered is refused in its dialog, and changes nothing', async (page) => {
  await openDirectory(page, 'Users');
  await page.getByRole('button', { name: 'Create user' }).click();
  const dialog = page.getByRole('dialog', { name: 'Create user' });
  await dialog.getByRole('textbox', { name: 'Name', exact: true }).fill('Mallory');
  await inline('not a policy')(dialog);
  await dialog.getByRole('button', { name: 'Save changes' }).click();
  await dialog.getByRole('alert').getByText('Mallory').first().waitFor();
  await page.keyboard.press('Escape');
  await page.getByText('No user is registered.').waitFor();
});

inPlayground('a session of a role is limited by its session policy, and the picture tells so', async (page) => {
  const key = await createKey(page, { alias: 'limited' });
  const role = 'arn:aws:iam::111122223333:role/team/App';
  await register(page, { principals: { [role]: { policies: { all: allow('kms:*') }, tags: { team: 'blue' } } } });
  await actAs(page, role, async (dialog) => {
    await dialog.getByRole('textbox', { name: 'Session name' }).fill('one');
    await dialog.getByRole('button', { name: 'Session policies and tags' }).click();
    await dialog.getByRole('button', { name: 'Add session policy' }).click();
    await dialog.getByRole('textbox', { name: 'Session policy 1' }).fill(JSON.stringify(allow('kms:Describe*', 'kms:List*')));
  });
  await openMenu(page, /Caller: App\/one/);
  await page.getByText('arn:aws:sts::111122223333:assumed-role/App/one').filter({ visible: true }).first().waitFor();
  await page.getByText('1 session policy').filter({ visible: true }).waitFor();
  await page.keyboard.press('Escape');
  await visitKey(page, key);
  await triesToEncrypt(page);
  await refusal(part(page, 'Encrypt'), 'because no session policy allows the kms:Encrypt action').waitFor();
  const dialog = await why(part(page, 'Encrypt'), 'Encrypt');
  await layer(dialog, 'Identity policies').getByText('Allows').waitFor();
  await layer(dialog, 'Session policies').getByText('Says nothing').waitFor();
  await layer(dialog, 'Session policies').getByText('Decides').waitFor();
  await closeDialog(dialog);
});

inPlayground('an organization is built, and its service control policy stands above the account', async (page) => {
  const key = await createKey(page, { alias: 'governed' });
  await openDirectory(page, 'Organizations');
  await page.getByRole('button', { name: 'Create organization' }).click();
  const creating = page.getByRole('dialog', { name: 'Create organization' });
  await creating.getByRole('textbox', { name: 'Management account' }).fill('999988887777');
  await creating.getByRole('button', { name: 'Save changes' }).click();
  await creating.waitFor({ state: 'detached' });

  const tree = (text) => rows(page, 'Structure of o-exampleorgid').filter({ hasText: text });
  const add = async (kind, fill) => {
    await page.getByRole('button', { name: `Add ${kind}` }).click();
    const dialog = page.getByRole('dialog', { name: `Add ${kind}` });
    await fill(dialog.getByRole('textbox'));
    await dialog.getByRole('button', { name: 'Save changes' }).click();
    await dialog.waitFor({ state: 'detached' });
  };
  // The id of a unit follows from that of the root, and is there already.
  await add('unit', () => Promise.resolve());
  await page.getByRole('radio', { name: /^Select o-exampleorgid\/ou-\w+-00000001$/ }).check();
  await add('account', (field) => field.fill('111122223333'));
  await tree('111122223333').getByText('Account', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Edit policies' }).click();
  const editing = page.getByRole('dialog', { name: /^Policies of/ });
  await editing.getByRole('button', { name: 'Add SCP' }).click();
  await editing.getByRole('textbox', { name: 'SCP 2' }).fill(
    JSON.stringify({ Version: '2012-10-17', Statement: [{ Sid: 'NoSecrets', Effect: 'Deny', Action: 'kms:Encrypt', Resource: '*' }] }),
  );
  await editing.getByRole('button', { name: 'Save changes' }).click();
  await editing.waitFor({ state: 'detached' });

  await visitKey(page, key);
  await triesToEncrypt(page);
  await refusal(part(page, 'Encrypt'), 'with an explicit deny in a service control policy').waitFor();
  const dialog = await why(part(page, 'Encrypt'), 'Encrypt');
  await (await openLayer(dialog, 'Service control policies')).getByText('"NoSecrets" (Deny)').waitFor();
  await closeDialog(dialog);
});

inPlayground('a call through a VPC endpoint needs the leave of its policy', async (page) => {
  const key = await createKey(page, { alias: 'inside' });
  await openDirectory(page, 'VPC endpoints');
  await page.getByRole('button', { name: 'Create endpoint' }).click();
  const creating = page.getByRole('dialog', { name: 'Create endpoint' });
  await creating.getByRole('textbox', { name: 'ID', exact: true }).fill('vpce-0123456789abcdef0');
  await creating.getByRole('textbox', { name: 'Policy document' }).fill(
    JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: '*', Action: ['kms:Describe*', 'kms:List*'], Resource: '*' }] }),
  );
  await creating.getByRole('button', { name: 'Save changes' }).click();
  await creating.waitFor({ state: 'detached' });
  await actAs(page, ROOT, async (dialog) => {
    await dialog.getByRole('button', { name: 'Where the calls come from' }).click();
    await dialog.getByRole('combobox', { name: 'VPC endpoint' }).fill('vpce-0123456789abcdef0');
    await dialog.getByRole('combobox', { name: 'VPC endpoint' }).blur();
  });
  await visitKey(page, key);
  await triesToEncrypt(page);
  const dialog = await why(part(page, 'Encrypt'), 'Encrypt');
  await layer(dialog, 'VPC endpoint policy').getByText('Decides').waitFor();
  await closeDialog(dialog);
});

inPlayground('an account that is added can be acted in, and the directory outlives a reload', async (page) => {
  await openDirectory(page, 'Accounts');
  await page.getByRole('button', { name: 'Add account' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add account' });
  await dialog.getByRole('textbox', { name: 'Account ID' }).fill('123456789012');
  await dialog.getByRole('button', { name: 'Add account' }).click();
  await page.getByRole('radio', { name: 'Select 123456789012' }).check();
  await page.getByRole('button', { name: 'Act as root user' }).click();
  await page.getByRole('dialog', { name: 'Act as somebody else' }).getByRole('button', { name: 'Act', exact: true }).click();
  await openMenu(page, /Caller: Root user @ 1234-5678-9012/);
  await page.keyboard.press('Escape');
  await register(page, { principals: { 'arn:aws:iam::111122223333:group/dev': { policies: { all: allow('kms:*') } } } });
  await page.reload();
  await openDirectory(page, 'User groups');
  await rows(page, 'User groups').getByText('arn:aws:iam::111122223333:group/dev').waitFor();
  await becomes(() => rows(page, 'User groups').count(), 1);
});
