// Arriving at a page, as everybody notices it: the title of the window, and the heading in the focus.
import { useEffect, useRef } from 'react';
import { breadcrumbs } from '../navigation-config';
import type { Route } from '../routes';
import { words } from '../words';

/** How long a page may take to show its heading, in milliseconds. */
const PATIENCE = 10_000;

/** The address to which the page went by itself, for as long as it stays there. */
let unasked: string | undefined;

/** Nobody has asked for the page that comes next: the focus stays where it is. */
export function arriveUnasked(): void {
  unasked = window.location.hash;
}

export function useArrival(route: Route): void {
  const title = breadcrumbs(route).at(-1)?.text ?? words.title;
  const arrived = useRef(title);
  useEffect(() => {
    document.title = `${title} | ${words.title}`;
    // Who has just opened the playground has not asked for a page.
    if (arrived.current === title) return undefined;
    arrived.current = title;
    if (unasked === window.location.hash) return undefined;
    unasked = undefined;
    return focusHeading();
  }, [title]);
}

/** Tries at every frame until the heading has the focus: it may first have to be loaded, or to become visible. */
export function focusHeading(): () => void {
  const patience = performance.now() + PATIENCE;
  let frame = 0;
  const look = () => {
    const heading = document.querySelector<HTMLElement>('main h1');
    heading?.setAttribute('tabindex', '-1');
    heading?.focus({ preventScroll: true });
    const done = heading !== null && document.activeElement === heading;
    if (!done && performance.now() < patience) frame = requestAnimationFrame(look);
  };
  frame = requestAnimationFrame(look);
  return () => cancelAnimationFrame(frame);
}
