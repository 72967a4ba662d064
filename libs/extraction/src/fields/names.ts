import type { AuthorData } from '@wireroom/contracts';
import { monthNamed } from './month-names.js';

/** What stands in front of a name in a byline, in the languages news is read in here. */
const VERBS =
  'written|posted|published|reported|created|words|story|report|reporting|text|texte|texto|tekst|autor(?:in|es?|en)?|authors?|auteurs?|post author|article|articles|' +
  'verfasst|geschrieben|eingestellt|erstellt|veröffentlicht|beitr[aä]ge?|beitrag|artikel|gastbeitrag|interview|kommentar|kolumne|' +
  'escrito|escrita|publicado|publicada|redactado|redigido|écrit|publié|proposé|rédigé|scritto|pubblicato|geschreven|geplaatst|skrevet|skriven|napisał[a]?|opublikował[a]?';
const PREPOSITIONS = 'by|von|vom|par|por|de|da|di|door|av|af|przez';

/** `By`, `Von:`, `Autor:`, `Escrito por`; at the start of a line or behind other words of the kind. */
const BYLINE_PREFIX = new RegExp(
  `^.{0,24}?\\b(?:${VERBS})\\s+(?:${PREPOSITIONS})\\b\\s*:?\\s+|^(?:by|von|par|por|di|door|av|af|przez|od|autor(?:in|es?|en)?|authors?|auteurs?|autore|autor/a|text|texto|texte|tekst|teksti|foto und text|автор(?:ы)?|текст|yazan|haber|kirjoittaja|skribent|journalist|reporter)(?:\\s*[:：]\\s*|\\s+)|^[(（]?(?:责任编辑|责编|編輯|编辑|作者|记者|記者|撰文|文|글|기자)\\s*[:：/／]\\s*`,
  'iu',
);

const NAME_SEPARATOR = /\s*(?:[,;|•·&、，；+]|\s\/\s|\s(?:and|und|et|y|e|og|och|en|ja|i|ve|și|и)\s|\s[-–—]\s)\s*/iu;

/** `ByJane Doe`: the markup between the word and the name is gone. */
const GLUED_PREFIX = /^By(?=\p{Lu}\p{Ll})/u;

/** Where a byline goes on to the date, the handle or the paper's name. */
const AFTER_NAMES =
  /\s+(?:[@(\d|–—]|(?:on|am|le|el|il|um|at|updated|published|aktualisiert|veröffentlicht|publicado|publié)\s|-\s*$|[→»›]).*$/iu;

const DEGREE = /^(?:ph\.?\s?d|m\.?d|mph|msc|ma|ba|dr|prof|jr|sr|esq)\.?$/i;

/** Single words that links and labels leave behind where a name was cut. */
const NO_NAMES = new Set(
  'by von par por di av af posted author autor autorin authors admin administrator mehr more edit redakteur updated published share teilen alle all kommentare comments guest publiziert gepostet publié publicado anonymous n/a none null undefined'.split(
    ' ',
  ),
);

const ORGANISATION_WORDS =
  /\b(?:agenc(?:y|ia|e|ies)|agentur|associated press|reuters|afp|dpa|ansa|efe|apa|sda|ats|kna|epd|redaktion|redaktie|redacción|redação|redazione|rédaction|redakcja|редакция|staff|desk|team|news|zeitung|press|presse|media|tv|radio|online|newsroom|editors?|editorial|magazine|times|post|bureau|correspondents?|service|nachrichten|journal)\b/iu;

/** People's names in a byline, without what goes around them. Addresses, handles and sentences are no names. */
export function splitNames(text: string): string[] {
  const bare = withoutPrefix(text).replace(AFTER_NAMES, '').trim();
  return bare
    .split(NAME_SEPARATOR)
    .map((part) => trimName(withoutPrefix(part)))
    .filter(isName);
}

function withoutPrefix(text: string): string {
  return text.replace(BYLINE_PREFIX, '').replace(GLUED_PREFIX, '');
}

function trimName(part: string): string {
  const bare = part.replace(/\s*\([^)]*\)\s*$/, '').replace(/^[\s"'«»“”–—:-]+|[\s"'«»“”:,)）–—-]+$/g, '');
  // A full stop closes an initial (`Joe S.`) and is stray after a word.
  return /\p{Ll}{2}\.$/u.test(bare) && !/\s(?:jr|sr)\.$/i.test(bare) ? bare.slice(0, -1) : bare;
}

/** A login name that a content system puts where the author belongs: `jane-doe`, `j_doe`. */
const HANDLE = /^[a-z\d]+(?:[-_.][a-z\d]+)+$/;
const DOMAIN = /\.(?:com|net|org|info|eu|[a-z]{2})$/i;

function isName(text: string): boolean {
  if (text.length < 2 || text.length > 80) return false;
  if (/https?:|www\.|[@<>{}=[\]→»›?!]|\d/.test(text) || DEGREE.test(text) || NO_NAMES.has(text.toLowerCase()))
    return false;
  if (HANDLE.test(text) && !DOMAIN.test(text)) return false;
  return /\p{L}/u.test(text) && text.split(/\s+/).length <= 7;
}

/** Whether a name is that of an agency, a desk or a paper. */
export function isOrganisationName(name: string): boolean {
  return ORGANISATION_WORDS.test(name) || DOMAIN.test(name) || /^[A-Z]{2,6}$/.test(name);
}

/** The authors a line names, if it is a byline: a word for "by" in front, and nothing but names behind it. */
export function bylineNames(line: string): AuthorData[] {
  if (line.length > 120 || (!BYLINE_PREFIX.test(line) && !GLUED_PREFIX.test(line))) return [];
  const names = splitNames(line);
  const isPlausible =
    names.length > 0 &&
    names.every(
      (name) =>
        /^[\p{Lu}\p{Lo}]/u.test(name) &&
        name.split(' ').length <= 4 &&
        !/[.:]\s/.test(name.replace(/\b\p{L}{1,3}\. /gu, '')),
    );
  return isPlausible ? names.map((name) => ({ name, type: isOrganisationName(name) ? 'organisation' : 'person' })) : [];
}

/** Words between the names of a byline and its date or reading time; months are known elsewhere. */
const BEFORE_DATE =
  /^(?:on|at|am|um|le|el|il|vom|den|der|the|last|updated|published|posted|created|aktualisiert|veröffentlicht|stand|lesezeit|publié|publicado|actualizado|aggiornato|\p{Lu}?\p{Ll}*(?:day|tag|woch|credi|undi|ardi|endredi|amedi|imanche|unes|artes|iércoles|ueves|iernes|ábado|omingo))$/iu;

/** A byline as readers know it: one line, without the date or reading time that stands behind the names. */
export function shownByline(text: string, names: string[]): string {
  const line = text.replace(/\s+/gu, ' ').trim();
  const end = Math.max(
    0,
    ...names.filter((name) => line.includes(name)).map((name) => line.indexOf(name) + name.length),
  );
  const digit = line.slice(end).search(/\d/);
  if (digit < 0) return line;
  const words = line.slice(end, end + digit).split(/(?<=\s)/u);
  while (words.length > 0 && isBeforeDate(words.at(-1)!)) words.pop();
  return `${line.slice(0, end)}${words.join('')}`.replace(/[\s,;:|·•–—(-]+$/u, '');
}

function isBeforeDate(word: string): boolean {
  const bare = word.replace(/[^\p{L}]/gu, '');
  return bare === '' || BEFORE_DATE.test(bare) || monthNamed(bare) !== undefined;
}
