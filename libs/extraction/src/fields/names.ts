import type { AuthorData } from '@wireroom/contracts';
import { monthNamed } from './month-names.js';
import { parseDate } from './parse-date.js';

/** What stands in front of a name in a byline, in the languages news is read in here. */
const VERBS =
  'written|posted|published|reported|created|words|story|report|reporting|text|texte|texto|tekst|autor(?:in|es?|en)?|authors?|auteurs?|post author|article|articles|' +
  'verfasst|geschrieben|eingestellt|erstellt|veröffentlicht|beitr[aä]ge?|beitrag|artikel|gastbeitrag|interview|kommentar|kolumne|' +
  'escrito|escrita|publicado|publicada|redactado|redigido|écrit|publié|proposé|rédigé|scritto|pubblicato|geschreven|geplaatst|skrevet|skriven|napisał[a]?|opublikował[a]?';
const PREPOSITIONS = 'by|von|vom|par|por|de|da|di|door|av|af|przez';

/** `By`, `Von:`, `Autor:`, `Escrito por`; at the start of a line or behind other words of the kind. */
const BYLINE_PREFIX = new RegExp(
  `^.{0,24}?\\b(?:${VERBS})\\s+(?:${PREPOSITIONS})\\b\\s*:?\\s+|^(?:by|von|par|por|di|door|av|af|przez|od|autor(?:in|es?|en)?(?:\\/(?:autor(?:in)?|a))?|authors?|auteurs?|autore|text|texto|texte|tekst|teksti|foto und text|автор(?:ы)?|текст|yazan|haber|kirjoittaja|skribent|journalist|reporter|oleh|penulis|tác giả|szerző|írta|συντάκτης|συντάκτρια|γράφ(?:ει|ουν) (?:ο|η|οι)|מאת|بقلم|إعداد|به قلم|लेखक|โดย|ผู้เขียน)(?:\\s*[:：]\\s*|\\s+)|^(?:كتبت?|كتابة|تقرير|نویسنده|خبرنگار|تحریر)\\s*[:：]\\s*|^[(（]?(?:责任编辑|责编|編輯|编辑|作者|记者|記者|撰文|文|글|기자)\\s*[:：/／]\\s*`,
  'iu',
);

const NAME_SEPARATOR = /\s*(?:[,;|•·&、，；+]|\s\/\s|\s(?:and|und|et|y|e|og|och|en|ja|i|ve|și|и)\s|\s[-–—]\s)\s*/iu;

/** `ByJane Doe`: the markup between the word and the name is gone. */
const GLUED_PREFIX = /^By(?=\p{Lu}[\p{Ll}.])/u;

/** Where a byline goes on to the date, the handle or the paper's name. */
const AFTER_NAMES =
  /\s+(?:[@(\d|–—]|(?:[Uu]pdated|[Pp]ublished|[Aa]ktualisiert|[Vv]eröffentlicht|[Pp]ublicado|[Pp]ublié|(?:on|am|le|el|il|um|at)(?=[^,;&]*\d))\s|-\s*$|[→»›]|\/\/).*$/u;

const DEGREE = /^(?:ph\.?\s?d|m\.?d|mph|msc|ma|ba|dr|prof|jr|sr|esq)\.?$/i;

/** Single words that links and labels leave behind where a name was cut. */
const NO_NAMES = new Set(
  'by von par por di av af posted author autor autorin authors admin administrator mehr more edit redakteur updated published share teilen alle all kommentare comments guest publiziert gepostet publié publicado anonymous n/a none null undefined datum date archiv archive'.split(
    ' ',
  ),
);

const ORGANISATION_WORDS =
  /\b(?:agenc(?:y|ia|e|ies)|agentur|associated press|reuters|afp|dpa|ansa|efe|apa|sda|ats|kna|epd|redaktion|redaktie|redacción|redação|redazione|rédaction|redakcja|редакция|staff|desk|team|news|zeitung|press|presse|media|tv|radio|online|newsroom|editors?|editorial|magazine|times|post|bureau|correspondents?|service|nachrichten|journal|gmbh|inc|ltd|e\.\s?v|stiftung|foundation|verein|verband|bund|ministerium|ministry|landesanstalt|university|universität|institut[eo]?|union|association|council|commission)(?:\b|(?<=\.v)\.?)/iu;

/** What an author's link or box says besides the name: `All articles by`, `Alle Beiträge anzeigen`. */
const LINK_WORDS =
  /\b(?:no author|about the author|über (?:den|die|das) autor\p{L}*|(?:all|alle|alles|more|mehr|weitere|tous|toutes|todos|tutti|view|show|see)\b.{0,16}\b(?:articles?|artikel|posts?|beiträge|stories|artículos|articoli|von|by|de)|archiv (?:anzeigen|ansehen))\b/iu;

/** What people are, behind their names: `Jane Doe, staff writer` without the comma. */
const ROLES =
  /\s+(?:(?:chef|online|volontär)?redakteur(?:in)?|redakcja|reporter(?:in)?|journalist(?:in)?|korrespondent(?:in)?|gastautor(?:in)?|freie[rs]? autor(?:in)?|(?:senior |staff |associate |managing |contributing )?(?:writer|editor|reporter|correspondent|contributor)|(?:mitglied|member)\b.*|journaliste|rédact(?:eur|rice)(?: en chef)?|periodista|redactora?|giornalista|redattrice)$/iu;

/** Helpers whose names stand in a byline too. */
const HELPERS =
  /^(?:übersetz(?:ung|t)|translat(?:ion|ed)|fotos?|photos?|photographs?|illustrations?|bilder?|grafik|traduction|traducción|traduzione)\b/iu;

/** Kinds of texts that some papers put in front of the name with a colon. */
const FORMS =
  /^(?:interviews?|reportage|kommentar|text|analyse|analysis|opinion|essay|protokoll|kolumne|recherche)\s*:\s*/iu;

/** People's names in a byline, without what goes around them. Addresses, handles and sentences are no names. */
export function splitNames(text: string): string[] {
  const bare = withoutDate(withoutPrefix(apartFromDate(text)))
    .replace(AFTER_NAMES, '')
    .trim();
  return bare
    .split(NAME_SEPARATOR)
    .map((part) => trimName(withoutPrefix(part)))
    .filter(isName);
}

/** `Jane Doe12 March 2026`, `Jane DoeMarch 12, 2026`: the markup between a name and its date is gone. */
const GLUED_DATE =
  /(?<=\p{Ll})(?=\d{1,2}(?:\.?\s\p{L}{3,}\.?,?\s|[./]\d{1,2}[./])(?:19|20)\d\d|(?:19|20)\d\d[-./]\d|\p{Lu}\p{Ll}{2,8}\.?\s\d{1,2},\s(?:19|20)\d\d)/u;

/** A line with a space in front of the date that is glued to its names. */
export function apartFromDate(line: string): string {
  return line.replace(GLUED_DATE, ' ');
}

function withoutPrefix(text: string): string {
  return text.replace(BYLINE_PREFIX, '').replace(GLUED_PREFIX, '').replace(FORMS, '');
}

function trimName(part: string): string {
  const bare = part
    .replace(/\s*\([^)]*\)\s*$/, '')
    .replace(/^[\s"'«»“”–—:/-]+|[\s"'«»“”:,)）–—/-]+$/g, '')
    .replace(/\s+(?:alle|all|more|mehr|weitere)\s+(?:artikel|articles|posts|beiträge|stories)$/iu, '');
  const person = bare.replace(ROLES, '');
  const kept = person.includes(' ') ? person : bare;
  // A full stop closes an initial (`Joe S.`) and is stray after a word.
  return /\p{Ll}{2}\.$/u.test(kept) && !/\s(?:jr|sr)\.$/i.test(kept) ? kept.slice(0, -1) : kept;
}

/** A login name that a content system puts where the author belongs: `jane-doe`, `j_doe`. */
const HANDLE = /^[a-z\d]+(?:[-_.][a-z\d]+)+$/;
/** Digits stand in the names of people who chose theirs: `c1ph4`. */
const NICKNAME = /^\p{L}[\p{L}\d]{2,19}$/u;
const DOMAIN = /\.(?:com|net|org|info|eu|[a-z]{2})$/i;

function isName(text: string): boolean {
  if (text.length < 2 || text.length > 80) return false;
  if (
    /https?:|www\.|[@<>{}=[\]→»›?!]/.test(text) ||
    (/\d/.test(text) && !NICKNAME.test(text)) ||
    DEGREE.test(text) ||
    NO_NAMES.has(text.toLowerCase())
  )
    return false;
  if (HANDLE.test(text) && !DOMAIN.test(text)) return false;
  if (/\S\/\S/.test(text) && /[.]/.test(text)) return false;
  if (LINK_WORDS.test(text) || HELPERS.test(text) || text.split(/\s+/).every(isBeforeDate)) return false;
  return /\p{L}/u.test(text) && text.split(/\s+/).length <= 7;
}

/** Whether a name is that of an agency, a desk or a paper. */
export function isOrganisationName(name: string): boolean {
  return ORGANISATION_WORDS.test(name) || DOMAIN.test(name) || /^[A-Z]{2,6}$/.test(name);
}

/** A byline inside a line of other facts: `12 March 2024 // Author: Jane Doe // 3 min`, `Date: ... Author: ... Source: ...`. */
const LABEL_INSIDE =
  /(?<![\p{L}-])(?:(?:autor(?:in|en|es)?|authors?|auteurs?|autore|автор|yazar|verfasser(?:in)?)\s*:|written by|posted by|geschrieben von|text von|texte de|texto de)\s+(\p{Lu}.{1,60}?)(?=\s+(?:\/\/|[|»•·–—]|under\b|in\b|am\b|on\b|\d|(?:\p{Lu}\p{L}+\s*:)|(?:illustration|foto|photo|bilder?|quelle|source)\p{L}*\b)|$)/iu;

/** Reporters inside a line of other facts, apart from whoever edited it: `2026-03-12 来源：晚报 记者：顾岚汐 字号：大`. */
const HAN_REPORTERS = /(?:记者|記者|作者|撰文)\s?[:：]\s?((?:[\p{Script=Han}·]{2,6}(?:[\s、，]+|$)){1,4})/u;

/** The authors a line names, if it is a byline: a word for "by" in front, and nothing but names behind it. */
export function bylineNames(line: string): AuthorData[] {
  if (line.length > 120) return [];
  const reporters = HAN_REPORTERS.exec(line)?.[1];
  if (reporters) return asAuthors(reporters.trim().split(/[\s、，]+/u));
  const inside = LABEL_INSIDE.exec(line)?.[1];
  if (!inside && !BYLINE_PREFIX.test(line) && !GLUED_PREFIX.test(line)) return [];
  const labelled = plausible(splitNames(inside ?? ''));
  return asAuthors(labelled.length > 0 ? labelled : plausible(splitNames(line)));
}

/** The one person that a line names beside its date, set off by a mark: `11.12.2024 - Jane Doe`. */
export function nameBesideDate(line: string): AuthorData[] {
  if (line.length > 60) return [];
  const parts = line.split(/\s+[-–—|·•]\s+/u);
  const names = parts.filter(
    (part) => PERSON.test(part) && !part.split(' ').some((word) => /^\p{Lu}/u.test(word) && isBeforeDate(word)),
  );
  const isDated = parts.length > 1 && parts.some((part) => parseDate(part) !== undefined);
  return isDated && names.length === 1 ? asAuthors(plausible(splitNames(names[0]!))) : [];
}

/** Two to four capitalised words. */
const PERSON =
  /^\p{Lu}[\p{L}'’.-]*(?:\s(?:von|van|de|der|den|du|la|le|el|al|bin|da|di|dos|y))*(?:\s\p{Lu}[\p{L}'’.-]*){1,3}$/u;

function plausible(names: string[]): string[] {
  const isPlausible = names.every(
    (name) =>
      /^[\p{Lu}\p{Lo}]/u.test(name) &&
      name.split(' ').length <= 4 &&
      !/[.:]\s/.test(name.replace(/\b\p{L}{1,3}\. /gu, '')),
  );
  return isPlausible ? names : [];
}

function asAuthors(names: string[]): AuthorData[] {
  return names.map((name) => ({ name, type: isOrganisationName(name) ? 'organisation' : 'person' }));
}

/** Words between the names of a byline and its date or reading time; months are known elsewhere. */
const BEFORE_DATE =
  /^(?:on|at|am|um|le|el|il|vom|den|der|the|last|updated|published|posted|created|aktualisiert|veröffentlicht|stand|lesezeit|à|às|klo|kl|alle|om|ca|min|vor|ago|hace|há|reading|read|publiziert|gepostet|erstellt|mon?|di|tue|mi|wed|do|thu|fri?|sat?|so|sun|publié|publicado|actualizado|aggiornato|\p{Lu}?\p{Ll}*(?:day|tag|woch|credi|undi|ardi|endredi|amedi|imanche|unes|artes|iércoles|ueves|iernes|ábado|omingo))$/iu;

/** A byline as readers know it: one line, without the date or reading time that stands behind the names. */
export function shownByline(text: string, names: string[]): string {
  const line = text.replace(/\s+/gu, ' ').trim();
  const end = Math.max(
    0,
    ...names.filter((name) => line.includes(name)).map((name) => line.indexOf(name) + name.length),
  );
  return withoutDate(line, end);
}

/** A line up to its date or reading time; the first `kept` characters stay whatever they are. */
function withoutDate(line: string, kept = 0): string {
  const digit = line.slice(kept).search(kept === 0 ? /(?<![\p{L}\d])\d/u : /\d/);
  if (digit < 0) return line;
  const words = line.slice(kept, kept + digit).split(/(?<=\s)/u);
  while (words.length > 0 && isBeforeDate(words.at(-1)!)) words.pop();
  return `${line.slice(0, kept)}${words.join('')}`.replace(/[\s,;:|·•–—(-]+$/u, '');
}

function isBeforeDate(word: string): boolean {
  const bare = word.replace(/[^\p{L}]/gu, '');
  return bare === '' || BEFORE_DATE.test(bare) || monthNamed(bare) !== undefined;
}
