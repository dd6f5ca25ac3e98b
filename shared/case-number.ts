// The speakable number of a case (26-11-0042) for telephone and paper: year, month, four digits. Derived from the command
// that reported it and claimed as an item of its own, so that no counter stands between two tablets (decision record 12).
import * as z from 'zod';
import type { Month } from './time.ts';

export const caseNumberField = z.string().regex(/^\d\d-(0[1-9]|1[0-2])-\d{4,5}$/, '问题编号写作 26-11-0042');

/** After so many taken numbers the month is full of them: a fifth digit is added. */
const shortTries = 6;

/**
 * The number a command asks for at its nth attempt (from 0), of its nth case (from 0). The same command asks for the
 * same numbers; the cases of one command never ask for the same one.
 */
export const caseNumberOf = (month: Month, command: string, attempt: number, nth = 0): string => {
  const seed = Number.parseInt(command.slice(-12), 16) + nth;
  const digits = attempt < shortTries ? 4 : 5;
  // A step that shares no factor with ten, so that the attempts walk through different numbers.
  const number = (seed + attempt * 3_571) % 10 ** digits;
  return `${month.slice(2)}-${String(number).padStart(digits, '0')}`;
};

/** The month a number belongs to. */
export const monthOfNumber = (number: string): Month => `20${number.slice(0, 5)}`;
