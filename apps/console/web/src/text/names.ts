/** Names that the filters offer. A spec holds them against the contracts, whose validators stay out of the page. */
export const STAGES = ['ingest', 'enrichment', 'publishing'] as const;
export const OUTCOMES = ['in-flight', 'published', 'skipped', 'dead-lettered', 'discarded', 'unaccepted'] as const;
export const DEAD_LETTER_STATES = ['open', 'parked', 'replayed', 'resolved', 'discarded'] as const;
export const AUDIT_RESULTS = ['done', 'failed', 'under-way', 'unknown'] as const;
export const ROLES = ['viewer', 'operator', 'admin'] as const;
export const SOURCE_KINDS = ['feed', 'sitemap', 'page', 'folder', 'warc', 'agency'] as const;
export const FEED_TEXTS = ['auto', 'feed', 'page'] as const;
export const TAKEN_FILES = ['move', 'keep'] as const;
export const SOURCE_STATES = ['polled', 'paused', 'failing'] as const;
