/**
 * Our figures beside those of other tools: one table for each set, one row for each tool, ours first.
 *
 * @param {Record<string, Record<string, number>>} ours measures by set
 * @param {Record<string, Record<string, Record<string, number>>>} baselines measures by tool and set
 */
export function baselineTables(ours, baselines) {
  return Object.entries(ours).map(([set, figures]) => {
    const rows = { wireroom: figures };
    for (const [tool, sets] of Object.entries(baselines)) if (sets[set]) rows[tool] = sets[set];
    return { set, rows, measures: measuresOf(rows) };
  });
}

/** Measures that a tool beside ours has too, in our order; those of ours alone follow. */
function measuresOf(rows) {
  const [ours, ...others] = Object.values(rows);
  const shared = Object.keys(ours).filter((measure) => others.some((row) => measure in row));
  return [...shared, ...Object.keys(ours).filter((measure) => !shared.includes(measure))];
}
