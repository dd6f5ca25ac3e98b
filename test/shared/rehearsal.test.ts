import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type PastMonth, rehearse } from '../../shared/rehearsal.ts';
import type { Unscored } from '../../shared/rehearsal-titles.ts';
import type { RuleBook } from '../../shared/rulebook.ts';
import { referenceHall } from '../../shared/rulebooks/reference-hall.ts';
import {
  aCase,
  bonusesOfNovember,
  carriedIntoNovember,
  casesOfNovember,
  late,
  paperBook,
  people,
  written,
} from './paper-hall.ts';

const book = paperBook();
const november = (change: Partial<PastMonth> = {}): PastMonth => ({
  month: '2026-11',
  book,
  people,
  cases: [],
  bonuses: [],
  carried: [],
  ...change,
});
const candidate = (id: string): Unscored => ({
  id,
  heldBack: [],
  daysOnPost: 20,
  nominated: true,
  praise: 0,
  earlierTitles: 0,
  barred: [],
});

describe('rehearsing a rule book', () => {
  test('the unchanged book makes no difference at all', () => {
    fc.assert(
      fc.property(casesOfNovember, bonusesOfNovember, carriedIntoNovember, (cases, bonuses, carried) => {
        const found = rehearse(book, [
          november({ cases, bonuses, carried, candidates: people.map(candidate) }),
        ]);
        expect(found).toMatchObject({ gaining: 0, losing: 0, regraded: 0, measures: 0, letters: 0 });
        for (const { scores, measures, titles } of found.months)
          expect([scores, measures, titles]).toEqual([[], { gone: [], added: [] }, []]);
      }),
    );
    const same = paperBook(() => {});
    expect(rehearse(same, [november({ cases: [aCase(), late(3)] })]).months[0]?.scores).toEqual([]);
  });

  test('a dearer clause shows who loses how much, by which lines, and the grade it costs', () => {
    const dearer = paperBook(({ clauses }) => {
      const rude = clauses.find(({ code }) => code === '3');
      if (rude) rude.price = { kind: 'fixed', points: 1500 };
    });
    const cases = [aCase({ id: 'case-a' }), aCase({ id: 'case-b', persons: ['staff-b'], clause: '4' })];
    const found = rehearse(dearer, [november({ cases })]);
    expect(found).toMatchObject({ gaining: 0, losing: 1, regraded: 1 });
    expect(found.months[0]?.scores).toMatchObject([
      {
        person: 'staff-a',
        before: 9800,
        // 100 − 15: within the category's 20 less its floor of 5.
        after: 8500,
        gradeBefore: '优秀',
        gradeAfter: '合格',
        gone: [{ points: -200, cases: ['case-a'] }],
        added: [{ points: -1500, cases: ['case-a'] }],
      },
    ]);
  });

  test('a rung taken away and one added show as measures and letters', () => {
    const stricter = paperBook((data) => {
      data.ladder = [
        ...data.ladder.filter(({ measure }) => measure !== 'remind'),
        {
          code: 'letter',
          when: { severity: ['evident'], times: { atLeast: 2 }, subject: 'department' },
          measure: 'letter',
        },
      ];
    });
    const cases = [aCase(), aCase({ persons: ['staff-b'] }), late(1, { severity: 'minor' })];
    const found = rehearse(stricter, [november({ cases })]);
    expect(found).toMatchObject({ letters: 1, measures: 0 });
    expect(found.months[0]?.measures).toMatchObject({
      gone: [{ kind: 'remind' }],
      added: [{ kind: 'letter', subject: { department: 'department-tax' } }],
    });
  });

  test('a title that asks for more changes hands', () => {
    const withStar = (scoreAtLeast: number): RuleBook =>
      paperBook((data) => {
        data.awards = [
          {
            code: 'star',
            kind: 'star',
            title: '服务之星',
            cadence: 'month',
            quota: 4,
            eligible: { scoreAtLeast },
            criteria: [{ by: 'score' }],
            tie: 'meeting',
          },
        ];
      });
    const past = november({ book: withStar(9000), cases: [aCase()], candidates: people.map(candidate) });
    expect(rehearse(withStar(10_000), [past]).months[0]?.titles).toEqual([
      { award: 'star', title: '服务之星', gone: ['staff-a'], added: [] },
    ]);
  });

  describe('titles that are not for one month and one person', () => {
    const withTitle = (change: Partial<RuleBook['awards'][number]>, scoreAtLeast = 0): RuleBook =>
      paperBook((data) => {
        data.awards = [
          {
            ...{ code: 'red', kind: 'other', title: '红旗窗口', cadence: 'month' as const, quota: 1 },
            ...{ eligible: { scoreAtLeast }, criteria: [{ by: 'score' as const }], tie: 'meeting' as const },
            ...change,
          },
        ];
      });
    const standing = { windows: ['window-a01'], grids: ['grid-a'], department: 'department-tax' };
    const quarter = (was: RuleBook, cases: PastMonth['cases'] = []): PastMonth[] =>
      ['2026-10', '2026-11', '2026-12'].map((month) =>
        november({
          month,
          book: was,
          people: ['staff-a'],
          scored: [{ person: 'staff-a', ...standing }],
          cases: cases.filter((one) => one.month === month),
          candidates: [candidate('staff-a'), { ...candidate('window-a01'), of: 'window' }],
        }),
      );

    test('one of a quarter is told once, in its last month, by the mean of the three', () => {
      const cases = [aCase({ month: '2026-10', day: '2026-10-12' })];
      const of = (atLeast: number) => withTitle({ cadence: 'quarter' }, atLeast);
      const { months } = rehearse(of(10_000), quarter(of(9000), cases));
      expect(months.map(({ titles }) => titles)).toEqual([
        [],
        [],
        [{ award: 'red', title: '红旗窗口', gone: ['staff-a'], added: [] }],
      ]);
    });

    test('one of windows goes by the people of the window', () => {
      const of = (atLeast: number) => withTitle({ recipient: 'window' }, atLeast);
      const [first] = rehearse(
        of(10_000),
        quarter(of(9000), [aCase({ month: '2026-10', day: '2026-10-12' })]),
      ).months;
      expect(first?.titles).toEqual([{ award: 'red', title: '红旗窗口', gone: ['window-a01'], added: [] }]);
    });

    test('one of weeks, by votes or of months that were not rehearsed is named with the reason', () => {
      const left = (book: RuleBook, months: PastMonth[]) => rehearse(book, months).months.at(-1)?.titlesLeft;
      const weekly = withTitle({ cadence: 'week' });
      expect(left(weekly, quarter(weekly))).toMatchObject([{ award: 'red', why: '按周评选,试算只到月' }]);
      const yearly = withTitle({ cadence: 'year' });
      expect(left(yearly, quarter(yearly))).toMatchObject([{ why: '评选期自2026-01-01起,早于试算的月份' }]);
    });
  });

  test('a clause the draft does not know is told, case by case', () => {
    const data = written();
    const shorter = paperBook((draft) => {
      draft.clauses = data.clauses.filter(({ code }) => code !== '3');
    });
    const found = rehearse(shorter, [november({ cases: [aCase({ id: 'case-lost' })] })]);
    expect(found.months[0]?.withoutClause).toEqual(['case-lost']);
    expect(found).toMatchObject({ gaining: 1 });
  });

  test('rungs that look back see the earlier months of the rehearsal', () => {
    const months = ['2026-07', '2026-08', '2026-09'].map((month, nth) =>
      november({
        month,
        book: referenceHall,
        cases: [1, 2, 3].map((n) =>
          aCase({
            id: `case-${month}-${n}`,
            month,
            day: `${month}-0${n}`,
            clause: '19',
            persons: [`p-${nth}-${n}`],
          }),
        ),
      }),
    );
    const mild: RuleBook = {
      ...referenceHall,
      ladder: referenceHall.ladder.filter(({ code }) => code !== 'lasting' && code !== 'halfyear'),
    };
    const found = rehearse(mild, months);
    // Three months with three each: 持续偏多, and with nine in the half-year besides; the mild book writes a plain letter.
    expect(found.months[2]?.measures.gone.map(({ kind }) => kind)).toContain('letterWithEvidence');
    expect(found.months[0]?.measures).toEqual({ gone: [], added: [] });
  });
});
