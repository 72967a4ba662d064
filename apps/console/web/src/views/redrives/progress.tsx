import type { Redrive } from '@wireroom/contracts';
import { count, percent } from '../../text/numbers.js';
import { OUTCOMES } from './redrive-words.js';
import css from './redrives.module.css';

/** One bar of all items by where they stand. */
export function RedriveProgress({ of: { counts, total }, small = false }: { of: Redrive; small?: boolean }) {
  const parts = OUTCOMES.filter(({ count: key }) => counts[key] > 0);
  const words = parts.map(({ outcome, count: key }) => `${count(counts[key])} ${outcome}`).join(', ');
  const left = counts.waiting + counts.sent + counts.underWay;
  const done = total === 0 ? 1 : (total - left) / total;
  return (
    <div className={css.progress} data-small={small || undefined}>
      <div
        className={css.bar}
        role="progressbar"
        aria-valuenow={Math.round(done * 100)}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-label={words}
      >
        {parts.map(({ outcome, count: key }) => (
          <span
            key={outcome}
            data-outcome={outcome}
            style={{ flexGrow: counts[key] }}
            title={`${count(counts[key])} ${outcome}`}
          />
        ))}
      </div>
      <span className={css.share}>{percent(done)}</span>
    </div>
  );
}
