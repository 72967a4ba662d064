/** V8 goes on compiling for some 1,500 articles; a round that gains less than this over the one before is warm. */
const GAIN_OF_WARMING = 0.04;
const MOST_WARMING = 5;

/** Runs the work over all inputs again and again, unmeasured until warm, and says how many inputs a second of CPU takes. */
export function ratePerSecond<T>(inputs: T[], work: (input: T) => void, milliseconds: number): number {
  warmUp(inputs, work);
  const until = performance.now() + milliseconds;
  let rounds = 0;
  let spent = 0;
  do {
    spent += cpuOfRound(inputs, work);
    rounds++;
  } while (performance.now() < until);
  return (rounds * inputs.length * 1e6) / spent;
}

function warmUp<T>(inputs: T[], work: (input: T) => void): void {
  let before = cpuOfRound(inputs, work);
  for (let round = 1; round < MOST_WARMING; round++) {
    const spent = cpuOfRound(inputs, work);
    if (spent > before * (1 - GAIN_OF_WARMING)) return;
    before = spent;
  }
}

/** Microseconds of CPU that the work takes over all inputs. */
function cpuOfRound<T>(inputs: T[], work: (input: T) => void): number {
  const before = process.cpuUsage();
  for (const input of inputs) work(input);
  const { user, system } = process.cpuUsage(before);
  return user + system;
}

/** CPU milliseconds that 99 of 100 inputs stay under, each taken once after a round that warms up. */
export function slowestOfHundred<T>(inputs: T[], work: (input: T) => void): number {
  for (const input of inputs) work(input);
  const times = inputs.map((input) => cpuOfRound([input], work) / 1000);
  return times.sort((a, b) => a - b)[Math.ceil(times.length * 0.99) - 1] ?? 0;
}
