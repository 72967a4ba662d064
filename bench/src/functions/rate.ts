/** Runs the work over all inputs again and again, once unmeasured, and says how many inputs a second of CPU takes. */
export function ratePerSecond<T>(inputs: T[], work: (input: T) => void, milliseconds: number): number {
  for (const input of inputs) work(input);
  const before = process.cpuUsage();
  const until = performance.now() + milliseconds;
  let rounds = 0;
  do {
    for (const input of inputs) work(input);
    rounds++;
  } while (performance.now() < until);
  const { user, system } = process.cpuUsage(before);
  return (rounds * inputs.length * 1e6) / (user + system);
}

/** CPU milliseconds that 99 of 100 inputs stay under, each taken once after a round that warms up. */
export function slowestOfHundred<T>(inputs: T[], work: (input: T) => void): number {
  for (const input of inputs) work(input);
  const times = inputs.map((input) => {
    const before = process.cpuUsage();
    work(input);
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
  });
  return times.sort((a, b) => a - b)[Math.ceil(times.length * 0.99) - 1] ?? 0;
}
