import { SegmentedControl } from '@mantine/core';
import type { RevisionAnswer } from '@wireroom/contracts';
import { Choice } from '../../parts/filters.js';
import { Panel, Row } from '../../parts/page.js';
import { Answer, Empty } from '../../parts/states.js';
import { DiffView } from '../../parts/text-view.js';
import { articleText } from '../../text/article-text.js';
import type { ItemPartProps } from './part.js';
import { useRevision } from './use-revision.js';

/** Two revisions side by side: the article for a reader, or all that enrichment and publishing hold. */
export default function Compare({ contentId, item, revision, state, change }: ItemPartProps) {
  const known = item.revisions.map((row) => row.revision);
  if (known.length < 2) {
    return (
      <Panel>
        <Empty title="There is one revision only">
          Corrections, updates and retractions of this item will show here.
        </Empty>
      </Panel>
    );
  }
  const after = pick(known, state.after) ?? revision;
  const before = pick(known, state.before) ?? Math.max(...known.filter((one) => one < after), Math.min(...known));
  const options = known.map((one) => ({ value: String(one), label: `Revision ${one}` }));
  return (
    <Panel
      title="What changed"
      actions={
        <SegmentedControl
          aria-label="Compare"
          data={[
            { value: 'article', label: 'Article' },
            { value: 'documents', label: 'Documents' },
          ]}
          value={state.of}
          onChange={(of) => change({ of })}
        />
      }
    >
      <Row>
        <Choice
          label="Before"
          value={String(before)}
          all="the one before"
          options={options}
          onChange={(value) => change({ before: value })}
        />
        <Choice
          label="After"
          value={String(after)}
          all="the newest"
          options={options}
          onChange={(value) => change({ after: value })}
        />
      </Row>
      <Sides contentId={contentId} before={before} after={after} asDocuments={state.of === 'documents'} />
    </Panel>
  );
}

interface SidesProps {
  contentId: string;
  before: number;
  after: number;
  asDocuments: boolean;
}

function Sides({ contentId, before, after, asDocuments }: SidesProps) {
  const left = useRevision(contentId, before);
  const right = useRevision(contentId, after);
  const textOf = asDocuments ? documentText : articleOf;
  return (
    <Answer of={left} lines={6}>
      {(one) => (
        <Answer of={right} lines={6}>
          {(other) => (
            <DiffView
              label={`Revision ${before} against revision ${after}`}
              names={[`revision ${before}`, `revision ${after}`]}
              before={textOf(one)}
              after={textOf(other)}
            />
          )}
        </Answer>
      )}
    </Answer>
  );
}

function articleOf({ item, enriched }: RevisionAnswer): string {
  return `kind: ${item.kind}\n${articleText(enriched.at(-1)?.article)}`;
}

function documentText({ enriched, published }: RevisionAnswer): string {
  const { provenance: _provenance, ...document } = enriched.at(-1) ?? { provenance: [] };
  return `${JSON.stringify({ enriched: document, published: published.at(-1) }, null, 2)}\n`;
}

function pick(known: number[], asked: string): number | undefined {
  return known.find((one) => String(one) === asked);
}
