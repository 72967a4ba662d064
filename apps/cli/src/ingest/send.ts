import { type BatchLineAnswer, INGEST_ROUTES } from '@wireroom/contracts';
import { createHash, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { CliError, EXIT } from '../exit-codes.js';
import { type Patience, type Submitted, isLater, pauseBefore, refusal, submit } from '../submit.js';
import type { Parcel } from './collect.js';

/** One item and what the door said to it. */
export interface Receipt {
  name: string;
  answer: Submitted;
}

/** Sends parcels to ingest, waiting through "later". Parcels of lines go one after the other, to keep their order. */
export class Sender {
  private readonly runId = randomUUID();
  private lastLines: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly ingestUrl: string,
    private readonly patience: Patience,
  ) {}

  /** @throws CliError when ingest stays away. */
  async send(parcel: Parcel): Promise<Receipt[]> {
    if ('refusal' in parcel) return [{ name: parcel.name, answer: { accepted: false, ...parcel.refusal } }];
    if ('submission' in parcel) {
      const key = createHash('sha256').update(`${this.runId}\n${parcel.name}`).digest('hex');
      return [{ name: parcel.name, answer: await submit(this.ingestUrl, parcel.submission, key, this.patience) }];
    }
    const sent = this.lastLines.then(() => this.sendLines(parcel));
    this.lastLines = sent.catch(() => undefined);
    return sent;
  }

  private async sendLines({ name, firstLine, lines }: Extract<Parcel, { lines: Buffer[] }>): Promise<Receipt[]> {
    const receipts: Receipt[] = [];
    const deadline = Date.now() + this.patience.patienceMs;
    let open = lines.map((_, at) => at);
    for (let attempt = 0; open.length > 0; attempt++) {
      const { answers, retryAfter } = await this.post(open.map((at) => lines[at]!));
      const later: number[] = [];
      open.forEach((at, position) => {
        const answer = answers[position];
        if (answer === undefined || isLater(answer.status)) later.push(at);
        else receipts[at] = { name: `${name}:${firstLine + at}`, answer: submittedOf(answer) };
      });
      open = later;
      if (open.length === 0) break;
      const pause = pauseBefore(attempt, retryAfter);
      if (Date.now() + pause > deadline) {
        throw new CliError(EXIT.unreachable, `ingest at ${this.ingestUrl} keeps saying "later", or does not answer`);
      }
      await sleep(pause, undefined, { signal: this.patience.signal });
    }
    return receipts;
  }

  /** Answers to the lines, as many as came; none where the door as a whole is shut. */
  private async post(lines: Buffer[]): Promise<{ answers: BatchLineAnswer[]; retryAfter?: string }> {
    try {
      const response = await fetch(new URL(INGEST_ROUTES.submitBatch.path, this.ingestUrl), {
        method: INGEST_ROUTES.submitBatch.method,
        headers: { 'content-type': 'application/x-ndjson' },
        body: Buffer.concat(lines.flatMap((line) => [line, Buffer.from('\n')])),
        signal: this.patience.signal,
      });
      const text = await response.text();
      if (response.ok)
        return {
          answers: text
            .split('\n')
            .filter(Boolean)
            .map((line) => JSON.parse(line) as BatchLineAnswer),
        };
      if (isLater(response.status))
        return { answers: [], retryAfter: response.headers.get('retry-after') ?? undefined };
      throw new CliError(EXIT.failed, `ingest refused the batch: ${response.status} ${text.slice(0, 200)}`);
    } catch (error) {
      this.patience.signal?.throwIfAborted();
      if (error instanceof TypeError || error instanceof SyntaxError) return { answers: [] };
      throw error;
    }
  }
}

function submittedOf({ status, result, error }: BatchLineAnswer): Submitted {
  if (result) return { accepted: true, ...result };
  return refusal(status, error ?? { code: 'unknown', message: 'the answer says neither result nor error' });
}
