// The walk through a lesson: where somebody stands, and the next step.
import { useCallback, useMemo } from 'react';
import { callerName } from '../kms/identities';
import { useFinished, useFollowing, useStudy } from '../shell/lesson';
import { useAct } from '../shell/notifications';
import { useTravel } from '../shell/travel';
import { words } from '../words';
import { useClient } from '../world/context';
import { useByHand } from './by-hand';
import { read, written, type DoneStep, type Progress } from './kept';
import type { Lesson, Step } from './lesson';
import { kindOf, perform, placeOf } from './perform';
import { Missing, filled, type Values } from './values';

export type Walk = ReturnType<typeof useWalk>;

export function useWalk(lesson: Lesson) {
  const client = useClient();
  const [study, keep] = useStudy();
  const [finished, finish] = useFinished();
  const [following] = useFollowing();
  const { act, busy, refused } = useAct();
  const goTo = useGoTo();
  const kept = study?.id === lesson.id ? study.kept : '';
  const progress = useMemo(() => read(kept), [kept]);
  const next = lesson.steps[progress.done.length];

  const enter = useCallback(
    (done: DoneStep, values: Values) => {
      const grown: Progress = { done: [...progress.done, done], values };
      keep({ id: lesson.id, done: grown.done.length, of: lesson.steps.length, kept: written(grown) });
      if (grown.done.length === lesson.steps.length && !finished.includes(lesson.id)) finish([...finished, lesson.id]);
    },
    [lesson, progress, finished, keep, finish],
  );
  useByHand(busy ? undefined : next, progress.values, enter);
  const step = () =>
    act(async () => {
      if (!next || busy) return;
      const { values, ...done } = await perform(next, progress.values, client).catch(explained);
      enter(done, values);
      if (following) goTo(next, values, false);
    });
  return { lesson, progress, next, step: () => void step(), show: (step: Step) => goTo(step, progress.values, true), busy, refused };
}

/** Goes to the page of a step as its caller. Whoever has not asked for it keeps the focus. */
function useGoTo() {
  const travel = useTravel();
  return (step: Step, values: Values, asked: boolean) => {
    const { caller, ...place } = placeOf(step, values);
    // Services have no place in the bar.
    const to = !step.call ? {} : caller.startsWith('arn:') ? { caller, ...place } : { region: place.region };
    travel(to, pageOf(step, values), { asked });
  };
}

/** The address of the page of a step; `undefined` where it has none, or where an earlier step has left no name for it. */
export function pageOf({ page }: Step, values: Values): string | undefined {
  if (!page?.startsWith('#/')) return undefined;
  try {
    return filled(page, values, (value) => encodeURIComponent(String(value)));
  } catch {
    return undefined;
  }
}

/** What a step does, as its button says it. */
export function deedOf(step: Step): string {
  const kind = kindOf(step);
  if (kind === 'call') return step.call ?? '';
  return kind === 'advance' ? words.lesson.deeds.advance(step.advance ?? '') : words.lesson.deeds[kind];
}

/** Who does it and where, as far as that is known yet. */
export function byWhom(step: Step, values: Values): string | undefined {
  if (!step.call) return undefined;
  try {
    const { caller, region } = placeOf(step, values);
    return words.lesson.byWhom(callerName(caller), region);
  } catch {
    return undefined;
  }
}

function explained(thrown: unknown): never {
  throw thrown instanceof Missing ? new Error(words.lesson.missing(thrown.path)) : thrown;
}
