// What a lesson is: a case of `tests/cases/README.md`, with texts for people.
import type { Operation } from '../world/operations';

/** What a tile tells of a lesson before anybody has loaded it. */
export interface LessonHead {
  /** Its address, and the name of its file. */
  id: string;
  title: string;
  summary: string;
  teaches: readonly string[];
  minutes: number;
}

export interface Lesson extends LessonHead {
  /** The sentence of the case, which is the seed of its world. */
  name: string;
  steps: readonly Step[];
}

/** A step of a case; the tables of the README say what each member means. */
export interface Step {
  /** What is done and why it matters; references stand in it. */
  text: string;
  /** What was seen. */
  after?: string;
  /** The address of the page that shows it. */
  page?: string;

  call?: Operation;
  input?: unknown;
  region?: string;
  caller?: unknown;
  origin?: unknown;
  times?: number;
  exception?: string;
  message?: unknown;
  decisions?: unknown;

  advance?: string;
  set?: unknown;
  directory?: unknown;
  stores?: unknown;
  cluster?: string;
  proxy?: string;
  action?: unknown;
  audit?: unknown;
  enclave?: unknown;
  /** What is done outside of KMS. */
  outside?: string;

  as?: string;
  reply?: unknown;
  refused?: unknown;
  changes?: readonly string[];
}

/** When the clock of every case stands at its beginning. */
export const START = Date.UTC(2026, 0, 1);
