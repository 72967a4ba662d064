/** What the command's exit code says. Stable: scripts decide on them. */
export const EXIT = {
  ok: 0,
  /** It was tried and did not succeed, wholly or in part. */
  failed: 1,
  /** The command line is wrong. */
  usage: 2,
  /** No running Wireroom, or one of its services or servers doesn't answer. */
  unreachable: 3,
  /** There is nothing of that name. */
  notFound: 4,
  /** Something needed on this machine is missing or taken: Java, a port, disk space. */
  machine: 5,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** A failure that one sentence explains; it is printed without a stack. */
export class CliError extends Error {
  constructor(
    readonly exitCode: ExitCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'CliError';
  }
}

/** For `--help`: what the codes mean. */
export const EXIT_CODES_HELP = `
Exit codes:
  0  done
  1  tried, and failed wholly or in part
  2  wrong usage
  3  no running Wireroom, or a service or server does not answer
  4  not found
  5  this machine lacks something needed (Java, a free port, disk space)`;
