import { useQuery } from '@tanstack/react-query';
import type { DeadLetterChoice, DeadLettersActionAnswer, StageName } from '@wireroom/contracts';
import { useState } from 'react';
import { call } from '../../api/call.js';
import { newRequestId } from '../../api/request-id.js';
import { ActDialog } from '../../parts/act.js';
import { Answer } from '../../parts/states.js';
import { counted } from '../../text/numbers.js';

/** Named dead letters of one stage, or all that match a filter. */
export interface LettersChoice {
  stage: string;
  ids?: string[];
  filter?: DeadLetterChoice;
}

interface LettersDialogProps {
  action: 'replay' | 'discard';
  what: LettersChoice;
  onClose: () => void;
  onDone: (answer: DeadLettersActionAnswer) => void;
}

/** Asks before dead letters are sent back or closed, and says first how many it would be. */
export function LettersDialog({ action, what, onClose, onDone }: LettersDialogProps) {
  const isReplay = action === 'replay';
  const route = isReplay ? 'replayDeadLetters' : 'discardDeadLetters';
  const request = { ...what, stage: what.stage as StageName };
  const [preview] = useState(() => ({ ...request, reason: 'dry run', dryRun: true, requestId: newRequestId() }));
  const dryRun = useQuery({
    queryKey: ['dry-run', route, preview.requestId],
    queryFn: () => call(route, { request: preview }),
    gcTime: 0,
    staleTime: Infinity,
  });
  return (
    <ActDialog
      title={isReplay ? 'Replay dead letters' : 'Discard dead letters'}
      isOpen
      onClose={onClose}
      confirm={isReplay ? 'Replay' : 'Discard'}
      reason={isReplay ? 'optional' : 'needed'}
      isGrave={!isReplay}
      isReady={(dryRun.data?.affected ?? 0) > 0}
      act={({ reason, requestId }) =>
        call(route, { request: { ...request, requestId, ...(reason === '' ? {} : { reason }) } as never })
      }
      onDone={onDone}
    >
      <Answer of={dryRun} lines={1}>
        {({ affected }) => (
          <p>
            {affected === 0 ? (
              'None of them can be acted on any more: someone else may have been faster.'
            ) : isReplay ? (
              <>
                Sends <b>{counted(affected, 'message')}</b> back to the topic they came from, the newest version of
                each.
              </>
            ) : (
              <>
                Closes <b>{counted(affected, 'dead letter')}</b> without a replay. The bytes, the error and your reason
                stay on record.
              </>
            )}
          </p>
        )}
      </Answer>
    </ActDialog>
  );
}
