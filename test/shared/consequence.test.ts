import { describe, expect, test } from 'vitest';
import { barredBy, consequencesOf, leftOut, rollUpOf, type Standing } from '../../shared/consequence.ts';
import type { Measure } from '../../shared/measure.ts';
import { frameOf, type RuleBook, type RuleBookInput } from '../../shared/rulebook.ts';
import { checkRuleBook } from '../../shared/rulebook-check.ts';
import { cityUnitGrades } from '../../shared/rulebooks/city-unit-grades.ts';
import { townshipHallStaff } from '../../shared/rulebooks/township-hall-staff.ts';
import { townshipTenPoints } from '../../shared/rulebooks/township-ten-points.ts';

const enacted = (data: RuleBookInput): RuleBook => {
  const checked = checkRuleBook(data);
  if (!checked.ok) throw new Error(JSON.stringify(checked.errors));
  return checked.value;
};
const township = enacted(townshipTenPoints);
const city = enacted(cityUnitGrades);
const staff = (id: string, ...totals: (number | undefined)[]): Standing => ({
  subject: { person: id },
  totals,
});

describe('a year from its months', () => {
  const own = frameOf(township, 'staff');
  test('is their sum; who was there for ten months counts the other two at the mean of the ten', () => {
    expect(
      rollUpOf(
        own,
        'year',
        Array.from({ length: 12 }, () => 800),
      )?.total,
    ).toBe(9600);
    // 10 × 9 = 90 for ten months; 108 for twelve.
    expect(
      rollUpOf(
        own,
        'year',
        Array.from({ length: 10 }, () => 900),
      ),
    ).toEqual({
      total: 10_800,
      of: 10,
      note: '10期得分合计108分,缺2期按其余各期平均计',
    });
    expect(rollUpOf(own, 'year', [])).toBeUndefined();
  });

  test('is the mean of two half-years where the book says so', () => {
    expect(rollUpOf(frameOf(city, 'department'), 'year', [9000, 8000])?.total).toBe(8500);
  });
});

describe('what follows from a total', () => {
  test('below 90 in the year: no titles; last besides: waiting for a post (RB06)', () => {
    const all = [staff('staff-a', 8900), staff('staff-b', 8000), staff('staff-c', 9000)];
    expect(consequencesOf(township, 'staff', 'year', '2026-12', all)).toMatchObject([
      { kind: 'bar', subject: { person: 'staff-a' }, bars: ['year'] },
      { kind: 'bar', subject: { person: 'staff-b' } },
      {
        kind: 'refer',
        subject: { person: 'staff-b' },
        reason: '2026年得分80分,低于90分,排名在末1位之内:列为第二年待岗对象或建议调离',
      },
    ]);
  });

  test('a negative month is criticised before all', () => {
    const all = [staff('staff-a', -100), staff('staff-b', 0)];
    expect(consequencesOf(township, 'staff', 'month', '2026-11', all).map(({ subject }) => subject)).toEqual([
      { person: 'staff-a' },
    ]);
  });

  test('基本合格 mends, 不合格 is criticised and led by its head; two years running is another matter (RB03)', () => {
    const units: Standing[] = [
      { subject: { department: 'department-a' }, totals: [7900] },
      { subject: { department: 'department-b' }, totals: [5999] },
      { subject: { department: 'department-c' }, totals: [8000] },
    ];
    expect(
      consequencesOf(city, 'department', 'halfYear', '2026-06', units).map(({ step, subject }) => [
        step,
        subject,
      ]),
    ).toEqual([
      ['mend', { department: 'department-a' }],
      ['criticise', { department: 'department-b' }],
      ['leader', { department: 'department-b' }],
    ]);
    const twice: Standing[] = [
      { subject: { department: 'department-a' }, totals: [5000, 5500] },
      { subject: { department: 'department-b' }, totals: [5000, 6500] },
    ];
    expect(
      consequencesOf(city, 'department', 'year', '2026-12', twice).map(({ subject }) => subject),
    ).toEqual([{ department: 'department-a' }]);
  });
});

describe('who is assessed', () => {
  test('people who only stand in are not (RB11), nor anybody in the trial months', () => {
    const pool = frameOf(enacted(townshipHallStaff), 'staff').pool;
    const one = { id: 'staff-a', kinds: [], windows: ['window-1'], months: 0 };
    expect(leftOut(pool, one)).toBeUndefined();
    expect(leftOut(pool, { ...one, kinds: ['临时顶岗'] })).toBe('临时顶岗不参加考核');
    const strict = { without: [], withoutWindows: ['window-1'], trialMonths: 1 };
    expect(leftOut(strict, one)).toBe('所在窗口不参加考核');
    expect(leftOut(strict, { ...one, windows: ['window-1', 'window-2'] })).toBe('进驻未满1个月,试用期不计分');
    expect(leftOut(undefined, one)).toBeUndefined();
  });
});

describe('titles out of reach', () => {
  const bar: Measure = {
    id: 'bar-2026-11-second-window-1-1',
    kind: 'bar',
    subject: { window: 'window-1' },
    month: '2026-11',
    cases: [],
    step: 'second',
    reason: '第二次,取消窗口评优资格',
    bars: ['quarter'],
  };
  const one = { person: 'staff-a', windows: ['window-1'], department: 'department-tax' };
  test('for everybody at the window, as long as the period runs', () => {
    expect(barredBy([bar], '2026-12', one)).toEqual([bar.reason]);
    expect(barredBy([bar], '2027-01', one)).toEqual([]);
    expect(barredBy([bar], '2026-12', { ...one, windows: ['window-2'] })).toEqual([]);
    expect(barredBy([{ ...bar, subject: { person: 'staff-b' } }], '2026-12', one)).toEqual([]);
    expect(
      barredBy([{ ...bar, subject: { department: 'department-tax' }, bars: ['year'] }], '2026-12', one),
    ).toEqual([bar.reason]);
  });
});
