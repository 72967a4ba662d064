import type { ElementNode } from './document.js';

/** How text looks by the inline styles around it, as far as that decides whether anybody sees it. */
export interface Look {
  color?: string;
  background?: string;
  /** Letters of no size that an eye could read. */
  tiny: boolean;
  /** Wholly transparent, or placed outside of the window; nothing inside can undo it. */
  away: boolean;
}

export const PLAIN_LOOK: Look = { tiny: false, away: false };

/** Styles that say nothing of these are most. */
const TELLING = /color|background|font-size|opacity|indent|left|right|top/i;
const AWAY =
  /(?:^|[;\s])opacity\s*:\s*0(?:\.0+)?%?\s*(?:;|!|$)|text-indent\s*:\s*-\d{3,}|(?:absolute|fixed)[^]*(?:left|top|right)\s*:\s*-\d{3,}|(?:left|top|right)\s*:\s*-\d{3,}[^]*(?:absolute|fixed)/i;
const FONT_SIZE = /font-size\s*:\s*([\d.]+)\s*([a-z%]*)/i;
const COLOR = /(?:^|[;\s])color\s*:\s*([^;!]+)/i;
const BACKGROUND = /background(?:-color)?\s*:\s*([^;!]+)/i;
const NAMED: Record<string, string> = { white: '#ffffff', black: '#000000' };
/** Nobody reads letters of a pixel; relative sizes are only sure at nought. */
const LEAST_SIZE: Record<string, number> = { px: 2, pt: 2 };

/** The look inside an element that stands in another look. */
export function lookInside(element: ElementNode, around: Look): Look {
  const style = element.attribute('style');
  if (!style || !TELLING.test(style)) return around;
  const [, size, unit = ''] = FONT_SIZE.exec(style) ?? [];
  return {
    color: colorIn(style, COLOR) ?? around.color,
    background: colorIn(style, BACKGROUND) ?? around.background,
    tiny: size === undefined ? around.tiny : Number(size) < (LEAST_SIZE[unit.toLowerCase()] ?? Number.MIN_VALUE),
    away: around.away || AWAY.test(style),
  };
}

/** Whether text of this look is there for machines alone: tiny, away, or in the color of its background. */
export function isConcealing({ color, background, tiny, away }: Look): boolean {
  return tiny || away || color === 'transparent' || (color !== undefined && color === background);
}

/** A color in six digits where it is written in one of the usual ways, else as it is written. */
function colorIn(style: string, pattern: RegExp): string | undefined {
  const written = pattern.exec(style)?.[1]?.trim().toLowerCase();
  if (!written || written === 'inherit') return undefined;
  const short = /^#([\da-f])([\da-f])([\da-f])$/.exec(written);
  if (short)
    return `#${short
      .slice(1)
      .map((digit) => digit + digit)
      .join('')}`;
  const [, red, green, blue, alpha] =
    /^rgba?\(\s*(\d+)[\s,]+(\d+)[\s,]+(\d+)(?:[\s,/]+([\d.]+%?))?\s*\)$/.exec(written) ?? [];
  if (red === undefined) return NAMED[written] ?? written;
  if (alpha !== undefined && Number.parseFloat(alpha) === 0) return 'transparent';
  return `#${[red, green, blue].map((part) => Number(part).toString(16).padStart(2, '0')).join('')}`;
}
