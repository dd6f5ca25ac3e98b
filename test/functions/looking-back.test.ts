// A book that looks back: what comes late to one frozen month changes the later frozen month that counted with it, too.
// Both differences are carried into the next cut, each once.
import { beforeAll, expect, test } from 'vitest';
import { readScore } from '../../functions/board.ts';
import { loadCut } from '../../functions/month-facts.ts';
import type { RuleBookInput } from '../../shared/rulebook.ts';
import type { Month } from '../../shared/time.ts';
import { Ban, centreId, Ke, ruleBookInput } from '../cast.ts';
import { deductingLadder, ok, stepsIn } from '../hall-months.ts';
import { openHouse, signed, type TestHouse } from '../house.ts';

let hall: TestHouse;
let steps: ReturnType<typeof stepsIn>;

/** Every second delay of a quarter is one quarrel of 3 points besides. */
const converting: RuleBookInput = {
  ...ruleBookInput,
  counting: [
    {
      kind: 'convert',
      code: 'twice',
      title: '两次超时按一次争吵',
      clauses: ['4'],
      within: 'quarter',
      every: 2,
      to: '5',
      originals: 'kept',
    },
  ],
  ladder: deductingLadder,
};

const total = async (month: Month) =>
  ok(await readScore(hall.house, centreId, Ban, { month, person: 'chuang' })).total;
const carriedInto = async (month: Month) => {
  const head = await hall.house.store.head(centreId, { kind: 'month', id: month });
  if (!head?.state.cut) throw new Error('no cut');
  return (await loadCut(hall.house, centreId, month, head.state.cut)).carried.map(({ fromMonth, points }) => [
    fromMonth,
    points,
  ]);
};

beforeAll(async () => {
  hall = await openHouse();
  steps = stepsIn(hall);
  await steps.does(Ban, 'rulebook.enact', '2026-04-01T00:00:00.000Z', { from: '2026-04', book: converting });
});

test('a later frozen month that counted with the changed one is scored anew, and carried once', async () => {
  const april = await steps.delayed({ day: '2026-04-15' });
  await steps.does(
    Ban,
    'case.appeal',
    '2026-04-16T02:00:00.000Z',
    { grounds: '当时在取件', ...signed('2026-04-16T02:00:00.000Z') },
    april,
  );
  await steps.close('2026-04', '2026-05-08');
  await steps.delayed({ day: '2026-05-13' });
  await steps.close('2026-05', '2026-06-08');
  expect([await total('2026-04'), await total('2026-05')]).toEqual([9900, 10_000 - 100 - 300]);
  await steps.does(
    Ke,
    'case.decideAppeal',
    '2026-06-10T02:00:00.000Z',
    { outcome: 'overturned', reason: '查明不属实' },
    april,
  );
  await steps.close('2026-06', '2026-07-08');
  // April gives back its own point, May the quarrel that April's case completed.
  expect(await carriedInto('2026-06')).toEqual([
    ['2026-04', 100],
    ['2026-05', 300],
  ]);
  expect([await total('2026-04'), await total('2026-05'), await total('2026-06')]).toEqual([
    9900, 9600, 10_400,
  ]);
  await steps.close('2026-07', '2026-08-10');
  expect(await carriedInto('2026-07')).toEqual([]);
  expect(await total('2026-07')).toBe(10_000);
});
