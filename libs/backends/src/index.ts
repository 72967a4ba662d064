export { BackendError, type BackendErrorCode } from './backend-error.js';
export { checkMachine, type Check, type MachineOptions } from './check-machine.js';
export type { OnServerExit, ServerHandle } from './local-server.js';
export type { ProcessExit } from './managed-process.js';
export { ServiceProcess, type ServiceSpec } from './service-process.js';
export { defaultCacheDir, startBackends, type BackendOptions, type Backends, type Origin } from './start-backends.js';
export { Supervisor, type RestartPolicy, type SupervisorEvents } from './supervisor.js';
export { TcpProxy, type Fault } from './tcp-proxy.js';
export { waitUntil } from './wait.js';
