import { SegmentedControl } from '@mantine/core';
import type { ArticleData, EnrichedView, PublishedView, RawView, RevisionAnswer } from '@wireroom/contracts';
import type { ReactNode } from 'react';
import { Choice } from '../../parts/filters.js';
import { Fact, Facts, Panel, Row } from '../../parts/page.js';
import { Answer, Empty } from '../../parts/states.js';
import { TextView } from '../../parts/text-view.js';
import { Code, Headline, When } from '../../parts/words.js';
import { harmlessLines } from '../../text/harmless.js';
import { STAGES } from '../../text/names.js';
import css from './documents.module.css';
import type { ItemPartProps } from './part.js';
import { chosenProcessing, useRevision } from './use-revision.js';

/** What each stage holds of a revision: for a reader first, and as it is stored. */
export default function Documents({ contentId, revision, state, change }: ItemPartProps) {
  const documents = useRevision(contentId, revision);
  return (
    <>
      <Row>
        <SegmentedControl
          aria-label="Stage"
          data={[...STAGES]}
          value={state.stage}
          onChange={(stage) => change({ stage, processing: '' })}
        />
      </Row>
      <Answer of={documents} lines={12}>
        {(answer) => <OfStage of={answer} state={state} change={change} />}
      </Answer>
    </>
  );
}

type OfStageProps = { of: RevisionAnswer } & Pick<ItemPartProps, 'state' | 'change'>;

function OfStage({ of, state, change }: OfStageProps) {
  if (state.stage === 'ingest') return <Document of={of.raw}>{of.raw && <Raw of={of.raw} />}</Document>;
  const versions: (EnrichedView | PublishedView)[] = state.stage === 'publishing' ? of.published : of.enriched;
  const document = chosenProcessing(versions, state.processing);
  return (
    <>
      {versions.length > 1 && document && (
        <Row>
          <Choice
            label="Processing"
            value={String(document.processingVersion)}
            all="newest"
            options={versions.map(({ processingVersion }) => String(processingVersion))}
            onChange={(processing) => change({ processing })}
          />
        </Row>
      )}
      <Document of={document}>{document && <Processed of={document} />}</Document>
    </>
  );
}

function Document({ of, children }: { of: object | undefined; children: ReactNode }) {
  if (of === undefined) {
    return (
      <Panel>
        <Empty title="This stage holds nothing of the revision" />
      </Panel>
    );
  }
  return (
    <div className={css.split}>
      <Panel title="What it says">{children}</Panel>
      <Panel title="As it is stored">
        <TextView text={JSON.stringify(of, null, 2)} label="The stored document as JSON" />
      </Panel>
    </div>
  );
}

function Raw({ of }: { of: RawView }) {
  return (
    <Facts>
      <Fact name="kind">{of.kind}</Fact>
      <Fact name="published">
        <When at={of.publishedAt} />
      </Fact>
      <Fact name="received">
        <When at={of.receivedAt} />
      </Fact>
      <Fact name="stored">
        <When at={of.storedAt} />
      </Fact>
      <Fact name="event id">
        <Code copies>{of.eventId}</Code>
      </Fact>
      {Object.entries(of.metadata ?? {}).map(([name, value]) => (
        <Fact key={name} name={<bdi>{name}</bdi>}>
          <bdi>{value}</bdi>
        </Fact>
      ))}
    </Facts>
  );
}

function Processed({ of }: { of: EnrichedView | PublishedView }) {
  return (
    <>
      <Facts>
        <Fact name="outcome">
          {of.outcome}
          {of.code !== undefined && ` (${of.code})`}
        </Fact>
        <Fact name="processing">{of.processingVersion}</Fact>
        <Fact name="stored">
          <When at={of.storedAt} />
        </Fact>
        {'releasedAt' in of && (
          <>
            <Fact name="status">
              {of.status}
              {of.current ? ', what readers get now' : ', replaced by a later one'}
            </Fact>
            <Fact name="released">
              <When at={of.releasedAt} />
            </Fact>
            <Fact name="channels">{of.channels.join(', ') || 'none'}</Fact>
          </>
        )}
        {of.enrichment?.language && <Fact name="language">{of.enrichment.language.code}</Fact>}
        {of.enrichment?.topics && of.enrichment.topics.length > 0 && (
          <Fact name="topics">{of.enrichment.topics.map(({ label }) => label).join(', ')}</Fact>
        )}
      </Facts>
      {of.article && <Article of={of.article} />}
    </>
  );
}

function Article({ of }: { of: ArticleData }) {
  return (
    <article className={css.article}>
      <h3>
        <Headline size="large">{of.title}</Headline>
      </h3>
      {of.byline !== undefined && <p className={css.byline}>{harmlessLines(of.byline)}</p>}
      {of.paragraphs.map(({ text, role }, index) => (
        <p key={index} data-role={role}>
          <bdi>{harmlessLines(text)}</bdi>
        </p>
      ))}
    </article>
  );
}
