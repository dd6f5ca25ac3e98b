// Opening facts: what may be entered of an old ledger, what becomes of it, and that it never costs a point here.
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { measuresOf } from '../../shared/measure.ts';
import { openingCase } from '../../shared/opening.ts';
import { readOpeningRow, twinWatch } from '../../shared/opening-file.ts';
import { registryOf } from '../../shared/people.ts';
import { ok } from '../../shared/problems.ts';
import { type RuleBook, ruleBook } from '../../shared/rulebook.ts';
import { referenceHall } from '../../shared/rulebooks/reference-hall.ts';
import { scoreMonth } from '../../shared/score.ts';
import { talliesOf } from '../../shared/tally.ts';
import { Ban, centreEntry, entries, Ge, wednesday } from '../cast.ts';
import { givenIn, type Scene, smallHall } from '../given.ts';
import { paperBook } from '../papers.ts';
import { paperBook as bookOf, casesOfAutumn, people } from './paper-hall.ts';

/** The small hall, at work here since September. */
const scene: Scene = {
  ...smallHall,
  registry: registryOf(1, [
    { ...centreEntry, firstMonth: '2026-09' },
    ...entries.filter(({ kind }) => kind !== 'centre'),
  ]),
  ruleBook: () => ok(paperBook),
};
const fact = {
  kind: 'case',
  day: '2026-05-06',
  persons: ['chuang'],
  violation: 'ATT-ARGUE',
  severity: 'serious',
  points: 300,
};
const enter = (change: object = {}, actor = Ban) =>
  givenIn(scene).when('opening.enter', { fact: { ...fact, ...change } }, actor, wednesday);

describe('an opening fact', () => {
  test('is entered with the department and grid of its day', () => {
    const { house, result } = enter();
    const id = result.ok ? result.value.ref.id : '';
    expect(house.head('opening', id)).toMatchObject({
      ...{ stage: 'standing', month: '2026-05', departments: ['department-tax'], grids: ['grid-a'] },
      fact: { department: 'department-tax', points: 300 },
    });
  });

  test('is refused where it is ours, unknown, incomplete, sealed, or entered by others', () => {
    enter({ day: '2026-09-01' }).refused('opening.own-month');
    enter({ persons: ['nobody'] }).refused('registry.unknown');
    enter({ persons: [] }).refused('opening.incomplete');
    enter({ violation: undefined }).refused('request.invalid');
    enter({ clause: '99' }).refused('clause.unknown');
    enter({ violation: 'INT-BRIBE' }).refused('opening.sealed');
    enter({ violation: 'ENV-DIRTY' }).refused('request.invalid');
    enter({}, Ge).refused('access.denied');
    const title = { fact: { kind: 'title', month: '2026-08', award: 'none', person: 'chuang' } };
    givenIn(scene).when('opening.enter', title, Ban, wednesday).refused('award.unknown');
    const measure = { fact: { kind: 'measure', day: '2026-08-02', measure: 'letter' } };
    givenIn(scene).when('opening.enter', measure, Ban, wednesday).refused('opening.incomplete');
  });

  test('without a first month belongs to the months before the first rule book', () => {
    const since = (first: string): Scene => ({
      ...smallHall,
      ruleBook: (month) =>
        month < first ? { ok: false, problem: { code: 'rulebook.none' } } : ok(paperBook),
    });
    givenIn(since('2026-06'))
      .when('opening.enter', { fact }, Ban, wednesday)
      .then({ type: 'opening.entered' });
    givenIn(since('2026-05')).when('opening.enter', { fact }, Ban, wednesday).refused('opening.own-month');
  });

  test('is struck out once, with a reason, and counts no more', () => {
    const entered = givenIn(scene).after('opening.enter', { fact }, Ban, wednesday);
    const state = () => entered.house.head('opening', entered.id);
    const before = state();
    expect(before && openingCase(paperBook, before)).toMatchObject({ clause: '5', opening: true });
    entered.when('opening.strikeOut', { reason: '' }, Ban, wednesday).refused('request.invalid');
    entered.when('opening.strikeOut', { reason: '重复' }, Ban, wednesday).then({ type: 'opening.struckOut' });
    const after = state();
    expect(after && openingCase(paperBook, after)).toBeUndefined();
    entered.when('opening.strikeOut', { reason: '重复' }, Ban, wednesday).refused('opening.struck-out');
  });
});

test('a row is read by names and numbers, or told what cannot be read', () => {
  const row = {
    kind: '问题',
    day: '2026年5月6日',
    persons: '庄窗、staff-0102',
    clause: '第3条',
    severity: '轻微',
  };
  const read = (change: object = {}) => readOpeningRow(scene.registry, paperBook, { ...row, ...change });
  expect(read()).toEqual({
    ok: true,
    fact: {
      ...{ kind: 'case', day: '2026-05-06', persons: ['chuang', 'staff-0102'] },
      ...{ clause: '3', severity: 'minor' },
    },
  });
  const reasonOf = (change: object) => {
    const found = read(change);
    return found.ok ? '' : found.reason;
  };
  expect(reasonOf({ kind: '其他' })).toContain('看不懂种类');
  expect(reasonOf({ day: '2026-02-30' })).toContain('看不懂日期');
  expect(reasonOf({ day: '2026-05' })).toContain('看不懂日期');
  expect(reasonOf({ window: 'Z99' })).toBe('名册中没有窗口“Z99”');
  expect(reasonOf({ violation: '走神' })).toBe('没有违纪行为类型“走神”');
  expect(reasonOf({ severity: undefined })).toBe('没有填写严重程度');
  expect(reasonOf({ kind: '称号', award: '不存在', day: '2026-05' })).toBe('考核办法中没有称号“不存在”');
  expect(reasonOf({ kind: '措施', persons: '庄窗、税二', measure: '函告' })).toBe('措施和称号每行填一名人员');
  expect(read({ kind: '称号', award: '服务之星', day: '2026年5月', persons: '税二' })).toEqual({
    ok: true,
    fact: { kind: 'title', month: '2026-05', award: 'star', person: 'staff-0102' },
  });
});

test('a row that says what one before it says is told the line of that one, unless the ledger numbers tell them apart', () => {
  const row = { kind: '问题', day: '2026-05-06', persons: '庄窗', clause: '3', severity: '轻微' };
  const twinOf = twinWatch();
  const told = (line: number, change: object = {}): string | undefined => {
    const found = readOpeningRow(scene.registry, paperBook, { ...row, ...change });
    return found.ok ? twinOf(line, found.fact, { ...row, ...change }) : found.reason;
  };
  expect(told(2)).toBeUndefined();
  expect(told(3, { day: '2026年5月6日', note: '另一种写法' })).toBe(
    '与第2行相同;如确为两件,请分别填写原台账编号',
  );
  expect(told(4, { reference: '旧-1' })).toBeUndefined();
  expect(told(5, { reference: ' 旧-1 ' })).toContain('与第4行相同');
});

describe('always', () => {
  const month = '2026-11';
  const old = (cases: readonly Parameters<typeof scoreMonth>[2][number][]) =>
    cases.filter((one) => one.month < month).map((one) => ({ ...one, opening: true as const }));

  test('what is 期初 costs nothing, whatever period a score is folded over', () => {
    const quarterly: RuleBook = bookOf((book) => {
      const { staff } = book.frames;
      if (staff) staff.period = 'quarter';
    });
    fc.assert(
      fc.property(casesOfAutumn, (cases) => {
        const now = cases.filter((one) => one.month === month);
        expect(scoreMonth(quarterly, people, now, [], [], { month, earlier: old(cases) })).toEqual(
          scoreMonth(quarterly, people, now, [], [], { month }),
        );
      }),
    );
  });

  test('a ladder counts it like an earlier month of ours, also over months that are frozen', () => {
    const book = ruleBook.parse(referenceHall);
    fc.assert(
      fc.property(casesOfAutumn, (cases) => {
        const now = cases.filter((one) => one.month === month);
        const asOurs = measuresOf(book, month, cases, []);
        const frozen = talliesOf(book, '2026-10', [], [{ department: 'department-tax' }], []);
        const asOld = measuresOf(book, month, [...now, ...old(cases)], frozen);
        expect(asOld.map(({ id }) => id)).toEqual(asOurs.map(({ id }) => id));
        asOld.forEach(({ cases: own, openings = [] }, at) => {
          expect([...own, ...openings].sort()).toEqual(asOurs[at]?.cases.toSorted());
        });
      }),
    );
  });
});
