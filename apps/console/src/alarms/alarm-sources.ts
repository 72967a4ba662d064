import { Injectable, type OnModuleInit } from '@nestjs/common';
import { STAGES, type StageName } from '@wireroom/contracts';
import { whileMongoIsThere } from '@wireroom/platform';
import { Bookkeeper } from '../books/bookkeeper.js';
import { Books } from '../books/books.js';
import { floorTo } from '../books/grains.js';
import { ConsoleEnv } from '../console.env.js';
import { GroupSurvey } from '../kafka/group-survey.js';
import { Quality } from '../ledger/quality.js';
import { StageData } from '../stages/stage-data.js';
import { StageWatch } from '../stages/stage-watch.js';
import { Alarms, type RaisedAlarm } from './alarms.js';

const DRIFT_EVERY_MS = 60_000;

/** Raises what can be told from the stages' words and the books. */
@Injectable()
export class AlarmSources implements OnModuleInit {
  private drifts: { at: number; raised: RaisedAlarm[] } = { at: 0, raised: [] };

  constructor(
    private readonly alarms: Alarms,
    private readonly watch: StageWatch,
    private readonly books: Books,
    private readonly bookkeeper: Bookkeeper,
    private readonly stages: StageData,
    private readonly quality: Quality,
    private readonly survey: GroupSurvey,
    private readonly env: ConsoleEnv,
  ) {}

  onModuleInit(): void {
    this.alarms.register(() => Promise.resolve(STAGES.flatMap((stage) => this.ofStage(stage))));
    this.alarms.register(() => this.ofOverdue());
    this.alarms.register(() => this.ofMismatch());
    this.alarms.register(() => this.ofDrift());
  }

  private ofStage(stage: StageName): RaisedAlarm[] {
    const word = this.watch.wordOf(stage);
    const link = this.pageOf(stage);
    if ('failure' in word) {
      const message = `${stage} does not answer: ${word.failure}`;
      return [{ id: `stage-unreachable/${stage}`, severity: 'critical', message, stage, link }];
    }
    const { health, reasons, deadLettersOpen, paused } = word.status;
    const raised: RaisedAlarm[] = [];
    if (paused) {
      const by = paused.by === undefined ? '' : ` by ${paused.by}`;
      const message = `${stage} is paused${by}: ${paused.reason}`;
      raised.push({ id: `stage-paused/${stage}`, severity: 'warning', message, stage, link });
    } else if (health !== 'ok') {
      const severity = health === 'down' ? 'critical' : 'warning';
      const message = `${stage} is ${health}: ${reasons.join('; ')}`;
      raised.push({ id: `stage-health/${stage}`, severity, message, stage, link });
    }
    if (deadLettersOpen > 0) {
      const message = `${counted(deadLettersOpen, 'dead letter is', 'dead letters are')} open at ${stage}`;
      raised.push({
        id: `dead-letters/${stage}`,
        severity: 'warning',
        message,
        stage,
        link: `/failures?stage=${stage}`,
      });
    }
    return raised;
  }

  /** Where a stage's own words stand beside what the brokers say of it, and where it is paused and resumed. */
  private pageOf(stage: StageName): string {
    return `/kafka/groups/${encodeURIComponent(this.survey.groupOf(stage))}`;
  }

  /** What waits too long: a backlog while a stage has work, and missing when none has. */
  private async ofOverdue(): Promise<RaisedAlarm[]> {
    const before = floorTo('minute', new Date(Date.now() - this.env.CONSOLE_OVERDUE_SECONDS * 1000));
    const [row] = await whileMongoIsThere(() =>
      this.books.ledger
        .aggregate<{ count: number }>([
          { $match: { outcome: 'in-flight', grain: 'minute', at: { $lt: before } } },
          { $group: { _id: null, count: { $sum: '$count' } } },
        ])
        .toArray(),
    );
    const count = row?.count ?? 0;
    if (count === 0) return [];
    const bound = `${Math.round(this.env.CONSOLE_OVERDUE_SECONDS / 60)} minutes`;
    const link = `/items?outcome=in-flight&to=${before.toISOString()}`;
    if (this.nothingToDo) {
      const message = `${counted(count, 'revision is', 'revisions are')} missing: accepted more than ${bound} ago, not ended, and no stage has anything to do`;
      return [{ id: 'missing', severity: 'critical', message, link }];
    }
    const message = `${counted(count, 'revision has', 'revisions have')} been in flight for more than ${bound}`;
    return [{ id: 'overdue', severity: 'warning', message, link }];
  }

  private get nothingToDo(): boolean {
    return STAGES.every((stage) => {
      const word = this.watch.wordOf(stage);
      return 'status' in word && word.status.lag === 0 && word.status.unsaid === 0;
    });
  }

  /** The books against the number of documents that ingest has, and against later stages. */
  private async ofMismatch(): Promise<RaisedAlarm[]> {
    if (!this.bookkeeper.isFollowing) return [];
    const [stored, outcomes] = await whileMongoIsThere(() =>
      Promise.all([
        this.stages.documents('ingest').estimatedDocumentCount(),
        this.books.ledger
          .aggregate<{ _id: string; count: number }>([
            { $match: { grain: 'week' } },
            { $group: { _id: '$outcome', count: { $sum: '$count' } } },
          ])
          .toArray(),
      ]),
    );
    const unaccepted = outcomes.find(({ _id }) => _id === 'unaccepted')?.count ?? 0;
    const booked = outcomes.reduce((sum, { count }) => sum + count, 0) - unaccepted;
    const raised: RaisedAlarm[] = [];
    if (booked !== stored && this.nothingToDo) {
      const message = `the ledger does not add up: ingest holds ${stored} revisions, the books ${booked}`;
      raised.push({ id: 'mismatch', severity: 'critical', message, link: '/ledger' });
    }
    if (unaccepted > 0) {
      const message = `${counted(unaccepted, 'revision is', 'revisions are')} at a later stage that ingest never accepted`;
      raised.push({ id: 'unaccepted', severity: 'critical', message, link: '/items?outcome=unaccepted&window=all' });
    }
    return raised;
  }

  private async ofDrift(): Promise<RaisedAlarm[]> {
    if (Date.now() - this.drifts.at < DRIFT_EVERY_MS) return this.drifts.raised;
    const { sources } = await this.quality.countAll();
    const raised = sources.flatMap(({ source, drifts }) =>
      drifts.map(({ figure, message }): RaisedAlarm => ({
        id: `drift/${source}/${figure}`,
        severity: 'warning',
        message: `${source}: ${message}`,
        source,
        link: `/ledger?tab=quality&source=${encodeURIComponent(source)}`,
      })),
    );
    this.drifts = { at: Date.now(), raised };
    return raised;
  }
}

function counted(count: number, one: string, many: string): string {
  return count === 1 ? `1 ${one}` : `${count} ${many}`;
}
