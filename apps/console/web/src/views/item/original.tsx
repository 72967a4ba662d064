import { Button, SegmentedControl } from '@mantine/core';
import { addressOf } from '../../api/routes.js';
import { Icon } from '../../parts/icon.js';
import { Fact, Facts, Panel } from '../../parts/page.js';
import { Answer, Empty, Notice } from '../../parts/states.js';
import { Code, When } from '../../parts/words.js';
import { TextView } from '../../parts/text-view.js';
import { bytes } from '../../text/numbers.js';
import type { ItemPartProps } from './part.js';
import css from './original.module.css';
import { useOriginalText, useRevision } from './use-revision.js';

/** What the door was handed, as text, as a page in a frame that can do nothing, or as a file. */
export default function Original({ contentId, revision, state, change }: ItemPartProps) {
  const documents = useRevision(contentId, revision);
  const params = { contentId, revision };
  return (
    <Panel
      title="The original"
      hint="byte for byte as it was handed in"
      actions={
        <>
          <SegmentedControl
            aria-label="Show as"
            data={[
              { value: 'text', label: 'Text' },
              { value: 'frame', label: 'Page' },
            ]}
            value={state.as === 'frame' ? 'frame' : 'text'}
            onChange={(as) => change({ as })}
          />
          <Button
            component="a"
            href={addressOf('itemOriginal', params)}
            download
            variant="default"
            leftSection={<Icon name="download" />}
          >
            Download
          </Button>
        </>
      }
    >
      <Answer of={documents} lines={3}>
        {({ raw }) =>
          raw === undefined ? (
            <Empty title="Ingest does not hold this revision" />
          ) : (
            <Facts>
              <Fact name="media type">{raw.contentType ?? 'not said'}</Fact>
              <Fact name="size">{bytes(raw.originalBytes)}</Fact>
              <Fact name="SHA-256">
                <Code copies>{raw.originalSha256}</Code>
              </Fact>
              <Fact name="received">
                <When at={raw.receivedAt} />
              </Fact>
            </Facts>
          )
        }
      </Answer>
      <div className={css.content}>{state.as === 'frame' ? <Frame {...params} /> : <Text {...params} />}</div>
    </Panel>
  );
}

interface PartProps {
  contentId: string;
  revision: number;
}

function Text({ contentId, revision }: PartProps) {
  const original = useOriginalText(contentId, revision);
  return (
    <Answer of={original} lines={12}>
      {({ text, reason }) =>
        reason === undefined ? <TextView text={text} label="The original as text" /> : <Notice>{reason}</Notice>
      }
    </Answer>
  );
}

/**
 * Someone else's page. The empty sandbox takes away scripts, forms, popups, the way out of the frame, and the origin;
 * the route's own policy takes away the network as well.
 */
function Frame({ contentId, revision }: PartProps) {
  return (
    <iframe
      className={css.frame}
      title="The original as a page, without scripts and without a network"
      sandbox=""
      referrerPolicy="no-referrer"
      loading="lazy"
      src={addressOf('itemOriginalFrame', { contentId, revision })}
    />
  );
}
