import { collapse, htmlToText } from '../text/html.js';
import { repairText } from '../text/repair-text.js';
import { resolveLink } from '../text/resolve-url.js';
import { textOf, type XmlElement } from '../xml/xml-tree.js';
import type { FeedPerson } from './feed.js';
import type { Fields } from './vocabulary.js';

const EMAIL = /[\w.+%'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}/;

/** A person of Atom with name, email and uri elements, or the one line RSS and Dublin Core write. */
export function readPerson(element: XmlElement, fields: Fields): FeedPerson | undefined {
  const parts = fields.within(element);
  const name = parts.first('name', 'itunes:name');
  const email = parts.first('email', 'itunes:email');
  const address = parts.first('uri', 'url', 'homepage');
  if (!name && !email && !address) return readPersonLine(textOf(element));
  return dropEmpty({
    name: name && plainName(textOf(name)),
    email: email && collapse(textOf(email)),
    url: address && resolveLink(textOf(address), address.base),
  });
}

/** `me@example.org (A. Name)`, `A. Name (me@example.org)`, `A. Name <me@example.org>` or either part alone. */
function readPersonLine(line: string): FeedPerson | undefined {
  const text = collapse(repairText(line)).slice(0, 1000);
  const email = EMAIL.exec(text)?.[0];
  if (email === undefined) return dropEmpty({ name: plainName(text) });
  const rest = text.replace(email, ' ').replace(/mailto:/i, ' ');
  return dropEmpty({
    name: plainName(rest.replace(/[()<>[\]]|&[lg]t;/g, ' ').replace(/^[\s,;:-]+|[\s,;:-]+$/g, '')),
    email,
  });
}

/** The one line that stands for a person: the name, else the address. */
export function nameOf(person: FeedPerson | undefined): string | undefined {
  return person?.name ?? person?.email;
}

function plainName(text: string): string {
  return htmlToText(repairText(text));
}

function dropEmpty(person: FeedPerson): FeedPerson | undefined {
  const filled = Object.entries(person).filter(([, value]) => Boolean(value));
  return filled.length === 0 ? undefined : Object.fromEntries(filled);
}
