export { BUILT_IN, ConfigError, findConfig, type EnrichmentConfig, type HttpStepConfig } from './enrichment-config.js';
export { ALL_STEPS, stepsOf, type ConfiguredSteps } from './configured-steps.js';
export { breaksTheProcess, withoutOwn } from './without-own.js';
