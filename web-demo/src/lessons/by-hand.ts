// A step that a person does on the page instead of by the button: the lesson notices and goes on.
import { useEffect, useRef } from 'react';
import { useCalls } from '../world/context';
import type { MadeCall } from '../world/protocol';
import { isEqual, parsed } from './judge';
import type { DoneStep } from './kept';
import type { Step } from './lesson';
import { isOfLesson, judgeCall, placeOf } from './perform';
import { evaluate, isStructure, type Values } from './values';

type Enter = (done: DoneStep, values: Values) => void;

/** Enters the next step when a call of the page has done it. */
export function useByHand(next: Step | undefined, values: Values, enter: Enter): void {
  const calls = useCalls();
  const seen = useRef(calls.at(-1)?.number ?? 0);
  useEffect(() => {
    const news = calls.filter(({ number }) => number > seen.current);
    seen.current = calls.at(-1)?.number ?? 0;
    const call = next && news.find((call) => !isOfLesson(call) && isStep(next, call, values));
    if (!call) return;
    const { as } = next;
    const refused = call.code === undefined ? undefined : { code: call.code, message: '' };
    enter({ calls: [call], refused, byHand: true }, as === undefined ? values : { ...values, [as]: call.output });
  }, [calls, next, values, enter]);
}

/** Whether the call is what the step asks for, and came out as the lesson tells. */
export function isStep(step: Step, call: MadeCall, values: Values): boolean {
  if (!call.acted || call.operation !== step.call || step.times !== undefined) return false;
  try {
    return isSamePlace(step, call, values) && asks(step, call, values) && tells(step, call, values);
  } catch {
    // It needs what an earlier step has not left.
    return false;
  }
}

function isSamePlace(step: Step, { place }: MadeCall, values: Values): boolean {
  const { region, caller } = placeOf(step, values);
  return place.region === region && place.caller === caller;
}

function asks(step: Step, { recorded }: MadeCall, values: Values): boolean {
  const wanted = evaluate(step.input ?? {}, values);
  const asked = recorded?.input;
  if (!isStructure(wanted) || !asked) return false;
  return Object.entries(wanted).every(([name, value]) => {
    const other: unknown = asked[name];
    return name === 'KeyId' ? mayBeSameKey(value, other) : isSame(value, other);
  });
}

/** A key has four names; where one of two is an alias, the reply tells. */
function mayBeSameKey(one: unknown, other: unknown): boolean {
  const [wanted, asked] = [String(one), String(other)];
  const isAlias = [wanted, asked].some((name) => name.includes('alias/'));
  return isAlias || wanted.split('/').at(-1) === asked.split('/').at(-1);
}

function isSame(wanted: unknown, asked: unknown): boolean {
  if (isEqual(wanted, asked)) return true;
  return typeof wanted === 'string' && wanted.startsWith('{') && isEqual(JSON.parse(wanted), parsed(asked));
}

function tells(step: Step, call: MadeCall, values: Values): boolean {
  if (step.exception !== undefined || call.code !== undefined) return step.exception === call.code;
  return judgeCall(step, { reply: call.output, calls: [call] }, values) === undefined;
}
