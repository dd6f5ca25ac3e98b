// The steps by which a test takes a small hall through its months: a command at a moment, a case until it counts, a month
// summed and frozen.
import { randomUUID } from 'node:crypto';
import { freezeMonth, sumMonth } from '../functions/month.ts';
import { run } from '../functions/run.ts';
import type { Actor } from '../shared/access.ts';
import { commandNamed } from '../shared/commands.ts';
import type { Result } from '../shared/problems.ts';
import type { RuleBookInput } from '../shared/rulebook.ts';
import type { Day, Month } from '../shared/time.ts';
import { Ban, Chu, centreId, Ge, Xun } from './cast.ts';
import { finding, signed, type TestHouse } from './house.ts';

/** The value, or the problem thrown: for steps that are not what a test is about. */
export const ok = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.problem));
  return result.value;
};

/** One rung: what is evident or serious costs its points, every time. */
export const deductingLadder: RuleBookInput['ladder'] = [
  {
    code: 'deduct',
    when: { severity: ['evident', 'serious'], times: { again: true }, subject: 'person' },
    measure: 'deduct',
  },
];

export interface Delay {
  day: Day;
  person?: string;
  window?: string;
  /** How many times over; the clause costs a point each. */
  quantity?: number;
  leader?: Actor;
}

export const stepsIn = (hall: TestHouse) => {
  /** Runs a command at a moment; answers the id of what it wrote. */
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
  /** A service delay, reported, confirmed, told and answered on one day, so that it counts. */
  const delayed = async ({ day, person, window, quantity, leader = Ge }: Delay): Promise<string> => {
    const from = `${day}T01:50:00.000Z`;
    const at = `${day}T03:00:00.000Z`;
    const fields = finding({
      violation: 'BIZ-DELAY',
      happened: { from, to: from, doubtSeconds: 2 },
      ...(window === undefined ? {} : { window }),
      ...(person === undefined ? {} : { subject: { kind: 'persons', persons: [person] } }),
    });
    const verdict = {
      ...{ severity: 'evident', clause: '4', reason: '情况清楚' },
      ...(quantity === undefined ? {} : { quantity }),
    };
    const id = await does(Xun, 'case.report', `${day}T02:00:00.000Z`, fields);
    await does(leader, 'case.confirm', at, verdict, id);
    await does(leader, 'case.notify', at, { way: 'tablet', deliveredAt: at }, id);
    await does(Ban, 'case.answer', at, { noObjection: true, answer: '无异议', ...signed(at) }, id);
    return id;
  };
  /** Sums a month in the morning of a day and freezes it in the afternoon. */
  const close = async (month: Month, day: Day): Promise<void> => {
    hall.clock.set(`${day}T02:00:00.000Z`);
    ok(await sumMonth(hall.house, centreId, Ban, { commandId: randomUUID(), month }));
    hall.clock.set(`${day}T05:00:00.000Z`);
    ok(await freezeMonth(hall.house, centreId, Chu, { commandId: randomUUID(), month }));
  };
  return { does, delayed, close };
};
