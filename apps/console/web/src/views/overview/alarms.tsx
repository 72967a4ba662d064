import { Button } from '@mantine/core';
import type { Alarm } from '@wireroom/contracts';
import { useState } from 'react';
import { Link } from 'wouter';
import { Mark, When } from '../../parts/words.js';
import { harmless } from '../../text/harmless.js';
import { count } from '../../text/numbers.js';
import css from './alarms.module.css';

/** So many that the line stays in view: drifts may come by the hundred. */
const SHOWN = 8;

/** What an operator should know now, in sentences; the gravest first. */
export function Alarms({ of }: { of: readonly Alarm[] }) {
  const [isWhole, setWhole] = useState(false);
  const lasting = of.filter(({ endedAt }) => endedAt === undefined);
  if (lasting.length === 0) {
    return (
      <p className={css.quiet} role="status">
        <Mark tone="good">No alarms.</Mark>
      </p>
    );
  }
  const ordered = [...lasting].sort((one, other) => rank(one) - rank(other) || other.since.localeCompare(one.since));
  const shown = isWhole ? ordered : ordered.slice(0, SHOWN);
  return (
    <ul className={css.alarms} aria-label="Alarms" role="list">
      {shown.map((alarm) => (
        <li key={alarm.id} className={css.alarm} data-severity={alarm.severity}>
          <Mark tone={alarm.severity === 'critical' ? 'bad' : 'warn'}>{alarm.severity}</Mark>
          <Message of={alarm} />
          <span className={css.since}>
            <When at={alarm.since} as="ago" />
          </span>
        </li>
      ))}
      {shown.length < ordered.length && (
        <li>
          <Button variant="default" onClick={() => setWhole(true)}>
            Show all {count(ordered.length)} alarms
          </Button>
        </li>
      )}
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
