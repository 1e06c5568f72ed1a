/** Exports of records: their pages, and the files that these stand for. */

/** The pages of an export, each with its files; those in the form of LookupEvents are one. */
export function* pagesOf(ask, after) {
  const events = [];
  for (let page = { next: after, more: true }; page.more;) {
    page = ask(page.next);
    for (const event of page.events ?? []) events.push(event);
    if (page.events === undefined) yield { ...page, files: page.files ?? [{ name: 'records.jsonl', text: page.text }] };
    else if (!page.more) yield { ...page, files: [{ name: 'events.json', text: JSON.stringify({ Events: events }) }] };
  }
}

/** All of them: texts by the names of files, and where the next export begins. */
export function gathered(pages) {
  const told = { files: {} };
  for (const { files, next, dropped } of pages) {
    for (const { name, text } of files) told.files[name] = (told.files[name] ?? '') + text;
    Object.assign(told, { next, dropped });
  }
  return told;
}
