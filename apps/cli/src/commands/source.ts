import type { Command } from 'commander';
import { EXIT_CODES_HELP } from '../exit-codes.js';
import { FINDING_HELP } from './common.js';
import { registerSourceAdd } from './source/add.js';
import { registerSourceList } from './source/list.js';
import { registerSourcePause } from './source/pause.js';
import { registerSourceRemove } from './source/remove.js';
import { registerSourceResume } from './source/resume.js';
import { registerSourceShow } from './source/show.js';
import { registerSourceTest } from './source/test.js';

const COMMANDS = [
  registerSourceAdd,
  registerSourceList,
  registerSourceShow,
  registerSourceTest,
  registerSourcePause,
  registerSourceResume,
  registerSourceRemove,
];

export function registerSource(program: Command): void {
  const source = program
    .command('source')
    .summary('add, list, show, test, pause, resume and remove sources')
    .description('Works on sources: feeds, sitemaps, pages, folders, archives and agency deliveries that are taken in.')
    .addHelpText('after', `${FINDING_HELP}\n${EXIT_CODES_HELP}`);
  for (const register of COMMANDS) register(source);
}
