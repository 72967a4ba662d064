import { Injectable } from '@nestjs/common';
import {
  type CheckMessageAnswer,
  type ConsoleDeadLetterAnswer,
  ContractViolation,
  type DeadLetterAnswer,
  type DeadLetterPage,
  type ListConsoleDeadLettersRequest,
  PIPELINE,
  STAGES,
  type StageName,
  decodeJson,
} from '@wireroom/contracts';
import { type DeadLetterDocument, deadLetterQuery, deadLetterSummary } from '@wireroom/pipeline';
import { whileMongoIsThere } from '@wireroom/platform';
import { afterCursor, cursorOf } from '../paging.js';
import { StageClients } from '../stages/stage-clients.js';
import { StageData } from '../stages/stage-data.js';

const LIMIT = 50;
const WITHOUT_BYTES = { key: 0, value: 0, headers: 0, stack: 0 };

/** Dead letters of all stages, to read. */
@Injectable()
export class DeadLetterPages {
  constructor(
    private readonly data: StageData,
    private readonly stages: StageClients,
  ) {}

  /** Newest failure first. @throws ContractViolation, UnavailableError */
  async list({ stage, limit = LIMIT, cursor, ...filter }: ListConsoleDeadLettersRequest): Promise<DeadLetterPage> {
    const query = deadLetterQuery(filter);
    const after = afterCursor('lastFailedAt', cursor, (id) => id);
    const stages = STAGES.filter((one) => stage === undefined || one === stage);
    const parts = await Promise.all(stages.map((one) => this.ofStage(one, query, after, limit + 1)));
    const rows = parts.flatMap((part) => part.rows).sort(newestFirst);
    const last = rows.length > limit ? rows[limit - 1] : undefined;
    return {
      items: rows.slice(0, limit).map((row) => deadLetterSummary(row)),
      total: parts.reduce((sum, { total }) => sum + total, 0),
      nextCursor: last && cursorOf(last.lastFailedAt, last._id),
    };
  }

  /** One with its bytes, from its stage, and what its contract says against its newest version. @throws CallFailed */
  async one(stage: StageName, id: string): Promise<ConsoleDeadLetterAnswer> {
    const letter = await this.stages.of(stage).showDeadLetter(id);
    return { ...letter, faults: this.check(stage, versionOf(letter, letter.edits)!).faults };
  }

  /** The value of one version; undefined where there is no such version. @throws CallFailed */
  async valueOf(stage: StageName, id: string, edit: number): Promise<Buffer | undefined> {
    return versionOf(await this.stages.of(stage).showDeadLetter(id), edit);
  }

  /** Whether the stage could read such a message. */
  check(stage: StageName, value: Buffer): CheckMessageAnswer {
    try {
      decodeJson(PIPELINE[stage].hears.data, value);
      return { readable: true, faults: [] };
    } catch (error) {
      if (!(error instanceof ContractViolation)) throw error;
      return { readable: false, faults: error.faults };
    }
  }

  private async ofStage(
    stage: StageName,
    query: ReturnType<typeof deadLetterQuery>,
    after: Record<string, unknown>,
    limit: number,
  ): Promise<{ rows: Row[]; total: number }> {
    const letters = this.data.deadLetters(stage);
    const [rows, total] = await whileMongoIsThere(() =>
      Promise.all([
        letters
          .find({ $and: [query, after] } as never, { projection: WITHOUT_BYTES })
          .sort({ lastFailedAt: -1, _id: -1 })
          .limit(limit)
          .toArray(),
        letters.countDocuments(query as never),
      ]),
    );
    return { rows, total };
  }
}

type Row = Omit<DeadLetterDocument, 'key' | 'value' | 'headers' | 'stack'>;

function newestFirst(one: Row, other: Row): number {
  const apart = other.lastFailedAt.getTime() - one.lastFailedAt.getTime();
  return apart !== 0 ? apart : one._id < other._id ? 1 : -1;
}

function versionOf(letter: DeadLetterAnswer, edit: number): Buffer | undefined {
  const version = edit === 0 ? letter : letter.versions.find((one) => one.edit === edit);
  return version && Buffer.from(version.valueBase64 ?? '', 'base64');
}
