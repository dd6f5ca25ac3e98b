// A month on the real table: the cut, the freeze, what changes after it. Whatever comes late is carried once, in
// whatever order it comes, and a frozen month never changes.
import { randomUUID } from 'node:crypto';
import * as fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { readScore } from '../../functions/board.ts';
import { carryPartition, cutPartition, monthPartition, projectedKey } from '../../functions/keys.ts';
import { freezeMonth, projectMonth, sumMonth } from '../../functions/month.ts';
import { loadCut } from '../../functions/month-facts.ts';
import { run } from '../../functions/run.ts';
import type { Actor } from '../../shared/access.ts';
import { commandNamed } from '../../shared/commands.ts';
import type { Result } from '../../shared/problems.ts';
import type { RuleBookInput } from '../../shared/rulebook.ts';
import type { Carried } from '../../shared/score.ts';
import { instantAt, type Month } from '../../shared/time.ts';
import { Ban, Chu, commandIdOf, entries, Ge, Ji, Ke, ruleBookInput, Xun } from '../cast.ts';
import { finding, openHouse, signed, type TestHouse } from '../house.ts';

let hall: TestHouse;
beforeAll(async () => {
  hall = await openHouse();
});

const ok = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.problem));
  return result.value;
};

/** The small hall's rules with one rung: evident and serious violations cost their price. */
const deducting: RuleBookInput = {
  ...ruleBookInput,
  ladder: [
    {
      code: 'deduct',
      when: { severity: ['evident', 'serious'], times: { again: true }, subject: 'person' },
      measure: 'deduct',
    },
  ],
};

/** A centre of its own in the same table, with the small hall's people and rules. */
const anotherCentre = async (): Promise<string> => {
  const centre = `c-${randomUUID().slice(0, 12)}`;
  hall.clock.set('2026-06-01T00:00:00.000Z');
  await hall.found(
    centre,
    entries.map((entry) => (entry.kind === 'centre' ? { ...entry, id: centre } : entry)),
  );
  ok(
    await run(hall.house, centre, Ban, commandNamed('rulebook.enact'), {
      commandId: randomUUID(),
      fields: { from: '2026-01', book: deducting },
    }),
  );
  return centre;
};

const does = async (
  centre: string,
  who: Actor,
  type: string,
  at: string,
  fields: object,
  target?: string,
): Promise<string> => {
  hall.clock.set(at);
  const done = await run(hall.house, centre, who, commandNamed(type), {
    commandId: randomUUID(),
    fields,
    ...(target === undefined ? {} : { target }),
  });
  return ok(done).id;
};

/** A finding of a day of June, told and agreed to at some time; it costs 100 hundredths. */
const counted = async (centre: string, person: string, at: string): Promise<string> => {
  const happened = '2026-06-10T01:50:00.000Z';
  const id = await does(
    centre,
    Xun,
    'case.report',
    at,
    finding({
      violation: 'BIZ-DELAY',
      happened: { from: happened, to: happened, doubtSeconds: 2 },
      subject: { kind: 'persons', persons: [person] },
    }),
  );
  await does(centre, Ge, 'case.confirm', at, { severity: 'evident', clause: '4', reason: '情况清楚' }, id);
  await does(centre, Ge, 'case.notify', at, { way: 'tablet', deliveredAt: at }, id);
  await does(centre, Ban, 'case.answer', at, { noObjection: true, answer: '无异议', ...signed(at) }, id);
  return id;
};

/** A review that takes a case back. */
const overturned = async (centre: string, id: string, at: string): Promise<void> => {
  await does(centre, Ban, 'case.appeal', at, { grounds: '当时在取件', ...signed(at) }, id);
  await does(centre, Ke, 'case.decideAppeal', at, { outcome: 'overturned', reason: '查明不属实' }, id);
};

const sum = async (centre: string, month: Month, at: string, commandId: string = randomUUID()) => {
  hall.clock.set(at);
  return sumMonth(hall.house, centre, Ban, { commandId, month });
};
const freeze = async (centre: string, month: Month, at: string, commandId: string = randomUUID()) => {
  hall.clock.set(at);
  return freezeMonth(hall.house, centre, Chu, { commandId, month });
};
const close = async (centre: string, month: Month, day: string): Promise<void> => {
  ok(await sum(centre, month, instantAt(day, '10:00')));
  ok(await freeze(centre, month, instantAt(day, '15:00')));
};

const total = async (centre: string, month: Month, person = 'chuang'): Promise<number> =>
  ok(await readScore(hall.house, centre, Ban, { month, person })).total;
/** Everything that lies of a month's projections, as it lies there. */
const projections = async (centre: string, month: Month): Promise<string> => {
  const { store } = hall.house;
  const of = (prefix: string) => store.partition<object>('test', monthPartition(centre, month), prefix, true);
  return JSON.stringify([
    await of('SCORE#'),
    await of('TALLY#'),
    await store.partition<object>('test', carryPartition(centre, '2026-06'), undefined, true),
  ]);
};
const cutOf = async (centre: string, month: Month) => {
  const head = await hall.house.store.head(centre, { kind: 'month', id: month });
  if (!head?.state.cut) throw new Error('no cut');
  return loadCut(hall.house, centre, month, head.state.cut);
};
const carriedInto = async (centre: string, month: Month): Promise<Carried[]> =>
  (await cutOf(centre, month)).carried;

const inJune = '2026-06-11T02:00:00.000Z';

describe('summing', () => {
  test('fixes every head at its version under the hash of the list, and can be repeated', async () => {
    const centre = await anotherCentre();
    const id = await counted(centre, 'chuang', inJune);
    const commandId = commandIdOf(71);
    const first = ok(await sum(centre, '2026-06', '2026-07-06T02:00:00.000Z', commandId));
    expect(ok(await sum(centre, '2026-06', '2026-07-06T03:00:00.000Z', commandId))).toEqual(first);
    const cut = await cutOf(centre, '2026-06');
    expect(cut.cases).toEqual([[id, 4]]);
    expect(cut.people.map((one) => one.person)).toContain('chuang');
    expect(await total(centre, '2026-06')).toBe(9900);
  });

  test('shows the cut until it is taken again, though a case has moved on', async () => {
    const centre = await anotherCentre();
    const id = await counted(centre, 'chuang', inJune);
    ok(await sum(centre, '2026-06', '2026-07-01T02:00:00.000Z'));
    await overturned(centre, id, '2026-06-12T02:00:00.000Z');
    expect(await total(centre, '2026-06')).toBe(9900);
    ok(await sum(centre, '2026-06', '2026-07-02T02:00:00.000Z'));
    expect(await total(centre, '2026-06')).toBe(10_000);
  });

  test('is refused of a month that runs, and to who may not', async () => {
    const centre = await anotherCentre();
    expect(await sum(centre, '2026-06', '2026-06-30T02:00:00.000Z')).toMatchObject({
      problem: { code: 'month.not-over' },
    });
    hall.clock.set('2026-07-06T02:00:00.000Z');
    expect(
      await sumMonth(hall.house, centre, Ji, { commandId: randomUUID(), month: '2026-06' }),
    ).toMatchObject({ problem: { code: 'access.denied' } });
  });

  test('of a cut whose bytes were altered shows nothing', async () => {
    const centre = await anotherCentre();
    ok(await sum(centre, '2026-06', '2026-07-06T02:00:00.000Z'));
    const head = await hall.house.store.head(centre, { kind: 'month', id: '2026-06' });
    const pk = cutPartition(centre, '2026-06', head?.state.cut?.digest ?? '');
    const chunk = await hall.house.store.get<{ text: string }>({ pk, sk: '0000' }, 'test');
    await hall.house.store.put({ pk, sk: '0000', text: String(chunk?.text).replace('chuang', 'zhuang') });
    await expect(total(centre, '2026-06')).rejects.toThrow('does not match its digest');
  });
});

describe('freezing', () => {
  test('fixes the last cut once; what is asked twice is answered the same', async () => {
    const centre = await anotherCentre();
    await counted(centre, 'chuang', inJune);
    expect(await freeze(centre, '2026-06', '2026-07-08T02:00:00.000Z')).toMatchObject({
      problem: { code: 'month.not-summed' },
    });
    ok(await sum(centre, '2026-06', '2026-07-06T02:00:00.000Z'));
    const commandId = commandIdOf(72);
    const first = ok(await freeze(centre, '2026-06', '2026-07-08T02:00:00.000Z', commandId));
    expect(ok(await freeze(centre, '2026-06', '2026-07-08T03:00:00.000Z', commandId))).toEqual(first);
    for (const again of [freeze, sum])
      expect(await again(centre, '2026-06', '2026-07-09T02:00:00.000Z')).toMatchObject({
        problem: { code: 'month.frozen' },
      });
  });

  test('leaves projections that a broken-off writing finishes to the same bytes', async () => {
    const centre = await anotherCentre();
    await counted(centre, 'chuang', inJune);
    await close(centre, '2026-06', '2026-07-08');
    const before = await projections(centre, '2026-06');
    const { store } = hall.house;
    for (const person of ['chuang', 'staff-0104'])
      await store.remove({ pk: monthPartition(centre, '2026-06'), sk: `SCORE#${person}` });
    await store.remove({ pk: monthPartition(centre, '2026-06'), sk: 'TALLY#person:chuang' });
    await store.remove(projectedKey(centre, '2026-06'));
    expect(await projections(centre, '2026-06')).not.toBe(before);
    await projectMonth(hall.house, centre, '2026-06');
    expect(await projections(centre, '2026-06')).toBe(before);
    await projectMonth(hall.house, centre, '2026-06');
    expect(await projections(centre, '2026-06')).toBe(before);
  });

  test('waits for the month before, and for a cut taken after that one was frozen', async () => {
    const centre = await anotherCentre();
    ok(await sum(centre, '2026-06', '2026-07-06T02:00:00.000Z'));
    ok(await sum(centre, '2026-07', '2026-08-05T02:00:00.000Z'));
    expect(await freeze(centre, '2026-07', '2026-08-08T02:00:00.000Z')).toMatchObject({
      problem: { code: 'month.earlier-open' },
    });
    ok(await freeze(centre, '2026-06', '2026-08-08T03:00:00.000Z'));
    expect(await freeze(centre, '2026-07', '2026-08-08T04:00:00.000Z')).toMatchObject({
      problem: { code: 'month.cut-too-old' },
    });
    ok(await sum(centre, '2026-07', '2026-08-08T05:00:00.000Z'));
    ok(await freeze(centre, '2026-07', '2026-08-08T06:00:00.000Z'));
  });

  test('is summed anew when a rule book came into force after the sum', async () => {
    const centre = await anotherCentre();
    const enacted = (book: RuleBookInput, at: string) =>
      does(centre, Ban, 'rulebook.enact', at, { from: '2026-06', book });
    ok(await sum(centre, '2026-06', '2026-07-06T02:00:00.000Z'));
    await enacted({ ...deducting, title: '修订办法' }, '2026-07-07T02:00:00.000Z');
    expect(await freeze(centre, '2026-06', '2026-07-08T02:00:00.000Z')).toMatchObject({
      problem: { code: 'month.other-book' },
    });
    // The second time it is the same stream's next version.
    ok(await sum(centre, '2026-06', '2026-07-08T03:00:00.000Z'));
    await enacted({ ...deducting, title: '再次修订' }, '2026-07-08T04:00:00.000Z');
    expect(await freeze(centre, '2026-06', '2026-07-08T05:00:00.000Z')).toMatchObject({
      problem: { code: 'month.other-book' },
    });
    ok(await sum(centre, '2026-06', '2026-07-08T06:00:00.000Z'));
    ok(await freeze(centre, '2026-06', '2026-07-08T07:00:00.000Z'));
  });
});

describe('the order of months', () => {
  test('lets nothing in behind a frozen month, and leaves none out between two', async () => {
    const centre = await anotherCentre();
    ok(await sum(centre, '2026-07', '2026-08-05T02:00:00.000Z'));
    ok(await freeze(centre, '2026-07', '2026-08-06T02:00:00.000Z'));
    expect(await sum(centre, '2026-06', '2026-08-07T02:00:00.000Z')).toMatchObject({
      problem: { code: 'month.later-frozen', detail: expect.stringContaining('2026-07') },
    });
    ok(await sum(centre, '2026-09', '2026-10-08T02:00:00.000Z'));
    expect(await freeze(centre, '2026-09', '2026-10-09T02:00:00.000Z')).toMatchObject({
      problem: { code: 'month.earlier-open' },
    });
  });
});

/** What may still happen to June while July and August run. */
type Late = 'a finding' | 'a review';

describe('what comes late', () => {
  test('is carried once into the month that closes next, in any order and time', async () => {
    const when = fc.constantFrom<'july' | 'august'>('july', 'august');
    const late = fc.record({ what: fc.constantFrom<Late>('a finding', 'a review'), when });
    await fc.assert(
      fc.asyncProperty(fc.array(late, { minLength: 1, maxLength: 3 }), async (happenings) => {
        const centre = await anotherCentre();
        const reviewed: string[] = [];
        for (const { what } of happenings)
          if (what === 'a review') reviewed.push(await counted(centre, 'chuang', inJune));
        const junesTotal = 10_000 - 100 * reviewed.length;
        await close(centre, '2026-06', '2026-07-08');
        expect(await total(centre, '2026-06')).toBe(junesTotal);
        const june = async () => {
          const [scores, tallies] = JSON.parse(await projections(centre, '2026-06'));
          return JSON.stringify([scores, tallies]);
        };
        const frozen = await june();

        const points = { july: 0, august: 0 };
        for (const month of ['july', 'august'] as const) {
          const at = month === 'july' ? '2026-07-09T02:00:00.000Z' : '2026-08-12T02:00:00.000Z';
          for (const one of happenings.filter((each) => each.when === month)) {
            points[month] += one.what === 'a finding' ? -100 : 100;
            if (one.what === 'a finding') await counted(centre, 'chuang', at);
            else await overturnedLate(centre, reviewed.pop() ?? '', at);
          }
          if (month === 'july') await close(centre, '2026-07', '2026-08-08');
          else await close(centre, '2026-08', '2026-09-08');
        }
        const carried = async (month: Month) =>
          (await carriedInto(centre, month)).reduce((all, one) => all + one.points, 0);
        expect({
          july: Math.abs(await carried('2026-07')),
          august: Math.abs(await carried('2026-08')),
        }).toEqual({ july: Math.abs(points.july), august: Math.abs(points.august) });
        // Together exactly once, and never into June itself.
        expect((await total(centre, '2026-07')) + (await total(centre, '2026-08')) - 20_000).toBe(
          points.july + points.august,
        );
        expect(await june()).toBe(frozen);
        // Nothing is left to carry in September.
        ok(await sum(centre, '2026-09', '2026-10-09T02:00:00.000Z'));
        expect(await carriedInto(centre, '2026-09')).toEqual([]);
      }),
      { numRuns: 6 },
    );
  });
});

/** The review was asked for in time, in June; the decision comes when it comes. */
const overturnedLate = async (centre: string, id: string, at: string): Promise<void> => {
  const asked = '2026-06-12T02:00:00.000Z';
  await does(centre, Ban, 'case.appeal', asked, { grounds: '当时在取件', ...signed(asked) }, id);
  await does(centre, Ke, 'case.decideAppeal', at, { outcome: 'overturned', reason: '查明不属实' }, id);
};
