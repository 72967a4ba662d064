export { systemClock, type Clock } from './clock.js';
export { systemResolve, type Resolve, type ResolvedAddress } from './address/resolve.js';
export * from './fetch-answer.js';
export * from './fetch-request.js';
export { Fetcher } from './fetcher.js';
export { FetchMetrics } from './fetch-metrics.js';
