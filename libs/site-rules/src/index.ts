export { readRulesFolder, RulesFolderError, type RuleFault, type RuleFile } from './rules-folder.js';
export { testSavedPages, type PageVerdict } from './saved-pages.js';
export { rulesLog, WatchedRules, type WatchEvents } from './watched-rules.js';
