import { pathOf, type ElementNode } from '../html/document.js';

/** Whether an element stands among comments: their names and dates are those of readers. */
export function isOfComment(element: ElementNode): boolean {
  return surroundingsOf(element).comment;
}

/**
 * Whether an element stands among comments, references or in a consent banner: their dates are not this
 * text's.
 */
export function isOfOtherText(element: ElementNode): boolean {
  const { comment, otherText } = surroundingsOf(element);
  return comment || otherText;
}

interface Surroundings {
  comment: boolean;
  otherText: boolean;
}

const known = new WeakMap<ElementNode, Surroundings>();

/** Asked for again by every field, so kept: a path is long to put together. */
function surroundingsOf(element: ElementNode): Surroundings {
  let surroundings = known.get(element);
  if (!surroundings) {
    const path = pathOf(element);
    surroundings = { comment: COMMENT.test(path), otherText: OTHER_TEXT.test(path.replace(PAGE, '')) };
    known.set(element, surroundings);
  }
  return surroundings;
}

const COMMENT = /comment|kommentar|replies/i;
const OTHER_TEXT = /(?<!p)reference|footnote|bibliograph|cookie|consent/i;
/** What the classes of the whole page say holds for all of it. */
const PAGE = /^html[^>]*>(?:body[^>]*>)?/;

/** Whole names of classes and ids, as content systems and comment services give them: `commentary` is an article. */
const COMMENT_NAME =
  /^(?:comments?|commentlist|(?:user|reader)-?comments?|comment[-_]?(?:list|section|area|body|content|text|thread|wrap|wrapper|container|box|item|inner|block|entry)s?|replies|discussion|disqus_thread|kommentare?)$/i;

/**
 * Whether the markup names an element, or one above it, as a comment of a reader. The search ends at the
 * elements in `aroundHeadline`: a section of opinion may be called comment as a whole.
 */
export function isReadersComment(element: ElementNode, aroundHeadline: ReadonlySet<ElementNode>): boolean {
  for (let at: ElementNode | null = element; at && !aroundHeadline.has(at); at = at.parent) {
    const names = `${at.attribute('class') ?? ''} ${at.attribute('id') ?? ''}`.trim();
    if (names && names.split(/\s+/).some((name) => COMMENT_NAME.test(name))) return true;
    if (/schema\.org\/Comment$/.test(at.attribute('itemtype') ?? '')) return true;
  }
  return false;
}

const NEAR_ANCESTORS = 4;

/** Whether a heading stands in a menu or a trail of breadcrumbs, where some sites put a wording for search engines. */
export function isOfNavigation(heading: ElementNode): boolean {
  let at: ElementNode | null = heading;
  for (let steps = 0; at && at.tag !== 'body' && steps <= NEAR_ANCESTORS; at = at.parent, steps++) {
    if (at.tag === 'nav' || /breadcrumb/i.test(`${at.attribute('class') ?? ''} ${at.attribute('id') ?? ''}`))
      return true;
  }
  return false;
}
