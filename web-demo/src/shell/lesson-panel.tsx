// Where the panel of a lesson stands: beside the page while its world is visited, and below it on a narrow screen.
import type { AppLayoutProps } from '@cloudscape-design/components/app-layout';
import { Suspense, lazy, useState } from 'react';
import { isNarrow } from './navigation';
import { usePreference } from './preferences';
import { side } from './visiting/frame';
import { useVisiting } from './visiting/visiting';

const LessonPanel = lazy(() => import('../lessons/panel'));

const SIZE = 400;
const PHONE_SHARE = 0.33;

type Panel = Pick<
  AppLayoutProps,
  'splitPanel' | 'splitPanelOpen' | 'onSplitPanelToggle' | 'splitPanelPreferences' | 'onSplitPanelPreferencesChange' | 'splitPanelSize' | 'onSplitPanelResize'
>;

/** What the layout is told of it. All but the panel is told outside of lessons, too: it would not listen later. */
export function useLessonPanel(): Panel {
  const id = useVisitedLesson();
  const [open, setOpen] = useState(true);
  const [position, setPosition] = usePreference<'side' | 'bottom'>('lesson-position', 'side');
  const [size, setSize] = useState(firstSize);
  return {
    // Of two places side by side, none is the lesson's.
    splitPanel: id !== undefined && side === null && (
      <Suspense fallback={null}>
        <LessonPanel id={id} />
      </Suspense>
    ),
    splitPanelOpen: open,
    onSplitPanelToggle: ({ detail }) => setOpen(detail.open),
    splitPanelPreferences: { position },
    onSplitPanelPreferencesChange: ({ detail }) => setPosition(detail.position),
    splitPanelSize: size,
    onSplitPanelResize: ({ detail }) => setSize(detail.size),
  };
}

/** On a phone the panel lies below the page, which is what a lesson is about: it has most of the room, until somebody pulls. */
function firstSize(): number {
  return isNarrow() ? Math.round(window.innerHeight * PHONE_SHARE) : SIZE;
}

/** The lesson whose world is open. */
export function useVisitedLesson(): string | undefined {
  const visiting = useVisiting();
  return visiting?.kind === 'lesson' ? visiting.id : undefined;
}
