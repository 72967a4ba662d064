/** Name and version, in configurations and in the explain record, of the step that tells which story an article is of. */
export const CLUSTER_STEP = { name: 'cluster', version: '1.1.0' } as const;
