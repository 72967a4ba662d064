import type { StageNow } from '@wireroom/contracts';
import { Link } from 'wouter';
import { linkTo } from '../../app/url-state.js';
import { Fact, Facts, Panel } from '../../parts/page.js';
import { StageHealthMark } from '../../parts/stage-health.js';
import { Notice } from '../../parts/states.js';
import { Code, Seconds, When } from '../../parts/words.js';
import { harmless } from '../../text/harmless.js';
import { count } from '../../text/numbers.js';

/** What a stage says of itself, and where the console asks it: the first look when it is not well. */
export function StageWords({ of }: { of: StageNow }) {
  return (
    <Panel title={`The stage ${of.stage}`}>
      {of.health === 'unreachable' && (
        <Notice tone="bad">
          The console gets no answer from it. The members below are those that the brokers still see: with none, its
          process has ended or can’t reach Kafka, and its log says why; with some, it works, and the way from here to
          its address is broken.
        </Notice>
      )}
      <Facts>
        <Fact name="health">
          <StageHealthMark of={of} />
          {of.reasons.map((reason) => (
            <div key={reason}>
              <bdi>{harmless(reason, 600)}</bdi>
            </div>
          ))}
        </Fact>
        <Fact name="answered last">{of.answeredAt === undefined ? 'never' : <When at={of.answeredAt} as="ago" />}</Fact>
        <Fact name="asked at">
          <Code copies>{of.address}</Code>
        </Fact>
        {of.instance !== undefined && <Fact name="who answered">{of.instance}</Fact>}
        <Fact name="in flight">
          <Link href={linkTo('/items', { stage: of.stage, outcome: 'in-flight', window: 'all' })}>
            {count(of.inFlight)}
          </Link>
        </Fact>
        {of.oldestWaitingSeconds !== undefined && (
          <Fact name="oldest waits">
            <Seconds value={of.oldestWaitingSeconds} />
          </Fact>
        )}
        <Fact name="dead letters">
          <Link href={linkTo('/failures', { stage: of.stage })}>{count(of.deadLettersOpen)}</Link>
        </Fact>
      </Facts>
    </Panel>
  );
}
