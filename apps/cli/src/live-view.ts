import { createLogUpdate } from 'log-update';
import { isTerminal } from './terminal.js';

/** Lines that scroll by, above a picture that is redrawn in place. Away from a terminal there are only the lines. */
export class LiveView {
  private readonly update = isTerminal ? createLogUpdate(process.stdout, { showCursor: true }) : undefined;
  private picture = '';

  /** Prints a line above the picture. */
  print(line: string): void {
    this.update?.clear();
    process.stdout.write(`${line}\n`);
    if (this.picture) this.update?.(this.picture);
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
