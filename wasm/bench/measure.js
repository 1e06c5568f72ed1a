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

/** Microseconds per call of each of `calls`, which take turns: what else the machine does falls upon all alike. */
export async function side(calls, { rounds = 41, each = 50 } = {}) {
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
