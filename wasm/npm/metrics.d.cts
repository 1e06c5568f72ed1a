/** The types of metrics of CloudWatch. */

import type { Instant } from './records.cjs';

/** Which metrics are meant; what is left out may be anything. */
export interface MetricChoice {
  /** `AWS/KMS` or `AWS/Usage`. */
  namespace?: string;
  name?: string;
  /** Dimensions that it has; `null` stands for any value. */
  dimensions?: Readonly<Record<string, string | null>>;
  account?: string;
  region?: string;
}

/** Of what the data is, and how it is taken together. */
export interface MetricDataOptions extends Omit<MetricChoice, 'name'> {
  /** `Sum`, `Average`, `Minimum`, `Maximum`, `SampleCount` or a percentile such as `p99`. */
  statistic?: string;
  /** In seconds, a multiple of 60; 60 without it. */
  period?: number;
  /** Three hours before the end without it. */
  from?: Instant;
  /** Now without it. */
  to?: Instant;
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
