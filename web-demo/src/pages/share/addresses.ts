// What a page of documentation writes to show a playground.
import { pageAddress } from '../../shell/visiting/link';

export function frameOf(link: string | undefined, title: string): string {
  const fragment = link?.split('#')[1];
  const address = `${pageAddress()}?embed${fragment === undefined ? '' : `#${fragment}`}`;
  return `<iframe src="${address}" title="${title}" width="100%" height="640" loading="lazy"></iframe>`;
}
