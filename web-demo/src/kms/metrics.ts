// Metrics of CloudWatch, as a page reads them.
import type { WorldClient } from '../world/protocol';

/** One combination of dimensions. */
export interface Metric {
  namespace: string;
  name: string;
  dimensions: Record<string, string>;
}

/** A metric and its values, period by period. */
export interface Series extends Metric {
  unit: string;
  data: Datum[];
}

export interface Datum {
  time: Date;
  value: number;
}

/** In which account and Region. */
export interface Where {
  account: string;
  region: string;
}

export interface Wanted extends Where {
  namespace: string;
  name: string;
  /** The one that says most, without it. */
  statistic?: string;
  /** In seconds. */
  period: number;
  from: Date;
  to: Date;
}

export async function listMetrics(client: WorldClient, where: Where): Promise<Metric[]> {
  const { metrics } = (await client.audit('metrics', where)) as { metrics: Metric[] };
  return metrics;
}

/** Each metric of a name by itself. */
export async function metricData(client: WorldClient, { from, to, ...wanted }: Wanted): Promise<Series[]> {
  const asked = { ...wanted, from: from.toISOString(), to: to.toISOString(), each: true };
  const { metrics } = (await client.audit('metric_data', asked)) as { metrics: Told[] };
  return metrics.map((series) => ({ ...series, data: series.data.map(({ time, value }) => ({ time: new Date(time * 1000), value })) }));
}

interface Told extends Metric {
  unit: string;
  /** Times in seconds since 1970. */
  data: { time: number; value: number }[];
}

/** What tells a metric from others of its name. */
export function dimensionsOf({ dimensions }: Metric): string {
  return Object.entries(dimensions)
    .map(([name, value]) => `${name} ${shortened(value)}`)
    .join(', ');
}

/** Of an ARN, what follows the account. */
function shortened(value: string): string {
  return value.startsWith('arn:') ? value.split(':').slice(5).join(':') : value;
}
