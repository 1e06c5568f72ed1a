/** Tells a case of `tests/cases` to a world; runs in Node and in browsers alike. */

import { outside } from '../../../web-demo/src/scenarios/outside.js';
import { evaluate, START } from './values.js';
import { difference } from './expect.js';

/** Tells a case; throws an error that says where and what on a difference. */
export async function tell(story, PocketKms) {
  const kms = await PocketKms.create({ seed: story.name, now: START });
  const told = { kms, replies: {}, enclaves: {}, seen: 0 };
  for (const [at, step] of story.steps.entries()) {
    const failure = await tellStep(step, told).catch((error) => error.message);
    if (failure) throw new Error(`step ${at + 1}: ${failure}`);
  }
  kms.dispose();
}

/** Gives the difference, if there is one. */
async function tellStep(step, told) {
  if (step.advance !== undefined) told.kms.clock.advance(step.advance);
  else if (step.set !== undefined) told.kms.settings.update(evaluate(step.set, told.replies));
  else if (step.directory !== undefined) {
    const failure = await tellDirectory(step, told);
    if (failure) return failure;
  } else if (step.stores !== undefined || step.action !== undefined || step.audit !== undefined) {
    const failure = tellOwner(step, told);
    if (failure) return failure;
  } else if (step.enclave !== undefined) {
    const enclave = await told.kms.enclave(evaluate(step.enclave, told.replies));
    told.enclaves[step.as] = enclave;
    told.replies[step.as] = enclave.recipient();
  } else if (step.outside !== undefined) {
    const failure = await tellOutside(step, told);
    if (failure) return failure;
  } else {
    for (let count = 1; count <= (step.times ?? 1); count += 1) {
      told.replies.count = count;
      const failure = await tellCall(step, told);
      if (failure) return failure;
    }
  }
  return changesDiffer(step, told);
}

async function tellDirectory(step, { kms, replies }) {
  try {
    await kms.directory.register(evaluate(step.directory, replies));
  } catch (error) {
    return step.refused ? difference(step.refused, error.message, 'directory', replies) : `directory: ${error.message}`;
  }
  return step.refused && 'directory: it is not refused';
}

/** What the owner of what key stores stand on registers or does, or asks of what was recorded. */
function tellOwner(step, { kms, replies }) {
  const kind = ['stores', 'cluster', 'proxy', 'audit'].find((kind) => step[kind] !== undefined);
  try {
    const reply = done(step, kind, kms, replies);
    if (step.as) replies[step.as] = reply;
    return step.refused ? `${kind}: it is not refused` : difference(step.reply ?? {}, reply ?? {}, kind, replies);
  } catch (error) {
    return step.refused ? difference(step.refused, error.message, kind, replies) : `${kind}: ${error.message}`;
  }
}

function done(step, kind, kms, replies) {
  if (kind === 'stores') return kms.stores.register(evaluate(step.stores, replies));
  if (kind !== 'audit') return act(step, kms, replies);
  const { question, ...members } = evaluate(step.audit, replies);
  return kms.audit.ask(question, members);
}

function act(step, kms, replies) {
  const { do: action, ...members } = evaluate(step.action, replies);
  const [owned, name] = step.cluster ? [kms.clusters, step.cluster] : [kms.stores.proxies, step.proxy];
  const acted = owned.get(evaluate(name, replies));
  return acted.do(action, members);
}

/** What is done outside of KMS: by the host's own cryptography, or in an enclave. */
async function tellOutside(step, { enclaves, replies }) {
  try {
    const input = evaluate(step.input, replies);
    const reply = step.outside === 'unwrap' ? unwrapped(enclaves, input) : await outside(step.outside, input);
    if (step.as) replies[step.as] = reply;
    return step.refused ? `${step.outside}: it is not refused` : difference(step.reply ?? {}, reply, step.outside, replies);
  } catch (error) {
    return step.refused ? difference(step.refused, error.message, step.outside, replies) : `${step.outside}: ${error.message}`;
  }
}

function unwrapped(enclaves, { Enclave, CiphertextForRecipient }) {
  return { Plaintext: enclaves[Enclave].unwrap(CiphertextForRecipient) };
}

async function tellCall(step, { kms, replies }) {
  const filled = (value) => (value === undefined ? undefined : evaluate(value, replies));
  const place = { region: filled(step.region), caller: filled(step.caller), origin: filled(step.origin) };
  const input = filled(step.input);
  if (step.decisions) {
    const { decisions } = await kms.explain(step.call, input, place);
    const failure = difference(step.decisions, decisions, `${step.call} explained`, replies);
    if (failure) return failure;
  }
  const answer = await kms.call(step.call, input, place).then((reply) => ({ reply }), (error) => ({ error }));
  if (step.exception) return refusalDiffers(step, answer, replies);
  if (answer.error) return `${step.call}: ${answer.error.code}: ${answer.error.message}`;
  if (step.as) replies[step.as] = answer.reply;
  return difference(step.reply ?? {}, answer.reply, step.call, replies);
}

function refusalDiffers(step, { reply, error }, replies) {
  if (!error) return `${step.call}: expected ${step.exception}, found the reply ${JSON.stringify(reply)}`;
  if (error.code !== step.exception) {
    return `${step.call}: expected ${step.exception}, found ${error.code}: ${error.message}`;
  }
  if (step.decisions) {
    const failure = difference(step.decisions, error.decisions, `${step.call} denied`, replies);
    if (failure) return failure;
  }
  // An error of JavaScript always has a message; where AWS says nothing, it is the code.
  return difference(step.message ?? step.exception, error.message, `${step.call}: message`, replies);
}

function changesDiffer(step, told) {
  const changes = told.kms.changes(told.seen);
  told.seen = changes.at(-1)?.number ?? told.seen;
  const tables = [...new Set(changes.map((change) => change.table))].sort().join();
  // A refused call changes nothing.
  const expected = step.changes?.join() ?? (step.exception || step.refused ? '' : undefined);
  if (expected === undefined || expected === tables) return undefined;
  return `expected changes in [${expected}], found [${tables}]`;
}
