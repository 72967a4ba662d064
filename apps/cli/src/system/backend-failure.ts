import { BackendError } from '@wireroom/backends';
import { CliError, EXIT, type ExitCode } from '../exit-codes.js';

/** What was thrown, with the exit code it stands for where it is about a Kafka or MongoDB. */
export function backendFailure(error: unknown): unknown {
  return error instanceof BackendError ? new CliError(exitCodeOf(error), error.message, { cause: error }) : error;
}

/** What is missing on the machine is told apart from servers that are elsewhere and don't answer. */
function exitCodeOf({ code }: BackendError): ExitCode {
  switch (code) {
    case 'kafka-unreachable':
    case 'mongo-unreachable':
      return EXIT.unreachable;
    case 'already-running':
    case 'server-died':
    case 'server-not-ready':
    case 'docker-failed':
      return EXIT.failed;
    default:
      return EXIT.machine;
  }
}
