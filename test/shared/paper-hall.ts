// A hall on paper for the tests of the pure rules: a small rule book with every kind of price, cap and floor, and
// builders and generators of confirmed cases and bonuses under it.
import * as fc from 'fast-check';
import type { RuleBook, RuleBookInput } from '../../shared/rulebook.ts';
import { checkRuleBook } from '../../shared/rulebook-check.ts';
import type { Frame } from '../../shared/rulebook-frame.ts';
import type { Carried, CountedBonus, CountedCase, Review } from '../../shared/score.ts';

type Floor = Frame['floor'];

/** The frame of the hall's people. */
export const staffOf = <F>({ frames }: { frames: { staff?: F | undefined } }): F => {
  if (!frames.staff) throw new Error('no frame for people');
  return frames.staff;
};

export const written = (): RuleBookInput => ({
  id: 'paper-hall',
  title: '纸上大厅考核办法',
  frames: {
    staff: {
      base: 10_000,
      floor: 'category',
      ceiling: 10_400,
      bonusCap: 500,
      categories: [
        { code: 'duty', title: '工作纪律', full: 1000 },
        { code: 'manner', title: '服务态度', full: 2000, floor: 500 },
        { code: 'rest', title: '其他', full: 7000 },
      ],
      grades: [
        { name: '优秀', from: 9000 },
        { name: '合格', from: 7500, to: 9000 },
        { name: '不合格', to: 7500 },
      ],
    },
  },
  clauses: [
    {
      code: '1',
      category: 'duty',
      title: '迟到',
      types: ['DIS-LATE'],
      family: 'presence',
      price: { kind: 'perQuantity', points: 50 },
      unit: '次',
      severity: 'minor',
      capPerMonth: 200,
    },
    {
      code: '2',
      category: 'duty',
      title: '脱岗',
      types: ['DIS-OFFPOST'],
      family: 'presence',
      price: {
        kind: 'bands',
        bands: [
          { from: 0, to: 30, points: 100 },
          { from: 30, to: 60, toIncluded: true, points: 200 },
          { from: 60, fromIncluded: false, points: 300 },
        ],
      },
      unit: '次',
      severity: 'evident',
    },
    {
      code: '3',
      category: 'manner',
      title: '态度生硬',
      types: ['ATT-RUDE'],
      family: 'attitude',
      price: { kind: 'fixed', points: 200 },
      unit: '次',
      severity: 'evident',
    },
    {
      code: '4',
      category: 'manner',
      title: '投诉查实',
      types: ['ATT-COMPLAINT'],
      family: 'attitude',
      price: { kind: 'range', from: 300, to: 500 },
      unit: '件',
      severity: 'serious',
    },
    {
      code: '5',
      category: 'duty',
      title: '旷工',
      types: ['DIS-ABSENT'],
      family: 'presence',
      price: { kind: 'perQuantity', points: 500 },
      unit: '半天',
      severity: 'serious',
    },
  ],
  bonuses: [
    {
      code: 'J1',
      title: '上门服务',
      type: 'BON-VISIT',
      price: { kind: 'range', from: 100, to: 300 },
      unit: '次',
    },
    {
      code: 'J2',
      title: '锦旗',
      type: 'BON-PRAISE',
      price: { kind: 'perQuantity', points: 100 },
      unit: '面',
      capPerMonth: 200,
    },
  ],
  ladder: [
    {
      code: 'remind',
      when: { severity: ['minor'], times: { again: true }, subject: 'person' },
      measure: 'remind',
    },
    {
      code: 'deduct',
      when: { severity: ['evident', 'serious'], times: { again: true }, subject: 'person' },
      measure: 'deduct',
    },
  ],
  awards: [],
});

const checked = (data: unknown): RuleBook => {
  const result = checkRuleBook(data);
  if (!result.ok) throw new Error(JSON.stringify(result.errors));
  return result.value;
};

export const paperBook = (change: (book: RuleBookInput) => void = () => {}): RuleBook => {
  const data = written();
  change(data);
  return checked(data);
};
export const withFloor = (floor: Floor): RuleBook =>
  paperBook((book) => {
    staffOf(book).floor = floor;
  });

export const people = ['staff-a', 'staff-b', 'staff-c', 'staff-d'];
let made = 0;
/** An evident, heard case of staff-a under clause 3 (2 points), unless said otherwise. */
export const aCase = (change: Partial<CountedCase> = {}): CountedCase => {
  made += 1;
  return {
    id: `case-${String(made).padStart(4, '0')}`,
    month: '2026-11',
    day: '2026-11-03',
    type: 'ATT-RUDE',
    clause: '3',
    family: 'attitude',
    severity: 'evident',
    persons: ['staff-a'],
    department: 'department-tax',
    quantity: 1,
    confirmedBy: 'staff-ge',
    counts: true,
    settledOnSpot: false,
    ...change,
  };
};
export const late = (quantity: number, change: Partial<CountedCase> = {}): CountedCase =>
  aCase({ type: 'DIS-LATE', clause: '1', family: 'presence', quantity, ...change });
export const offPost = (minutes: number, change: Partial<CountedCase> = {}): CountedCase =>
  aCase({ type: 'DIS-OFFPOST', clause: '2', family: 'presence', minutes, ...change });
export const complaint = (points: number, change: Partial<CountedCase> = {}): CountedCase =>
  aCase({
    type: 'ATT-COMPLAINT',
    clause: '4',
    severity: 'serious',
    chosen: { points, by: 'staff-ge', reason: '当面顶撞,影响较大' },
    ...change,
  });
export const absent = (quantity: number, change: Partial<CountedCase> = {}): CountedCase =>
  aCase({ type: 'DIS-ABSENT', clause: '5', family: 'presence', severity: 'serious', quantity, ...change });

export const aBonus = (change: Partial<CountedBonus> = {}): CountedBonus => {
  made += 1;
  return {
    id: `bonus-${String(made).padStart(4, '0')}`,
    month: '2026-11',
    day: '2026-11-05',
    type: 'BON-PRAISE',
    clause: 'J2',
    persons: ['staff-a'],
    quantity: 1,
    confirmedBy: 'staff-ban',
    ...change,
  };
};

const month = fc.constantFrom('2026-09', '2026-10', '2026-11');
const dayIn = (of: string) =>
  fc.integer({ min: 1, max: 30 }).map((n) => `${of}-${String(n).padStart(2, '0')}`);

const review: fc.Arbitrary<Review | undefined> = fc.oneof(
  { weight: 4, arbitrary: fc.constant(undefined) },
  { weight: 1, arbitrary: fc.constant<Review>({ outcome: 'upheld', by: 'staff-ke' }) },
  { weight: 1, arbitrary: fc.constant<Review>({ outcome: 'overturned', by: 'staff-ke' }) },
  {
    weight: 1,
    arbitrary: fc
      .integer({ min: 0, max: 100 })
      .map((points): Review => ({ outcome: 'reduced', points, by: 'staff-ke' })),
  },
);

const fact = fc.oneof(
  fc.integer({ min: 1, max: 5 }).map((quantity) => late(quantity)),
  fc.integer({ min: 0, max: 200 }).map((minutes) => offPost(minutes)),
  fc.constant(aCase()),
  fc.integer({ min: 300, max: 500 }).map((points) => complaint(points)),
  fc.integer({ min: 1, max: 4 }).map((quantity) => absent(quantity)),
);

/** A case of one month, heard or not, reviewed or not; the id is given by `cases`. */
const caseIn = (of: fc.Arbitrary<string>): fc.Arbitrary<CountedCase> =>
  fc
    .record({
      fact,
      day: of.chain(dayIn),
      severity: fc.constantFrom('minor', 'evident', 'serious'),
      persons: fc.subarray(people, { maxLength: 2 }),
      department: fc.constantFrom('department-tax', 'department-land'),
      stage: fc.constantFrom('heard', 'heard', 'heard', 'unheard', 'settled'),
      review,
      campaign: fc.boolean(),
    })
    .map(({ fact: base, day, severity, persons, department, stage, review: reviewed, campaign }) => ({
      ...base,
      month: day.slice(0, 7),
      day,
      persons,
      department,
      severity: stage === 'settled' ? 'minor' : severity,
      counts: stage === 'heard',
      settledOnSpot: stage === 'settled',
      ...(reviewed && stage === 'heard' && { review: reviewed }),
      ...(campaign && { campaign: 'campaign-1' }),
    }));

const numbered = <T extends { id: string }>(all: T[]): T[] =>
  all.map((one, at) => ({ ...one, id: `${one.id.slice(0, 5)}${String(at).padStart(3, '0')}` }));

export const casesOfNovember = fc.array(caseIn(fc.constant('2026-11')), { maxLength: 25 }).map(numbered);
export const casesOfAutumn = fc.array(caseIn(month), { maxLength: 40 }).map(numbered);

export const bonusesOfNovember: fc.Arbitrary<CountedBonus[]> = fc
  .array(
    fc.oneof(
      fc
        .record({ quantity: fc.integer({ min: 1, max: 4 }), persons: fc.subarray(people, { maxLength: 2 }) })
        .map((change) => aBonus(change)),
      fc
        .record({
          points: fc.integer({ min: 100, max: 300 }),
          persons: fc.subarray(people, { maxLength: 2 }),
        })
        .map(({ points, persons }) =>
          aBonus({
            type: 'BON-VISIT',
            clause: 'J1',
            persons,
            chosen: { points, by: 'staff-ban', reason: '节假日上门' },
          }),
        ),
    ),
    { maxLength: 6 },
  )
  .map(numbered);

export const carriedIntoNovember: fc.Arbitrary<Carried[]> = fc.array(
  fc.record({
    fromMonth: fc.constantFrom('2026-09', '2026-10'),
    person: fc.constantFrom(...people),
    points: fc.integer({ min: -3000, max: 600 }),
    cases: fc.subarray(['case-x', 'case-y', 'case-z'], { minLength: 1 }),
  }),
  { maxLength: 3 },
);

export const anyFloor = fc.constantFrom<Floor>('none', 'total', 'category').map(withFloor);

/** The same things in another order. */
export const shuffled = <T>(all: T[]): fc.Arbitrary<T[]> =>
  fc.shuffledSubarray(all, { minLength: all.length, maxLength: all.length });
