// A book that looks back: what comes late to one frozen month changes the later frozen month that counted with it, too.
// Both differences are carried into the next cut, each once.
import { randomUUID } from 'node:crypto';
import { beforeAll, expect, test } from 'vitest';
import { readScore } from '../../functions/board.ts';
import { freezeMonth, sumMonth } from '../../functions/month.ts';
import { loadCut } from '../../functions/month-facts.ts';
import { run } from '../../functions/run.ts';
import type { Actor } from '../../shared/access.ts';
import { commandNamed } from '../../shared/commands.ts';
import type { Result } from '../../shared/problems.ts';
import type { RuleBookInput } from '../../shared/rulebook.ts';
import type { Month } from '../../shared/time.ts';
import { Ban, Chu, centreId, Ge, Ke, ruleBookInput, Xun } from '../cast.ts';
import { finding, openHouse, signed, type TestHouse } from '../house.ts';

let hall: TestHouse;
const ok = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.problem));
  return result.value;
};

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
  ladder: [
    {
      code: 'deduct',
      when: { severity: ['evident', 'serious'], times: { again: true }, subject: 'person' },
      measure: 'deduct',
    },
  ],
};

const does = async (who: Actor, type: string, at: string, fields: object, target?: string) => {
  hall.clock.set(at);
  return ok(
    await run(hall.house, centreId, who, commandNamed(type), {
      commandId: randomUUID(),
      fields,
      ...(target === undefined ? {} : { target }),
    }),
  ).id;
};
const counted = async (day: string): Promise<string> => {
  const from = `${day}T01:50:00.000Z`;
  const at = `${day}T03:00:00.000Z`;
  const fields = finding({ violation: 'BIZ-DELAY', happened: { from, to: from, doubtSeconds: 2 } });
  const id = await does(Xun, 'case.report', `${day}T02:00:00.000Z`, fields);
  await does(Ge, 'case.confirm', at, { severity: 'evident', clause: '4', reason: '情况清楚' }, id);
  await does(Ge, 'case.notify', at, { way: 'tablet', deliveredAt: at }, id);
  await does(Ban, 'case.answer', at, { noObjection: true, answer: '无异议', ...signed(at) }, id);
  return id;
};
const close = async (month: Month, day: string) => {
  hall.clock.set(`${day}T02:00:00.000Z`);
  ok(await sumMonth(hall.house, centreId, Ban, { commandId: randomUUID(), month }));
  hall.clock.set(`${day}T05:00:00.000Z`);
  ok(await freezeMonth(hall.house, centreId, Chu, { commandId: randomUUID(), month }));
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
  await does(Ban, 'rulebook.enact', '2026-04-01T00:00:00.000Z', { from: '2026-04', book: converting });
});

test('a later frozen month that counted with the changed one is scored anew, and carried once', async () => {
  const april = await counted('2026-04-15');
  await does(
    Ban,
    'case.appeal',
    '2026-04-16T02:00:00.000Z',
    { grounds: '当时在取件', ...signed('2026-04-16T02:00:00.000Z') },
    april,
  );
  await close('2026-04', '2026-05-08');
  await counted('2026-05-13');
  await close('2026-05', '2026-06-08');
  expect([await total('2026-04'), await total('2026-05')]).toEqual([9900, 10_000 - 100 - 300]);
  await does(
    Ke,
    'case.decideAppeal',
    '2026-06-10T02:00:00.000Z',
    { outcome: 'overturned', reason: '查明不属实' },
    april,
  );
  await close('2026-06', '2026-07-08');
  // April gives back its own point, May the quarrel that April's case completed.
  expect(await carriedInto('2026-06')).toEqual([
    ['2026-04', 100],
    ['2026-05', 300],
  ]);
  expect([await total('2026-04'), await total('2026-05'), await total('2026-06')]).toEqual([
    9900, 9600, 10_400,
  ]);
  await close('2026-07', '2026-08-10');
  expect(await carriedInto('2026-07')).toEqual([]);
  expect(await total('2026-07')).toBe(10_000);
});
