import type { SourceView } from '@wireroom/contracts';
import { Explained, Mark } from '../../parts/words.js';
import { harmless } from '../../text/harmless.js';
import { counted } from '../../text/numbers.js';

/** Whether a source is polled, how it fares, and why. */
export function SourceHealth({ of }: { of: SourceView }) {
  if (of.paused) {
    return (
      <Mark tone="plain">
        <Explained by={harmless(of.pausedBecause ?? 'Paused without a reason.')}>paused</Explained>
      </Mark>
    );
  }
  if (of.errorStreak === 0) return <Mark tone="good">well</Mark>;
  const words = harmless(of.lastError?.reason ?? 'The reason is not known.');
  const isOpen = of.circuit !== 'closed';
  return (
    <Mark tone={isOpen ? 'bad' : 'warn'}>
      <Explained by={words}>
        failed {counted(of.errorStreak, 'time')}
        {isOpen && ', asked rarely'}
      </Explained>
    </Mark>
  );
}
