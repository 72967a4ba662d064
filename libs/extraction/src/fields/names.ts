import type { AuthorData } from '@wireroom/contracts';

/** Words before the name in a byline, in the languages news is read in here. */
const BYLINE_PREFIX =
  /^(?:(?:written|posted|published|reported|words|story|text|texte|texto|foto|autor(?:in|es?)?|author|auteur|verfasst|geschrieben|escrito|escrita|redigido|écrit|publié|scritto|di)?\s*(?:by|von|par|por|di|door|av|af|przez|tekst)|by|von|par|por|de|da|di|door|av|af|text|tekst|teksti|autor(?:in|es?)?|author|authors|auteur|автор|текст|yazan|haber)(?:\s*[:：]\s*|\s+)/i;

const NAME_SEPARATOR = /\s*(?:[,;|/•·&+]|\s(?:and|und|et|y|e|og|och|en|ja|i|ve|și|و|и)\s|\s[-–—]\s)\s*/iu;

const ORGANISATION_WORDS =
  /\b(?:agenc(?:y|ia|e|ies)|agentur|associated press|reuters|afp|dpa|ansa|efe|apa|sda|ats|kna|epd|redaktion|redaktie|redacción|redação|redazione|rédaction|redakcja|редакция|staff|desk|team|news|zeitung|press|presse|media|tv|radio|online|newsroom|editors?|editorial|magazine|times|post|bureau|correspondents?|service|nachrichten|journal)\b/iu;

/** People's names in a byline, without what goes around them. Addresses, handles and sentences are no names. */
export function splitNames(text: string): string[] {
  const bare = text.replace(BYLINE_PREFIX, '').trim();
  return bare
    .split(NAME_SEPARATOR)
    .map((part) =>
      part
        .replace(BYLINE_PREFIX, '')
        .replace(/^[\s"'«»“”]+|[\s"'«»“”.:]+$/g, '')
        .trim(),
    )
    .filter(isName);
}

function isName(text: string): boolean {
  if (text.length < 2 || text.length > 80) return false;
  if (/https?:|www\.|[@<>{}=]|\d{3}/.test(text)) return false;
  return /\p{L}/u.test(text) && text.split(/\s+/).length <= 7;
}

/** Whether a name is that of an agency, a desk or a paper. */
export function isOrganisationName(name: string): boolean {
  return (
    ORGANISATION_WORDS.test(name) || /\.(?:com|net|org|de|fr|es|it|co\.uk)$/i.test(name) || /^[A-Z]{2,6}$/.test(name)
  );
}

/** The authors a line names, if it is a byline: a word for "by" in front, or nothing but a name after such a word. */
export function bylineNames(line: string): AuthorData[] {
  if (line.length > 120 || !BYLINE_PREFIX.test(line)) return [];
  const names = splitNames(line.replace(/\s[-–—|•·]\s.*$/, ''));
  const isPlausible = names.length > 0 && names.every((name) => /^\p{Lu}/u.test(name) && name.split(' ').length <= 4);
  return isPlausible ? names.map((name) => ({ name, type: isOrganisationName(name) ? 'organisation' : 'person' })) : [];
}
