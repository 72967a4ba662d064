import { SegmentedControl } from '@mantine/core';
import type { ConsoleDeadLetterAnswer } from '@wireroom/contracts';
import { useState } from 'react';
import { Panel } from '../../parts/page.js';
import { Empty } from '../../parts/states.js';
import { TextView } from '../../parts/text-view.js';
import { Code } from '../../parts/words.js';
import { fromBase64, hexDump } from '../../text/bytes.js';
import { harmless } from '../../text/harmless.js';
import { bytes } from '../../text/numbers.js';
import { decoded, readable, versionsOf } from './content.js';
import css from './dead-letter.module.css';
import { Faults } from './faults.js';

/** The message as it was received: key, headers and value. */
export function Message({ letter }: { letter: ConsoleDeadLetterAnswer }) {
  const original = versionsOf(letter)[0]!;
  const text = readable(original.valueBase64);
  const [as, setAs] = useState<'text' | 'bytes'>(text === undefined ? 'bytes' : 'text');
  return (
    <>
      <Panel
        title="Value"
        hint={`${bytes(letter.valueBytes)}, as it was received`}
        actions={
          text !== undefined && (
            <SegmentedControl
              aria-label="Show as"
              data={['text', 'bytes']}
              value={as}
              onChange={(chosen) => setAs(chosen)}
            />
          )
        }
      >
        {original.valueBase64 === undefined ? (
          <Empty title="The message has no value">It is a tombstone.</Empty>
        ) : as === 'text' && text !== undefined ? (
          <TextView text={text} label="Value as text" />
        ) : (
          <TextView text={hexDump(fromBase64(original.valueBase64))} label="Value as bytes" wraps={false} />
        )}
        {letter.faults.length > 0 && <Faults of={letter.faults} />}
      </Panel>
      <Panel title="Key and headers">
        <table className={css.headers}>
          <tbody>
            <tr>
              <th scope="row">key</th>
              <td>
                {original.keyBase64 === undefined ? (
                  'none'
                ) : (
                  <Code>{decoded(original.keyBase64) ?? original.keyBase64}</Code>
                )}
              </td>
            </tr>
            {original.headers.map(({ name, valueBase64 }, index) => (
              <tr key={index}>
                <th scope="row">
                  <bdi>{harmless(name, 80)}</bdi>
                </th>
                <td>
                  <bdi>{harmless(decoded(valueBase64) ?? `base64 ${valueBase64}`, 2000)}</bdi>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Panel>
    </>
  );
}
