import type { TestSourceAnswer, TestedItem } from '@wireroom/contracts';
import { Notice } from '../../parts/states.js';
import { Code, Mark, When, Words } from '../../parts/words.js';
import { harmless } from '../../text/harmless.js';
import { counted } from '../../text/numbers.js';
import css from './sources.module.css';

const OUTCOMES = {
  added: 'good',
  changed: 'good',
  retracted: 'plain',
  duplicate: 'plain',
  rejected: 'warn',
} as const satisfies Record<TestedItem['outcome'], string>;

/** What one poll of a source would take. */
export function TestResult({ of }: { of: TestSourceAnswer }) {
  return (
    <div role="status" aria-label="What the test found">
      {of.failure && (
        <Notice tone="bad">
          It could not be read: <Code>{of.failure.code}</Code> <bdi>{harmless(of.failure.reason, 600)}</bdi>
        </Notice>
      )}
      <p>
        {counted(of.fetches.length, 'fetch', 'fetches')}, {counted(of.items.length, 'item')}
        {of.more && ' and more'}.
      </p>
      <ul className={css.tested}>
        {of.items.map((item, index) => (
          <li key={index}>
            <Mark tone={OUTCOMES[item.outcome]}>{item.outcome}</Mark>
            <Words limit={200}>{item.label}</Words>
            {item.publishedAt !== undefined && <When at={item.publishedAt} />}
            {item.reason !== undefined && <Words limit={300}>{item.reason}</Words>}
          </li>
        ))}
      </ul>
    </div>
  );
}
