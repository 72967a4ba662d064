export * from './errors.js';
export * from './kafka.js';
export * from './load-env.js';
export * from './logger.js';
export * from './mongo.js';
export * from './service.env.js';
