import { SERVICES, type ServiceName } from '@wireroom/contracts';
import type { Wire } from './wire.js';

/** One question to MongoDB and the plan that was run for it. */
export interface Query {
  /** `database.collection` */
  namespace: string;
  /** `IXSCAN` with the index, `COLLSCAN`, … as MongoDB's profiler sums it up. */
  plan: string;
  /** What was asked, for a failing test to show. */
  asked: unknown;
}

interface ProfileEntry {
  ns: string;
  planSummary?: string;
  command: { filter?: unknown; pipeline?: unknown; query?: unknown };
}

/** Everything a service asks of all databases while something is done, as MongoDB's profiler saw it. */
export async function queriesDuring(wire: Wire, service: ServiceName, act: () => Promise<void>): Promise<Query[]> {
  const databases = await Promise.all(SERVICES.map(async (name) => (await wire.database(name)).db!));
  for (const database of databases) await database.command({ profile: 2 });
  try {
    await act();
  } finally {
    for (const database of databases) await database.command({ profile: 0 });
  }
  const queries: Query[] = [];
  for (const database of databases) {
    const profile = database.collection<ProfileEntry>('system.profile');
    const asked = { appName: `wireroom_${service}`, op: { $in: ['query', 'command'] }, planSummary: { $exists: true } };
    for (const { ns, planSummary = '', command } of await profile.find(asked).toArray()) {
      queries.push({ namespace: ns, plan: planSummary, asked: command.filter ?? command.pipeline ?? command.query });
    }
  }
  return queries;
}
