/** Endings that make one word of several forms, longest first. */
const ENDINGS =
  /(?:issements|issement|ements|ement|ations|ation|atrices|ateurs|ateur|eries|ments|ment|nesses|ness|ities|ités|ité|ity|ings|ing|iers|ières|ière|ier|euses|euse|eurs|eur|ers|er|ies|ied|ées|ée|és|é|eds|ed|ly|aux|es|e|s)$/u;
const SHORTEST_STEM = 4;

/** A rough stem of a lower-case word, for counting forms of one word together; never shown. */
export function stem(word: string): string {
  let rest = word;
  for (let round = 0; round < 2; round++) {
    const cut = rest.replace(ENDINGS, '');
    if (cut.length < SHORTEST_STEM) break;
    rest = cut;
  }
  return rest;
}
