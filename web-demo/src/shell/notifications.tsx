// Notifications at the top of the page: successes, and refusals of what has no place of its own in the page.
import Flashbar, { type FlashbarProps } from '@cloudscape-design/components/flashbar';
import { createContext, useCallback, useContext, useEffect, useId, useMemo, useState, type ReactNode } from 'react';
import { wouldSucceed } from '../parts/dry-run';
import { Told } from '../parts/told';
import { Sentences } from '../parts/refused';
import { parse, useAddress } from '../routes';
import { words } from '../words';
import { useClient, usePlace, type Call } from '../world/context';
import type { MadeCall, Place } from '../world/protocol';
import { refusal, type Refusal } from '../world/refusal';
import { useStandingNews } from './standing-news';

interface Flash extends FlashbarProps.MessageDefinition {
  /** What acted: its next success takes back its refusals. */
  source: string;
  /** The page, the Region and the caller that it is about: it is not news anywhere else. */
  scene: string;
}

type News = Pick<Flash, 'type' | 'header' | 'content'>;
type Tell = (source: string, told: News) => void;

const Notification = createContext<{ tell: Tell; flashes: Flash[] } | null>(null);

/** More than these would bury the page. */
const MOST = 2;

let shown = 0;

export function NotificationProvider({ children }: { children: ReactNode }) {
  const [flashes, setFlashes] = useState<Flash[]>([]);
  const place = usePlace();
  const scene = sceneOf(useAddress(), place);
  const tell = useCallback<Tell>(
    (source, told) => {
      const id = `flash-${++shown}`;
      const onDismiss = () => setFlashes((flashes) => flashes.filter((other) => other.id !== id));
      // The address is the page's own by now, even where React has not seen it yet.
      const flash = { ...told, id, source, scene: sceneOf(window.location.hash, place), dismissible: true, dismissLabel: words.dismiss, onDismiss };
      setFlashes((flashes) => [flash, ...flashes.filter((other) => isLasting(other) && other.source !== source)].slice(0, MOST));
    },
    [place],
  );
  // Who comes back later finds nothing old.
  useEffect(() => setFlashes((flashes) => flashes.filter((flash) => flash.scene === scene)), [scene]);
  const visible = useMemo(() => flashes.filter((flash) => flash.scene === scene), [flashes, scene]);
  return <Notification value={useMemo(() => ({ tell, flashes: visible }), [tell, visible])}>{children}</Notification>;
}

/** `standing` are not news: they stay above the others. */
export function Notifications({ standing }: { standing: FlashbarProps.MessageDefinition[] }) {
  return <Flashbar items={[...useStandingNews(), ...standing, ...useNotification().flashes]} i18nStrings={words.flashbar} />;
}

/** Runs something that may be refused, says whether it still runs, and gives its refusal to be shown beside it. */
export function useAct() {
  const [refused, setRefused] = useState<Refusal>();
  return { ...useRun(useId(), setRefused), refused };
}

/** The same for what has no place of its own, such as an entry of a menu: its refusal is a notification. */
export function useMenuAct() {
  const { tell } = useNotification();
  const source = useId();
  const refuse = useCallback(
    (why: Refusal | undefined) => why && tell(source, { type: wouldSucceed(why.code) ? 'success' : 'error', header: why.code, content: <Sentences refusal={why} /> }),
    [tell, source],
  );
  return useRun(source, refuse);
}

/** `refuse` hears how it ended, and `undefined` when something begins anew. */
function useRun(source: string, refuse: (why: Refusal | undefined) => void) {
  const { tell } = useNotification();
  const client = useClient();
  const place = usePlace();
  const [busy, setBusy] = useState(false);
  /** The calls of the last action, which can be asked why they were allowed. */
  const [told, setTold] = useState<readonly MadeCall[]>([]);
  // `lesson` gets the calls, too: with one list, several actions are one piece of code.
  const act = useCallback(
    async <T,>(action: (call: Call) => Promise<T>, success?: (value: T) => ReactNode, lesson: MadeCall[] = []): Promise<T | undefined> => {
      const heard: MadeCall[] = [];
      const hear = (told: MadeCall) => [heard, lesson].forEach((list) => list.push(told));
      setBusy(true);
      refuse(undefined);
      try {
        const value = await action((operation, input) => client.call(operation, input, place, hear));
        setTold(heard);
        if (success) tell(source, { type: 'success', content: <Success calls={heard} lesson={[...lesson]}>{success(value)}</Success> });
        return value;
      } catch (thrown) {
        refuse(refusal(thrown));
        return undefined;
      } finally {
        setBusy(false);
      }
    },
    [tell, source, refuse, client, place],
  );
  return { act, busy, told };
}

function Success({ calls, lesson, children }: { calls: readonly MadeCall[]; lesson: readonly MadeCall[]; children: ReactNode }) {
  return (
    <>
      {children} <Told calls={calls} lesson={lesson} />
    </>
  );
}

function useNotification() {
  const notification = useContext(Notification);
  if (!notification) throw new Error('This component is not inside the notifications.');
  return notification;
}

/** The tabs of a key are one scene: what goes away moves what a person is about to click. */
function sceneOf(address: string, { region, caller }: Place): string {
  const route = parse(address);
  return [route.page, route.page === 'key' ? route.keyId : '', region, caller].join(' ');
}

/** Of successes, only the last is news; refusals stay until they are dismissed, or the scene changes. */
function isLasting({ type }: Flash): boolean {
  return type === 'error';
}
