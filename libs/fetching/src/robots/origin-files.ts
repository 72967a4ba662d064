import { BoundedMap } from '../bounded-map.js';
import type { Clock } from '../clock.js';

/** What is known of one origin, and for how long. */
export interface Kept<TValue> {
  value: TValue;
  keepMs: number;
  /** Bytes it holds. */
  weight: number;
}

export interface OriginFilesOptions<TValue> {
  clock: Clock;
  /** Bytes of all that is kept together. */
  mostBytes: number;
  /** Asks an origin; told what was known until now, which may be kept on. Its errors are not remembered. */
  load: (origin: string, outdated: TValue | undefined) => Promise<Kept<TValue>>;
}

/** What holding an entry costs on top of its bytes. */
const ENTRY_BYTES = 200;

/** What origins say in files of fixed names: asked once for many requests, by one request however many wait for it. */
export class OriginFiles<TValue> {
  private readonly known: BoundedMap<{ value: TValue; until: number; weight: number }>;
  private readonly asked = new Map<string, Promise<TValue>>();

  constructor(private readonly options: OriginFilesOptions<TValue>) {
    this.known = new BoundedMap(options.mostBytes, ({ weight }) => weight + ENTRY_BYTES);
  }

  /** @throws what `load` throws */
  async get(origin: string): Promise<TValue> {
    const known = this.known.get(origin);
    if (known && known.until > this.options.clock.now()) return known.value;
    const asked = this.asked.get(origin) ?? this.ask(origin, known?.value);
    this.asked.set(origin, asked);
    return asked;
  }

  private async ask(origin: string, outdated: TValue | undefined): Promise<TValue> {
    try {
      const { value, keepMs, weight } = await this.options.load(origin, outdated);
      this.known.set(origin, { value, until: this.options.clock.now() + keepMs, weight });
      return value;
    } finally {
      this.asked.delete(origin);
    }
  }
}
