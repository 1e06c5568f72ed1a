// Addresses of this playground, as other pages name it.

/** Without what follows the `#`, and without any query. */
export function pageAddress(): string {
  const { origin, pathname } = window.location;
  return `${origin}${pathname}`;
}

/** What a page of documentation writes to show a playground. */
export function frameOf(link: string | undefined, title: string): string {
  const [, fragment = ''] = (link ?? '').split('#');
  const address = `${pageAddress()}?embed${fragment && `#${fragment}`}`;
  return `<iframe src="${address}" title="${title}" width="100%" height="640" loading="lazy"></iframe>`;
}
