import type { ConsoleDeadLetterAnswer } from '@wireroom/contracts';
import { harmless } from '../../text/harmless.js';
import css from './dead-letter.module.css';

/** What the contract says against a message. */
export function Faults({ of }: { of: ConsoleDeadLetterAnswer['faults'] }) {
  return (
    <div className={css.faults}>
      <b>The contract says:</b>
      <ul>
        {of.map(({ field, reason }) => (
          <li key={`${field} ${reason}`}>
            <code>{harmless(field)}</code> <bdi>{harmless(reason)}</bdi>
          </li>
        ))}
      </ul>
    </div>
  );
}
