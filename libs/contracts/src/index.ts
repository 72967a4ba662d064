export * from './article.js';
export * from './enrichment.js';
