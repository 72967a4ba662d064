/** Our MongoDB or Kafka is away: nothing was done, nothing is lost, try again when it is back. */
export class UnavailableError extends Error {
  readonly code = 'unavailable';

  constructor(
    readonly what: 'kafka' | 'mongodb',
    options?: ErrorOptions,
  ) {
    super(`${what} is away`, options);
    this.name = 'UnavailableError';
  }
}
