import { gzipSync } from 'node:zlib';
import type { Plugin, Rolldown } from 'vite';

interface BudgetOptions {
  /** Bytes, gzipped. */
  limit: number;
  /** Name of the chunk of the first route. */
  firstRoute: string;
}

/**
 * Fails the build when the first view weighs more than it may: the document, the entry and the first route with all
 * they import statically, their style sheets, and the Latin fonts those ask for.
 */
export function firstViewBudget({ limit, firstRoute }: BudgetOptions): Plugin {
  return {
    name: 'first-view-budget',
    apply: 'build',
    enforce: 'post',
    generateBundle(_options, bundle) {
      const weights = weigh(bundle, firstRoute);
      const total = weights.reduce((sum, { bytes }) => sum + bytes, 0);
      const kilobytes = (bytes: number): string => `${(bytes / 1000).toFixed(1)} kB`;
      if (total <= limit) {
        this.info(`first view ${kilobytes(total)} gzipped of ${kilobytes(limit)}`);
        return;
      }
      const list = weights.map(({ file, bytes }) => `  ${kilobytes(bytes).padStart(9)}  ${file}`).join('\n');
      this.error(`The first view weighs ${kilobytes(total)} gzipped, more than ${kilobytes(limit)}:\n${list}`);
    },
  };
}

function weigh(bundle: Rolldown.OutputBundle, firstRoute: string): { file: string; bytes: number }[] {
  const outputs = Object.values(bundle);
  const chunks = outputs.filter((output): output is Rolldown.OutputChunk => output.type === 'chunk');
  const first = chunks.filter((chunk) => chunk.isEntry || chunk.name === firstRoute);
  if (first.length < 2) throw new Error(`No chunk is named ${firstRoute}: the budget would measure nothing.`);

  const files = new Set<string>(
    outputs.filter(({ fileName }) => fileName.endsWith('.html')).map((one) => one.fileName),
  );
  const visit = (file: string): void => {
    if (files.has(file)) return;
    files.add(file);
    const chunk = bundle[file];
    if (chunk?.type !== 'chunk') return;
    chunk.imports.forEach(visit);
    for (const style of chunk.viteMetadata?.importedCss ?? []) files.add(style);
  };
  first.forEach(({ fileName }) => visit(fileName));
  for (const { fileName } of outputs) if (/-latin-(?!ext-).*\.woff2$/.test(fileName)) files.add(fileName);

  return [...files]
    .map((file) => ({ file, bytes: weightOf(bundle[file]) }))
    .sort((one, other) => other.bytes - one.bytes);
}

function weightOf(output: Rolldown.OutputBundle[string] | undefined): number {
  if (output === undefined) return 0;
  const content = output.type === 'chunk' ? output.code : output.source;
  // fonts are compressed already
  return output.fileName.endsWith('.woff2') ? content.length : gzipSync(content).length;
}
