/** A seeded world, replayed: every reply as JSON writes it. Runs in Node and in browsers. */

/** The calls of a golden file, each with the reply of today. */
export async function replayed(lines, PocketKms) {
  const kms = await PocketKms.create({ seed: 'golden', now: new Date(1_767_225_600_500) });
  const calls = [];
  for (const { call, input, region } of lines) {
    calls.push({ call, input, region, reply: plain(await kms.call(call, input, { region })) });
  }
  return calls.map((call) => JSON.stringify(call));
}

/** Bytes as base64, instants as seconds. */
function plain(value) {
  if (value instanceof Uint8Array) return btoa(String.fromCharCode(...value));
  if (value instanceof Date) return value.getTime() / 1000;
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, plain(member)]));
}
