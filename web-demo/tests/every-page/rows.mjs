// What a row of the table of pages is.

/**
 * A stop: what it is called, what a person does to get there, and, where it is a page of `routes.ts`, which one. What the
 * steps make for later ones, they put into `made`. `title` is what the window is called, where that is not for the page
 * to say.
 */
export function stop(where, steps, page = undefined, title = undefined) {
  return { where, steps, page, title };
}

/** Follows an address, which a phone does too: its navigation is folded. */
export async function open(page, address, heading) {
  await page.evaluate((address) => (location.hash = address), address);
  await page.getByRole('heading', { level: 1, name: heading }).waitFor();
}

export const button = (within, name) => within.getByRole('button', { name, exact: typeof name === 'string' });

export const dialog = (page, name) => page.getByRole('dialog', { name });
