import type { KafkaAnswer } from '@wireroom/contracts';
import { Notice } from '../../parts/states.js';

/** Figures that could not be had are named, never guessed. */
export function Unknown({ of }: { of: KafkaAnswer }) {
  if (of.unknown.length === 0) return null;
  return (
    <Notice tone="warn">
      <ul>
        {of.unknown.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </Notice>
  );
}
