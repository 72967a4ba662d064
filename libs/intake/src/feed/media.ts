import { resolveLink } from '../text/resolve-url.js';
import { attributeOf, textOf, type XmlElement } from '../xml/xml-tree.js';
import type { FeedMedia, FeedMediaFile } from './feed.js';
import { wholeNumber } from './links.js';
import { readText, toHtml, toPlainText } from './text-construct.js';
import type { Fields } from './vocabulary.js';

/** Media RSS of an entry, wherever it stands: in the entry, in a group, or in a content element. */
export function readMedia(fields: Fields): FeedMedia | undefined {
  if (!fields.hasVocabulary('media')) return undefined;
  const levels = mediaLevels(fields);
  const all = (name: string): XmlElement[] => levels.flatMap((level) => level.all(name));
  const files = (name: string): FeedMediaFile[] => all(name).flatMap(readFile);
  const player = all('media:player').map(addressOf).find(Boolean);
  const [title] = all('media:title');
  const [description] = all('media:description');
  const media: FeedMedia = {
    player: player ? { url: player } : undefined,
    thumbnails: files('media:thumbnail'),
    contents: files('media:content'),
    title: title && toPlainText(readText(title, 'text/html')),
    description: description && toHtml(readText(description, 'text/html')),
    credits: all('media:credit')
      .map((credit) => textOf(credit).trim())
      .filter(Boolean),
  };
  const found = media.player ?? media.title ?? media.description ?? media.thumbnails[0] ?? media.contents[0];
  return found === undefined ? undefined : media;
}

function mediaLevels(fields: Fields): Fields[] {
  const groups = fields.all('media:group').map((group) => fields.within(group));
  const outer = [fields, ...groups];
  const contents = outer.flatMap((level) => level.all('media:content').map((content) => fields.within(content)));
  return [...outer, ...contents];
}

function readFile(element: XmlElement): FeedMediaFile[] {
  const url = addressOf(element);
  if (!url) return [];
  const file = {
    url,
    type: attributeOf(element, 'type'),
    medium: attributeOf(element, 'medium'),
    width: wholeNumber(attributeOf(element, 'width')),
    height: wholeNumber(attributeOf(element, 'height')),
  };
  return [file];
}

/** The url attribute, or the text, where some publishers put it. */
function addressOf(element: XmlElement): string | undefined {
  return resolveLink(attributeOf(element, 'url') ?? textOf(element), element.base);
}
