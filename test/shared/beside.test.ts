import { describe, expect, test } from 'vitest';
import { jointFactsOf, monthsBeside } from '../../shared/beside.ts';
import { type RegistryEntry, registryOf } from '../../shared/people.ts';
import type { RuleBook, RuleBookInput } from '../../shared/rulebook.ts';
import { checkRuleBook } from '../../shared/rulebook-check.ts';
import { propertyCentre } from '../../shared/rulebooks/property-centre.ts';
import { referenceHall } from '../../shared/rulebooks/reference-hall.ts';
import { townshipTenPoints } from '../../shared/rulebooks/township-ten-points.ts';
import { scoreOf } from '../../shared/score.ts';
import { entries, registry } from '../cast.ts';
import { aCase } from './paper-hall.ts';
import { richBook } from './rich-hall.ts';

const enacted = (data: RuleBookInput): RuleBook => {
  const checked = checkRuleBook(data);
  if (!checked.ok) throw new Error(JSON.stringify(checked.errors));
  return checked.value;
};

describe('the months a book looks back on', () => {
  test('are none for the default book, the quarter or year otherwise, and days reach into the month before', () => {
    expect(monthsBeside(referenceHall, '2026-11')).toEqual([]);
    expect(monthsBeside(enacted(propertyCentre), '2026-12')).toEqual(['2026-10', '2026-11']);
    expect(monthsBeside(enacted(propertyCentre), '2026-10')).toEqual([]);
    expect(monthsBeside(enacted(townshipTenPoints), '2026-03')).toEqual(['2026-01', '2026-02']);
    // By the quarter, and twenty days before November.
    expect(monthsBeside(richBook(), '2026-11')).toEqual(['2026-10']);
    expect(monthsBeside(richBook(), '2026-10')).toEqual(['2026-09']);
  });

  test('a frame by the quarter folds the months before as its own', () => {
    const book = enacted(propertyCentre);
    const absent = (month: string) =>
      aCase({ id: `case-${month}`, month, day: `${month}-03`, clause: 'D02', type: 'DIS-ABSENT' });
    const beside = { month: '2026-11', earlier: [absent('2026-10'), absent('2026-09')] };
    // 100 − 2 of October − 2 of November; September is another quarter.
    expect(scoreOf(book, 'staff-a', [absent('2026-11')], [], [], beside).total).toBe(9600);
  });
});

describe('who answers along', () => {
  test('is whoever was chief representative of the department that day, and leader of the grid', () => {
    const book = richBook();
    const [representative] = [...registry.of.grant.values()].filter(
      ({ role }) => role === 'chiefRepresentative',
    );
    if (representative?.department === undefined) throw new Error('no chief representative in the cast');
    const one = aCase({
      id: 'case-1',
      clause: 'rude',
      department: representative.department,
      day: '2026-11-03',
    });
    expect(jointFactsOf(book, registry, [one])).toEqual([
      { case: 'case-1', who: 'chiefRepresentative', person: representative.person },
    ]);
    expect(jointFactsOf(referenceHall, registry, [one])).toBeUndefined();
    expect(jointFactsOf(book, registry, [{ ...one, day: '2001-01-01' }])).toEqual([]);
  });

  test('is the keeper of the area or grid, and the examiner, as the registry had them on that day', () => {
    const dated = [
      { person: 'staff-0104', from: '2026-01-01', until: '2026-10-31' },
      { person: 'staff-0105', from: '2026-11-01' },
    ];
    const known = registryOf(
      2,
      entries
        .flatMap((entry): RegistryEntry[] =>
          entry.kind === 'grid' && entry.id === 'grid-a'
            ? [{ ...entry, keepers: dated, examiners: [{ person: 'ke', from: '2026-01-01' }] }]
            : entry.kind === 'department' && entry.id === 'department-tax'
              ? [{ ...entry, examiners: [{ person: 'kang', from: '2026-11-10' }] }]
              : [entry],
        )
        .concat({
          kind: 'area',
          id: 'area-tea',
          name: '茶水间',
          grid: 'grid-a',
          responsible: [{ department: 'department-tax', part: '全部' }],
          keepers: [{ person: 'staff-0106', from: '2026-01-01' }],
          from: '2026-01-01',
        }),
    );
    const base = enacted(townshipTenPoints);
    const book: RuleBook = {
      ...base,
      clauses: base.clauses.map((clause) => ({
        ...clause,
        joint: [
          { who: 'areaKeeper', ratio: 5000 },
          { who: 'examiner', ratio: 20_000 },
        ],
      })),
    };
    const at = (day: string, more: object) =>
      aCase({
        id: `case-${day}`,
        clause: 'D01',
        window: 'window-a01',
        department: 'department-tax',
        day,
        ...more,
      });
    const told = (one: ReturnType<typeof at>) =>
      (jointFactsOf(book, known, [one]) ?? []).map(({ who, person }) => `${who} ${person}`);
    expect(told(at('2026-10-31', {}))).toEqual(['areaKeeper staff-0104', 'examiner ke']);
    expect(told(at('2026-11-10', {}))).toEqual(['areaKeeper staff-0105', 'examiner ke', 'examiner kang']);
    expect(told(at('2026-11-01', { area: 'area-tea' }))).toEqual(['areaKeeper staff-0106', 'examiner ke']);
    // The examiner who looked away loses double, once.
    const one = at('2026-11-10', { month: '2026-11', quantity: 1 });
    const joint = jointFactsOf(book, known, [one]) ?? [];
    const of = (person: string) => scoreOf(book, person, [one], [], [], { month: '2026-11', joint });
    expect(of('kang').lines.find(({ kind }) => kind === 'joint')).toMatchObject({
      points: -200,
      ratio: 20_000,
    });
    expect(of('staff-0105').lines.find(({ kind }) => kind === 'joint')).toMatchObject({ points: -50 });
  });
});
