// What is filled in for a while outside a finding's own form: kept on this device at every stroke under a name of its own,
// there again after the tab was killed, gone when it was handed in. Knows no screen.
import { useState } from 'react';
import * as z from 'zod';
import { today } from '../clock.ts';
import { isFull } from '../outbox-db.ts';

/** A form by what a person calls it, and where it is gone on with. */
export interface FormPlace {
  person: string;
  title: string;
  to: string;
  /** It is of the day it was begun on: what was left of it yesterday is gone. */
  ofItsDay?: true;
}

const prefixOf = (person: string): string => `mingchuang.form.${person}.`;
const keyOf = ({ person, to }: FormPlace): string => `${prefixOf(person)}${to}`;
const keptShape = z.object({
  title: z.string(),
  to: z.string(),
  day: z.string().optional(),
  form: z.unknown(),
});

const keptUnder = (key: string): z.infer<typeof keptShape> | undefined => {
  const text = localStorage.getItem(key);
  const read = text === null ? undefined : keptShape.safeParse(JSON.parse(text));
  if (!read?.success) return undefined;
  return read.data.day === undefined || read.data.day === today() ? read.data : undefined;
};

/** What somebody filled in on this device and did not hand in. */
export const keptForms = (person: string): { title: string; to: string }[] =>
  Object.keys(localStorage)
    .filter((key) => key.startsWith(prefixOf(person)))
    .flatMap((key) => keptUnder(key) ?? []);

export interface KeptForm<T> {
  form: T;
  change(next: (before: T) => T): void;
  /** It was handed in, or is begun anew. */
  forget(): void;
  /** It is from before this screen was opened. */
  recovered: boolean;
}

/** As it was left, or as `begin` has it. */
export const useKeptForm = <T>(place: FormPlace, shape: z.ZodType<T>, begin: () => T): KeptForm<T> => {
  const key = keyOf(place);
  const [{ form, recovered }, set] = useState(() => {
    const read = shape.safeParse(keptUnder(key)?.form);
    return read.success ? { form: read.data, recovered: true } : { form: begin(), recovered: false };
  });
  return {
    form,
    recovered,
    change: (next) =>
      set((before) => {
        const after = next(before.form);
        const { title, to, ofItsDay } = place;
        try {
          const kept = { title, to, form: after, ...(ofItsDay && { day: today() }) };
          localStorage.setItem(key, JSON.stringify(kept satisfies z.infer<typeof keptShape>));
        } catch (error) {
          // A full device still has it on the screen; handing it in says what to do.
          if (!isFull(error)) throw error;
        }
        return { ...before, form: after };
      }),
    forget: () => {
      localStorage.removeItem(key);
      set({ form: begin(), recovered: false });
    },
  };
};
