// Notifications at the top of the page: successes, and refusals in AWS's words.
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import Flashbar, { type FlashbarProps } from '@cloudscape-design/components/flashbar';
import { createContext, useCallback, useContext, useMemo, useState, type ReactNode } from 'react';
import { words } from '../words';
import { refusal, type Refusal } from '../world/refusal';

interface Notify {
  success(content: ReactNode): void;
  refused(thrown: unknown): void;
}

type Flash = FlashbarProps.MessageDefinition;

const Notification = createContext<{ notify: Notify; flashes: Flash[] } | null>(null);

/** More than these would bury the page. */
const MOST = 2;

let shown = 0;

export function NotificationProvider({ children }: { children: ReactNode }) {
  const [flashes, setFlashes] = useState<Flash[]>([]);
  const show = useCallback((flash: Flash) => {
    const id = `flash-${++shown}`;
    const onDismiss = () => setFlashes((flashes) => flashes.filter((other) => other.id !== id));
    const dismissible = { id, dismissible: true, dismissLabel: words.dismiss, onDismiss };
    setFlashes((flashes) => [{ ...flash, ...dismissible }, ...flashes.filter(isLasting)].slice(0, MOST));
  }, []);
  const notify = useMemo<Notify>(
    () => ({
      success: (content) => show({ type: 'success', content }),
      refused: (thrown) => show(refusalFlash(refusal(thrown))),
    }),
    [show],
  );
  return <Notification value={useMemo(() => ({ notify, flashes }), [notify, flashes])}>{children}</Notification>;
}

export function Notifications() {
  return <Flashbar items={useNotification().flashes} i18nStrings={words.flashbar} />;
}

export function useNotify(): Notify {
  return useNotification().notify;
}

/** Runs something that may be refused, tells how it ended, and says whether it is still running. */
export function useAct() {
  const notify = useNotify();
  const [busy, setBusy] = useState(false);
  const act = useCallback(
    async <T,>(action: () => Promise<T>, success?: (value: T) => ReactNode): Promise<T | undefined> => {
      setBusy(true);
      try {
        const value = await action();
        if (success) notify.success(success(value));
        return value;
      } catch (thrown) {
        notify.refused(thrown);
        return undefined;
      } finally {
        setBusy(false);
      }
    },
    [notify],
  );
  return { act, busy };
}

function useNotification() {
  const notification = useContext(Notification);
  if (!notification) throw new Error('This component is not inside the notifications.');
  return notification;
}

/** Of successes, only the last is news; refusals stay until they are dismissed. */
function isLasting({ type }: Flash): boolean {
  return type === 'error';
}

function refusalFlash({ code, message, reasons }: Refusal): Flash {
  // Some exceptions of AWS come without a sentence; the package then repeats their name.
  const sentence = message === code ? undefined : message;
  return { type: 'error', header: code, content: <Reasoned message={sentence} reasons={reasons} /> };
}

function Reasoned({ message, reasons }: { message: string | undefined; reasons: string[] }) {
  if (reasons.length === 0) return message;
  return (
    <>
      {message}
      <ExpandableSection headerText={words.reasons} headerAriaLabel={words.reasons}>
        {reasons.map((reason) => (
          <div key={reason}>{reason}</div>
        ))}
      </ExpandableSection>
    </>
  );
}
