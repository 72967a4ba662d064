import { type ProvenanceData, escapeHtml } from '@wireroom/contracts';
import type { BlockExplanation, Extraction } from '@wireroom/extraction';
import { fieldsIn, foundFields, shortPath, type FoundField } from './found-fields.js';
import { reasonsInWords } from './print-explanation.js';

/**
 * The same as a page that stands alone: what was found and where from, then every block in document order, what was
 * kept in full and what was dropped grey, each with its score. No script; all text of the document is escaped.
 */
export function explanationPage(name: string, extraction: Extraction, blocks: BlockExplanation[]): string {
  const fields = extraction.kind === 'article' ? foundFields(extraction) : [];
  const outcome = extraction.kind === 'article' ? tableOf(fields) : reasonsOf(extraction);
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
${LEGEND}
${blocks.map((block) => blockOf(block, fieldsIn(block, fields))).join('\n')}
</body>
</html>
`;
}

const STYLE = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.4rem; overflow-wrap: anywhere; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; font-size: .85rem; width: 100%; }
td, th { text-align: start; vertical-align: top; padding: .25rem .75rem .25rem 0; border-top: 1px solid #8884; overflow-wrap: anywhere; }
tr.other td { border-top: 0; opacity: .7; }
tr.other td:nth-child(2) { padding-inline-start: 1rem; }
th { white-space: nowrap; }
td:nth-child(2) { width: 36%; }
td:nth-child(3) { width: 24%; }
section, .legend li { border-inline-start: .35rem solid #8886; padding: .1rem 1rem; margin: .6rem 0; overflow-wrap: anywhere; }
.legend { list-style: none; padding: 0; font-size: .85rem; }
.legend li { margin: .2rem 0; }
.article { border-color: #2a9d4a !important; }
.taken-out { border-color: #c98a00 !important; }
.field { border-color: #3a7bd5 !important; }
section.clutter p:first-child, section.taken-out p:first-child { opacity: .7; }
section p { margin: .2rem 0; }
small { opacity: .8; font-variant-numeric: tabular-nums; }`;

const LEGEND = `<ul class="legend">
<li class="article">kept: a paragraph of the article</li>
<li class="field">no paragraph, but gives or confirms a field</li>
<li class="taken-out">chosen by the classifier, then taken out by a rule of the clean-up</li>
<li>dropped</li>
</ul>
<p><small>Each block has its probability of being article, its role, its element and its place in the decoded original. Below stands what moved the classifier most, in log odds: +2 makes a block about seven times as likely.</small></p>`;

function tableOf(fields: FoundField[]): string {
  const rows = fields.flatMap(({ name, value, origin, others }) => [
    rowOf(`<th scope="row">${escapeHtml(name)}</th>`, value, origin),
    ...others.map((other) => rowOf('<td></td>', other.value ?? '', other, 'other')),
  ]);
  return `<div class="scroll"><table><thead><tr><th>field</th><th>value</th><th>from</th><th>why</th></tr></thead><tbody>${rows.join('\n')}</tbody></table></div>`;
}

function rowOf(head: string, value: string, { rule, source, reason }: ProvenanceData, className?: string): string {
  return `<tr${className ? ` class="${className}"` : ''}>${head}<td dir="auto">${escapeHtml(value)}</td><td title="${escapeHtml(source)}">${escapeHtml(rule)}<br><small>${escapeHtml(shortPath(source))}</small></td><td>${escapeHtml(reason ?? '')}</td></tr>`;
}

function reasonsOf({ pageKind, reasons }: Extract<Extraction, { kind: 'not-article' }>): string {
  return `<p><strong>Not an article: ${escapeHtml(pageKind)}</strong></p><ul>${reasons.map((reason) => `<li>${escapeHtml(reason)}</li>`).join('')}</ul>`;
}

function blockOf(block: BlockExplanation, fields: string[]): string {
  const { verdict, probability, role, text, source, span } = block;
  const className = fields.length && !block.kept ? `${verdict} field` : verdict;
  const gives = fields.length ? ` · gives ${fields.join(', ')}` : '';
  return `<section class="${className}"><p dir="auto">${escapeHtml(text)}</p><p><small>${probability.toFixed(3)} · ${verdict}${escapeHtml(gives)} · ${role} · <span title="${escapeHtml(source)}">${escapeHtml(shortPath(source))}</span> · ${span.start}–${span.end}<br>${escapeHtml(reasonsInWords(block))}</small></p></section>`;
}
