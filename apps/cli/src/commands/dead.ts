import type { Command } from 'commander';
import { EXIT_CODES_HELP } from '../exit-codes.js';
import { CONSOLE_HELP } from './common.js';
import { registerDeadDiscard } from './dead/discard.js';
import { registerDeadList } from './dead/list.js';
import { registerDeadReplay } from './dead/replay.js';
import { registerDeadShow } from './dead/show.js';

export function registerDead(program: Command): void {
  const dead = program
    .command('dead')
    .summary('list, show, replay and discard dead letters')
    .description('Works on dead letters: messages that could not be processed, kept with their original bytes.')
    .addHelpText('after', `${CONSOLE_HELP}\n${EXIT_CODES_HELP}`);
  for (const register of [registerDeadList, registerDeadShow, registerDeadReplay, registerDeadDiscard]) register(dead);
}
