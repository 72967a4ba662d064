/** Reads the labelled pages of the evaluation sets and says which blocks of a page are its article. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

export const HTML_SETS = ['aeb', 'fundus-eval', 'fundus-tests', 'trafilatura'];

export function* casesOf(directory, set) {
  for (const labelled of JSON.parse(readFileSync(join(directory, set, 'cases.json'), 'utf8')))
    yield { ...labelled, set, bytes: new Uint8Array(gunzipSync(readFileSync(join(directory, set, labelled.file)))) };
}

const SECOND_LEVEL = new Set(['co', 'com', 'org', 'net', 'gov', 'ac', 'or', 'go', 'gob', 'edu']);

/** The registrable domain of a page, so that no site is trained and tested on at once. */
export function siteOf(labelled) {
  const address = (labelled.url ?? labelled.id)
    .replace(/^[a-z]+::/, '')
    .replace(/^https?:\/\/web\.archive\.org\/web\/[^/]+\//, '')
    .replace(/^[a-z]+:\/\//i, '');
  const labels = address
    .split(/[/:?#-]/, 1)[0]
    .toLowerCase()
    .split('.')
    .filter((label) => label !== 'html');
  const size = SECOND_LEVEL.has(labels.at(-2)) ? 3 : 2;
  return labels.slice(-size).join('.');
}

/** A fold number for each site, balanced by pages. */
export function foldsBySite(cases, folds) {
  const pages = new Map();
  for (const each of cases) pages.set(each.site, (pages.get(each.site) ?? 0) + 1);
  const load = new Array(folds).fill(0);
  const fold = new Map();
  for (const [site, count] of [...pages].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))) {
    const lightest = load.indexOf(Math.min(...load));
    fold.set(site, lightest);
    load[lightest] += count;
  }
  return fold;
}

const lettersOf = (text) =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '');
const squash = (text) => text.replace(/\s+/gu, ' ').trim();

/**
 * One label a text: 1 article, 0 clutter, -1 unknown. Pages with a full truth label every text; those
 * with segments only the texts that hold one.
 */
export function labelTexts(texts, truth) {
  return truth.with ? labelBySegments(texts, truth) : labelByBody(texts, truth);
}

function labelByBody(texts, truth) {
  const paragraphs = truth.paragraphs ?? truth.body.split(/\n+/);
  const body = lettersOf(paragraphs.join(' '));
  const lines = new Set(paragraphs.map((paragraph) => lettersOf(paragraph.replace(/^\[|\]$/g, ''))).filter(Boolean));
  const letters = texts.map(lettersOf);
  const labels = letters.map((own, i) => {
    if (!own) return 0;
    if (lines.has(own)) return 1;
    if (own.length >= 24) return shareFound(own, body) >= 0.6 ? 1 : 0;
    // Part of a paragraph that the page's markup tore apart.
    const before = letters[i - 1] ?? '';
    const after = letters[i + 1] ?? '';
    return (before.length > 12 && body.includes(before.slice(-40) + own)) ||
      (after.length > 12 && body.includes(own + after.slice(0, 40)))
      ? 1
      : 0;
  });
  return keepOneOfEach(letters, labels);
}

/** Share of a text that the truth holds, in pieces of two dozen letters. */
function shareFound(own, body) {
  if (body.includes(own)) return 1;
  let pieces = 0;
  let found = 0;
  for (let at = 0; at + 24 <= own.length; at += 24) {
    pieces++;
    if (body.includes(own.slice(at, at + 24))) found++;
  }
  return found / pieces;
}

/** Pages repeat the lead in teasers and hidden copies; the copy nearest to the rest of the body is the article's. */
function keepOneOfEach(letters, labels) {
  const places = new Map();
  letters.forEach((own, i) => {
    if (labels[i] === 1) places.set(own, [...(places.get(own) ?? []), i]);
  });
  const anchors = [...places.values()].filter((at) => at.length === 1).map(([at]) => at);
  for (const at of places.values()) {
    if (at.length < 2) continue;
    const distance = (i) => anchors.filter((anchor) => Math.abs(anchor - i) < 12).length;
    const best = at.reduce((kept, i) => (distance(i) > distance(kept) ? i : kept));
    for (const i of at) if (i !== best) labels[i] = 0;
  }
  return labels;
}

function labelBySegments(texts, truth) {
  const wanted = truth.with.map(squash).filter(Boolean);
  const unwanted = truth.without.map(squash).filter(Boolean);
  return texts.map((text) => {
    const good = wanted.some((segment) => text.includes(segment) || (text.length > 20 && segment.includes(text)));
    const bad = unwanted.some((segment) => text.includes(segment) || (text.length > 12 && segment.includes(text)));
    return good === bad ? -1 : good ? 1 : 0;
  });
}

/** Log odds of words by site: a word counts once a site, however many pages the site has. */
export function wordWeights(samples, minSites) {
  const bySite = new Map();
  for (const { site, label, words } of samples) {
    const counts = bySite.get(site) ?? new Map();
    bySite.set(site, counts);
    for (const word of words) {
      const count = counts.get(word) ?? [0, 0];
      count[label]++;
      counts.set(word, count);
    }
  }
  const sums = new Map();
  for (const counts of bySite.values())
    for (const [word, [bad, good]] of counts) {
      const sum = sums.get(word) ?? { sites: 0, good: 0 };
      sum.sites++;
      sum.good += good / (good + bad);
      sums.set(word, sum);
    }
  let good = 0;
  let sites = 0;
  for (const sum of sums.values()) {
    good += sum.good;
    sites += sum.sites;
  }
  const base = good / sites;
  const weights = {};
  for (const [word, sum] of sums) {
    if (sum.sites < minSites) continue;
    const odds =
      Math.log((sum.good + 2 * base) / (sum.sites - sum.good + 2 * (1 - base))) - Math.log(base / (1 - base));
    if (Math.abs(odds) > 0.25) weights[word] = Number(odds.toFixed(2));
  }
  return weights;
}
