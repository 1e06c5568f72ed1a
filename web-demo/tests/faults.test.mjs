// What new users stumbled over: each of these tests failed once.
import assert from 'node:assert/strict';
import { closeDialog, openLayer, whyOnPage } from './access.mjs';
import { inPlayground, visit } from './browser.mjs';
import {
  becomes,
  caller,
  createAlias,
  createKey,
  editPolicy,
  flash,
  gone,
  keyAction,
  openMenu,
  openTab,
  part,
  pick,
  policyEditor,
  refusal,
  rowOf,
  submitKey,
  textOf,
  toPolicy,
  visitPage,
} from './steps.mjs';

const PHONE = { viewport: { width: 390, height: 844 } };
const ALICE = 'arn:aws:iam::111122223333:user/Alice';

const next = (page) => page.getByRole('button', { name: 'Next', exact: true }).click();
/** What the bar shows; it also measures texts that nobody sees. */
const inBar = (page, text) => page.locator('#top').getByText(text).filter({ visible: true });
/** What has the focus: its element and its text. */
const focused = (page) => page.evaluate(() => `${document.activeElement?.tagName} ${document.activeElement?.textContent}`);

inPlayground('the menu of a phone stays open while time goes on', async (page) => {
  await page.clock.install();
  await page.reload();
  await page.getByText('There are no keys').waitFor();
  await openMenu(page, 'More');
  await inBar(page, 'Root user @ 1111-2222-3333').waitFor();
  await page.clock.runFor(2500);
  await inBar(page, 'Root user @ 1111-2222-3333').click();
  await inBar(page, 'Account 1111-2222-3333').click();
  await inBar(page, 'User Alice').click();
  await openMenu(page, 'More');
  await inBar(page, 'User Alice @ 1111-2222-3333').waitFor();
}, PHONE);

inPlayground('an open menu of the bar stays open when a minute is over', async (page) => {
  await page.clock.install({ time: new Date('2026-11-26T10:00:50Z') });
  await page.reload();
  await page.getByText('There are no keys').waitFor();
  await openMenu(page, /Caller/);
  const alice = page.getByRole('menuitemcheckbox', { name: /User Alice/ });
  await alice.waitFor();
  await page.clock.runFor(30_000);
  assert.ok(await alice.isVisible());
  // The minute was over, and shows once the menu is closed.
  await page.keyboard.press('Escape');
  await page.getByRole('banner').getByRole('button', { name: /World clock: .*10:01/ }).waitFor();
});

inPlayground('the page says that identity policies allow everything, beside the caller and in its help', async (page) => {
  await openMenu(page, /Caller/);
  await page.getByText('identity policies: allow everything').filter({ visible: true }).waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Open help panel' }).click();
  await page.getByRole('button', { name: 'About this playground' }).click();
  await page.getByText('As long as nobody is registered in an account').waitFor();
});

inPlayground('a denial that replaces a page or a tab tells why', async (page) => {
  const tells = async (page, operation) => {
    const dialog = await whyOnPage(page, operation);
    await (await openLayer(dialog, 'Key policy')).getByText('"NotAlice" (Deny)').waitFor();
    await closeDialog(dialog);
  };
  const deny = (Action) => ({ Sid: 'NotAlice', Effect: 'Deny', Principal: { AWS: ALICE }, Action, Resource: '*' });
  await createKey(page, { alias: 'hidden' });
  const edit = async (action) => {
    const editor = await editPolicy(page);
    const policy = JSON.parse(await textOf(editor));
    policy.Statement = [...policy.Statement.filter(({ Sid }) => Sid !== 'NotAlice'), deny(action)];
    await editor.fill(JSON.stringify(policy));
    await page.getByRole('button', { name: 'Save changes' }).click();
    await flash(page, 'The key policy is changed.').waitFor();
  };
  await edit('kms:GetKeyPolicy');
  await caller(page, /User Alice/);
  await refusal(page, 'AccessDeniedException').waitFor();
  await tells(page, 'GetKeyPolicy');
  await caller(page, /Root user/);
  await edit('kms:DescribeKey');
  await caller(page, /User Alice/);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await tells(page, 'DescribeKey');
});

inPlayground('on a phone a refusal is in sight, beside the button', async (page) => {
  await createKey(page, { alias: 'long' });
  const encrypt = part(page, 'Encrypt');
  await encrypt.getByRole('textbox', { name: 'Plaintext', exact: true }).fill('x'.repeat(5000));
  await encrypt.getByRole('button', { name: 'Encrypt', exact: true }).click();
  const told = refusal(encrypt, 'ValidationException');
  await told.waitFor();
  const place = async () => {
    const { top, bottom } = await told.evaluate((node) => node.getBoundingClientRect().toJSON());
    return top >= 0 && bottom <= PHONE.viewport.height ? 'in sight' : `from ${top} to ${bottom}`;
  };
  await becomes(place, 'in sight');
}, PHONE);

inPlayground('the wizard refuses an alias that KMS would refuse before the key exists', async (page) => {
  await page.getByRole('button', { name: 'Create key' }).first().click();
  await next(page);
  const alias = page.getByRole('textbox', { name: 'Alias', exact: true });
  const faults = { 'aws/x y': 'AWS keeps aliases', 'x y': 'letters, digits', [`a${'b'.repeat(250)}`]: 'at most 250 characters' };
  for (const [text, fault] of Object.entries(faults)) {
    await alias.fill(text);
    await next(page);
    await page.getByText(fault).waitFor();
  }
  await alias.fill('fine');
  await next(page);
  await page.getByRole('heading', { name: 'Key administrators - optional' }).waitFor();
});

inPlayground('the wizard says which principal is not one, and which account', async (page) => {
  await createKey(page, {
    alias: 'named',
    async administer(page) {
      await page.getByRole('button', { name: 'Add administrator' }).click();
      await page.getByRole('textbox', { name: /ARN/ }).fill('Alice');
      await next(page);
      await page.getByText('Enter the ARN of a user or role').waitFor();
      await page.getByRole('textbox', { name: /ARN/ }).fill(ALICE);
    },
    async permit(page) {
      await page.getByRole('button', { name: 'Add user' }).click();
      await page.getByRole('button', { name: 'Add account' }).click();
      await page.getByRole('textbox', { name: /ARN/ }).fill('Alice');
      await page.getByRole('textbox', { name: /Account ID/ }).fill('4444');
      await next(page);
      await page.getByText('Enter the ARN of a user or role').waitFor();
      await page.getByText('An account ID has twelve digits.').waitFor();
      await page.getByRole('textbox', { name: /ARN/ }).fill(ALICE);
      await page.getByRole('textbox', { name: /Account ID/ }).fill('444455556666');
    },
  });
  await openTab(page, 'Key policy');
  await page.getByText(ALICE).first().waitFor();
});

inPlayground('a dialog that is refused stays open with what was typed', async (page) => {
  await createKey(page, { alias: 'one' });
  await keyAction(page, 'Schedule key deletion');
  const dialog = page.getByRole('dialog', { name: /Schedule the deletion/ });
  const days = dialog.getByLabel('Waiting period (in days)');
  await dialog.getByRole('checkbox').check();
  for (const outside of ['3', '31', '']) {
    await days.fill(outside);
    await becomes(() => dialog.getByRole('button', { name: 'Schedule deletion' }).isDisabled(), true);
    await days.press('Enter');
  }
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await page.getByText('Enabled', { exact: true }).first().waitFor();

  await openTab(page, 'Aliases');
  await createAlias(page, 'one');
  const asked = page.getByRole('dialog', { name: 'Create alias' });
  await refusal(asked, 'AlreadyExistsException').waitFor();
  await becomes(() => asked.getByRole('textbox', { name: 'Alias name' }).inputValue(), 'one');
  await asked.getByRole('textbox', { name: 'Alias name' }).fill('two');
  await asked.getByRole('textbox', { name: 'Alias name' }).press('Enter');
  await flash(page, 'The alias alias/two is created.').waitFor();
  await asked.waitFor({ state: 'detached' });

  await page.getByRole('button', { name: 'Edit description' }).click();
  const description = page.getByRole('dialog', { name: 'Edit description' });
  await description.getByRole('textbox').fill('d'.repeat(9000));
  await description.getByRole('button', { name: 'Save changes' }).click();
  await refusal(description, 'ValidationException').waitFor();
  await becomes(() => description.getByRole('textbox').inputValue(), 'd'.repeat(9000));
});

inPlayground('a notification is gone with its page, its caller, and the success of the same action', async (page) => {
  const id = await createKey(page, { alias: 'moody' });
  const deny = { Sid: 'No', Effect: 'Deny', Principal: { AWS: ALICE }, Action: 'kms:DisableKey', Resource: '*' };
  const editor = await editPolicy(page);
  const policy = JSON.parse(await textOf(editor));
  await editor.fill(JSON.stringify({ ...policy, Statement: [...policy.Statement, deny] }));
  await page.getByRole('button', { name: 'Save changes' }).click();
  await flash(page, 'The key policy is changed.').waitFor();
  await caller(page, /User Alice/);
  await keyAction(page, 'Disable');
  await flash(page, 'AccessDeniedException').waitFor();
  await caller(page, /Root user/);
  await flash(page, 'AccessDeniedException').waitFor({ state: 'detached' });
  await caller(page, /User Alice/);
  await keyAction(page, 'Disable');
  await flash(page, 'AccessDeniedException').waitFor();
  await visitPage(page, 'World clock');
  await flash(page, 'AccessDeniedException').waitFor({ state: 'detached' });

  // A second page makes the action succeed that was refused here.
  await page.evaluate((id) => (location.hash = `#/keys/${id}`), id);
  await keyAction(page, 'Disable');
  await flash(page, 'AccessDeniedException').waitFor();
  const { page: other } = await visit(page.context(), page.url());
  await caller(other, /Root user/);
  await (await editPolicy(other)).fill(JSON.stringify(policy));
  await other.getByRole('button', { name: 'Save changes' }).click();
  await flash(other, 'The key policy is changed.').waitFor();
  await keyAction(page, 'Disable');
  await flash(page, '1 key disabled.').waitFor();
  await flash(page, 'AccessDeniedException').waitFor({ state: 'detached' });
});

inPlayground('two keys derive the same secret from each other', async (page) => {
  const agreeing = { choose: pick('Asymmetric', 'Key agreement', 'ECC_NIST_P256') };
  const publicKey = async () => {
    await openTab(page, 'Public key');
    await page.getByText('a peer derives the shared secret').waitFor();
    return page.getByRole('region', { name: 'PEM' }).innerText();
  };
  const derive = async (peer) => {
    await openTab(page, 'Derive shared secret');
    const form = part(page, 'Derive shared secret');
    await form.getByRole('textbox', { name: 'Public key of the peer' }).fill('no key!');
    await form.getByText('This is neither PEM nor base64.').waitFor();
    await form.getByRole('textbox', { name: 'Public key of the peer' }).fill(peer);
    await form.getByRole('button', { name: 'Derive', exact: true }).click();
    return form.getByRole('region', { name: 'Shared secret' }).innerText();
  };
  const first = await createKey(page, { alias: 'here', ...agreeing });
  const one = await publicKey();
  await visitPage(page, 'Customer managed keys');
  await createKey(page, { alias: 'there', ...agreeing });
  const other = await publicKey();
  const secret = await derive(one);
  await page.evaluate((id) => (location.hash = `#/keys/${id}`), first);
  await page.getByRole('heading', { level: 1, name: first }).waitFor();
  assert.equal(await derive(other), secret);
});

inPlayground('what is encapsulated is decapsulated', async (page) => {
  await createKey(page, { alias: 'capsule', choose: pick('Asymmetric', 'Encapsulate and decapsulate', 'ML_KEM_768') });
  await part(page, 'Encapsulate').getByRole('button', { name: 'Encapsulate' }).click();
  const secret = await part(page, 'Encapsulate').getByRole('region', { name: 'Shared secret' }).innerText();
  await part(page, 'Decapsulate').getByRole('button', { name: 'Decapsulate' }).click();
  await becomes(() => part(page, 'Decapsulate').getByRole('region', { name: 'Decapsulated secret' }).innerText(), secret);
  await openTab(page, 'Public key');
  await page.getByText('anyone can encapsulate a shared secret with it').waitFor();
});

inPlayground('a mangled address names no key, and the page says so', async (page) => {
  await page.evaluate(() => (location.hash = '#/keys/%E0%A4%A'));
  await refusal(page, 'NotFoundException').or(refusal(page, 'ValidationException')).or(refusal(page, 'InvalidArn')).first().waitFor();
});

inPlayground('a page with a fault says so, keeps the bar, and offers a way out', async (page, { errors }) => {
  await page.evaluate(() => localStorage.setItem('pocket-kms-playground:keys', '{"pageSize":10,"contentDisplay":7}'));
  await page.reload();
  await page.getByRole('heading', { name: 'This page has a fault' }).waitFor();
  await openMenu(page, /Region/);
  await page.keyboard.press('Escape');
  await visitPage(page, 'World clock');
  await page.getByText('The world has a time of its own').waitFor();
  await visitPage(page, 'Customer managed keys');
  await page.getByRole('button', { name: 'Reset the world' }).waitFor();
  await page.getByRole('button', { name: 'Reload without preferences' }).click();
  await page.getByText('There are no keys').waitFor();
  // The browser's console has heard of the fault, too.
  assert.ok(errors.splice(0).length > 0);
});

inPlayground('an edited policy and edited tags wait while other tabs and pages are open', async (page) => {
  const id = await createKey(page, { alias: 'draft' });
  await (await editPolicy(page)).fill('{ "half": "done" }');
  await openTab(page, 'Tags');
  await part(page, 'Tags').getByRole('button', { name: 'Add new tag' }).click();
  await part(page, 'Tags').getByRole('combobox', { name: 'Key' }).fill('team');
  await openTab(page, 'Key policy');
  await policyEditor(page).waitFor();
  assert.equal(await textOf(policyEditor(page)), '{ "half": "done" }');
  await visitPage(page, 'World clock');
  await page.evaluate((id) => (location.hash = `#/keys/${id}/policy`), id);
  await page.getByRole('button', { name: 'Save changes' }).waitFor();
  await policyEditor(page).waitFor();
  assert.equal(await textOf(policyEditor(page)), '{ "half": "done" }');
  const asked = page.waitForEvent('dialog');
  await page.reload({ timeout: 5000, waitUntil: 'commit' }).catch(() => undefined);
  await (await asked).dismiss().catch(() => undefined);
  await openTab(page, 'Tags');
  await becomes(() => part(page, 'Tags').getByRole('combobox', { name: 'Key' }).inputValue(), 'team');
});

inPlayground('each page has its title, and its heading has the focus', async (page) => {
  const isCalled = (name) => becomes(() => page.title(), `${name} | pocket-kms playground`);
  await page.getByText('There are no keys').waitFor();
  await isCalled('Customer managed keys');
  await page.getByRole('button', { name: 'Create key' }).first().click();
  await becomes(() => focused(page), /^H1 .*Configure key/);
  await isCalled('Create key');
  await page.getByRole('button', { name: 'Cancel' }).click();
  const id = await createKey(page, { alias: 'focus' });
  await becomes(() => focused(page), `H1 ${id}`);
  await isCalled(`Key ${id}`);
  for (const name of ['World clock', 'Journal of changes']) {
    await visitPage(page, name);
    await becomes(() => focused(page), new RegExp(`^H1 ${name}`));
    await isCalled(name);
  }
});

inPlayground('Enter and Ctrl+Enter press the button of a form', async (page) => {
  await createKey(page, { alias: 'keys' });
  const plaintext = part(page, 'Encrypt').getByRole('textbox', { name: 'Plaintext', exact: true });
  await plaintext.fill('by keyboard');
  await plaintext.press('Control+Enter');
  await part(page, 'Encrypt').getByText(/^Ciphertext \(\d+ bytes\)$/).waitFor();
  await visitPage(page, 'World clock');
  await page.getByRole('spinbutton', { name: 'Amount' }).fill('3');
  await page.getByRole('spinbutton', { name: 'Amount' }).press('Enter');
  await page.getByText('3 days ahead').waitFor();
});

inPlayground('two tabs have the same world, each with a caller of its own', async (page, { context }) => {
  await createKey(page, { alias: 'shared' });
  const { page: other } = await visit(context, `${page.url().split('#')[0]}#/keys`);
  await rowOf(other, 'shared').waitFor();
  await caller(other, /User Alice/);
  await createKey(other, { alias: 'from-alice' });
  await visitPage(page, 'Customer managed keys');
  await rowOf(page, 'from-alice').waitFor();
  await page.getByRole('button', { name: /Caller: Root user/ }).waitFor();
  // The other tab goes on when the one that had the world open is closed.
  await page.close();
  await visitPage(other, 'Customer managed keys');
  await createKey(other, { alias: 'after' });
  await visitPage(other, 'Customer managed keys');
  for (const alias of ['shared', 'from-alice', 'after']) await rowOf(other, alias).waitFor();
});

inPlayground('the page asks for what is new in the journal only, and begins again with a new world', async (page) => {
  await page.addInitScript(() => {
    const { postMessage } = Worker.prototype;
    globalThis.asked = [];
    Worker.prototype.postMessage = function (message, ...rest) {
      // The page asks its worker through Comlink.
      const [method, args] = message.argumentList ?? [];
      if (method?.value === 'journal') globalThis.asked.push(args.value[0]);
      return postMessage.call(this, message, ...rest);
    };
  });
  await page.reload();
  await createKey(page, { alias: 'first' });
  await visitPage(page, 'Journal of changes');
  const count = async () => Number((await page.getByRole('heading', { level: 1 }).innerText()).replace(/\D/g, ''));
  await page.getByText('CreateAlias').first().waitFor();
  const before = await count();
  await page.evaluate(() => (location.hash = '#/clock'));
  await page.getByRole('button', { name: '1 day', exact: true }).click();
  await flash(page, 'The clock is set').waitFor();
  await page.evaluate(() => (location.hash = '#/keys'));
  await createKey(page, { alias: 'second' });
  await visitPage(page, 'Journal of changes');
  await becomes(count, 2 * before);
  const asked = await page.evaluate(() => globalThis.asked);
  assert.deepEqual(asked, [...asked].sort((one, other) => one - other));
  assert.ok(asked.at(-1) >= before, asked.join());
  await openMenu(page, 'Settings');
  await page.getByRole('menuitem', { name: 'Reset the world' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Reset the world' }).click();
  await flash(page, 'A new world has begun.').waitFor();
  await visitPage(page, 'Journal of changes');
  await page.getByText('Nothing has changed yet.').waitFor();
});

inPlayground('a key without an alias is a link by its id alone', async (page) => {
  const id = await createKey(page, { alias: 'brief' });
  await openTab(page, 'Aliases');
  await page.getByRole('checkbox', { name: 'Select alias/brief' }).check();
  await page.getByRole('button', { name: 'Delete', exact: true }).click();
  await flash(page, '1 alias deleted.').waitFor();
  await visitPage(page, 'Customer managed keys');
  await rowOf(page, id).waitFor();
  await becomes(() => rowOf(page, id).getByRole('link').allInnerTexts(), [id]);
});

inPlayground('the console puts alias/ before what was typed, whatever that is', async (page) => {
  await submitKey(page, { alias: 'alias/twice' });
  await flash(page, 'with the alias alias/alias/twice').waitFor();
});

inPlayground('a symmetric encryption key shows no algorithm, a key pair all of its own', async (page) => {
  await createKey(page, { alias: 'plain' });
  await openTab(page, 'Cryptographic configuration');
  await part(page, 'Cryptographic configuration').getByText('AWS KMS').waitFor();
  await gone(page.getByText('Encryption algorithms'));
  await visitPage(page, 'Customer managed keys');
  await createKey(page, { alias: 'pair', choose: pick('Asymmetric', 'Encrypt and decrypt', 'RSA_2048') });
  await openTab(page, 'Cryptographic configuration');
  await page.getByText('RSAES_OAEP_SHA_256').waitFor();
});

inPlayground('users of a MAC key get no grants for AWS services', async (page) => {
  const users = async (page) => {
    await page.getByRole('button', { name: 'Add user' }).click();
    await page.getByRole('textbox', { name: /ARN/ }).fill(ALICE);
  };
  await toPolicy(page, { alias: 'mac', permit: users, choose: pick('Generate and verify MAC', 'HMAC_256') });
  const mac = JSON.parse(await textOf(policyEditor(page)));
  assert.deepEqual(mac.Statement.map(({ Sid }) => Sid), ['Enable IAM User Permissions', 'Allow use of the key']);
  await page.evaluate(() => (location.hash = '#/keys'));
  await page.getByRole('dialog', { name: 'Leave this page?' }).getByRole('button', { name: 'Leave' }).click();
  await toPolicy(page, { alias: 'other', permit: users });
  const other = JSON.parse(await textOf(policyEditor(page)));
  assert.equal(other.Statement.at(-1).Sid, 'Allow attachment of persistent resources');
});
