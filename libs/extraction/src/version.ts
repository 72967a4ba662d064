/** Changes with every release that can answer differently; a newer one makes a new revision of an item. */
export const EXTRACTION_VERSION: string = '1.1.0';
