import { Button } from '@mantine/core';
import type { EnrichedView } from '@wireroom/contracts';
import { useState } from 'react';
import { Link } from 'wouter';
import { linkTo } from '../../app/url-state.js';
import { Choice } from '../../parts/filters.js';
import { Panel, Row } from '../../parts/page.js';
import { Answer, Empty } from '../../parts/states.js';
import { harmless } from '../../text/harmless.js';
import { count } from '../../text/numbers.js';
import css from './enrichment.module.css';
import { type Finding, type FindingGroup, findingsOf } from './findings.js';
import type { ItemPartProps } from './part.js';
import { chosenProcessing, useRevision } from './use-revision.js';

/** Findings of a kind that are shown at first. */
const SHOWN = 25;

/** What enrichment found in a revision, each leading to its characters. */
export default function Enrichment({ contentId, revision, state, change }: ItemPartProps) {
  const documents = useRevision(contentId, revision);
  return (
    <Answer of={documents} lines={12}>
      {({ enriched }) => {
        const document = chosenProcessing(enriched, state.processing);
        return (
          <>
            {enriched.length > 1 && document && (
              <Row>
                <Choice
                  label="Processing"
                  value={String(document.processingVersion)}
                  all="newest"
                  options={enriched.map(({ processingVersion }) => String(processingVersion))}
                  onChange={(processing) => change({ processing })}
                />
              </Row>
            )}
            <Groups
              of={document}
              addressOf={(field) =>
                linkTo(`/items/${contentId}`, { tab: 'why', revision, processing: state.processing, field })
              }
            />
          </>
        );
      }}
    </Answer>
  );
}

interface GroupsProps {
  of: EnrichedView | undefined;
  addressOf: (field: string) => string;
}

function Groups({ of, addressOf }: GroupsProps) {
  const groups = of ? findingsOf(of) : [];
  if (groups.length === 0) {
    return (
      <Panel>
        <Empty title="Enrichment found nothing in this revision">
          {of === undefined ? 'It holds none of it.' : 'It has no article, or every step is switched off.'}
        </Empty>
      </Panel>
    );
  }
  return (
    <div className={css.groups}>
      {groups.map((group) => (
        <Group key={group.key} of={group} addressOf={addressOf} />
      ))}
    </div>
  );
}

function Group({ of, addressOf }: { of: FindingGroup; addressOf: (field: string) => string }) {
  const [isWhole, setWhole] = useState(false);
  const shown = isWhole ? of.findings : of.findings.slice(0, SHOWN);
  return (
    <Panel
      className={css.group}
      title={
        <>
          {of.title}
          {of.findings.length > 1 && <span className={css.count}>{count(of.findings.length)}</span>}
        </>
      }
    >
      <ul className={css.findings} aria-label={of.title}>
        {shown.map((finding) => (
          <li key={finding.field} data-kind={of.key}>
            <Link href={addressOf(finding.field)} className={css.says}>
              <bdi>{harmless(finding.says, 2000)}</bdi>
            </Link>
            <About of={finding} />
          </li>
        ))}
      </ul>
      {shown.length < of.findings.length && (
        <Button variant="default" onClick={() => setWhole(true)} mt={8}>
          Show all {count(of.findings.length)}
        </Button>
      )}
    </Panel>
  );
}

function About({ of: { about, contentId } }: { of: Finding }) {
  return (
    <span className={css.about}>
      {about.map((words) => (
        <bdi key={words}>{harmless(words, 300)}</bdi>
      ))}
      {contentId !== undefined && <Link href={`/items/${contentId}`}>the first item</Link>}
    </span>
  );
}
