import { describe, expect, it } from '@jest/globals';
import { findJava, parseJavaVersion } from './java.js';
import type { RunTool } from './run-tool.js';

const says =
  (output: string, code: number | undefined = 0): RunTool =>
  async () => ({ code, output, errors: output });

describe('parseJavaVersion', () => {
  it.each([
    ['openjdk version "17.0.15" 2025-04-15', 17],
    ['java version "1.8.0_392"', 8],
    ['openjdk version "22-ea" 2024-03-19', 22],
    ['bash: something else', undefined],
  ])('reads %s', (output, version) => {
    expect(parseJavaVersion(output)).toBe(version);
  });
});

describe('findJava', () => {
  it('takes the one of JAVA_HOME', async () => {
    const run = says('openjdk version "21.0.1"');
    expect(await findJava({ JAVA_HOME: '/opt/java' }, run)).toBe('/opt/java/bin/java');
  });

  it('says what to install when there is none', async () => {
    const run: RunTool = async () => ({ code: undefined, output: '', errors: '' });
    await expect(findJava({}, run)).rejects.toMatchObject({
      code: 'java-missing',
      message: expect.stringMatching(/install Java 17.*KAFKA_BROKERS/),
    });
  });

  it('refuses one that is too old', async () => {
    await expect(findJava({}, says('openjdk version "11.0.2"'))).rejects.toMatchObject({ code: 'java-too-old' });
  });
});
