/** Injection tokens of what is not our class. */
export const LOGGER = Symbol('logger');
export const MONGO = Symbol('mongo connection');
export const KAFKA = Symbol('kafka client');
export const STAGE = Symbol('stage name');
