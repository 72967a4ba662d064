import { ValidateBy } from 'class-validator';

/** Name of a step: lower-case words joined by hyphens. */
export const STEP_NAME = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

const LIMITS = { keys: 50 };

/** A JSON object with one entry for each custom step, under the step's name. */
export function IsCustomFields(): PropertyDecorator {
  return ValidateBy({
    name: 'isCustomFields',
    constraints: [LIMITS, STEP_NAME],
    validator: {
      validate: hasStepNames,
      defaultMessage: (args) => `${args?.property} must be an object with at most ${LIMITS.keys} names of steps`,
    },
  });
}

/** A JSON object of any shape. */
export function IsJsonObject(): PropertyDecorator {
  return ValidateBy({
    name: 'isJsonObject',
    validator: { validate: isObject, defaultMessage: (args) => `${args?.property} must be a JSON object` },
  });
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function hasStepNames(value: unknown): boolean {
  if (!isObject(value)) return false;
  const names = Object.keys(value);
  return names.length <= LIMITS.keys && names.every((name) => STEP_NAME.test(name));
}
