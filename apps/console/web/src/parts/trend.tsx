import css from './trend.module.css';

interface TrendProps {
  values: number[];
  label: string;
  width?: number;
  height?: number;
}

/** A course in the small: its shape from zero up, its last value marked. */
export function Trend({ values, label, width = 110, height = 22 }: TrendProps) {
  if (values.length < 2) return <span className={css.none}>no course yet</span>;
  const top = Math.max(1, ...values);
  const x = (index: number): number => 2 + (index / (values.length - 1)) * (width - 4);
  const y = (value: number): number => height - 2 - (value / top) * (height - 4);
  const points = values.map((value, index) => `${x(index).toFixed(1)},${y(value).toFixed(1)}`);
  return (
    <svg
      className={css.trend}
      viewBox={`0 0 ${width} ${height}`}
      width={width}
      height={height}
      role="img"
      aria-label={label}
      preserveAspectRatio="none"
    >
      <polygon points={`${x(0)},${height} ${points.join(' ')} ${x(values.length - 1)},${height}`} />
      <polyline points={points.join(' ')} />
      <circle cx={x(values.length - 1)} cy={y(values.at(-1)!)} r="1.8" />
    </svg>
  );
}
