// The lesson that this browser is in, and how far it has come: what every page knows of it.
import { usePreference } from './preferences';

export interface Study {
  /** The name of the lesson. */
  id: string;
  /** How many steps are done, and of how many. */
  done: number;
  of: number;
  /** What came of them, as the lesson's own code writes and reads it. */
  kept: string;
}

const STUDY = 'lesson';

export function useStudy(): [Study | null, (study: Study | null) => void] {
  return usePreference<Study | null>(STUDY, null);
}

const NONE: readonly string[] = [];

/** The lessons that somebody has walked to their end. */
export function useFinished() {
  return usePreference<readonly string[]>('finished-lessons', NONE);
}

/** Whether the page goes to the things that a step is about. */
export function useFollowing() {
  return usePreference<boolean>('follow-lesson', true);
}
