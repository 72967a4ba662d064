import '@mantine/core/styles/ColorSwatch.css';
import '@mantine/charts/styles.css';
import { AreaChart, LineChart } from '@mantine/charts';
import type { FlowPoint } from '@wireroom/contracts';
import { Panel } from '../../parts/page.js';
import { Empty } from '../../parts/states.js';
import { counted, rate } from '../../text/numbers.js';
import { duration } from '../../text/times.js';
import css from './flow-charts.module.css';

interface FlowChartsProps {
  points: FlowPoint[];
  /** Length of the time that each point stands for. */
  pointSeconds: number;
}

const FLOW = [
  { name: 'accepted', label: 'accepted', color: 'var(--stage-ingest)' },
  { name: 'published', label: 'published', color: 'var(--stage-publishing)' },
  { name: 'deadLettered', label: 'dead-lettered', color: 'var(--bad)' },
];

const LATENCY = [
  { name: 'p50Ms', label: 'median', color: 'var(--stage-publishing)' },
  { name: 'p99Ms', label: '99 of 100', color: 'var(--stage-enrichment)' },
];

export default function FlowCharts({ points, pointSeconds }: FlowChartsProps) {
  const perSecond = points.map(({ at, accepted, published, deadLettered }) => ({
    at: labelOf(at, pointSeconds),
    accepted: accepted / pointSeconds,
    published: published / pointSeconds,
    deadLettered: deadLettered / pointSeconds,
  }));
  const latency = points.map(({ at, p50Ms, p99Ms }) => ({ at: labelOf(at, pointSeconds), p50Ms, p99Ms }));
  const isEmpty = points.every(({ accepted, published, deadLettered }) => accepted + published + deadLettered === 0);
  const hasLatency = points.some(({ p50Ms }) => p50Ms !== undefined);
  return (
    <div className={css.charts}>
      <Panel title="Flow" hint={`items a second, in steps of ${duration(pointSeconds * 1000)}`}>
        {isEmpty ? (
          <Empty title="Nothing moved in this time" />
        ) : (
          <div role="img" aria-label={describe(points)}>
            <AreaChart
              h={210}
              data={perSecond}
              dataKey="at"
              series={FLOW}
              curveType="monotone"
              withDots={false}
              fillOpacity={0.14}
              strokeWidth={1.6}
              withLegend
              valueFormatter={rate}
              gridAxis="x"
              tickLine="none"
              xAxisProps={{ minTickGap: 48 }}
              yAxisProps={{ width: 44 }}
              areaChartProps={{ accessibilityLayer: false }}
            />
          </div>
        )}
      </Panel>
      <Panel title="Door to published" hint="of what was published in each step">
        {hasLatency ? (
          <div role="img" aria-label="Time from the door to the readers' topic over the window">
            <LineChart
              h={210}
              data={latency}
              dataKey="at"
              series={LATENCY}
              curveType="monotone"
              withDots={false}
              strokeWidth={1.6}
              withLegend
              connectNulls={false}
              valueFormatter={(ms) => duration(ms)}
              gridAxis="x"
              tickLine="none"
              xAxisProps={{ minTickGap: 48 }}
              yAxisProps={{ width: 78 }}
              lineChartProps={{ accessibilityLayer: false }}
            />
          </div>
        ) : (
          <Empty title="Nothing was published in this time" />
        )}
      </Panel>
    </div>
  );
}

function labelOf(at: string, pointSeconds: number): string {
  const date = new Date(at);
  const time = date.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
  if (pointSeconds < 3600) return time;
  return `${date.toLocaleDateString('en-GB', { day: 'numeric', month: 'short' })}, ${time}`;
}

function describe(points: FlowPoint[]): string {
  const sum = (of: (point: FlowPoint) => number): number => points.reduce((total, point) => total + of(point), 0);
  const accepted = counted(
    sum((point) => point.accepted),
    'item',
  );
  return `${accepted} accepted, ${sum((point) => point.published)} published, ${sum((point) => point.deadLettered)} dead-lettered over the window`;
}
