// Copies of labelled lines with names exchanged for others of their kind, so that a model learns the places where names
// stand and not only the names. A text's names are exchanged for those of texts of its own fold alone: what is held out
// in a fold never teaches there.
import { foldOf, groupOf, TYPES } from './entity-documents.mjs';

// What share of the names of a text is exchanged.
const EXCHANGED = 0.7;

/**
 * One copy of each {id, text, entities} line. A name is exchanged for one of as many words, one or several, throughout
 * its text, and a person's first and last name alone follow the full one.
 */
export function exchangeNames(lines, folds, random) {
  const drawers = new Map();
  const drawerOf = ({ id }, type, name) => {
    const key = `${foldOf({ group: groupOf(id) }, folds)} ${type} ${wordsOf(name).length > 1}`;
    if (!drawers.has(key)) drawers.set(key, []);
    return drawers.get(key);
  };
  for (const line of lines) {
    for (const entity of namesIn(line)) drawerOf(line, entity.type, entity.name).push(entity.name);
  }
  const another = (line, { type, name }) => {
    const drawer = drawerOf(line, type, name);
    return random() < EXCHANGED ? drawer[Math.floor(random() * drawer.length)] : name;
  };
  return lines.map((line) =>
    retold(
      line,
      newNames(line, (entity) => another(line, entity)),
    ),
  );
}

/** By kind and name what stands for it; full names are drawn before their parts. */
function newNames(line, another) {
  const names = new Map();
  for (const entity of namesIn(line).sort((a, b) => b.name.length - a.name.length)) {
    const { type, name } = entity;
    if (names.has(keyOf(type, name))) continue;
    const given = another(entity);
    names.set(keyOf(type, name), given);
    const words = wordsOf(name);
    if (type !== 'person' || words.length < 2) continue;
    for (const end of [-1, 0]) names.set(keyOf(type, words.at(end)), wordsOf(given).at(end));
  }
  return names;
}

/** The line with its names as given; what is labelled otherwise stays, at its new place. */
function retold({ id, text, entities = [] }, names) {
  let copy = '';
  let at = 0;
  const moved = [];
  for (const { start, end, type } of withoutOverlaps(entities)) {
    const name = text.slice(start, end);
    copy += text.slice(at, start);
    const given = names.get(keyOf(type, name)) ?? name;
    moved.push({ start: copy.length, end: copy.length + given.length, type });
    copy += given;
    at = end;
  }
  return { id, text: copy + text.slice(at), entities: moved };
}

function namesIn({ text, entities = [] }) {
  return withoutOverlaps(entities)
    .filter(({ type }) => TYPES.includes(type))
    .map(({ start, end, type }) => ({ type, name: text.slice(start, end) }));
}

function withoutOverlaps(entities) {
  const ordered = [...entities].sort((a, b) => a.start - b.start);
  return ordered.filter(({ start }, at) => at === 0 || ordered[at - 1].end <= start);
}

function keyOf(type, name) {
  return `${type} ${name}`;
}

function wordsOf(name) {
  return name.split(/\s+/);
}
