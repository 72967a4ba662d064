import { cpuOfChildren } from './cpu-of-children.js';
import type { RunningSubject, StartSubject, SubjectSettings } from './subject.js';
import { startBareHops } from './subjects/bare-hops.js';
import { startCeiling } from './subjects/ceiling.js';
import { startStock } from './subjects/stock.js';
import { startWireroom, startWireroomComplete } from './subjects/wireroom.js';

const SUBJECTS = {
  stock: startStock,
  wireroom: startWireroom,
  wireroomComplete: startWireroomComplete,
  ceiling: startCeiling,
  bareHops: startBareHops,
} satisfies Record<string, StartSubject>;

export type SubjectName = keyof typeof SUBJECTS;

export type Order = { type: 'start'; subject: SubjectName; settings: SubjectSettings } | { type: 'cpu' | 'stop' };
export type Answer = { type: 'running'; url?: string } | { type: 'cpu'; milliseconds: number };

/** The process a pipeline runs in: starts it, says how much CPU it has used, stops it, each when ordered. */
function serve(): void {
  let running: RunningSubject | undefined;
  process.on('disconnect', () => process.exit(1));
  process.on('message', (order: Order) => {
    void obey(order).catch((error: unknown) => {
      console.error(error);
      process.exit(1);
    });
  });

  async function obey(order: Order): Promise<void> {
    if (order.type === 'start') {
      running = await SUBJECTS[order.subject](order.settings);
      answer({ type: 'running', url: running.url });
    } else if (order.type === 'cpu') {
      const { user, system } = process.cpuUsage();
      answer({ type: 'cpu', milliseconds: (user + system) / 1000 + (await cpuOfChildren()) });
    } else {
      await running?.stop();
      process.exit(0);
    }
  }
}

function answer(words: Answer): void {
  process.send!(words);
}

serve();
