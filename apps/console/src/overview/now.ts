import { Injectable } from '@nestjs/common';
import {
  type FigureGap,
  type NowAnswer,
  PIPELINE,
  STAGES,
  type StageName,
  type StageNow,
  type WaitingItem,
} from '@wireroom/contracts';
import { whileMongoIsThere } from '@wireroom/platform';
import { Alarms } from '../alarms/alarms.js';
import { Bookkeeper } from '../books/bookkeeper.js';
import { Books } from '../books/books.js';
import { GRAINS, floorTo } from '../books/grains.js';
import { mergeHistograms } from '../books/histogram.js';
import type { ItemDocument } from '../books/item.schema.js';
import { Sums, latencyOf } from '../books/sums.js';
import { ALL_SOURCES, type FlowTally } from '../books/tally.schema.js';
import { GroupSurvey } from '../kafka/group-survey.js';
import { LagHistory } from '../kafka/lag-history.js';
import { StageClients } from '../stages/stage-clients.js';
import { StageWatch } from '../stages/stage-watch.js';

type Waiting = Pick<ItemDocument, 'contentId' | 'revision' | 'source' | 'title' | 'at'>;

const LATENCY_MINUTES = 15;
const FRESH_MS = 1000;
const FINISHED: Record<StageName, 'accepted' | 'enriched' | 'published'> = {
  ingest: 'accepted',
  enrichment: 'enriched',
  publishing: 'published',
};

/** The wire at this moment, from the stages' own words and the books. */
@Injectable()
export class Now {
  private latest: { at: number; answer: Promise<NowAnswer> } | undefined;

  constructor(
    private readonly watch: StageWatch,
    private readonly books: Books,
    private readonly sums: Sums,
    private readonly bookkeeper: Bookkeeper,
    private readonly alarms: Alarms,
    private readonly lagHistory: LagHistory,
    private readonly survey: GroupSurvey,
    private readonly clients: StageClients,
  ) {}

  /** At most a second old: many pages cost no more than one. @throws UnavailableError */
  answer(): Promise<NowAnswer> {
    const at = Date.now();
    if (this.latest && at - this.latest.at < FRESH_MS) return this.latest.answer;
    const answer = this.take(new Date(at));
    this.latest = { at, answer };
    answer.catch(() => (this.latest = undefined));
    return answer;
  }

  private async take(at: Date): Promise<NowAnswer> {
    const minute = floorTo('minute', at);
    const [flow, inFlight, oldest] = await Promise.all([
      this.sums.flowParts('minute', new Date(minute.getTime() - LATENCY_MINUTES * GRAINS.minute), at, ALL_SOURCES),
      this.inFlight(),
      Promise.all(STAGES.map((stage) => this.oldestAt(stage))),
    ]);
    const lastMinute = flow.find((part) => part.at.getTime() === minute.getTime() - GRAINS.minute);
    const unavailable: FigureGap[] = [];
    const stages = STAGES.map((stage, index) => ({
      group: this.survey.groupOf(stage),
      address: this.clients.of(stage).baseUrl,
      answeredAt: this.watch.answeredAt(stage)?.toISOString(),
      ...this.ownWords(stage, unavailable),
      ...this.groupOf(stage, unavailable),
      inFlight: inFlight.get(stage) ?? 0,
      oldestWaitingSeconds: secondsSince(oldest[index]?.at, at),
      perSecond: perSecond(lastMinute, FINISHED[stage]),
    }));
    const open = stages.map(({ deadLettersOpen }) => deadLettersOpen);
    return {
      at: at.toISOString(),
      stages,
      acceptedPerSecond: perSecond(lastMinute, 'accepted'),
      publishedPerSecond: perSecond(lastMinute, 'published'),
      inFlight: stages.reduce((sum, stage) => sum + stage.inFlight, 0),
      oldest: oldestOf(oldest, at),
      latency: latencyOf(mergeHistograms(flow.map(({ latency }) => latency))),
      deadLettersOpen: open.every((count) => count !== undefined)
        ? open.reduce((sum, count) => sum + count, 0)
        : undefined,
      alarms: this.alarms.now,
      books: this.bookkeeper.progress,
      unavailable,
    };
  }

  /** What only the stage can say; what it doesn't say goes among the gaps. */
  private ownWords(
    stage: StageName,
    gaps: FigureGap[],
  ): Pick<StageNow, 'stage' | 'health' | 'reasons'> & Partial<StageNow> {
    const word = this.watch.wordOf(stage);
    if ('failure' in word) {
      for (const figure of ['lag', 'unsaid', 'deadLettersOpen']) {
        gaps.push({ figure: `stages.${stage}.${figure}`, reason: word.failure });
      }
      return { stage, health: 'unreachable', reasons: [word.failure] };
    }
    const { health, reasons, instance, paused, lag, unsaid, oldestUnsaidSeconds, deadLettersOpen } = word.status;
    if (lag < 0) gaps.push({ figure: `stages.${stage}.lag`, reason: 'kafka does not answer the stage' });
    return {
      stage,
      health,
      reasons,
      instance,
      paused: paused !== undefined,
      lag: lag < 0 ? undefined : lag,
      unsaid,
      oldestUnsaidSeconds,
      deadLettersOpen,
    };
  }

  /** What the brokers say of the stage's consumers. */
  private groupOf(stage: StageName, gaps: FigureGap[]): Pick<StageNow, 'instances' | 'lagSeconds'> {
    const group = this.lagHistory.latest.find((other) => other.stage === stage);
    if (!group) {
      gaps.push({ figure: `stages.${stage}.instances`, reason: 'the brokers have not been heard of the group' });
      return {};
    }
    const { topic } = PIPELINE[stage].hears;
    return {
      lagSeconds: group.lagSeconds,
      instances: group.members.map(({ memberId, clientId, host, assignment }) => ({
        memberId,
        clientId,
        host,
        partitions: assignment.flatMap((one) => (one.topic === topic ? one.partitions : [])),
      })),
    };
  }

  private async inFlight(): Promise<Map<StageName, number>> {
    const rows = await whileMongoIsThere(() =>
      this.books.ledger
        .aggregate<{ _id: StageName; count: number }>([
          { $match: { outcome: 'in-flight', grain: 'week' } },
          { $group: { _id: '$stage', count: { $sum: '$count' } } },
        ])
        .toArray(),
    );
    return new Map(rows.map(({ _id, count }) => [_id, count]));
  }

  private oldestAt(stage: StageName): Promise<(Waiting & { stage: StageName }) | undefined> {
    return whileMongoIsThere(async () => {
      const found = await this.books.items
        .find({ outcome: 'in-flight', stage })
        .project<Waiting>({ contentId: 1, revision: 1, source: 1, title: 1, at: 1 })
        .sort({ at: 1 })
        .limit(1)
        .next();
      return found ? { ...found, stage } : undefined;
    });
  }
}

function oldestOf(waiting: ((Waiting & { stage: StageName }) | undefined)[], now: Date): WaitingItem | undefined {
  const [oldest] = waiting.filter((item) => item !== undefined).sort((a, b) => a.at.getTime() - b.at.getTime());
  if (!oldest) return undefined;
  const { contentId, revision, source, title, stage, at } = oldest;
  return {
    contentId,
    revision,
    source,
    title,
    stage,
    acceptedAt: at.toISOString(),
    seconds: secondsSince(at, now) ?? 0,
  };
}

function secondsSince(at: Date | undefined, now: Date): number | undefined {
  return at && Math.max(0, Math.floor((now.getTime() - at.getTime()) / 1000));
}

function perSecond(minute: FlowTally | undefined, figure: 'accepted' | 'enriched' | 'published'): number {
  return Math.round(((minute?.[figure] ?? 0) / 60) * 100) / 100;
}
