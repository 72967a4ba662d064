import { type ConsoleClient, PIPELINE, STAGES, type StageName } from '@wireroom/contracts';
import type { Command } from 'commander';
import { type ConsoleFlags, askConsole } from '../../console.js';
import { CliError, EXIT } from '../../exit-codes.js';
import { printable } from '../../terminal.js';
import { addConsoleOptions, stageOption } from '../common.js';

/** Which dead letters a command is about; all narrow. */
export interface ChoiceFlags extends ConsoleFlags {
  stage?: StageName;
  code?: string;
  source?: string;
  content?: string;
}

/** Flags of the commands that act on the dead letters named, or on all that are chosen. */
export interface ActionFlags extends ChoiceFlags {
  reason?: string;
  all?: boolean;
  yes?: boolean;
}

export function addChoice(command: Command): Command {
  return addConsoleOptions(command.addOption(stageOption()))
    .option('--code <code>', 'only those that failed with this code')
    .option('--source <name>', 'only those of this source')
    .option('--content <contentId>', 'only those of this item');
}

export function addAction(command: Command): Command {
  return addChoice(command)
    .argument('[id...]', 'ids of dead letters, open or parked')
    .option('--all', 'all open ones')
    .option('--yes', 'do it for all that are chosen');
}

/** A choice as the console's API takes it. */
type Choice = {
  code?: string;
  source?: string;
  contentId?: string;
};

export function choiceOf({ code, source, content }: ChoiceFlags): Choice {
  return { code, source, contentId: content };
}

/** The two ways to say which dead letters are meant. */
interface Ways<T> {
  /** @param byStage ids with the stage each is kept at */
  named: (client: ConsoleClient, byStage: Map<StageName, string[]>) => Promise<T>;
  chosen: (client: ConsoleClient, choice: Choice) => Promise<T>;
}

/**
 * Acts on the dead letters that are named, or on all that the flags choose, once --yes says so.
 *
 * @throws CliError where nothing is meant, or both, or nothing is like that
 */
export async function onNamedOrChosen<T>(verb: string, ids: string[], flags: ActionFlags, ways: Ways<T>): Promise<T> {
  const isChoice = isChosenByFlags(verb, ids, flags);
  return askConsole(flags, async (client) => {
    if (!isChoice) return ways.named(client, byStage(ids));
    await confirm(verb, client, flags);
    return ways.chosen(client, choiceOf(flags));
  });
}

/** Named dead letters with the stage each is kept at. @throws CliError `notFound` for a name that none can have */
function byStage(ids: string[]): Map<StageName, string[]> {
  const groups = new Map<StageName, string[]>();
  for (const id of new Set(ids)) {
    const stage = stageOfLetter(id);
    groups.set(stage, [...(groups.get(stage) ?? []), id]);
  }
  return groups;
}

/** A dead letter is named after the place of its message, and a topic is heard by one stage. @throws CliError */
export function stageOfLetter(id: string): StageName {
  const stage = STAGES.find((one) => id.startsWith(`${PIPELINE[one].hears.topic}/`));
  if (!stage) throw new CliError(EXIT.notFound, `no stage has a dead letter ${printable(id)}`);
  return stage;
}

/** Whether the flags choose anything. @throws CliError where neither they nor names do, or where both do */
function isChosenByFlags(verb: string, ids: string[], flags: ActionFlags): boolean {
  const isChoice = flags.all === true || [flags.stage, flags.code, flags.source, flags.content].some(Boolean);
  if (ids.length > 0 && isChoice)
    throw new CliError(EXIT.usage, `name dead letters to ${verb} or choose them, not both`);
  if (ids.length === 0 && !isChoice) {
    throw new CliError(
      EXIT.usage,
      `name dead letters to ${verb}, or choose them with --stage, --code, --source, --content or --all`,
    );
  }
  return isChoice;
}

/** Lets nobody act on many by a slip. @throws CliError that says on how many, unless --yes is given */
async function confirm(verb: string, client: ConsoleClient, flags: ActionFlags): Promise<void> {
  const filter = { stage: flags.stage, ...choiceOf(flags) };
  const { count } = await client.previewRedrive({ filter });
  if (count === 0) {
    throw new CliError(EXIT.notFound, 'no open dead letter is like that; "wireroom dead list" shows all');
  }
  if (!flags.yes) throw new CliError(EXIT.usage, `this would ${verb} ${deadLetters(count)}; add --yes to do it`);
}

/** @throws CliError `notFound` naming those that were meant and not taken */
export function refuseMissed(ids: string[], taken: string[]): void {
  const missed = ids.filter((id) => !taken.includes(id));
  if (missed.length === 0) return;
  throw new CliError(
    EXIT.notFound,
    `no dead letter that waits: ${missed.map(printable).join(', ')}; "wireroom dead show" says more`,
  );
}

export function deadLetters(count: number): string {
  return `${count} dead ${count === 1 ? 'letter' : 'letters'}`;
}

export function actionExamples(verb: string, more = ''): string {
  return `
Examples:
  $ wireroom dead ${verb} content.ingested.v1/3/17${more}
  $ wireroom dead ${verb} --stage enrichment --code timeout --yes${more}
  $ wireroom dead ${verb} --all --yes${more}`;
}
