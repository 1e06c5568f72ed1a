/** How the measures of this folder are taken and told: one line of JSON each, for `cargo xtask bench`. */

/** The middle one. */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1];
}

/** Tells one measure; `ours / theirs` shall be at most `at_most`, or `ours` where there is no `theirs`. */
export function tell(measure) {
  console.log(JSON.stringify(measure));
}

/** How many calls an engine needs until it has compiled what they run as well as it will. */
const WARM_UP = 5000;

/**
 * Microseconds per call of each of `calls`, which take turns: what else the machine does falls upon all alike. The median
 * counts, after a warm-up unless `warm` is 0, as for calls that take milliseconds.
 */
export async function side(calls, { rounds = 41, each = 50, warm = 0 } = {}) {
  for (const call of calls) {
    for (let turn = 0; turn < warm; turn += 1) await call();
  }
  const times = calls.map(() => []);
  for (let round = 0; round < rounds; round += 1) {
    for (const [at, call] of calls.entries()) {
      const start = performance.now();
      for (let turn = 0; turn < each; turn += 1) await call();
      times[at].push(((performance.now() - start) * 1000) / each);
    }
  }
  return times.map(median);
}

/** The same for calls of microseconds, after a warm-up. */
export function warm(calls) {
  return side(calls, { warm: WARM_UP });
}
