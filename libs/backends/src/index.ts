export { BackendError, type BackendErrorCode } from './backend-error.js';
export type { OnServerExit, ServerHandle } from './local-server.js';
export { defaultCacheDir, startBackends, type BackendOptions, type Backends, type Origin } from './start-backends.js';
