// Whether the help panel is open, and on which topic: at first that of the page, and behind an Info link that of a part.
import type { AppLayoutProps } from '@cloudscape-design/components/app-layout';
import { useEffect, useRef, useSyncExternalStore } from 'react';
import type { TopicName } from '../help/topics';
import { parse } from '../routes';

interface Helping {
  open: boolean;
  /** What an Info link has asked for: `undefined` is the topic of its page. */
  asked: { topic: TopicName | undefined; page: string } | null;
}

let helping: Helping = { open: false, asked: null };
const watchers = new Set<() => void>();

function become(next: Helping): void {
  helping = next;
  for (const watcher of watchers) watcher();
}

function watch(watcher: () => void): () => void {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}

const pageNow = () => parse(window.location.hash).page;

/** Opens the help panel on a topic; without one, on that of the page. */
export function help(topic?: TopicName): void {
  become({ open: true, asked: { topic, page: pageNow() } });
}

export function setHelping(open: boolean): void {
  become({ open, asked: null });
}

export function useHelping() {
  const { open, asked } = useSyncExternalStore(watch, () => helping);
  const layout = useRef<AppLayoutProps.Ref>(null);
  // Who has asked hears the answer; when the panel closes, the focus comes back to the link.
  useEffect(() => {
    if (asked) layout.current?.focusToolsClose();
  }, [asked]);
  return { layout, open };
}

/** The topic that was asked for on this page. */
export function useAsked(page: string): TopicName | undefined {
  const { asked } = useSyncExternalStore(watch, () => helping);
  return asked?.page === page ? asked.topic : undefined;
}
