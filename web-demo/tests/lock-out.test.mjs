// The lock-out: every step is a call, and the ways back work.
import { closeDialog, why } from './access.mjs';
import { inPlayground } from './browser.mjs';
import { part, refusal, visitPage } from './steps.mjs';

const step = (page, name) => page.getByRole('region', { name });

async function ask(page, name) {
  const here = step(page, name);
  await here.getByRole('button', { name: /^Call / }).click();
  return here;
}

async function works(page, name) {
  await (await ask(page, name)).getByText('KMS did it.').waitFor();
}

async function isRefused(page, name, exception) {
  await refusal(await ask(page, name), exception).waitFor();
}

inPlayground('a lock-out is walked through, in and out again', async (page) => {
  await visitPage(page, 'Lock-out');
  await works(page, /^1\. A key/);
  await isRefused(page, /^2\. Bob wants/, 'MalformedPolicyDocumentException');
  await refusal(step(page, /^2\. Bob wants/), 'The new key policy will not allow you to update the key policy in the future.').waitFor();
  await works(page, /^3\. Bob bypasses/);
  await isRefused(page, /^4\. Bob is shut out/, 'AccessDeniedException');
  await isRefused(page, /^5\. So is the root user/, 'AccessDeniedException');
  const dialog = await why(step(page, /^5\. So is the root user/), 'PutKeyPolicy');
  await dialog.getByText('Alice manages the key').first().waitFor();
  await closeDialog(dialog);
  await works(page, /^6\. A way back/);
  await works(page, /^7\. The account has its key again/);
  await works(page, /^8\. Everybody is shut out/);
  await isRefused(page, /^9\. Nobody can change/, 'AccessDeniedException');
  await isRefused(page, /^10\. Nor delete/, 'AccessDeniedException');
  await part(page, 'The last way back: AWS Support').getByText('AWS Support').first().waitFor();
  // A reload goes on where it was.
  await page.reload();
  await step(page, /^10\. Nor delete/).getByText('Done').waitFor();
  await page.getByRole('button', { name: 'Start again' }).click();
  await step(page, /^1\. A key/).getByText('Done').waitFor({ state: 'detached' });
  await works(page, /^1\. A key/);
});
