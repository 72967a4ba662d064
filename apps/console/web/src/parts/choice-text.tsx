import { TextInput } from '@mantine/core';
import { useState } from 'react';

type Choice = Record<string, string>;

/** What a dialog lets one choose, in texts, as it is typed. */
export function useChoice<T extends Choice>(initial: T): [choice: T, change: (changes: Partial<T>) => void] {
  const [choice, setChoice] = useState(initial);
  return [choice, (changes) => setChoice((before) => ({ ...before, ...changes }))];
}

interface ChoiceTextProps<T extends Choice> {
  choice: T;
  /** The part of the choice that is typed here. */
  name: keyof T;
  change: (changes: Partial<T>) => void;
  label: string;
  description?: string;
  placeholder?: string;
  type?: 'text' | 'datetime-local';
  digitsOnly?: boolean;
  isRequired?: boolean;
  isFixed?: boolean;
  /** Whether a dialog that opens begins here. */
  isFirst?: boolean;
}

/** A text field bound to one part of a choice. */
export function ChoiceText<T extends Choice>({
  choice,
  name,
  change,
  digitsOnly = false,
  isRequired = false,
  isFixed = false,
  isFirst = false,
  ...field
}: ChoiceTextProps<T>) {
  return (
    <TextInput
      {...field}
      inputMode={digitsOnly ? 'numeric' : undefined}
      required={isRequired}
      disabled={isFixed}
      data-autofocus={isFirst || undefined}
      withAsterisk={false}
      value={choice[name]}
      onChange={({ currentTarget: { value } }) =>
        change({ [name]: digitsOnly ? value.replace(/\D/g, '') : value } as Partial<T>)
      }
    />
  );
}
