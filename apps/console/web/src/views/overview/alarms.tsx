import type { Alarm } from '@wireroom/contracts';
import { Link } from 'wouter';
import { Mark, When } from '../../parts/words.js';
import { harmless } from '../../text/harmless.js';
import css from './alarms.module.css';

/** What an operator should know now, in sentences; the gravest first. */
export function Alarms({ of }: { of: readonly Alarm[] }) {
  const lasting = of.filter(({ endedAt }) => endedAt === undefined);
  if (lasting.length === 0) {
    return (
      <p className={css.quiet} role="status">
        <Mark tone="good">No alarms.</Mark>
      </p>
    );
  }
  const ordered = [...lasting].sort((one, other) => rank(one) - rank(other) || other.since.localeCompare(one.since));
  return (
    <ul className={css.alarms} aria-label="Alarms" role="list">
      {ordered.map((alarm) => (
        <li key={alarm.id} className={css.alarm} data-severity={alarm.severity}>
          <Mark tone={alarm.severity === 'critical' ? 'bad' : 'warn'}>{alarm.severity}</Mark>
          <Message of={alarm} />
          <span className={css.since}>
            <When at={alarm.since} as="ago" />
          </span>
        </li>
      ))}
    </ul>
  );
}

/** The sentence leads to what it speaks of. */
function Message({ of: { message, link } }: { of: Alarm }) {
  const words = <bdi>{harmless(message, 600)}</bdi>;
  return link === undefined ? (
    <span className={css.message}>{words}</span>
  ) : (
    <Link className={css.message} href={link}>
      {words}
    </Link>
  );
}

function rank({ severity }: Alarm): number {
  return severity === 'critical' ? 0 : 1;
}
