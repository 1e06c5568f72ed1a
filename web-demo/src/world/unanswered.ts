// Questions to somebody who may be gone before the answer: none of them waits for ever.
import { playgroundFault, type Refusal } from './refusal';

export class Unanswered {
  #waiting = new Set<(refusal: Refusal) => void>();

  /** The answer, or a refusal when nobody can give it any more. */
  wait<T>(answer: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      this.#waiting.add(reject);
      answer.then(resolve, reject).finally(() => this.#waiting.delete(reject));
    });
  }

  /** Says to all who wait that nobody will answer. */
  refuse(sentence: string): void {
    for (const reject of this.#waiting) reject(playgroundFault(sentence));
    this.#waiting.clear();
  }
}
