import { type ProvenanceData, escapeHtml } from '@wireroom/contracts';
import type { BlockExplanation, Extraction } from '@wireroom/extraction';
import { reasonsInWords } from './print-explanation.js';

/**
 * The same as a page that stands alone: what was found and where from, then every block in document order, what was
 * kept in full and what was dropped grey, each with its score. No script; all text of the document is escaped.
 */
export function explanationPage(name: string, extraction: Extraction, blocks: BlockExplanation[]): string {
  const outcome = extraction.kind === 'article' ? fieldsOf(extraction.provenance) : reasonsOf(extraction);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escapeHtml(name)}: what was kept and why</title>
<style>${STYLE}</style>
</head>
<body>
<h1>${escapeHtml(name)}</h1>
${outcome}
<h2>${blocks.length} blocks, ${blocks.filter(({ kept }) => kept).length} kept</h2>
${blocks.map(blockOf).join('\n')}
</body>
</html>
`;
}

const STYLE = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; font-size: .85rem; width: 100%; }
td, th { text-align: left; vertical-align: top; padding: .25rem .75rem .25rem 0; border-bottom: 1px solid #8884; overflow-wrap: anywhere; }
tr.other td { opacity: .6; }
section { border-left: .35rem solid; padding: .1rem 1rem; margin: .6rem 0; overflow-wrap: anywhere; }
section.article { border-color: #2a9d4a; }
section.taken-out { border-color: #c98a00; }
section.clutter { border-color: #8886; }
section.clutter p:first-child, section.taken-out p:first-child { opacity: .55; }
section p { margin: .2rem 0; }
small { opacity: .75; font-variant-numeric: tabular-nums; }`;

function fieldsOf(provenance: ProvenanceData[]): string {
  const rows = provenance.map(
    ({ field, value, chosen, rule, source, reason }) =>
      `<tr${chosen ? '' : ' class="other"'}><td>${chosen ? '✓' : '·'}</td>${[field, value, rule, source, reason]
        .map((cell) => `<td>${escapeHtml(cell ?? '')}</td>`)
        .join('')}</tr>`,
  );
  return `<table><thead><tr><th></th><th>field</th><th>value</th><th>rule</th><th>from</th><th>why</th></tr></thead><tbody>${rows.join('\n')}</tbody></table>`;
}

function reasonsOf({ pageKind, reasons }: Extract<Extraction, { kind: 'not-article' }>): string {
  return `<p>Not an article: ${escapeHtml(pageKind)}</p><ul>${reasons.map((reason) => `<li>${escapeHtml(reason)}</li>`).join('')}</ul>`;
}

function blockOf(block: BlockExplanation): string {
  const { verdict, probability, role, text, source, span } = block;
  return `<section class="${verdict}"><p>${escapeHtml(text)}</p><p><small>${probability.toFixed(3)} · ${verdict} · ${role} · ${escapeHtml(source)} · ${span.start}–${span.end}<br>${escapeHtml(reasonsInWords(block))}</small></p></section>`;
}
