// What is filled in for a while outside a finding's own form: kept on this device at every stroke under a name of its own,
// there again after the tab was killed, gone when it was handed in. Knows no screen.
import { useState } from 'react';
import type * as z from 'zod';
import { isFull } from '../outbox-db.ts';

const keyOf = (name: string): string => `mingchuang.form.${name}`;

const keptAs = <T>(name: string, shape: z.ZodType<T>): T | undefined => {
  const text = localStorage.getItem(keyOf(name));
  const read = text === null ? undefined : shape.safeParse(JSON.parse(text));
  return read?.success ? read.data : undefined;
};

export interface KeptForm<T> {
  form: T;
  change(next: (before: T) => T): void;
  /** It was handed in, or is begun anew. */
  forget(): void;
  /** It is from before this screen was opened. */
  recovered: boolean;
}

/** As it was left where `still` holds of it, otherwise as `begin` has it. */
export const useKeptForm = <T>(
  name: string,
  shape: z.ZodType<T>,
  begin: () => T,
  still: (kept: T) => boolean,
): KeptForm<T> => {
  const [{ form, recovered }, set] = useState(() => {
    const kept = keptAs(name, shape);
    return kept !== undefined && still(kept)
      ? { form: kept, recovered: true }
      : { form: begin(), recovered: false };
  });
  return {
    form,
    recovered,
    change: (next) =>
      set((before) => {
        const after = next(before.form);
        try {
          localStorage.setItem(keyOf(name), JSON.stringify(after));
        } catch (error) {
          // A full device still has it on the screen; handing it in says what to do.
          if (!isFull(error)) throw error;
        }
        return { ...before, form: after };
      }),
    forget: () => {
      localStorage.removeItem(keyOf(name));
      set({ form: begin(), recovered: false });
    },
  };
};
