import 'reflect-metadata';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, ValidateBy, ValidateNested } from 'class-validator';

type Constructor = new () => object;

/** A nested object of one class. Unlike bare `@ValidateNested`, an array or a primitive is refused. */
export function Nested(type: () => Constructor): PropertyDecorator {
  return combine(isObject(false), ValidateNested(), Type(type));
}

/** A list of nested objects of one class, none of them an array, null or a primitive (`[[]]`, `[null]`). */
export function NestedList(type: () => Constructor, maxLength: number): PropertyDecorator {
  return combine(IsArray(), ArrayMaxSize(maxLength), isObject(true), ValidateNested({ each: true }), Type(type));
}

function isObject(each: boolean): PropertyDecorator {
  return ValidateBy(
    {
      name: 'isPlainObject',
      validator: {
        validate: (value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value),
        defaultMessage: (args) => `${each ? 'each value in ' : ''}${args?.property ?? 'value'} must be an object`,
      },
    },
    { each },
  );
}

function combine(...decorators: PropertyDecorator[]): PropertyDecorator {
  return (target, property) => decorators.forEach((decorate) => decorate(target, property));
}
