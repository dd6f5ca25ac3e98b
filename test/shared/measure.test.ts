import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { talkId } from '../../shared/ids.ts';
import { type Measure, measuresOf, monthsBefore } from '../../shared/measure.ts';
import { type RuleBook, type RuleBookInput, ruleBook } from '../../shared/rulebook.ts';
import { referenceHall } from '../../shared/rulebooks/reference-hall.ts';
import type { CountedCase } from '../../shared/score.ts';
import { type Tally, talliesOf } from '../../shared/tally.ts';
import { plusMonths } from '../../shared/time.ts';
import { aCase, casesOfAutumn, paperBook, people, shuffled } from './paper-hall.ts';

const month = '2026-11';
const shown = (measures: Measure[]) => measures.map(({ step, cases }) => `${step} ${cases.join(' ')}`);
const on = (day: string, change: Partial<CountedCase> = {}): CountedCase =>
  aCase({ day, month: day.slice(0, 7), ...change });
const evident = (id: string, day: string, change: Partial<CountedCase> = {}) => on(day, { id, ...change });
const minor = (id: string, day: string, change: Partial<CountedCase> = {}) =>
  evident(id, day, { severity: 'minor', ...change });
const serious = (id: string, day: string, change: Partial<CountedCase> = {}) =>
  evident(id, day, { severity: 'serious', ...change });
const overturned = { review: { outcome: 'overturned', by: 'staff-ke' } as const };

const tally = (of: string, change: Partial<Tally> = {}): Tally => ({
  subject: { person: 'staff-a' },
  month: of,
  minor: 0,
  evident: 0,
  serious: 0,
  personTimes: 0,
  incidents: 0,
  letters: 0,
  titles: 0,
  clauses: [],
  ...change,
});
const taxTally = (of: string, personTimes: number): Tally =>
  tally(of, { subject: { department: 'department-tax' }, evident: personTimes, personTimes });

const rung = (step: RuleBookInput['ladder'][number]): RuleBook =>
  paperBook((book) => {
    book.ladder = [step];
  });

describe("the reference hall's ladder", () => {
  const hall = (cases: CountedCase[], tallies: Tally[] = []) =>
    shown(measuresOf(referenceHall, month, cases, tallies));

  test('minor: a reminder, also when it was settled on the spot', () => {
    expect(hall([minor('c1', '2026-11-02')])).toEqual(['remind c1']);
    expect(hall([minor('c1', '2026-11-02', { counts: false, settledOnSpot: true })])).toEqual(['remind c1']);
  });

  test('evident: a deduction', () => {
    expect(hall([evident('c1', '2026-11-02')])).toEqual(['deduct c1']);
  });

  test('evident often: the section head talks at every third of a quarter', () => {
    const cases = ['c1', 'c2', 'c3', 'c4', 'c5', 'c6', 'c7'].map((id, at) =>
      evident(id, `2026-11-0${at + 1}`, { department: `department-${at}` }),
    );
    expect(hall(cases.slice(0, 2)).filter((each) => each.startsWith('section'))).toEqual([]);
    expect(hall(cases).filter((each) => each.startsWith('section'))).toEqual([
      'section c1 c2 c3',
      'section c4 c5 c6',
    ]);
  });

  test('evident often, counted over the quarter from tallies or open months, not over its border', () => {
    const now = [evident('c3', '2026-11-03')];
    const october = [evident('c1', '2026-10-03'), evident('c2', '2026-10-04')];
    const talks = (cases: CountedCase[], tallies: Tally[]) =>
      hall(cases, tallies).filter((each) => each.startsWith('section'));
    expect(talks([...now, ...october], [])).toEqual(['section c1 c2 c3']);
    expect(talks(now, [tally('2026-10', { evident: 2, personTimes: 2 })])).toEqual(['section c3']);
    expect(talks(now, [tally('2026-09', { evident: 2, personTimes: 2 })])).toEqual([]);
    expect(talks(now, [tally('2026-10', { minor: 5, personTimes: 5 })])).toEqual([]);
  });

  test('a tallied month is not counted again from its cases', () => {
    const october = [evident('c1', '2026-10-03')];
    const tallies = [tally('2026-10', { evident: 1, personTimes: 1 })];
    expect(hall([evident('c3', '2026-11-03'), ...october], tallies)).toEqual(['deduct c3']);
    const itself = tally('2026-11', { evident: 2, personTimes: 2 });
    expect(hall([evident('c3', '2026-11-03')], [itself])).toEqual(['deduct c3']);
  });

  test('serious: points, and the director talks, once for each', () => {
    expect(hall([serious('c1', '2026-11-02'), serious('c2', '2026-11-03')])).toEqual([
      'deduct c1',
      'deduct c2',
      'director c1',
      'director c2',
    ]);
  });

  test('serious during a campaign: a letter to the department, once for each case', () => {
    const campaign = { campaign: 'campaign-1' };
    expect(hall([serious('c1', '2026-11-02', { ...campaign, persons: ['staff-a', 'staff-b'] })])).toEqual([
      'deduct c1',
      'deduct c1',
      'director c1',
      'director c1',
      'campaign c1',
    ]);
    expect(hall([serious('c1', '2026-11-02', { ...campaign, persons: [] })])).toEqual(['campaign c1']);
    expect(hall([evident('c1', '2026-11-02', campaign)])).toEqual(['deduct c1']);
  });

  const times = (number: number, of = '2026-11') =>
    Array.from({ length: number }, (_, at) =>
      minor(`${of}-${at}`, `${of}-1${at}`, { persons: [`staff-${of}-${at}`] }),
    );
  const letters = (cases: CountedCase[], tallies: Tally[] = []) =>
    measuresOf(referenceHall, month, cases, tallies).filter(({ subject }) => 'department' in subject);

  test('three person-times of a department in a month: one letter with all of them', () => {
    expect(letters(times(2))).toEqual([]);
    expect(letters(times(5))).toMatchObject([
      { kind: 'letter', step: 'monthly', cases: times(5).map(({ id }) => id) },
    ]);
  });

  test('counts persons: one case of three people is three person-times', () => {
    expect(
      letters([minor('c1', '2026-11-02', { persons: ['staff-a', 'staff-b', 'staff-c'] })]),
    ).toMatchObject([{ cases: ['c1'] }]);
    expect(letters(times(4).map((one) => ({ ...one, persons: [] })))).toEqual([]);
  });

  test('three months in a row: a letter with its evidence instead', () => {
    const past = [taxTally('2026-10', 3), taxTally('2026-09', 3)];
    expect(letters(times(3), past.slice(0, 1))).toMatchObject([{ step: 'monthly' }]);
    expect(letters(times(3), past)).toMatchObject([{ kind: 'letterWithEvidence', step: 'halfyear' }]);
    const acrossHalves = [taxTally('2026-06', 3), taxTally('2026-05', 3)];
    const july = times(3, '2026-07');
    expect(
      measuresOf(referenceHall, '2026-07', july, acrossHalves).filter(({ kind }) =>
        kind.startsWith('letter'),
      ),
    ).toMatchObject([{ kind: 'letterWithEvidence', step: 'lasting', cases: july.map(({ id }) => id) }]);
  });

  test('a run that goes on is not written about every month', () => {
    const july = times(3, '2026-07');
    const past = ['2026-04', '2026-05', '2026-06'].map((of) => taxTally(of, 3));
    expect(
      measuresOf(referenceHall, '2026-07', july, past).filter(({ kind }) => kind.startsWith('letter')),
    ).toMatchObject([{ kind: 'letter', step: 'monthly' }]);
  });

  test('eight within half a year: a letter with its evidence, once', () => {
    expect(letters(times(1), [taxTally('2026-08', 7)])).toMatchObject([{ step: 'halfyear' }]);
    expect(letters(times(1), [taxTally('2026-08', 8)])).toEqual([]);
    expect(letters(times(1), [taxTally('2026-06', 7)])).toEqual([]);
  });

  test('needs the months of the half-year, and of the run', () => {
    expect(monthsBefore(referenceHall, '2026-11')).toEqual(['2026-07', '2026-08', '2026-09', '2026-10']);
    expect(monthsBefore(referenceHall, '2026-07')).toEqual(['2026-04', '2026-05', '2026-06']);
  });
});

describe('a measure', () => {
  test('is named by month, rung, subject and case, so that its talk is found again', () => {
    const id = `case-2026-11-0d9f6b1e-7a40-4d0c-9a53-1b2c3d4e5f60.12`;
    const [, director] = measuresOf(referenceHall, month, [serious(id, '2026-11-02', { clause: '19' })], []);
    expect(director).toEqual({
      id: 'talk-2026-11-director-staff-a-1b2c3d4e5f60-12',
      kind: 'directorTalk',
      subject: { person: 'staff-a' },
      month,
      cases: [id],
      step: 'director',
      reason: '严重问题(11月2日 第19条 态度生硬、用语不文明、接待冷淡):分管领导谈话',
    });
  });

  test('of many is named by its level', () => {
    const three = ['c1', 'c2', 'c3'].map((id) => evident(id, '2026-11-02', { clause: '19' }));
    const found = measuresOf(referenceHall, month, three, []).find(({ step }) => step === 'section');
    expect(found).toMatchObject({
      id: 'talk-2026-11-section-staff-a-1',
      reason: '2026年第4季度明显问题累计3次,达到每3次的标准:科室负责人谈话',
    });
    expect(talkId.safeParse(found?.id).success).toBe(true);
  });

  test('disappears with the case that was overturned, and leaves the others as they were', () => {
    const cases = [serious('c1', '2026-11-02'), serious('c2', '2026-11-03')];
    const before = measuresOf(referenceHall, month, cases, []);
    const after = measuresOf(
      referenceHall,
      month,
      cases.map((one) => (one.id === 'c1' ? { ...one, ...overturned } : one)),
      [],
    );
    expect(after).toEqual(before.filter((measure) => !measure.cases.includes('c1')));
  });

  test('waits until the person was heard', () => {
    expect(measuresOf(referenceHall, month, [serious('c1', '2026-11-02', { counts: false })], [])).toEqual(
      [],
    );
  });

  test('of another month is not asked for', () => {
    expect(
      measuresOf(referenceHall, month, [serious('c1', '2026-10-02'), serious('c2', '2026-12-02')], []),
    ).toEqual([]);
  });
});

describe('a rung may count', () => {
  const person = { subject: 'person' as const };
  const late = { clause: '1', type: 'DIS-LATE', family: 'presence', quantity: 1 };
  const cases = [
    evident('c1', '2026-11-01', late),
    evident('c2', '2026-11-02', { clause: '5', family: 'presence' }),
    evident('c3', '2026-11-03'),
    evident('c4', '2026-11-04', late),
  ];
  const talks = (
    of: 'all' | 'sameClause' | 'sameCategory' | 'sameFamily',
    atLeast: number,
    tallies: Tally[] = [],
  ) =>
    measuresOf(
      rung({
        code: 'often',
        when: { severity: ['evident'], times: { atLeast, of, within: 'quarter' }, ...person },
        measure: 'sectionTalk',
      }),
      month,
      cases,
      tallies,
    );

  test('one clause, one category, one family, or all', () => {
    expect(shown(talks('sameClause', 2))).toEqual(['often c1 c4']);
    expect(shown(talks('sameCategory', 2))).toEqual(['often c1 c2 c4']);
    expect(shown(talks('sameFamily', 3))).toEqual(['often c1 c2 c4']);
    expect(shown(talks('all', 4))).toEqual(['often c1 c2 c3 c4']);
  });

  test('one clause in finished months too', () => {
    const past = tally('2026-10', {
      evident: 3,
      personTimes: 3,
      clauses: [
        { clause: '1', minor: 4, evident: 1, serious: 0 },
        { clause: '3', minor: 0, evident: 2, serious: 0 },
      ],
    });
    expect(shown(talks('sameClause', 3, [past]))).toEqual(['often c1 c4', 'often c3']);
    expect(talks('sameClause', 3, [past]).map(({ id, reason }) => [id, reason])).toEqual([
      [
        'talk-2026-11-often-staff-a-1-1',
        '2026年第4季度“第1条 迟到”明显问题累计3次,达到3次的标准:科室负责人谈话',
      ],
      [
        'talk-2026-11-often-staff-a-3-1',
        '2026年第4季度“第3条 态度生硬”明显问题累计3次,达到3次的标准:科室负责人谈话',
      ],
    ]);
    expect(talks('sameCategory', 3, [past])[0]?.reason).toContain('“工作纪律”类明显问题累计4次');
  });

  test('once a period: what comes after is no new measure', () => {
    const past = tally('2026-10', { evident: 3, personTimes: 3 });
    expect(talks('all', 3, [past])).toEqual([]);
  });

  test('a second level over finished months takes the cases it knows', () => {
    const book = rung({
      code: 'often',
      when: { severity: ['evident'], times: { atLeast: 3, within: 'quarter', again: true }, ...person },
      measure: 'sectionTalk',
    });
    const past = tally('2026-10', { evident: 4, personTimes: 4 });
    expect(measuresOf(book, month, cases, [past])).toMatchObject([
      { id: 'talk-2026-11-often-staff-a-2', cases: ['c1', 'c2'] },
    ]);
  });

  test('months in a row, again every month', () => {
    const book = rung({
      code: 'run',
      when: {
        severity: ['evident'],
        times: { atLeast: 1, monthsInARow: 2, again: true },
        subject: 'department',
      },
      measure: 'letter',
    });
    const past = [taxTally('2026-10', 1), taxTally('2026-09', 1)];
    expect(measuresOf(book, month, cases, past)).toMatchObject([
      {
        id: 'letter-2026-11-run-department-tax-1',
        reason: '至2026年11月已连续2个月明显问题每月不少于1人次:函告派出单位',
      },
    ]);
  });

  test('person-times or incidents of a department', () => {
    const three = evident('c1', '2026-11-01', { persons: ['staff-a', 'staff-b', 'staff-c'] });
    const nobody = evident('c2', '2026-11-02', { persons: [] });
    const letters = (atLeast: number, unit: 'personTimes' | 'incidents', again: boolean) =>
      shown(
        measuresOf(
          rung({
            code: 'letter',
            when: { severity: ['evident'], times: { atLeast, unit, again }, subject: 'department' },
            measure: 'letter',
          }),
          month,
          [three, nobody],
          [],
        ),
      );
    expect(letters(3, 'incidents', false)).toEqual([]);
    expect(letters(2, 'incidents', false)).toEqual(['letter c1 c2']);
    expect(letters(3, 'personTimes', false)).toEqual(['letter c1']);
    expect(letters(1, 'personTimes', true)).toEqual(['letter c1']);
  });

  test('minor ones that became evident', () => {
    const book = {
      ...referenceHall,
      settings: { ...referenceHall.settings, minorBecomesEvident: { from: 2, of: 'all' as const } },
    };
    expect(
      shown(measuresOf(book, month, [minor('c1', '2026-11-01'), minor('c2', '2026-11-02')], [])),
    ).toEqual(['remind c1', 'deduct c2']);
    // Settled on the spot: counted before the others, itself still a reminder.
    const spot = minor('c2', '2026-11-02', { counts: false, settledOnSpot: true });
    expect(shown(measuresOf(book, month, [minor('c1', '2026-11-01'), spot], []))).toEqual([
      'remind c1',
      'remind c2',
    ]);
    // Each month counts its own.
    expect(
      shown(measuresOf(book, month, [minor('c0', '2026-10-31'), minor('c1', '2026-11-01')], [])),
    ).toEqual(['remind c1']);
  });
});

describe('tallies', () => {
  test('count person-times by severity and clause, incidents without a person, letters and titles', () => {
    const cases = [
      evident('c1', '2026-11-01', { persons: ['staff-a', 'staff-b'], window: 'window-1' }),
      minor('c2', '2026-11-02', { clause: '1', counts: false, settledOnSpot: true }),
      evident('c3', '2026-11-03', { persons: [] }),
      serious('c4', '2026-11-04', overturned),
      serious('c5', '2026-11-05', { counts: false }),
      serious('c6', '2026-10-05'),
    ];
    const tallies = talliesOf(
      paperBook(),
      month,
      cases,
      [{ department: 'department-tax' }],
      [{ person: 'staff-b' }, { person: 'staff-z' }],
    );
    expect(tallies.map(({ subject }) => Object.values(subject)[0])).toEqual([
      'department-tax',
      'staff-a',
      'staff-b',
      'staff-z',
      'window-1',
    ]);
    expect(tallies[0]).toEqual({
      subject: { department: 'department-tax' },
      month,
      minor: 1,
      evident: 2,
      serious: 0,
      personTimes: 3,
      incidents: 1,
      letters: 1,
      titles: 0,
      clauses: [
        { clause: '1', minor: 1, evident: 0, serious: 0 },
        { clause: '3', minor: 0, evident: 2, serious: 0 },
      ],
      // The same cases as 起: the one of two persons once, the one without a person too.
      cases: [
        { clause: '1', severities: ['minor'], times: 1 },
        { clause: '3', severities: ['evident'], times: 2 },
      ],
    });
    expect(tallies[2]).toMatchObject({ evident: 1, titles: 1, letters: 0 });
  });
});

describe('always', () => {
  const everyRung = ruleBook.parse({
    ...paperBook(),
    ladder: [
      ...referenceHall.ladder,
      {
        code: 'clause',
        when: {
          severity: ['minor', 'evident'],
          times: { atLeast: 2, within: 'year', of: 'sameClause', again: true },
          subject: 'person',
        },
        measure: 'sectionTalk',
      },
      {
        code: 'incidents',
        when: {
          severity: ['evident', 'serious'],
          times: { atLeast: 2, within: 'year', of: 'sameClause', again: true, unit: 'incidents' },
          subject: 'department',
        },
        measure: 'letter',
      },
      {
        code: 'campaign',
        when: {
          severity: ['minor', 'evident', 'serious'],
          campaign: true,
          times: { atLeast: 2, within: 'quarter', again: true, unit: 'incidents' },
          subject: 'department',
        },
        measure: 'letter',
      },
      {
        code: 'persons',
        when: {
          severity: ['minor', 'evident', 'serious'],
          campaign: true,
          times: { atLeast: 3, within: 'quarter', again: true },
          subject: 'department',
        },
        measure: 'letter',
      },
    ],
  });

  test('a rung that counts 起 reads none of the 人次 of a frozen month', () => {
    const book = ruleBook.parse({
      ...paperBook(),
      ladder: everyRung.ladder.filter(({ code }) => code === 'incidents'),
    });
    const three = evident('c1', '2026-09-03', { persons: ['staff-a', 'staff-b', 'staff-c'] });
    const past = talliesOf(book, '2026-09', [three], [], []);
    expect(measuresOf(book, month, [evident('c2', '2026-11-04')], past).map(({ reason }) => reason)).toEqual([
      '2026年“第3条 态度生硬”明显、严重问题累计2起,达到每2起的标准:函告派出单位',
    ]);
    expect(measuresOf(book, '2026-09', [three], [])).toEqual([]);
  });

  test('the order of cases and tallies never matters', () => {
    const twice = casesOfAutumn.chain((cases) => {
      const tallies = talliesOf(everyRung, '2026-09', cases, [], []);
      return fc.record({
        cases: fc.constant(cases),
        tallies: fc.constant(tallies),
        other: shuffled(cases),
        others: shuffled(tallies),
      });
    });
    fc.assert(
      fc.property(twice, ({ cases, tallies, other, others }) => {
        expect(measuresOf(everyRung, month, other, others)).toEqual(
          measuresOf(everyRung, month, cases, tallies),
        );
        expect(talliesOf(everyRung, month, other, [], [])).toEqual(
          talliesOf(everyRung, month, cases, [], []),
        );
      }),
    );
  });

  test('a finished month read from tallies asks for the same measures as from its cases', () => {
    fc.assert(
      fc.property(casesOfAutumn, (cases) => {
        const past = ['2026-09', '2026-10'].flatMap((of) => talliesOf(everyRung, of, cases, [], []));
        const ids = (measures: Measure[]) => measures.map(({ id, reason }) => [id, reason]);
        const fromTallies = measuresOf(everyRung, month, cases, past);
        expect(ids(fromTallies)).toEqual(ids(measuresOf(everyRung, month, cases, [])));
        expect(
          fromTallies.every(({ cases: ids_ }) =>
            ids_.every((id) => cases.some((one) => one.id === id && one.month === month)),
          ),
        ).toBe(true);
      }),
    );
  });

  test('ids are unique, talks have a name the house accepts, and every case named stands', () => {
    fc.assert(
      fc.property(casesOfAutumn, (cases) => {
        const measures = measuresOf(everyRung, month, cases, []);
        expect(new Set(measures.map(({ id }) => id)).size).toBe(measures.length);
        for (const { id, kind, cases: named, subject } of measures) {
          if (kind.endsWith('Talk')) expect(talkId.safeParse(id).success, id).toBe(true);
          expect(named.length).toBeGreaterThan(0);
          for (const each of named) {
            const one = cases.find((any) => any.id === each);
            expect(one?.review?.outcome).not.toBe('overturned');
            expect(one?.counts || one?.settledOnSpot).toBe(true);
            if ('person' in subject) expect(one?.persons).toContain(subject.person);
          }
        }
      }),
    );
  });

  test('overturning a case asks for exactly what would be asked without it', () => {
    fc.assert(
      fc.property(casesOfAutumn, fc.nat(), (cases, pick) => {
        const nth = cases.length === 0 ? 0 : pick % cases.length;
        const without = cases.filter((_, at) => at !== nth);
        const after = cases.map((one, at) => (at === nth ? { ...one, ...overturned } : one));
        expect(measuresOf(everyRung, month, after, [])).toEqual(measuresOf(everyRung, month, without, []));
      }),
    );
  });

  test('every evident or serious case that stands is deducted from each of its people, once', () => {
    fc.assert(
      fc.property(casesOfAutumn, (cases) => {
        const deducted = measuresOf(everyRung, month, cases, [])
          .filter(({ kind }) => kind === 'deduct')
          .map(({ subject, cases: named }) => `${Object.values(subject)[0]} ${named.join()}`);
        const due = people.flatMap((person) =>
          cases
            .filter((one) => one.month === month && one.persons.includes(person) && one.severity !== 'minor')
            .filter((one) => one.counts && one.review?.outcome !== 'overturned')
            .map(({ id }) => `${person} ${id}`),
        );
        expect(deducted.sort()).toEqual(due.sort());
      }),
    );
  });

  test('a month looks back over its own calendar periods only', () => {
    for (const [of, count] of [
      ['2026-01', 3],
      ['2026-04', 3],
      ['2026-06', 5],
      ['2026-12', 5],
    ] as const) {
      const months = monthsBefore(referenceHall, of);
      expect(months).toHaveLength(count);
      expect(months.at(-1)).toBe(plusMonths(of, -1));
    }
  });
});
