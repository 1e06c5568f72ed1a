/** The types of metrics and alarms of CloudWatch. */

import type { Instant, RecordFilter } from './records.cjs';

/** Which metrics are meant; what is left out may be anything. */
export interface MetricChoice {
  /** `AWS/KMS` or `AWS/Usage`. */
  namespace?: string | undefined;
  name?: string | undefined;
  /** Dimensions that it has; `null` stands for any value. */
  dimensions?: Readonly<Record<string, string | null>> | undefined;
  account?: string | undefined;
  region?: string | undefined;
}

/** Of what the data is, and how it is taken together. */
export interface MetricDataOptions extends Omit<MetricChoice, 'name'> {
  /** `Sum`, `Average`, `Minimum`, `Maximum`, `SampleCount` or a percentile such as `p99`. */
  statistic?: string | undefined;
  /** In seconds, a multiple of 60; 60 without it. */
  period?: number | undefined;
  /** Three hours before the end without it. */
  from?: Instant | undefined;
  /** Now without it. */
  to?: Instant | undefined;
}

/** A metric of CloudWatch. */
export interface Metric {
  account: string;
  region: string;
  namespace: string;
  name: string;
  dimensions: Record<string, string>;
}

/** A period of a metric. */
export interface Datum {
  /** When it begins. */
  time: Date;
  value: number;
}

/** The alarms that AWS recommends, ready-made. */
export type AlarmRecipe =
  | 'proxy_certificate'
  | 'proxy_latency'
  | 'proxy_retryable_errors'
  | 'proxy_non_retryable_errors'
  | 'unavailable_key_managers'
  | 'degraded_key_managers'
  | 'material_expiring'
  | 'pending_deletion_use'
  | 'disabled_or_scheduled_for_deletion'
  | 'quota_share';

/** An alarm: a ready-made one, changed where something is said, or one of your own over a metric or over records. */
export interface Alarm extends Omit<MetricChoice, 'name'> {
  /** Its name; that of a ready-made one without it. */
  name?: string | undefined;
  recipe?: AlarmRecipe | undefined;
  description?: string | undefined;
  /** The metric that it watches. */
  metric?: string | undefined;
  statistic?: string | undefined;
  /** In seconds, a multiple of 60. */
  period?: number | undefined;
  /** How many periods are looked at; 1 without it. */
  evaluationPeriods?: number | undefined;
  /** How many of them must be beyond the threshold; all without it. */
  datapointsToAlarm?: number | undefined;
  threshold?: number | undefined;
  comparison?: 'GreaterThanOrEqualToThreshold' | 'GreaterThanThreshold' | 'LessThanThreshold' | 'LessThanOrEqualToThreshold' | undefined;
  /** What stands for periods without values; `missing` without it. */
  treatMissingData?: 'missing' | 'ignore' | 'breaching' | 'notBreaching' | undefined;
  /** The records that it counts, in place of a metric. */
  filter?: RecordFilter | undefined;
  /** The id of the key that it is about. */
  key?: string | undefined;
  /** The id of the custom key store that it is about. */
  store?: string | undefined;
  /** The request quota of which the threshold is a percentage, such as `symmetric`. */
  quota?: string | undefined;
}

/** What CloudWatch says of an alarm. */
export type AlarmState = 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';

/** A change of an alarm, at the world's time. */
export interface AlarmChange {
  /** Counts changes from 1. */
  number: number;
  name: string;
  time: Date;
  from: AlarmState;
  to: AlarmState;
  reason: string;
}

/** How alarms stand, and how they have changed. */
export interface Alarms {
  alarms: { name: string; state: AlarmState; since: Date; reason: string; alarm: Alarm }[];
  changes: AlarmChange[];
  /** The number of the last change. */
  next: number;
  /** How many changes are not kept any more. */
  dropped: number;
}
