// The start page and its lessons: each is walked to its end, as a person would, and the page beside it follows.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { LOOKS, glance, look, walkedIn } from './every-page/looks.mjs';
import { inPlayground, visit } from './browser.mjs';
import { becomes, createKey, flash, keyAction } from './steps.mjs';

const read = (name) => JSON.parse(readFileSync(new URL(`../src/scenarios/${name}.json`, import.meta.url), 'utf8'));
const LESSONS = read('index').map((id) => ({ id, ...read(id) }));

const DESKTOP = LOOKS.desktop;

const panel = (page, { title }) => page.getByRole('region', { name: `Lesson: ${title}` });
const stepButton = (panel, number) => panel.getByRole('button', { name: new RegExp(`^Do step ${number}:`) });
const heading = (panel, name) => panel.getByRole('heading', { name, exact: true });
const open = (page, address) => page.evaluate((address) => (location.hash = address), address);

/** Opens a lesson by its address; gives its panel. */
async function begin(page, lesson) {
  await open(page, `#/lessons/${lesson.id}`);
  await stepButton(panel(page, lesson), 1).waitFor();
  await page.getByRole('heading', { level: 1, name: /^Customer managed keys/ }).waitFor();
  return panel(page, lesson);
}

/** Does a step by its button, and waits until it came out as the lesson tells. */
async function doStep(within, number) {
  await stepButton(within, number).click();
  const otherwise = heading(within, `Step ${number} came out otherwise than the lesson tells`);
  const done = heading(within, `Step ${number} is done`);
  await done.or(otherwise).or(within.getByRole('alert')).first().waitFor();
  if (await done.isVisible()) return;
  assert.fail(`step ${number}: ${await within.innerText()}`);
}

/** The address of the page of a step, without what its references stand for. */
const matches = (address) => new RegExp(`^${address.split(/\$\{[^}]*\}/).map(RegExp.escape ?? escaped).join('[^/]+')}$`);
const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');

async function walk(page, lesson) {
  const within = await begin(page, lesson);
  await look(page, `lesson ${lesson.id} begins`);
  for (const [at, step] of lesson.steps.entries()) {
    await doStep(within, at + 1);
    if (step.page) {
      await page.waitForURL(({ hash }) => matches(step.page).test(hash));
      await page.getByRole('heading', { level: 1 }).first().waitFor();
    }
    assert.doesNotMatch(await within.innerText(), /\$\{|undefined|\[object/, `the texts of step ${at + 1}`);
    // What a step opens is looked at in all looks elsewhere, and the panel beside it at both ends.
    await glance(page, `lesson ${lesson.id} step ${at + 1}`);
  }
  await heading(within, 'You have reached the end').waitFor();
  await look(page, `lesson ${lesson.id} ends`);
  await open(page, '#/');
  const tile = page.getByRole('listitem').filter({ has: page.getByRole('link', { name: lesson.title, exact: true }) });
  await tile.getByText('Finished').waitFor();
}

for (const [at, lesson] of LESSONS.entries()) {
  inPlayground(`the lesson "${lesson.title}" is walked to its end, and is clean`, (page) => walk(page, lesson), walkedIn(at));
}

const [FIRST, SECOND] = LESSONS;

inPlayground('the start page has a tile for every lesson', async (page) => {
  await open(page, '#/');
  for (const { title, summary } of LESSONS) {
    await page.getByRole('link', { name: title, exact: true }).waitFor();
    await page.getByText(summary).waitFor();
  }
}, DESKTOP);

inPlayground('the start page and a lesson are walked by keyboard alone', async (page) => {
  await open(page, '#/');
  const link = page.getByRole('link', { name: FIRST.title, exact: true });
  await link.waitFor();
  await tabTo(page, link);
  await page.keyboard.press('Enter');
  const within = panel(page, FIRST);
  for (const number of FIRST.steps.keys()) {
    // The focus comes to the first button, and stays on the button from then on.
    await waitForFocus(page, new RegExp(`^Do step ${number + 1}:`));
    await page.keyboard.press('Enter');
    await heading(within, `Step ${number + 1} is done`).waitFor();
  }
  await page.waitForFunction(() => document.activeElement?.textContent === 'You have reached the end');
}, DESKTOP);

async function tabTo(page, target) {
  for (let tabs = 0; tabs < 60; tabs += 1) {
    if (await target.evaluate((node) => node === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  assert.fail('the keyboard does not get there');
}

async function waitForFocus(page, name) {
  await page.waitForFunction((name) => new RegExp(name).test(document.activeElement?.textContent ?? ''), name.source);
}

inPlayground('a lesson goes on after a reload, with its names and its calls', async (page) => {
  const within = await begin(page, FIRST);
  await doStep(within, 1);
  await doStep(within, 2);
  await stepButton(within, 3).waitFor();
  const told = await within.innerText();
  await page.reload();
  await stepButton(within, 3).waitFor();
  await becomes(() => within.innerText(), told);
  await within.getByRole('button', { name: /^Why\?/ }).first().click();
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).first().click();
  for (let number = 3; number <= FIRST.steps.length; number += 1) await doStep(within, number);
}, DESKTOP);

inPlayground('a lesson leaves the own world as it is, and another one asks before it takes its place', async (page) => {
  const within = await begin(page, FIRST);
  await doStep(within, 1);
  await open(page, `#/lessons/${SECOND.id}`);
  await page.getByRole('main').getByText('Its world is lost when this lesson begins').waitFor();
  await stepButton(within, 2).waitFor();
  await page.getByRole('button', { name: 'Begin this lesson' }).click();
  await stepButton(panel(page, SECOND), 1).waitFor();
  await open(page, '#/');
  await page.getByRole('button', { name: 'Open your own world' }).click();
  await page.getByText('There are no keys in this account and Region yet.').waitFor();
  await panel(page, SECOND).waitFor({ state: 'detached' });
}, DESKTOP);

inPlayground('who does steps by hand on the page is as far as who does them by the button', async (page) => {
  const [{ input: key }, { input: alias }] = FIRST.steps;
  const within = await begin(page, FIRST);
  // The wizard makes the calls of the first two steps.
  await createKey(page, { alias: alias.AliasName.replace('alias/', ''), description: key.Description });
  await heading(within, 'Step 2 is done: you did it yourself').waitFor();
  await doStep(within, 3);
  await doStep(within, 4);
}, DESKTOP);

inPlayground('a step that comes out otherwise says what the lesson tells and what is there, and the lesson can begin again', async (page) => {
  const within = await begin(page, FIRST);
  await doStep(within, 1);
  await doStep(within, 2);
  await keyAction(page, 'Disable');
  await flash(page, '1 key disabled.').waitFor();
  await stepButton(within, 3).click();
  await heading(within, 'Step 3 came out otherwise than the lesson tells').waitFor();
  await within.getByText('The lesson tells: a reply').waitFor();
  await within.getByText('DisabledException').first().waitFor();
  await look(page, 'a step that came out otherwise');
  // The next step needs what this one has not left.
  await stepButton(within, 4).click();
  await within.getByRole('alert').getByText('This step needs sealed.CiphertextBlob from an earlier step').waitFor();
  await within.getByRole('button', { name: 'Start again' }).click();
  for (let number = 1; number <= 4; number += 1) await doStep(within, number);
}, DESKTOP);

inPlayground('who does not want to be led stays on the page, and goes to that of a step by its link', async (page) => {
  const within = await begin(page, FIRST);
  await within.getByLabel('Go there by itself after each step').uncheck();
  await doStep(within, 1);
  await page.getByRole('link', { name: '-', exact: true }).or(page.getByRole('grid').getByRole('link')).first().waitFor();
  assert.match(page.url(), /#\/keys$/);
  await within.getByRole('button', { name: 'Go to the page of this step' }).click();
  await page.waitForURL(({ hash }) => matches(FIRST.steps[0].page).test(hash));
  // Whoever asks for a page arrives there.
  await page.waitForFunction(() => document.activeElement?.tagName === 'H1');
}, DESKTOP);

inPlayground('another tab is as far in the lesson', async (page, { context }) => {
  const within = await begin(page, FIRST);
  await doStep(within, 1);
  const { page: other } = await visit(context, page.url());
  await stepButton(panel(other, FIRST), 2).waitFor();
  await doStep(panel(other, FIRST), 2);
  await stepButton(within, 3).waitFor();
  await doStep(within, 3);
}, DESKTOP);

inPlayground('a lesson that does not exist is told, whatever its name', async (page) => {
  await open(page, '#/lessons/<img src=x onerror=alert(1)>');
  await page.getByText('There is no lesson called “<img src=x onerror=alert(1)>”.').waitFor();
  await page.getByRole('link', { name: 'See all lessons' }).click();
  await page.getByRole('link', { name: FIRST.title, exact: true }).waitFor();
});
