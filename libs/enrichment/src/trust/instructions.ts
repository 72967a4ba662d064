import type { SpanData } from '@wireroom/contracts';
import { readData } from '../data.js';
import { spansOf } from '../text/spans.js';
import { wholeWords } from '../text/word-pattern.js';

/** The words of one language in which a model is told to forget what it was told. */
interface InstructionWords {
  verbs: string;
  earlier: string;
  orders: string;
  /** The script writes no spaces, so no word has an edge. */
  unspaced?: boolean;
  /** The verb stands behind what it is about. */
  verbLast?: boolean;
}

/** Between the three words of an order to forget others stand at most so many characters, and no sentence ends. */
const GAP = '[^.!?。！？\\n]{0,30}?';
const MODEL =
  '(?:AIs?|A\\.I\\.|LLMs?|GPT|language models?|chat ?bots?|AI (?:assistants?|agents?|models?|systems?|crawlers?|summari[sz]ers?))';
const DEMAND =
  "(?:please|do not|don't|never|always|ignore|disregard|you must|you should|must|should|say|write|rate|answer|respond|reply|summari[sz]e)";

interface OrderToForget {
  /** Lower-case words; of each list the text must hold one: looking for them is fifty times faster than the patterns are. */
  needed: string[][];
  patterns: RegExp[];
}

const ORDERS_TO_FORGET = Object.values(readData<Record<string, InstructionWords>>('data/instructions.json')).map(
  (words): OrderToForget => ({
    needed: [words.verbs, words.earlier, words.orders].map((list) => list.split(' ')),
    patterns: ordersToForget(words),
  }),
);

/** What every pattern that speaks to a model by its name needs: one look for all of them. */
const NAMES_A_MODEL = new RegExp(`(?<!\\p{L})(?:assistant|${MODEL})(?![a-z])`, 'iu');

const SPEAKING_TO_MODELS = [
  new RegExp(
    `\\byou\\s+are\\s+(?:now\\s+)?(?:an?\\s+)?(?:assistant|${MODEL})\\b[^.\\n]{0,80}\\b(?:must|should|will|only)\\b`,
    'giu',
  ),
  new RegExp(
    `\\b(?:as|if\\s+you\\s+are)\\s+an?\\s+${MODEL}\\b[^.\\n]{0,60}\\b(?:must|should|please|do\\s+not|don't)\\b`,
    'giu',
  ),
  new RegExp(
    `\\b(?:notes?|messages?|instructions?|attention|hints?)\\s+(?:(?:to|for)\\s+)?(?:all\\s+|any\\s+)?${MODEL}\\s*[:,–—-]`,
    'giu',
  ),
  new RegExp(`(?<!\\p{L})${MODEL}\\s*[:,]\\s*${DEMAND}\\b`, 'gu'),
];

const SPEAKING_IN_FORM = [
  /\b(?:reveal|print|repeat|show|output)\s+(?:me\s+)?(?:the|your)\s+(?:system\s+prompt|hidden\s+prompt|initial\s+instructions)/giu,
  /<\|?(?:im_start|im_end|system|endoftext|assistant)\|?>|\[\/?(?:INST|SYS)\]|<<\/?SYS>>/giu,
  /^\s*(?:###\s*)?(?:system|assistant)\s*(?:prompt)?\s*:\s*(?:you|ignore|do)\b/gimu,
];

const ENCODED = /(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{40,}={0,2}/g;
const MOST_DECODED = 50;

/** Stretches that read like instructions to a language model, in eighteen languages, written out or in Base64. */
export function findInstructions(text: string): SpanData[] {
  const encoded = spansOf(text, ENCODED)
    .slice(0, MOST_DECODED)
    .filter(({ start, end }) => writtenOut(decoded(text.slice(start, end))).length > 0);
  return joined([...writtenOut(text), ...encoded].sort((a, b) => a.start - b.start));
}

function writtenOut(text: string): SpanData[] {
  const lower = text.toLowerCase();
  const orders = ORDERS_TO_FORGET.filter(({ needed }) =>
    needed.every((words) => words.some((word) => lower.includes(word))),
  );
  const speaking = NAMES_A_MODEL.test(text) ? SPEAKING_TO_MODELS : [];
  return [...orders.flatMap(({ patterns }) => patterns), ...speaking, ...SPEAKING_IN_FORM].flatMap((pattern) =>
    spansOf(text, pattern),
  );
}

/** "ignore … previous … instructions", the last two in either order, and the verb behind where the language has it there. */
function ordersToForget({ verbs, earlier, orders, unspaced, verbLast }: InstructionWords): RegExp[] {
  const oneOf = (words: string) => {
    const any = words.split(' ').join('|');
    return unspaced ? `(?:${any})` : wholeWords(any);
  };
  const what = [`${oneOf(earlier)}${GAP}${oneOf(orders)}`, `${oneOf(orders)}${GAP}${oneOf(earlier)}`];
  const verb = oneOf(verbs);
  return what.map((order) => new RegExp(verbLast ? `${order}${GAP}${verb}` : `${verb}${GAP}${order}`, 'giu'));
}

function decoded(base64: string): string {
  return Buffer.from(base64, 'base64').toString('utf8');
}

/** Spans in order of their start, those that overlap as one: several patterns may see one instruction. */
function joined(spans: readonly SpanData[]): SpanData[] {
  const whole: SpanData[] = [];
  for (const { start, end } of spans) {
    const last = whole.at(-1);
    if (last && start < last.end) last.end = Math.max(last.end, end);
    else whole.push({ start, end });
  }
  return whole;
}
