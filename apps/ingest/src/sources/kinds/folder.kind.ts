import { READABLE_FILES } from './folder/read-file.js';
import { readFolder } from './folder/read-folder.js';
import type { SourceKind } from './kind.js';
import { localPathFaults } from './settings.js';

/** A watched folder: pages, texts, agency documents, archives, and NDJSON with one submission a line. */
export const folderKind: SourceKind = {
  name: 'folder',
  faultsOf: localPathFaults,
  read: (reading) => readFolder(reading, READABLE_FILES),
};
