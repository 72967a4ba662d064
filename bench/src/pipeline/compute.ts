import { type ReadTask, readContent } from '@wireroom/enrichment-service/dist/read-content.js';
import { createPage } from './items.js';
import type { Throughput } from './throughput.js';

/** The pure functions alone, in a loop on one thread: extraction and enrichment of the same pages. */
export function measureCompute(pages: number): Throughput {
  const tasks = Array.from({ length: pages }, (_, index) => taskOf(index));
  for (const task of tasks) readContent(task);
  const cpuBefore = process.cpuUsage();
  const began = performance.now();
  for (const task of tasks) readContent(task);
  const seconds = (performance.now() - began) / 1000;
  const { user, system } = process.cpuUsage(cpuBefore);
  return { itemsPerSecond: pages / seconds, cpuMsPerItem: (user + system) / 1000 / pages };
}

function taskOf(index: number): ReadTask {
  return {
    bytes: Buffer.from(createPage(index)),
    contentType: 'text/html; charset=utf-8',
    publishedAt: '2026-03-16T07:30:00Z',
  };
}
