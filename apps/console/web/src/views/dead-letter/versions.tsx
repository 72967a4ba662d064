import type { ConsoleDeadLetterAnswer } from '@wireroom/contracts';
import { Panel } from '../../parts/page.js';
import { DiffView } from '../../parts/text-view.js';
import { When } from '../../parts/words.js';
import { versionText, versionsOf } from './content.js';

/** Every edit against what it was made from. The original is never changed. */
export function Versions({ letter }: { letter: ConsoleDeadLetterAnswer }) {
  const versions = versionsOf(letter);
  return (
    <>
      {letter.versions.map((edit, index) => (
        <Panel
          key={edit.edit}
          title={`Version ${edit.edit}`}
          hint={
            <>
              <bdi>{edit.by ?? 'someone'}</bdi>, <When at={edit.at} />: <bdi>{edit.reason}</bdi>
            </>
          }
        >
          <DiffView
            label={`Version ${edit.edit} against the one before it`}
            names={[index === 0 ? 'the original' : `version ${index}`, `version ${edit.edit}`]}
            before={versionText(versions[index]!)}
            after={versionText(versions[index + 1]!)}
          />
        </Panel>
      ))}
    </>
  );
}
