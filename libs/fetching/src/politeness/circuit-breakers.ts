import { BoundedMap } from '../bounded-map.js';
import type { Clock } from '../clock.js';
import { FetchEnd } from '../fetch-end.js';

export interface CircuitOptions {
  clock: Clock;
  /** 0 to 1, for jitter. */
  random: () => number;
}

/** What became of a fetch, as far as its circuit is concerned. */
export type Verdict =
  /** The far side works, whatever it said. */
  | 'works'
  /** It does not, or wants to be left alone. */
  | 'fails'
  /** Nothing was learned. */
  | 'unknown';

const FAILURES_TO_OPEN = 5;
const FIRST_PAUSE_MS = 30_000;
const LONGEST_PAUSE_MS = 3_600_000;
const REMEMBERED = 10_000;

interface Circuit {
  /** One after the other. */
  failures: number;
  /** Length of the current pause, jitter left out. 0 while closed. */
  pauseMs: number;
  /** Monotonic. */
  openUntil: number;
  /** The one request that is let through after a pause is under way. */
  probing: boolean;
}

/**
 * Circuit breakers by key. After five failures in a row nothing is let through for half a minute; then one request
 * is, and where that fails too the pause doubles, up to an hour. Pauses vary by a quarter, so that hosts that went
 * away together are not all asked again together.
 */
export class CircuitBreakers {
  private readonly circuits = new BoundedMap<Circuit>(REMEMBERED);

  constructor(private readonly options: CircuitOptions) {}

  /**
   * Does work under a circuit, unless that is open.
   *
   * @param judge what the work's result says of the circuit; work that throws says nothing
   * @throws FetchEnd `circuit-open`; what the work throws
   */
  async run<T>(key: string, work: () => Promise<T>, judge: (result: T) => Verdict): Promise<T> {
    const circuit = this.circuits.get(key);
    const isProbe = circuit !== undefined && circuit.pauseMs > 0;
    if (isProbe) this.admitProbe(circuit);
    let verdict: Verdict = 'unknown';
    try {
      const result = await work();
      verdict = judge(result);
      return result;
    } finally {
      this.hear(key, verdict, isProbe);
    }
  }

  private admitProbe(circuit: Circuit): void {
    const left = circuit.openUntil - this.options.clock.now();
    if (left > 0) throw open(left);
    if (circuit.probing) throw open(FIRST_PAUSE_MS);
    circuit.probing = true;
  }

  private hear(key: string, verdict: Verdict, wasProbe: boolean): void {
    const circuit = this.circuits.get(key) ?? { failures: 0, pauseMs: 0, openUntil: 0, probing: false };
    if (wasProbe) circuit.probing = false;
    if (verdict === 'works') this.circuits.delete(key);
    if (verdict !== 'fails') return;
    circuit.failures++;
    this.circuits.set(key, circuit);
    if (wasProbe || (circuit.pauseMs === 0 && circuit.failures >= FAILURES_TO_OPEN)) this.open(circuit);
  }

  private open(circuit: Circuit): void {
    const { clock, random } = this.options;
    circuit.pauseMs = circuit.pauseMs === 0 ? FIRST_PAUSE_MS : Math.min(circuit.pauseMs * 2, LONGEST_PAUSE_MS);
    circuit.openUntil = clock.now() + circuit.pauseMs * (0.75 + random() / 2);
  }
}

function open(retryAfterMs: number): FetchEnd {
  return FetchEnd.refused('circuit-open', 'too many failures in a row', { retryAfterMs: Math.ceil(retryAfterMs) });
}
