import type { DeadLetterState } from '@wireroom/contracts';
import { Explained, Mark } from '../../parts/words.js';

const STATES: Record<DeadLetterState, { tone: 'plain' | 'warn' | 'bad' | 'good' | 'busy'; explanation: string }> = {
  open: { tone: 'bad', explanation: 'Waits for someone to replay, mend or discard it.' },
  parked: {
    tone: 'warn',
    explanation: 'Failed the same way again after a replay. It is sent again only when someone names it.',
  },
  replayed: { tone: 'busy', explanation: 'Sent back to its topic; its stage has not ended it yet.' },
  resolved: { tone: 'good', explanation: 'Its replay ended well.' },
  discarded: { tone: 'plain', explanation: 'Closed with a reason. Its bytes stay on record.' },
};

export function LetterState({ of }: { of: DeadLetterState }) {
  const { tone, explanation } = STATES[of];
  return (
    <Mark tone={tone}>
      <Explained by={explanation}>{of}</Explained>
    </Mark>
  );
}
