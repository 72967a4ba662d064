import type { ElementNode } from '../html/document.js';

/** Tests whether an element is meant. */
export type Selector = (element: ElementNode) => boolean;

const SIMPLE =
  /([.#]?)(-?[_a-z\u00a0-\uffff][\w\u00a0-\uffff-]*)|\[([\w:-]+)(?:([\^*$~]?=)["']?([^\]"']*)["']?)?\]|(\*)/giy;

/**
 * Compiles the part of CSS selectors that site rules need: lists, descendants, children, names, classes,
 * ids and attributes (`div.story > p[data-kind="text"], #main p`).
 *
 * @returns undefined for anything else, so that a rule that cannot work is refused and not ignored.
 */
export function compileSelector(text: string): Selector | undefined {
  const alternatives = text.split(',').map((part) => compileChain(part.trim()));
  if (alternatives.some((alternative) => alternative === undefined)) return undefined;
  return (element) => alternatives.some((alternative) => alternative?.(element));
}

/** `a > b c`, from left to right. */
function compileChain(text: string): Selector | undefined {
  const steps = text.replace(/\s*>\s*/g, ' > ').split(/\s+/);
  let matches: Selector | undefined;
  let isChild = false;
  for (const step of steps) {
    if (step === '>') {
      if (isChild || !matches) return undefined;
      isChild = true;
      continue;
    }
    const own = compileCompound(step);
    if (!own) return undefined;
    matches = matches ? below(matches, own, isChild) : own;
    isChild = false;
  }
  return isChild ? undefined : matches;
}

function below(outer: Selector, own: Selector, isChild: boolean): Selector {
  return (element) => {
    if (!own(element)) return false;
    for (let at = element.parent; at; at = isChild ? null : at.parent) if (outer(at)) return true;
    return false;
  };
}

/** `div.story[data-kind=text]` */
function compileCompound(text: string): Selector | undefined {
  const tests: Selector[] = [];
  SIMPLE.lastIndex = 0;
  while (SIMPLE.lastIndex < text.length) {
    const match = SIMPLE.exec(text);
    if (!match) return undefined;
    const [, mark, name, attribute, operator, value] = match;
    if (attribute) tests.push(attributeTest(attribute.toLowerCase(), operator, value ?? ''));
    else if (mark === '.') tests.push((element) => wordsOf(element.attribute('class')).includes(name as string));
    else if (mark === '#') tests.push((element) => element.attribute('id') === name);
    else if (name) tests.push((element) => element.tag === name.toLowerCase());
  }
  return text ? (element) => tests.every((test) => test(element)) : undefined;
}

function attributeTest(name: string, operator: string | undefined, value: string): Selector {
  const holds = (found: string): boolean => {
    if (operator === '=') return found === value;
    if (operator === '^=') return found.startsWith(value);
    if (operator === '$=') return found.endsWith(value);
    if (operator === '*=') return found.includes(value);
    if (operator === '~=') return wordsOf(found).includes(value);
    return true;
  };
  return (element) => {
    const found = element.attribute(name);
    return found !== undefined && holds(found);
  };
}

function wordsOf(text: string | undefined): string[] {
  return text?.split(/\s+/) ?? [];
}
