import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { QualityFigures, ShareFigure, SourceQuality } from '@wireroom/contracts';
import { useState } from 'react';
import { call } from '../../api/call.js';
import { linkTo } from '../../app/url-state.js';
import { ShowAll } from '../../parts/more.js';
import { Panel } from '../../parts/page.js';
import { Answer, Empty } from '../../parts/states.js';
import { Mark, When } from '../../parts/words.js';
import { Link } from 'wouter';
import { count, counted, percent } from '../../text/numbers.js';
import css from './quality.module.css';

/** Share points by which a figure has to move before the eye is led to it. */
const NOTABLE = 0.1;

export function Quality({ source }: { source: string | undefined }) {
  const [limit, setLimit] = useState<number | undefined>();
  const quality = useQuery({
    queryKey: ['quality', source, limit],
    queryFn: ({ signal }) => call('quality', { request: { source, limit }, signal }),
    refetchInterval: 60_000,
    placeholderData: keepPreviousData,
  });
  return (
    <Answer of={quality} lines={10}>
      {({ sources, sourceCount, asOf }) =>
        sources.length === 0 ? (
          <Panel>
            <Empty title="No articles in the last day or the week before">There is nothing to compare yet.</Empty>
          </Panel>
        ) : (
          <>
            <p className={css.before}>
              counted <When at={asOf} as="ago" />
            </p>
            <div className={css.sources}>
              {sources.map((one) => (
                <Source key={one.source} of={one} />
              ))}
            </div>
            <ShowAll
              shown={sources.length}
              of={sourceCount}
              what="sources"
              order="those with most drifts, then those that sent most"
              onAll={setLimit}
            />
          </>
        )
      }
    </Answer>
  );
}

function Source({ of }: { of: SourceQuality }) {
  return (
    <Panel
      title={
        <Link href={linkTo('/ledger', { tab: 'quality', source: of.source })} className={css.name}>
          <bdi>{of.source}</bdi>
        </Link>
      }
      hint={`${counted(of.recent.items, 'article')} in the last day, ${count(of.before.items)} in the week before`}
    >
      {of.drifts.length > 0 && (
        <ul className={css.drifts}>
          {of.drifts.map(({ figure, message }) => (
            <li key={figure}>
              <Mark tone="warn">
                <bdi className={css.drift}>{message}</bdi>
              </Mark>
            </li>
          ))}
        </ul>
      )}
      <table className={css.figures}>
        <caption className={css.caption}>Coverage: share of articles with each field</caption>
        <thead>
          <tr>
            <th scope="col">Field</th>
            <th scope="col">Last day</th>
            <th scope="col">Before</th>
          </tr>
        </thead>
        <tbody>
          {of.recent.coverage.map((figure) => (
            <Share key={figure.name} now={figure} before={find(of.before.coverage, figure.name)} />
          ))}
        </tbody>
      </table>
      <p className={css.more}>
        <Length now={of.recent} before={of.before} />
      </p>
      <p className={css.more}>
        Languages: {languages(of.recent)} <span className={css.before}>before {languages(of.before)}</span>
      </p>
      {of.recent.failedSteps.length > 0 && (
        <p className={css.more}>
          Steps that failed:{' '}
          {of.recent.failedSteps.map(({ name, count: times }) => `${name} ${count(times)}`).join(', ')}
        </p>
      )}
    </Panel>
  );
}

function Share({ now, before }: { now: ShareFigure; before: ShareFigure | undefined }) {
  const isNotable = before !== undefined && Math.abs(now.share - before.share) >= NOTABLE;
  return (
    <tr data-notable={isNotable || undefined}>
      <th scope="row">{now.name}</th>
      <td>
        <span className={css.track} aria-hidden="true">
          <span className={css.fill} style={{ width: `${now.share * 100}%` }} />
          {before && <span className={css.tick} style={{ insetInlineStart: `${before.share * 100}%` }} />}
        </span>
        <span className={css.share}>{percent(now.share)}</span>
      </td>
      <td>{percent(before?.share)}</td>
    </tr>
  );
}

function Length({ now, before }: { now: QualityFigures; before: QualityFigures }) {
  return (
    <>
      Body, median: {count(now.bodyCharsP50)} characters{' '}
      <span className={css.before}>before {count(before.bodyCharsP50)}</span>
    </>
  );
}

function languages({ languages: all }: QualityFigures): string {
  if (all.length === 0) return 'none';
  return all
    .slice(0, 5)
    .map(({ name, share }) => `${name} ${percent(share)}`)
    .join(', ');
}

function find(figures: ShareFigure[], name: string): ShareFigure | undefined {
  return figures.find((figure) => figure.name === name);
}
