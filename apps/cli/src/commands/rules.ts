import type { Command } from 'commander';
import { EXIT, EXIT_CODES_HELP } from '../exit-codes.js';
import { defaultRulesDir, readRules, refuseRules } from '../rules-dir.js';
import { table } from '../table.js';
import { colours, printable, writeJson, writeLine } from '../terminal.js';

interface RulesFlags {
  rules: string;
  json?: boolean;
}

export function registerRules(program: Command): void {
  const rules = program
    .command('rules')
    .summary('site rules: what they are, and whether they do what they should')
    .description(
      'Site rules say where the article is on the pages of one site, where the general method does not find it.\n' +
        'They stand in a folder, one JSON file a site, with pages saved beside them that they are tried on.',
    );
  rules
    .command('test')
    .summary('try every rule on the pages saved beside it')
    .option('--rules <folder>', 'folder of the rules; RULES_DIR sets it too', defaultRulesDir())
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      `
A page SITE/NAME.html is saved with what must come of it, SITE/NAME.expect.json: {url, title?, authors?, publishedAt?,
paragraphs?, contains?, excludes?}. The exit code is 1 when a page comes out otherwise or a rule can't be used.
${EXIT_CODES_HELP}`,
    )
    .action(test);
  rules
    .command('list')
    .summary('show the rules of the folder')
    .option('--rules <folder>', 'folder of the rules; RULES_DIR sets it too', defaultRulesDir())
    .option('--json', 'print JSON')
    .action(list);
}

async function test({ rules, json }: RulesFlags): Promise<void> {
  const { testSavedPages } = await import('@wireroom/site-rules');
  const verdicts = await testSavedPages(rules).catch(refuseRules);
  const failed = verdicts.filter(({ faults }) => faults.length > 0);
  if (json) {
    await writeJson({ rules, verdicts });
  } else {
    for (const { site, page, faults } of verdicts) {
      await writeLine(`${faults.length > 0 ? colours.red('✗') : colours.green('✓')} ${printable(`${site}/${page}`)}`);
      for (const fault of faults) await writeLine(`    ${printable(fault)}`);
    }
    await writeLine(`${verdicts.length - failed.length} passed, ${failed.length} failed`);
  }
  if (failed.length > 0) process.exitCode = EXIT.failed;
}

async function list({ rules, json }: RulesFlags): Promise<void> {
  const files = await readRules(rules);
  if (json) {
    await writeJson(files.map(({ source }) => source));
    return;
  }
  const rows = files.map(({ rule, source }) => {
    const parts = Object.keys(source).filter((key) => key !== 'site' && key !== 'version');
    return [rule.site, String(rule.version), parts.join(', ')];
  });
  await writeLine(rows.length === 0 ? `${rules} holds no rules` : table(['site', 'version', 'says'], rows));
}
