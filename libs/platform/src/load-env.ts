import 'reflect-metadata';
import { Transform } from 'class-transformer';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';

/** Faults in a service's environment, by variable name. Values are never part of it. */
export class EnvError extends Error {
  constructor(faults: string[]) {
    super(`The environment is not usable:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`);
    this.name = 'EnvError';
  }
}

/** Text to whole number; anything else is left for the validator to refuse. */
export const int = (): PropertyDecorator =>
  Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : value,
  );

/** Comma-separated text to a list of trimmed, non-empty texts. */
export const list = (): PropertyDecorator =>
  Transform(({ value }: { value: unknown }) =>
    typeof value === 'string'
      ? value
          .split(',')
          .map((part) => part.trim())
          .filter((part) => part !== '')
      : value,
  );

/**
 * Reads a service's environment once. Only declared variables are looked at; an empty one counts as unset.
 *
 * @throws EnvError listing every fault by variable name, without any value.
 */
export function loadEnv<T extends object>(contract: new () => T, from: NodeJS.ProcessEnv): T {
  const defaults = new contract();
  const given = Object.fromEntries(Object.entries(from).filter(([, value]) => value !== undefined && value !== ''));
  const env = plainToInstance(contract, { ...defaults, ...given }, { enableImplicitConversion: false });
  const faults = validateSync(env, { validationError: { target: false, value: false } }).flatMap((error) =>
    Object.values(error.constraints ?? {}),
  );
  if (faults.length > 0) throw new EnvError(faults);
  return env;
}
