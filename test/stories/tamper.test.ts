// Whoever holds the keys of table and bucket cannot bend what is sealed: every edit, deletion, exchange and insertion is
// named by the first record that is bad. A slice of the long run (`npm run tamper`).
import { expect, test } from 'vitest';
import { noteFigures, times } from '../figures.ts';
import { openProofHall } from '../proof-hall.ts';
import { tamper } from '../tampering.ts';

const wanted = times(24, 1_000);

test('every tampering is found by its first bad record, and nothing honest is blamed', async () => {
  const hall = await openProofHall();
  const { attempts, left } = await tamper(hall, { seed: 20261122, times: wanted });
  const missed = attempts.filter((one) => one.found === undefined);
  const ways = new Set(attempts.map(({ how }) => how));
  noteFigures('tamper', {
    tamperings: attempts.length,
    'ways of tampering': ways.size,
    'found by a first bad record': attempts.length - missed.length,
    missed: missed.length,
    'faults left after everything was put back': left.length,
  });
  expect(missed).toEqual([]);
  expect(attempts).toHaveLength(wanted);
  expect(ways.size).toBeGreaterThan(12);
  for (const { found } of attempts) expect(found).toMatch(/^.+: \p{Script=Han}/u);
  expect(left).toEqual([]);
}, 5_400_000);
