import type { ConsoleDeadLetterAnswer } from '@wireroom/contracts';

export interface LetterPartProps {
  letter: ConsoleDeadLetterAnswer;
  /** Called when something was done to it. */
  onChanged: () => void;
}
