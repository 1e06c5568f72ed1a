// Topics of the help panel: the start page and its lessons.
import { guide, type Topic } from './topic';

export const lessonTopics = {
  start: {
    title: 'Lessons and worlds',
    text: [
      'A lesson begins in a world of its own: everybody who takes it gets the same key IDs and the same ciphertexts, and a clock that stands at the first of January 2026. Your own world waits as you left it.',
      'The panel beside the page says what the next call does and why. Its button makes the call, as the caller and in the Region that the lesson names, and the page shows what has changed. You may also make the call by hand, on the page.',
      'Beside each call stand "Why?", "As code" and its record, as everywhere in the playground.',
    ],
    more: [guide('overview', 'AWS Key Management Service'), guide('concepts', 'AWS KMS keys')],
  },
  lesson: {
    title: 'A lesson',
    text: [
      'The panel tells how far you are, also after a reload and in another tab. Where a call comes out otherwise than the lesson tells, because the world was changed beside it, the panel says so: go on, or start again.',
      'Only one world is visited at a time. Another lesson takes the place of this one, after a question.',
    ],
    more: [guide('overview', 'AWS Key Management Service')],
  },
} satisfies Record<string, Topic>;
