// A chart of the metrics of one name: bars for what is counted, lines for what is measured.
import MixedLineBarChart, { type MixedLineBarChartProps } from '@cloudscape-design/components/mixed-line-bar-chart';
import LineChart from '@cloudscape-design/components/line-chart';
import { useCallback } from 'react';
import { dimensionsOf, metricData, type Series, type Where } from '../../kms/metrics';
import { Queried } from '../../parts/queried';
import { Section } from '../../parts/section';
import { words } from '../../words';
import { useClient, useClock, useQuery } from '../../world/context';
import { worldTime } from '../../world/watched';
import { RANGES, type Choice } from './choice-config';
import { Values } from './values';

const { metrics: text } = words;

interface Props {
  namespace: string;
  name: string;
  where: Where;
  choice: Choice;
  /** Grows when somebody looks again. */
  looked: number;
}

export function MetricChart({ namespace, name, where, choice, looked }: Props) {
  const client = useClient();
  const clock = useClock();
  const query = useQuery(
    useCallback(async () => {
      const to = new Date(clock ? worldTime(clock, Date.now()) : 0);
      const from = new Date(to.getTime() - (RANGES.find(({ value }) => value === choice.range)?.length ?? 0));
      const statistic = choice.statistic === 'usual' ? {} : { statistic: choice.statistic };
      const series = await metricData(client, { namespace, name, ...where, ...statistic, period: Number(choice.period), from, to });
      return { from, to, looked, series: series.filter(({ data }) => data.length > 0) };
    }, [client, clock, namespace, name, where, choice, looked]),
  );
  return (
    <Section title={name} description={`${namespace}. ${text.about[name] ?? ''}`}>
      <Queried query={query}>{({ series, from, to }) => <Chart name={name} series={series} from={from} to={to} />}</Queried>
    </Section>
  );
}

interface ChartProps {
  name: string;
  series: readonly Series[];
  from: Date;
  to: Date;
}

function Chart({ name, series, from, to }: ChartProps) {
  if (series.length === 0) return <>{text.noData}</>;
  const unit = series[0]?.unit ?? 'None';
  const common = {
    height: 220,
    ariaLabel: text.chartOf(name),
    xTitle: text.time,
    yTitle: unit === 'None' ? text.value : unit,
    hideFilter: true,
    i18nStrings: { xTickFormatter: tick },
    empty: text.noData,
  };
  const isCounted = unit === 'Count' || unit === 'None';
  return (
    <>
      {isCounted ? (
        <MixedLineBarChart {...common} xScaleType="categorical" stackedBars xDomain={instants(series)} series={bars(series)} />
      ) : (
        <LineChart {...common} xScaleType="time" xDomain={[from, to]} series={series.map((one) => ({ title: dimensionsOf(one), type: 'line' as const, data: points(one) }))} />
      )}
      <Values name={name} series={series} />
    </>
  );
}

/** Bars stand at the instants that have values: what is missing is nothing. */
function instants(series: readonly Series[]): string[] {
  const times = new Set(series.flatMap(({ data }) => data.map(({ time }) => time.getTime())));
  return [...times].sort((one, other) => one - other).map((time) => new Date(time).toISOString());
}

function bars(series: readonly Series[]): MixedLineBarChartProps.BarDataSeries<string>[] {
  return series.map((one) => ({
    title: dimensionsOf(one),
    type: 'bar',
    data: one.data.map(({ time, value }) => ({ x: time.toISOString(), y: value })),
  }));
}

function points({ data }: Series) {
  return data.map(({ time, value }) => ({ x: time, y: value }));
}

const TICK = new Intl.DateTimeFormat('en-US', { month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit', timeZone: 'UTC', hourCycle: 'h23' });

function tick(time: Date | string): string {
  return TICK.format(new Date(time));
}
