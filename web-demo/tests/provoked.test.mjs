// Faults and quotas in the playground: what is asked for happens, is counted, and ends.
import { inPlayground } from './browser.mjs';
import {
  addFault,
  adding,
  choose,
  chooseSeveral,
  createKey,
  encrypt,
  fault,
  flash,
  part,
  refusal,
  rows,
  table,
  toPolicy,
  visitKey,
  visitPage,
} from './steps.mjs';

const quota = (page, text) => rows(page, 'Resource quotas').filter({ hasText: text });

async function ask(page) {
  await part(page, 'Encrypt').getByRole('textbox', { name: 'Plaintext', exact: true }).fill('x');
  await part(page, 'Encrypt').getByRole('button', { name: 'Encrypt', exact: true }).click();
}

inPlayground('a fault acts as often as it was asked for, and the page tells how often it did', async (page) => {
  const id = await createKey(page, { alias: 'victim' });
  await addFault(page, 'internal', [/^Encrypt/]);
  await fault(page, 'internal').getByText('0 of 0').waitFor();
  await visitKey(page, id);
  await ask(page);
  await refusal(part(page, 'Encrypt'), 'KMSInternalException').waitFor();
  await encrypt(page, 'second try');
  await visitPage(page, 'Faults');
  await fault(page, 'internal').getByText('1 of').waitFor();
  await fault(page, 'internal').getByRole('button', { name: /^Remove fault/ }).click();
  await flash(page, 'The fault internal is removed.').waitFor();
  await page.getByText('No faults: every call gets its own answer.').waitFor();
});

inPlayground('a fault that cannot be is refused beside what was asked', async (page) => {
  await visitPage(page, 'Faults');
  await choose(adding(page), 'Fault', /^conflict/);
  await chooseSeveral(adding(page), 'Operations', [/^Encrypt/]);
  await adding(page).getByRole('button', { name: 'Add fault' }).click();
  await refusal(adding(page), 'Encrypt').waitFor();
  await adding(page).getByRole('textbox', { name: 'Number of calls' }).fill('two');
  await adding(page).getByText('This is not a number.').waitFor();
});

inPlayground('a quota that is set holds, and its gauge shows what is used', async (page) => {
  const id = await createKey(page, { alias: 'only' });
  await visitPage(page, 'Quotas');
  await quota(page, 'Customer managed keys').getByText('1 of 100000').waitFor();
  await quota(page, 'Aliases per key').getByText('1 of 50', { exact: true }).waitFor();
  await quota(page, 'Aliases per key').getByRole('link', { name: id }).waitFor();
  await quota(page, 'Customer managed keys').getByRole('button', { name: 'Edit: Customer managed keys' }).click();
  const dialog = page.getByRole('dialog', { name: /^Change quota/ });
  await dialog.getByRole('textbox', { name: 'Value' }).fill('-1');
  await dialog.getByRole('button', { name: 'Save changes' }).click();
  await refusal(dialog, 'a whole number from 0 to 1000000000').waitFor();
  await dialog.getByRole('textbox', { name: 'Value' }).fill('1');
  await dialog.getByRole('button', { name: 'Save changes' }).click();
  await flash(page, 'The quota is changed.').waitFor();
  await quota(page, 'Customer managed keys').getByText('1 of 1', { exact: true }).waitFor();
  await page.reload();
  await quota(page, 'Customer managed keys').getByText('1 of 1', { exact: true }).waitFor();
  await visitPage(page, 'Journal of changes');
  await page.getByText('(owner of the world)').first().waitFor();
  await visitPage(page, 'Customer managed keys');
  // The rehearsal of its policy is refused already.
  await toPolicy(page, { alias: 'one-too-many' });
  await page.getByRole('button', { name: 'Next', exact: true }).click();
  await refusal(page, 'LimitExceededException').waitFor();
});

inPlayground('request quotas throttle once they are switched on, until the second is over', async (page) => {
  const id = await createKey(page, { alias: 'hurried' });
  await visitPage(page, 'World clock');
  await page.getByRole('button', { name: 'Freeze' }).click();
  await visitPage(page, 'Quotas');
  await choose(page, 'Change a request quota', /^symmetric/);
  await page.getByRole('button', { name: 'Change value' }).click();
  const dialog = page.getByRole('dialog', { name: /^Change quota/ });
  await dialog.getByRole('textbox', { name: 'Value' }).fill('1');
  await dialog.getByRole('button', { name: 'Save changes' }).click();
  await flash(page, 'The quota is changed.').waitFor();
  await table(page, 'Changed request quotas').getByText('1 per second').waitFor();
  await visitKey(page, id);
  await encrypt(page, 'not counted');
  await visitPage(page, 'Quotas');
  // The box is ticked once the world has answered: `check` would expect it at once.
  await page.getByLabel('Throttle requests').click();
  await page.getByText('Requests are counted and throttled.').waitFor();
  await visitKey(page, id);
  await encrypt(page, 'the first one');
  await ask(page);
  await refusal(part(page, 'Encrypt'), 'ThrottlingException').waitFor();
  await page.getByRole('banner').getByRole('button', { name: /World clock/ }).click();
  await page.getByRole('menuitem', { name: 'Advance 1 day' }).click();
  await flash(page, 'The clock is set.').waitFor();
  await encrypt(page, 'another second');
});
