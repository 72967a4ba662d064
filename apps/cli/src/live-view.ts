import { createLogUpdate } from 'log-update';
import { isTerminal } from './terminal.js';

/**
 * Lines that scroll by, above a picture that is redrawn in place. Away from a terminal there are only the lines, and
 * beside JSON they go to stderr.
 */
export class LiveView {
  private readonly update;
  private picture = '';

  constructor(private readonly besideJson = false) {
    this.update = isTerminal && !besideJson ? createLogUpdate(process.stdout, { showCursor: true }) : undefined;
  }

  /** Prints a line above the picture. */
  print(line: string): void {
    this.update?.clear();
    (this.besideJson ? process.stderr : process.stdout).write(`${line}\n`);
    if (this.picture) this.update?.(this.picture);
  }

  /** Whether a picture is shown at all. */
  get isLive(): boolean {
    return this.update !== undefined;
  }

  /** Redraws the picture. */
  draw(picture: string): void {
    this.picture = picture;
    this.update?.(picture);
  }

  /** Leaves the picture where it is and starts below it. */
  done(): void {
    if (this.picture) this.update?.done();
    this.picture = '';
  }
}
