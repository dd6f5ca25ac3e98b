// Command ids of what the house does by itself: derived from what it is about, so that doing it again is a repetition.
import { sha256 } from './keys.ts';

/** A UUID that is the same for the same facts. */
export const derivedCommandId = (...facts: string[]): string => {
  const hash = sha256(facts.join('\n'));
  return [
    hash.slice(0, 8),
    hash.slice(8, 12),
    `5${hash.slice(13, 16)}`,
    `8${hash.slice(17, 20)}`,
    hash.slice(20, 32),
  ].join('-');
};
