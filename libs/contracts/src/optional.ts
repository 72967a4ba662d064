import { ValidateIf } from 'class-validator';

/**
 * A field that may be left out. Unlike class-validator's `IsOptional`, `null` is not "left out": it would
 * pass unchecked under a type that doesn't know it.
 */
export function Optional(): PropertyDecorator {
  return ValidateIf(isGiven);
}

/** The condition of `Optional`, by which the schema generator tells it from a condition on other fields. */
export function isGiven(_object: object, value: unknown): boolean {
  return value !== undefined;
}
