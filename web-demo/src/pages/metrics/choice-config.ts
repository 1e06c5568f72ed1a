// What can be chosen of metrics: statistics, periods and how far back.
import { words } from '../../words';

const { metrics } = words;

export const STATISTICS = [
  { value: 'usual', label: metrics.usual },
  ...['Sum', 'Average', 'Minimum', 'Maximum', 'SampleCount', 'p50', 'p99'].map((value) => ({ value, label: value })),
];

/** In seconds. */
export const PERIODS: readonly { value: string; label: string }[] = [
  { value: '60', label: metrics.periods.minute },
  { value: '300', label: metrics.periods.fiveMinutes },
  { value: '3600', label: metrics.periods.hour },
  { value: '86400', label: metrics.periods.day },
];

const HOUR = 3_600_000;

/** In milliseconds, each with the period that suits it. */
export const RANGES: readonly { value: string; label: string; length: number; period: string }[] = [
  { value: 'hour', label: metrics.ranges.hour, length: HOUR, period: '60' },
  { value: 'hours', label: metrics.ranges.hours, length: 3 * HOUR, period: '60' },
  { value: 'day', label: metrics.ranges.day, length: 24 * HOUR, period: '300' },
  { value: 'week', label: metrics.ranges.week, length: 7 * 24 * HOUR, period: '3600' },
  { value: 'quarter', label: metrics.ranges.quarter, length: 90 * 24 * HOUR, period: '86400' },
];

export interface Choice {
  statistic: string;
  period: string;
  range: string;
}

export const FIRST_CHOICE: Choice = { statistic: 'usual', period: '60', range: 'hours' };
