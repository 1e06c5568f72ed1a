// The policy lab: who can do what, what would be decided, who gains and who loses, templates in, templates out.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { layer, putPolicy } from './access.mjs';
import { inPlayground } from './browser.mjs';
import { choose, createKey, flash, openTab, part, refusal, rows, visitPage } from './steps.mjs';

const CAROL = 'arn:aws:iam::111122223333:user/Carol';
const DAVE = 'arn:aws:iam::111122223333:user/Dave';

const allow = (...Action) => ({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource: '*' }] });

/** Registers principals with their policies. */
async function register(page, principals) {
  await page.evaluate(() => (location.hash = '#/directory/json'));
  await page.getByRole('textbox', { name: 'Entries as JSON' }).and(page.locator('[contenteditable=true]')).fill(JSON.stringify({ principals }));
  await page.getByRole('button', { name: 'Register entries' }).click();
  await flash(page, 'The entries are registered.').waitFor();
}

/** Opens a tab of the lab. */
async function openLab(page, tab) {
  await visitPage(page, 'Policy lab');
  await openTab(page, tab);
}

const person = (page, name) => rows(page, 'Who can').filter({ hasText: name });

inPlayground('the matrix tells who can do what to a key, and by what', async (page) => {
  await register(page, { [CAROL]: { policies: { reads: allow('kms:Decrypt') } }, [DAVE]: {} });
  await page.evaluate(() => (location.hash = '#/keys'));
  await createKey(page, { alias: 'asked' });
  await putPolicy(page, (statements) => [
    ...statements,
    {
      Sid: 'Tenants',
      Effect: 'Allow',
      Principal: { AWS: DAVE },
      Action: 'kms:Encrypt',
      Resource: '*',
      Condition: { StringEquals: { 'kms:EncryptionContext:tenant': 'blue' } },
    },
  ]);
  await openLab(page, 'Who can');
  // Carol by a policy of her own, Dave under a condition of the key policy.
  await person(page, CAROL).getByRole('button', { name: 'Yes' }).click();
  await page.getByText('By an identity policy:').waitFor();
  await page.getByText('reads, Statement 1').waitFor();
  await page.keyboard.press('Escape');
  await person(page, DAVE).getByRole('button', { name: 'Under conditions' }).click();
  await page.getByText('if kms:EncryptionContext:tenant StringEquals blue').waitFor();
  await page.keyboard.press('Escape');
  // What is known of the request settles it.
  await page.getByRole('button', { name: 'Add condition key' }).click();
  await page.getByRole('textbox', { name: 'Key', exact: true }).fill('kms:EncryptionContext:tenant');
  await page.getByRole('textbox', { name: 'Value', exact: true }).fill('blue');
  await person(page, DAVE).getByRole('button', { name: 'Yes' }).waitFor();
});

inPlayground('the decision stands beside the request, also for policies that nobody has installed', async (page) => {
  await register(page, { [CAROL]: { policies: { reads: allow('kms:Decrypt') } } });
  await page.evaluate(() => (location.hash = '#/keys'));
  await createKey(page, { alias: 'tried' });
  await openLab(page, 'Try a request');
  const asked = part(page, 'The request');
  const decided = part(page, 'The decision');
  await decided.getByText('Authorization lets the request through.').waitFor();
  await asked.getByRole('combobox', { name: 'Caller' }).fill(CAROL);
  await asked.getByRole('combobox', { name: 'Caller' }).blur();
  await layer(decided, 'Identity policies').getByText('Allows').waitFor();
  await choose(asked, 'Operation', /^Encrypt$/);
  await decided.getByText('Authorization refuses the request.').waitFor();
  await asked.getByRole('button', { name: 'Add identity policy' }).click();
  await decided.getByText('Authorization lets the request through.').waitFor();
  // Nothing of it is installed.
  await visitPage(page, 'Directory');
  await openTab(page, /^Users$/);
  await rows(page, 'Users').filter({ hasText: CAROL }).getByText('reads').waitFor();
});

inPlayground('before a key policy is installed it is seen who gains and who loses what', async (page) => {
  await register(page, { [CAROL]: { policies: { all: allow('kms:*') } } });
  await page.evaluate(() => (location.hash = '#/keys'));
  const key = await createKey(page, { alias: 'weighed' });
  await openLab(page, 'Before and after');
  await page.getByText('Edit the policy to see who gains and who loses.').waitFor();
  const editor = page.locator('.cm-content[contenteditable=true]');
  const deny = { Sid: 'NoUse', Effect: 'Deny', Principal: { AWS: CAROL }, Action: 'kms:Decrypt', Resource: '*' };
  const grant = { Sid: 'Other', Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::444455556666:root' }, Action: 'kms:Encrypt', Resource: '*' };
  const own = { Sid: 'Own', Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::111122223333:root' }, Action: 'kms:*', Resource: '*' };
  await editor.fill(JSON.stringify({ Version: '2012-10-17', Statement: [own, grant, deny] }));
  const change = (name) => rows(page, 'What changes').filter({ hasText: name });
  await change(CAROL).getByText('kms:Decrypt').waitFor();
  await change('444455556666').getByText('kms:Encrypt').first().waitFor();
  await page.getByRole('button', { name: 'Install this policy' }).click();
  await flash(page, 'The key policy is changed.').waitFor();
  await page.evaluate((key) => (location.hash = `#/keys/${key}/policy`), key);
  await page.getByText('NoUse').first().waitFor();
});

const TEMPLATE = `
AWSTemplateFormatVersion: '2010-09-09'
Parameters:
  Stage: {Type: String}
Resources:
  Orders:
    Type: AWS::KMS::Key
    Properties:
      Description: !Sub 'orders of \${Stage}'
      KeyPolicy:
        Version: '2012-10-17'
        Statement:
          - Effect: Allow
            Principal: {AWS: !Sub 'arn:aws:iam::\${AWS::AccountId}:root'}
            Action: kms:*
            Resource: '*'
  OrdersAlias:
    Type: AWS::KMS::Alias
    Properties: {AliasName: alias/orders, TargetKeyId: !Ref Orders}
  Bucket:
    Type: AWS::S3::Bucket
`;

const folder = mkdtempSync(join(tmpdir(), 'pocket-kms-'));
after(() => rmSync(folder, { recursive: true }));

/** Drags a template from the disk onto the page, and drops it. The page reads it when it is asked to. */
async function drop(page, text) {
  const file = join(folder, 'template.yaml');
  writeFileSync(file, text);
  const session = await page.context().newCDPSession(page);
  const drag = (type, place) => session.send('Input.dispatchDragEvent', { type, ...place, data: { items: [], files: [file], dragOperationsMask: 1 } });
  const middle = ({ x, y, width, height }) => ({ x: x + width / 2, y: y + height / 2 });
  const zone = page.getByText('Drop files here');
  const start = { x: 640, y: 400 };
  await drag('dragEnter', start);
  await drag('dragOver', start);
  const end = middle(await zone.boundingBox());
  // It is entered, and then dragged over.
  await Promise.all(['dragOver', 'dragOver', 'dragOver', 'drop'].map((type) => drag(type, end)));
  await page.getByRole('button', { name: 'Remove file 1' }).waitFor();
}

/** Chooses a template. */
const give = (page, text) => page.locator('input[type=file]').setInputFiles({ name: 'template.yaml', mimeType: 'text/yaml', buffer: Buffer.from(text) });

inPlayground('a template is dropped, seen through, and made; the world is exported again', async (page) => {
  await openLab(page, 'Templates');
  await drop(page, TEMPLATE);
  await page.getByRole('button', { name: 'Add parameter' }).click();
  await page.getByRole('textbox', { name: 'Key', exact: true }).fill('Stage');
  await page.getByRole('textbox', { name: 'Value', exact: true }).fill('test');
  await page.getByRole('button', { name: 'Read templates' }).click();
  await page.getByRole('list', { name: 'What is made' }).getByText('Orders (AWS::KMS::Key)').waitFor();
  await page.getByRole('list', { name: 'Left out' }).getByText('Bucket').first().waitFor();
  await page.getByRole('button', { name: 'Make it in this world' }).click();
  await flash(page, 'The templates are in this world').waitFor();
  await visitPage(page, 'Customer managed keys');
  await page.getByRole('link', { name: 'orders', exact: true }).waitFor();
  await openLab(page, 'Export');
  for (const [format, word] of [['CloudFormation', 'AWS::KMS::Key'], ['Terraform', 'aws_kms_key'], ['AWS CLI', 'kms create-key']]) {
    await page.getByRole('radio', { name: format }).or(page.getByRole('button', { name: format, exact: true })).first().click();
    await page.getByText(word).first().waitFor();
  }
});

inPlayground('a template with a mistake is refused with its place, and changes nothing', async (page) => {
  await openLab(page, 'Templates');
  await give(page, 'Resources:\n  Key:\n    Type: AWS::KMS::Key\n    Properties: [1,\n');
  await page.getByRole('button', { name: 'Read templates' }).click();
  await refusal(page, /template\.yaml:\d+/).waitFor();
});
