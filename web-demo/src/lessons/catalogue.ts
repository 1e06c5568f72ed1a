// All lessons: their heads at once, and the rest of each when it begins.
import heads from 'virtual:lesson-heads';
import type { Lesson, LessonHead } from './lesson';

export const HEADS = heads;

const LESSONS = import.meta.glob<Omit<Lesson, 'id'>>(['../scenarios/*.json', '!**/index.json'], { import: 'default' });

/** `undefined` where there is no lesson of this name. */
export async function lessonOf(id: string): Promise<Lesson | undefined> {
  const load = LESSONS[`../scenarios/${id}.json`];
  return load && { ...(await load()), id };
}

/** The lesson behind this one. */
export function nextOf(id: string): LessonHead | undefined {
  const at = HEADS.findIndex((head) => head.id === id);
  return at < 0 ? undefined : HEADS[at + 1];
}
