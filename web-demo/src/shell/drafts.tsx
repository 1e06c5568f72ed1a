// What was typed and not saved yet. It outlives the tab of a key and its page; the browser asks before it is lost.
import { createContext, useCallback, useContext, useEffect, useMemo, useState, type ReactNode } from 'react';
import { usePlace } from '../world/context';

type Drafts = ReadonlyMap<string, unknown>;

interface Keeping {
  drafts: Drafts;
  keep(name: string, draft: unknown): void;
  forget(): void;
}

const Kept = createContext<Keeping | null>(null);

export function DraftsProvider({ children }: { children: ReactNode }) {
  const [drafts, setDrafts] = useState<Drafts>(new Map());
  const keep = useCallback((name: string, draft: unknown) => setDrafts((drafts) => changed(drafts, name, draft)), []);
  const forget = useCallback(() => setDrafts(new Map()), []);
  const any = drafts.size > 0;
  useEffect(() => {
    if (!any) return undefined;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [any]);
  return <Kept value={useMemo(() => ({ drafts, keep, forget }), [drafts, keep, forget])}>{children}</Kept>;
}

/** The draft of this name in the chosen Region; `null` where there is none, and to forget it. */
export function useDraft<T>(name: string): [T | null, (draft: T | null) => void] {
  const { drafts, keep } = useKept();
  const { region } = usePlace();
  const full = `${region} ${name}`;
  return [(drafts.get(full) as T | undefined) ?? null, useCallback((draft: T | null) => keep(full, draft), [keep, full])];
}

/** Forgets all drafts, together with the world that they are about. */
export function useForgetDrafts(): () => void {
  return useKept().forget;
}

function useKept(): Keeping {
  const kept = useContext(Kept);
  if (!kept) throw new Error('This component is not inside the drafts.');
  return kept;
}

function changed(drafts: Drafts, name: string, draft: unknown): Drafts {
  const next = new Map(drafts);
  if (draft === null) next.delete(name);
  else next.set(name, draft);
  return next;
}
