/*
 * Words cut into the pieces that an encoder of the BERT family reads: WordPiece over lower case without
 * accents (Devlin et al., 2019; Wu et al., 2016). The vocabulary's order gives the pieces' numbers.
 */

const OPEN = '[CLS]';
const CLOSE = '[SEP]';
const UNKNOWN = '[UNK]';
// The longest stretch that is cut up; anything longer is no word.
const LONGEST_STRETCH = 100;
// Marks and Chinese characters stand alone. BERT counts all of ASCII's signs as marks, Unicode some of them as symbols.
const STRETCH = /[\p{P}$+<=>^`|~]|\p{sc=Han}|[^\p{P}$+<=>^`|~\p{sc=Han}\s\p{C}]+/gu;

export class WordPieces {
  /** Number of the piece that opens every sequence. */
  readonly open: number;
  /** Number of the piece that closes it. */
  readonly close: number;
  private readonly unknown: number;
  private readonly numbers: Map<string, number>;

  /** @throws Error when the vocabulary lacks a piece that no sequence can do without. */
  constructor(vocabulary: readonly string[]) {
    this.numbers = new Map(vocabulary.map((piece, number) => [piece, number]));
    this.open = this.numberOf(OPEN);
    this.close = this.numberOf(CLOSE);
    this.unknown = this.numberOf(UNKNOWN);
  }

  /** Numbers of a word's pieces, at least one. */
  cut(word: string): number[] {
    const plain = word
      .toLowerCase()
      .normalize('NFD')
      .replace(/\p{Mn}/gu, '');
    const numbers = (plain.match(STRETCH) ?? []).flatMap((stretch) => this.cutStretch(stretch));
    return numbers.length ? numbers : [this.unknown];
  }

  /** The longest known piece first, again and again; a stretch that doesn't come out even is unknown as a whole. */
  private cutStretch(stretch: string): number[] {
    const characters = [...stretch];
    if (characters.length > LONGEST_STRETCH) return [this.unknown];
    const numbers: number[] = [];
    for (let first = 0; first < characters.length;) {
      const piece = this.longestPiece(characters, first);
      if (!piece) return [this.unknown];
      numbers.push(piece.number);
      first = piece.last;
    }
    return numbers;
  }

  private longestPiece(characters: readonly string[], first: number): { number: number; last: number } | undefined {
    for (let last = characters.length; last > first; last--) {
      const number = this.numbers.get((first > 0 ? '##' : '') + characters.slice(first, last).join(''));
      if (number !== undefined) return { number, last };
    }
    return undefined;
  }

  private numberOf(piece: string): number {
    const number = this.numbers.get(piece);
    if (number === undefined) throw new Error(`the vocabulary has no ${piece}`);
    return number;
  }
}
