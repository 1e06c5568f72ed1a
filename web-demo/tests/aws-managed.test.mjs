// AWS managed keys: predefined aliases, a key that is made when one is described, and nothing to change in it.
import { closeDialog, layer, why } from './access.mjs';
import { inPlayground } from './browser.mjs';
import { flash, visitPage } from './steps.mjs';

const alias = (page, name) => page.getByRole('grid', { name: 'AWS managed keys' }).getByRole('row').filter({ hasText: name });

inPlayground('an AWS managed key is made when its alias is described, and nobody disables it', async (page) => {
  await visitPage(page, 'AWS managed keys');
  await alias(page, 'aws/s3').getByRole('button', { name: 'Describe alias/aws/s3' }).click();
  await page.getByText('The key of alias/aws/s3 exists now.').first().waitFor();
  await alias(page, 'aws/s3').getByRole('link').last().click();
  await page.getByRole('button', { name: 'Key actions' }).click();
  await page.getByRole('menuitem', { name: 'Disable' }).click();
  await flash(page, 'AccessDeniedException').waitFor();
  const dialog = await why(page.getByRole('region', { name: 'Notifications' }), 'DisableKey');
  await layer(dialog, 'Key policy').getByText('Decides').first().waitFor();
  await closeDialog(dialog);
  await visitPage(page, 'Customer managed keys');
  await page.getByText('There are no keys').waitFor();
});
