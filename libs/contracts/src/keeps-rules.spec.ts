import { describe, expect, it } from '@jest/globals';
import { IsDefined, IsInt, MaxLength, MinLength, ValidateIf, ValidateNested } from 'class-validator';
import { certainlyKeepsRules } from './keeps-rules.js';
import { Optional } from './optional.js';

class Tide {
  @IsInt() height!: number;
  @Optional() @IsInt({ each: true }) readings?: number[];
  @ValidateIf((tide: Tide) => tide.height > 5) @IsInt() warning?: number;
}

class SpringTide extends Tide {
  @IsInt() moon!: number;
}

const tide = (fields: object): Tide => Object.assign(new Tide(), fields);

describe('certainlyKeepsRules', () => {
  it.each([
    ['an instance that keeps them all', { height: 2, readings: [1, 2], warning: undefined }],
    ['an optional field left out', { height: 2 }],
    ['a condition that holds', { height: 6, warning: 1 }],
  ])('is sure of %s', (_name, fields) => {
    expect(certainlyKeepsRules(Tide, tide(fields))).toBe(true);
  });

  it.each([
    ['a missing field', {}],
    ['a bad field', { height: 'two' }],
    ['one bad value in a list', { height: 2, readings: [1, 'two'] }],
    ['a field nobody knows', { height: 2, depth: 3 }],
    ['a condition that asks for more', { height: 6 }],
  ])('is not sure of %s', (_name, fields) => {
    expect(certainlyKeepsRules(Tide, tide(fields))).toBe(false);
  });

  it.each([
    ['', false],
    ['a', false],
    ['🌊', false],
    ['ab', true],
    ['abcd', true],
    ['🌊🌊🌊🌊', true],
    ['abcde', false],
    ['🌊🌊🌊🌊🌊', false],
  ])('counts characters, not UTF-16 units, in %j', (name, holds) => {
    class Boat {
      @MinLength(2) @MaxLength(4) name!: string;
    }
    expect(certainlyKeepsRules(Boat, Object.assign(new Boat(), { name }))).toBe(holds);
  });

  it('knows the rules a class inherits', () => {
    expect(certainlyKeepsRules(SpringTide, Object.assign(new SpringTide(), { moon: 1, height: 2 }))).toBe(true);
    expect(certainlyKeepsRules(SpringTide, Object.assign(new SpringTide(), { moon: 1 }))).toBe(false);
  });

  it('leaves rules of another kind, and classes without rules, to class-validator', () => {
    class Defined {
      @IsDefined() height = 2;
    }
    class Outer {
      @ValidateNested() tide = tide({ height: 2 });
    }
    class Empty {}
    expect([Defined, Outer, Empty].map((contract) => certainlyKeepsRules(contract, new contract()))).toEqual([
      false,
      false,
      false,
    ]);
  });
});
