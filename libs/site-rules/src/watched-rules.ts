import { siteRuleFor } from '@wireroom/extraction';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type RuleFile, readRulesFolder } from './rules-folder.js';

/** Told what becomes of the folder. */
export interface WatchEvents {
  /** The folder changed and its rules are in use from now on. */
  onReload(rules: RuleFile[]): void;
  /** The folder changed and can't be used; the rules from before stay in use. */
  onFault(error: unknown): void;
}

/** Writes what becomes of a folder into a service's log. */
export function rulesLog(dir: string, logger: RulesLogger): WatchEvents {
  return {
    onReload: (rules) => logger.info({ dir, rules: rules.length }, 'site rules read again'),
    onFault: (err) => logger.error({ err, dir }, 'site rules changed and are at fault; those from before stay'),
  };
}

interface RulesLogger {
  info(fields: object, words: string): void;
  error(fields: object, words: string): void;
}

const LOOK_EVERY_MS = 2000;

/**
 * The rules of a folder, read again when a file in it changes. Looked at by time: a mounted volume, as a container
 * gets its rules, tells nobody of its changes.
 */
export class WatchedRules {
  private constructor(
    private readonly dir: string,
    private readonly events: WatchEvents,
    private files: RuleFile[],
    private seen: string,
  ) {}

  private timer: NodeJS.Timeout | undefined;

  /** @throws RulesFolderError when the folder can't be used: a service then does not start. */
  static async open(dir: string, events: WatchEvents, lookEveryMs = LOOK_EVERY_MS): Promise<WatchedRules> {
    const seen = await stateOf(dir);
    const rules = new WatchedRules(dir, events, await readRulesFolder(dir), seen);
    rules.timer = setInterval(() => void rules.look(), lookEveryMs);
    rules.timer.unref();
    return rules;
  }

  get current(): readonly RuleFile[] {
    return this.files;
  }

  /** The rule for an address as it stands in its file, so that it can travel to a worker process. */
  sourceFor(url: string | undefined): object | undefined {
    const rule = siteRuleFor(
      url,
      this.files.map((file) => file.rule),
    );
    return this.files.find((file) => file.rule === rule)?.source;
  }

  close(): void {
    clearInterval(this.timer);
  }

  private async look(): Promise<void> {
    const now = await stateOf(this.dir);
    if (now === this.seen) return;
    this.seen = now;
    try {
      this.files = await readRulesFolder(this.dir);
      this.events.onReload(this.files);
    } catch (error) {
      this.events.onFault(error);
    }
  }
}

/** Names, sizes and times of the rule files; the same text means nothing has changed. */
async function stateOf(dir: string): Promise<string> {
  const names = await readdir(dir).catch((): string[] => []);
  const files = await Promise.all(
    names
      .filter((name) => name.endsWith('.json'))
      .sort()
      .map(async (name) => {
        const found = await stat(join(dir, name)).catch(() => undefined);
        return `${name} ${found?.size} ${found?.mtimeMs}`;
      }),
  );
  return files.join('\n');
}
