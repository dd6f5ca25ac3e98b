import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { clauseOf, priceOf, type RuleBook } from '../../shared/rulebook.ts';
import {
  type Carried,
  type CountedBonus,
  type CountedCase,
  type Score,
  scoreMonth,
  scoreOf,
} from '../../shared/score.ts';
import { differenceOf } from '../../shared/score-difference.ts';
import {
  aBonus,
  absent,
  aCase,
  anyFloor,
  bonusesOfNovember,
  carriedIntoNovember,
  casesOfNovember,
  complaint,
  late,
  offPost,
  paperBook,
  people,
  shuffled,
  staffOf,
  withFloor,
} from './paper-hall.ts';

const book = paperBook();
const score = (
  cases: CountedCase[],
  bonuses: CountedBonus[] = [],
  carried: Carried[] = [],
  of = book,
): Score => scoreOf(of, 'staff-a', cases, bonuses, carried);
const linesOf = ({ lines }: Score, kind: string) => lines.filter((line) => line.kind === kind);
const sum = ({ lines }: Score): number => lines.reduce((all, line) => all + line.points, 0);

describe('what a clause costs', () => {
  const price = (code: string, facts: Parameters<typeof priceOf>[2]) => {
    const result = priceOf(book, code, facts);
    return result.ok ? result.value : result.problem.code;
  };

  test('a fixed price, and one by quantity', () => {
    expect(price('3', { quantity: 1 })).toBe(200);
    expect(price('1', { quantity: 3 })).toBe(150);
  });

  test('bands take their ends as the rule book says', () => {
    const at = (minutes: number) => price('2', { quantity: 1, minutes });
    expect([0, 29, 30, 60, 61].map(at)).toEqual([100, 100, 200, 200, 300]);
    expect(at(-1)).toBe('clause.no-band');
    expect(price('2', { quantity: 1 })).toBe('clause.minutes-missing');
  });

  test('a range is chosen inside its ends', () => {
    const choose = (points: number) => price('4', { quantity: 1, chosen: { points } });
    expect([300, 451, 500].map(choose)).toEqual([300, 451, 500]);
    expect([299, 501, 350.5].map(choose)).toEqual(Array(3).fill('clause.out-of-range'));
    expect(price('4', { quantity: 1 })).toBe('clause.choice-missing');
  });

  test('refuses what the clause does not ask for', () => {
    expect(price('99', { quantity: 1 })).toBe('clause.unknown');
    expect(price('3', { quantity: 2 })).toBe('clause.quantity-not-allowed');
    expect(price('1', { quantity: 0 })).toBe('clause.quantity-invalid');
    expect(price('1', { quantity: 1.5 })).toBe('clause.quantity-invalid');
    expect(price('3', { quantity: 1, chosen: { points: 200 } })).toBe('clause.choice-not-allowed');
  });
});

describe('a month without anything', () => {
  test('is full marks, in one line', () => {
    expect(score([])).toEqual({
      person: 'staff-a',
      total: 10_000,
      grade: '优秀',
      lines: [{ kind: 'base', cases: [], points: 10_000, note: '基础分100分' }],
      categories: [
        { code: 'duty', points: 1000 },
        { code: 'manner', points: 2000 },
        { code: 'rest', points: 7000 },
      ],
    });
  });
});

describe('a deduction', () => {
  test('tells its arithmetic in words a window clerk understands', () => {
    const late2 = late(2, { id: 'case-1', day: '2026-11-03' });
    const result = score([late2]);
    expect(result.total).toBe(9900);
    expect(result.lines[1]).toEqual({
      kind: 'deduction',
      clause: '1',
      category: 'duty',
      cases: ['case-1'],
      quantity: 2,
      unit: '次',
      points: -100,
      confirmedBy: 'staff-ge',
      note: '第1条 迟到(11月3日):2次 × 0.5分 = 扣1分',
    });
    expect(score([offPost(45)]).lines[1]?.note).toBe('第2条 脱岗(11月3日):时长45分钟,按所在档扣2分');
    expect(score([aCase()]).lines[1]?.note).toBe('第3条 态度生硬(11月3日):扣2分');
  });

  test('of a range says who chose the figure and why, the reason outside the sentence', () => {
    const [line] = linesOf(score([complaint(450)]), 'deduction');
    expect(line).toMatchObject({
      points: -450,
      chosen: 450,
      chosenBy: 'staff-ge',
      reason: '当面顶撞,影响较大',
      note: '第4条 投诉查实(11月3日):在3分至5分内酌定,扣4.5分',
    });
  });

  test('waits until the person was heard', () => {
    expect(score([aCase({ counts: false })])).toEqual(score([]));
  });

  test('never comes from what was settled on the spot', () => {
    expect(score([late(1, { severity: 'minor', counts: false, settledOnSpot: true })])).toEqual(score([]));
    expect(score([late(1, { severity: 'minor', counts: true, settledOnSpot: true })])).toEqual(score([]));
  });

  test('is not made for a severity the ladder only reminds of, and the line says so', () => {
    const result = score([late(2, { severity: 'minor' })]);
    expect(result.total).toBe(10_000);
    expect(result.lines[1]).toMatchObject({ points: 0, note: '第1条 迟到(11月3日):提醒,不扣分' });
  });

  test('follows the ladder: where minor ones are deducted too, they cost', () => {
    const strict = paperBook(({ ladder }) => {
      for (const step of ladder) if (step.measure === 'deduct') step.when.severity.push('minor');
    });
    expect(score([late(2, { severity: 'minor' })], [], [], strict).total).toBe(9900);
  });

  test('hits every person of the case, and nobody else', () => {
    const both = aCase({ persons: ['staff-a', 'staff-b'] });
    const nobody = aCase({ persons: [] });
    const scores = scoreMonth(book, people, [both, nobody], [], []);
    expect(scores.map(({ total }) => total)).toEqual([9800, 9800, 10_000, 10_000]);
  });

  test('hits a person once, also when the case names them twice', () => {
    const doubled = aCase({ persons: ['staff-a', 'staff-b', 'staff-a'] });
    expect(scoreMonth(book, ['staff-a'], [doubled], [], [])).toEqual([score([doubled])]);
    expect(score([doubled]).total).toBe(9800);
  });

  test('that cannot be priced is shown with nothing taken', () => {
    const lost = aCase({ clause: '99' });
    const unmeasured = aCase({ clause: '2' });
    const result = score([lost, unmeasured]);
    expect(result.total).toBe(10_000);
    expect(linesOf(result, 'deduction').map(({ points, note }) => [points, note])).toEqual([
      [0, '第2条 脱岗(11月3日):该条款按时长计分,没有填写分钟数,未计分,请督查科内勤核对'],
      [0, '条款99(11月3日):考核办法中没有这一条款,未计分,请督查科内勤核对'],
    ]);
  });
});

describe('a review', () => {
  const reviewed = (review: CountedCase['review']) =>
    score([complaint(400, { id: 'case-1', ...(review && { review }) })]);

  test('that overturns adds a further line and leaves the first as it was', () => {
    const before = reviewed(undefined);
    const after = reviewed({ outcome: 'overturned', by: 'staff-ke' });
    expect(after.total).toBe(10_000);
    expect(after.lines.slice(0, 2)).toEqual(before.lines);
    expect(after.lines[2]).toEqual({
      kind: 'review',
      clause: '4',
      category: 'manner',
      cases: ['case-1'],
      points: 400,
      review: { outcome: 'overturned', by: 'staff-ke' },
      note: '第4条 投诉查实(11月3日):复核撤销,退回4分',
    });
  });

  test('that reduces gives the difference back', () => {
    const after = reviewed({ outcome: 'reduced', points: 150, by: 'staff-ke' });
    expect(after.total).toBe(9850);
    expect(after.lines[2]?.note).toBe('第4条 投诉查实(11月3日):复核由扣4分改为扣1.5分,退回2.5分');
  });

  test('that upholds changes nothing and says so', () => {
    const after = reviewed({ outcome: 'upheld', by: 'staff-ke' });
    expect(after.total).toBe(9600);
    expect(after.lines[2]).toMatchObject({ kind: 'review', points: 0 });
  });

  test('never makes it worse', () => {
    expect(reviewed({ outcome: 'reduced', points: 900, by: 'staff-ke' }).total).toBe(9600);
  });
});

describe('caps and floors', () => {
  test('a clause stops at its monthly cap, and the line names what was cut', () => {
    const cases = [
      late(3, { id: 'case-1', day: '2026-11-02' }),
      late(2, { id: 'case-2', day: '2026-11-09' }),
      late(1, { id: 'case-3', day: '2026-11-16' }),
    ];
    const result = score(cases);
    expect(result.total).toBe(9800);
    expect(linesOf(result, 'cap')).toEqual([
      {
        kind: 'cap',
        clause: '1',
        category: 'duty',
        cases: ['case-2', 'case-3'],
        points: 100,
        note: '第1条 迟到:每月最多扣2分,本月应扣3分,多出的1分不再扣',
      },
    ]);
  });

  test('a category stops at its floor', () => {
    const result = score([
      absent(1, { id: 'case-1', day: '2026-11-02' }),
      absent(2, { id: 'case-2', day: '2026-11-03' }),
    ]);
    expect(result.total).toBe(9000);
    expect(result.categories[0]).toEqual({ code: 'duty', points: 0 });
    expect(linesOf(result, 'floor')).toMatchObject([
      {
        category: 'duty',
        cases: ['case-2'],
        points: 500,
        note: '工作纪律最多扣10分,扣完为止,本月应扣15分,多出的5分不再扣',
      },
    ]);
  });

  test('a category may keep a rest', () => {
    const four = Array.from({ length: 4 }, () => complaint(500));
    expect(score(four).categories[1]).toEqual({ code: 'manner', points: 500 });
  });

  test('without a floor a total may go below zero', () => {
    const total = score([absent(30)], [], [], withFloor('none')).total;
    expect(total).toBe(-5000);
  });

  test('a total stops at zero, carried differences included', () => {
    const carried = [{ fromMonth: '2026-10', person: 'staff-a', points: -300, cases: ['case-9'] }];
    const result = score([absent(20, { id: 'case-1' })], [], carried, withFloor('total'));
    expect(result.total).toBe(0);
    expect(result.lines.at(-1)).toMatchObject({
      kind: 'floor',
      cases: ['case-9'],
      points: 300,
      note: '合计扣至0分为止,多出的3分不再扣',
    });
  });

  test('a total stops at zero where categories have floors of their own', () => {
    const carried = [{ fromMonth: '2026-10', person: 'staff-a', points: -11_000, cases: ['case-9'] }];
    expect(score([aCase()], [], carried).total).toBe(0);
    expect(score([aCase()], [], carried, withFloor('none')).total).toBe(-1200);
  });

  test('what a review gave back frees the cap for the others', () => {
    const overturned = late(4, { review: { outcome: 'overturned', by: 'staff-ke' } });
    const result = score([overturned, late(3)]);
    expect(result.total).toBe(9850);
    expect(linesOf(result, 'cap')).toEqual([]);
  });
});

describe('bonuses', () => {
  const visit = (points: number) =>
    aBonus({ type: 'BON-VISIT', clause: 'J1', chosen: { points, by: 'staff-ban', reason: '雨天上门' } });

  test('are capped by type, together, and by the ceiling', () => {
    const flags = [aBonus({ id: 'bonus-1', quantity: 3 })];
    const capped = score([], flags);
    expect(capped.total).toBe(10_200);
    expect(linesOf(capped, 'cap')).toMatchObject([
      {
        clause: 'J2',
        cases: ['bonus-1'],
        points: -100,
        note: 'J2 锦旗:每月最多加2分,本月应加3分,多出的1分不计',
      },
    ]);
    const many = score([], [visit(300), visit(300)]);
    expect(linesOf(many, 'cap')).toMatchObject([
      { points: -100, note: '各项加分合计每月最多加5分,本月应加6分,多出的1分不计' },
    ]);
    expect(many.total).toBe(10_400);
    expect(many.lines.at(-1)).toMatchObject({
      kind: 'ceiling',
      points: -100,
      note: '总分最高104分,多出的1分不计',
    });
  });

  test('are cut at the ceiling to the hundredth', () => {
    const cut = score([], [visit(201), aBonus({ quantity: 2 })]);
    expect(cut.total).toBe(10_400);
    expect(cut.lines.at(-1)).toMatchObject({ kind: 'ceiling', points: -1 });
  });

  test('lift a deducted total', () => {
    const result = score([aCase()], [visit(150)]);
    expect(result.total).toBe(9950);
    expect(linesOf(result, 'bonus')).toMatchObject([
      { chosenBy: 'staff-ban', note: 'J1 上门服务(11月5日):在1分至3分内酌定,加1.5分' },
    ]);
  });

  test('of no rule are shown and give nothing', () => {
    expect(score([], [aBonus({ clause: 'J9' })])).toMatchObject({
      total: 10_000,
      lines: [{}, { points: 0, note: '加分项J9(11月5日):考核办法中没有这一条款,未计分,请督查科内勤核对' }],
    });
  });
});

describe('what earlier months carry', () => {
  test('stands in lines that name the month', () => {
    const carried = [
      { fromMonth: '2026-10', person: 'staff-a', points: 200, cases: ['case-6'] },
      { fromMonth: '2026-09', person: 'staff-a', points: -150, cases: ['case-8', 'case-7'] },
      { fromMonth: '2026-09', person: 'staff-b', points: -150, cases: ['case-7'] },
    ];
    const result = score([], [], carried);
    expect(result.total).toBe(10_050);
    expect(linesOf(result, 'carried').map(({ fromMonth, cases, note }) => [fromMonth, cases, note])).toEqual([
      ['2026-09', ['case-7', 'case-8'], '2026年9月定稿后的更正结转:扣1.5分'],
      ['2026-10', ['case-6'], '2026年10月定稿后的更正结转:加2分'],
    ]);
  });
});

describe('grades', () => {
  test('take the lower end in and leave the upper out', () => {
    const carried = (points: number) => [{ fromMonth: '2026-10', person: 'staff-a', points, cases: [] }];
    const grade = (points: number) => score([], [], carried(points)).grade;
    expect([-1000, -1001, -2500, -2501].map(grade)).toEqual(['优秀', '合格', '合格', '不合格']);
  });
});

describe('minor ones that pile up', () => {
  const piling = paperBook((data) => {
    data.settings = { minorBecomesEvident: { from: 3, of: 'sameClause' } };
  });
  const minor = (nth: number, change: Partial<CountedCase> = {}) =>
    late(1, { id: `case-${nth}`, day: `2026-11-0${nth}`, severity: 'minor', ...change });

  test('count as evident from the nth on', () => {
    const result = score([minor(4), minor(2), minor(1), minor(3)], [], [], piling);
    expect(linesOf(result, 'deduction').map(({ points }) => points)).toEqual([0, 0, -50, -50]);
  });

  test('count those settled on the spot, which themselves stay reminders', () => {
    const spot = { counts: false, settledOnSpot: true };
    expect(score([minor(1, spot), minor(2, spot), minor(3)], [], [], piling).total).toBe(9950);
    expect(score([minor(1), minor(2), minor(3, spot)], [], [], piling).total).toBe(10_000);
  });

  test('do not count overturned ones, whose own lines stay', () => {
    const overturned = { review: { outcome: 'overturned', by: 'staff-ke' } as const };
    const result = score([minor(1), minor(2), minor(3, overturned), minor(4)], [], [], piling);
    expect(linesOf(result, 'deduction').map(({ points }) => points)).toEqual([0, 0, -50, -50]);
    expect(result.total).toBe(9950);
    expect(score([minor(1, overturned), minor(2), minor(3)], [], [], piling).total).toBe(10_000);
  });
});

describe('always', () => {
  const month = fc.record({
    book: anyFloor,
    cases: casesOfNovember,
    bonuses: bonusesOfNovember,
    carried: carriedIntoNovember,
  });

  test('the order of the input never matters', () => {
    const inTwoOrders = month.chain((given) =>
      fc.record({
        given: fc.constant(given),
        cases: shuffled(given.cases),
        bonuses: shuffled(given.bonuses),
        carried: shuffled(given.carried),
      }),
    );
    fc.assert(
      fc.property(inTwoOrders, ({ given, cases, bonuses, carried }) => {
        expect(scoreMonth(given.book, people, cases, bonuses, carried)).toEqual(
          scoreMonth(given.book, people, given.cases, given.bonuses, given.carried),
        );
      }),
    );
  });

  test('a month at once equals person by person', () => {
    fc.assert(
      fc.property(month, ({ book: of, cases, bonuses, carried }) => {
        expect(scoreMonth(of, people, cases, bonuses, carried)).toEqual(
          people.map((person) => scoreOf(of, person, cases, bonuses, carried)),
        );
      }),
    );
  });

  test('the total is the sum of the lines, all whole hundredths, the grade that of the total', () => {
    fc.assert(
      fc.property(month, ({ book: of, cases, bonuses, carried }) => {
        for (const one of scoreMonth(of, people, cases, bonuses, carried)) {
          expect(one.total).toBe(sum(one));
          expect(one.lines.every(({ points }) => Number.isInteger(points) && !Object.is(points, -0))).toBe(
            true,
          );
          expect(one.grade).toBe(one.total >= 9000 ? '优秀' : one.total >= 7500 ? '合格' : '不合格');
        }
      }),
    );
  });

  test('floors, caps and the ceiling are never crossed', () => {
    fc.assert(
      fc.property(month, ({ book: of, cases, bonuses, carried }) => {
        const staff = staffOf(of);
        for (const one of scoreMonth(of, people, cases, bonuses, carried)) {
          if (staff.floor !== 'none') expect(one.total).toBeGreaterThanOrEqual(0);
          expect(one.total).toBeLessThanOrEqual(staff.ceiling ?? 0);
          if (staff.floor === 'category')
            for (const { code, full = 0, floor } of staff.categories) {
              const left = one.categories.find((each) => each.code === code)?.points;
              expect(left).toBeGreaterThanOrEqual(floor);
              expect(left).toBeLessThanOrEqual(full);
            }
          const clauseSum = (code: string) =>
            one.lines.reduce((all, line) => all + (line.clause === code ? line.points : 0), 0);
          expect(-clauseSum('1')).toBeLessThanOrEqual(clauseOf(of, '1')?.capPerMonth ?? 0);
          expect(clauseSum('J2')).toBeLessThanOrEqual(200);
          const gained = one.lines.filter(
            ({ kind, category }) => kind === 'bonus' || (kind === 'cap' && category === undefined),
          );
          expect(gained.reduce((all, { points }) => all + points, 0)).toBeLessThanOrEqual(500);
        }
      }),
    );
  });

  test('what is left of the categories, bonuses and carried lines make up the total before it is closed', () => {
    fc.assert(
      fc.property(month, ({ book: of, cases, bonuses, carried }) => {
        for (const one of scoreMonth(of, people, cases, bonuses, carried)) {
          const left = one.categories.reduce((all, { points }) => all + points, 0);
          const others = one.lines.filter(({ kind, category }) => kind !== 'base' && category === undefined);
          const placed = others.filter(({ kind }) => kind !== 'deduction');
          expect(left + placed.reduce((all, { points }) => all + points, 0)).toBe(one.total);
        }
      }),
    );
  });

  test('a cutting line names cases of the person, and only where something was cut', () => {
    fc.assert(
      fc.property(month, ({ book: of, cases, bonuses, carried }) => {
        for (const one of scoreMonth(of, people, cases, bonuses, carried)) {
          const own = new Set(one.lines.filter(({ kind }) => kind !== 'cap').flatMap((line) => line.cases));
          for (const line of one.lines.filter(({ kind }) => ['cap', 'floor', 'ceiling'].includes(kind))) {
            expect(line.points).not.toBe(0);
            expect(line.cases.length).toBeGreaterThan(0);
            expect(line.cases.every((id) => own.has(id))).toBe(true);
          }
        }
      }),
    );
  });

  const strict = (of: RuleBook): RuleBook => ({
    ...of,
    settings: { ...of.settings, minorBecomesEvident: { from: 2, of: 'all' } },
  });

  test('one more confirmed violation never raises a score', () => {
    fc.assert(
      fc.property(month, fc.nat(), fc.boolean(), (given, pick, piling) => {
        const of = piling ? strict(given.book) : given.book;
        const { cases, bonuses, carried } = given;
        if (cases.length === 0) return;
        const without = cases.filter((_, at) => at !== pick % cases.length);
        const few = scoreMonth(of, people, without, bonuses, carried);
        scoreMonth(of, people, cases, bonuses, carried).forEach((one, at) => {
          expect(one.total).toBeLessThanOrEqual(few[at]?.total ?? Number.NaN);
        });
      }),
    );
  });

  test('overturning a case leaves exactly the total without it, caps and floors included', () => {
    fc.assert(
      fc.property(month, fc.nat(), fc.boolean(), (given, pick, piling) => {
        const of = piling ? strict(given.book) : given.book;
        const { cases, bonuses, carried } = given;
        if (cases.length === 0) return;
        const nth = pick % cases.length;
        const without = cases.filter((_, at) => at !== nth);
        const overturned = cases.map((one, at) =>
          at === nth ? { ...one, review: { outcome: 'overturned' as const, by: 'staff-ke' } } : one,
        );
        const totals = (some: CountedCase[]) =>
          scoreMonth(of, people, some, bonuses, carried).map(({ total, categories, grade }) => ({
            total,
            categories,
            grade,
          }));
        expect(totals(overturned)).toEqual(totals(without));
      }),
    );
  });

  test('a review in between lies between the two', () => {
    fc.assert(
      fc.property(month, fc.nat(), fc.integer({ min: 0, max: 3000 }), (given, pick, points) => {
        const { book: of, cases, bonuses, carried } = given;
        if (cases.length === 0) return;
        const nth = pick % cases.length;
        const with_ = (review: CountedCase['review']) =>
          scoreMonth(
            of,
            people,
            cases.map((one, at) => {
              const { review: _, ...plain } = one;
              return at === nth ? { ...plain, ...(review && { review }) } : one;
            }),
            bonuses,
            carried,
          );
        const full = with_(undefined);
        const reduced = with_({ outcome: 'reduced', points, by: 'staff-ke' });
        const none = with_({ outcome: 'overturned', by: 'staff-ke' });
        reduced.forEach((one, at) => {
          expect(one.total).toBeGreaterThanOrEqual(full[at]?.total ?? Number.NaN);
          expect(one.total).toBeLessThanOrEqual(none[at]?.total ?? Number.NaN);
        });
      }),
    );
  });
});

describe('the difference of two scores', () => {
  test('is nothing between equals, whatever the wording', () => {
    const one = score([aCase(), late(2)]);
    const reworded = { ...one, lines: one.lines.map((line) => ({ ...line, note: '另一种说法' })) };
    expect(differenceOf(one, reworded)).toEqual({ points: 0, gone: [], added: [], cases: [] });
  });

  test('names the lines that came and went, and their cases', () => {
    const rude = aCase({ id: 'case-1' });
    const before = score([rude]);
    const after = score([
      { ...rude, review: { outcome: 'overturned', by: 'staff-ke' } },
      late(1, { id: 'case-2' }),
    ]);
    const difference = differenceOf(before, after);
    expect(difference.points).toBe(150);
    expect(difference.gone).toEqual([]);
    expect(difference.added.map(({ kind, points }) => [kind, points])).toEqual([
      ['deduction', -50],
      ['review', 200],
    ]);
    expect(difference.cases).toEqual(['case-1', 'case-2']);
  });

  test('tells a line that stands twice from one that stands once', () => {
    const one = score([late(1, { id: 'case-1' })]);
    const doubled = { ...one, lines: [...one.lines, ...one.lines.slice(1)] };
    expect(differenceOf(one, doubled).added).toHaveLength(1);
    expect(differenceOf(doubled, one).gone).toHaveLength(1);
  });

  test('carried into the next month lands both months where they belong', () => {
    fc.assert(
      fc.property(casesOfNovember, casesOfNovember, (first, later) => {
        const of = withFloor('none');
        const before = scoreOf(of, 'staff-a', first, [], []);
        const after = scoreOf(of, 'staff-a', later, [], []);
        const { points, cases } = differenceOf(before, after);
        const carried = points === 0 ? [] : [{ fromMonth: '2026-11', person: 'staff-a', points, cases }];
        const december = scoreOf(
          { ...of, frames: { staff: { ...staffOf(of), ceiling: undefined } } },
          'staff-a',
          [],
          [],
          carried,
        );
        expect(before.total + december.total).toBe(after.total + 10_000);
      }),
    );
  });
});
