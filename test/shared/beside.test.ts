import { describe, expect, test } from 'vitest';
import { jointFactsOf, monthsBeside } from '../../shared/beside.ts';
import type { RuleBook, RuleBookInput } from '../../shared/rulebook.ts';
import { checkRuleBook } from '../../shared/rulebook-check.ts';
import { propertyCentre } from '../../shared/rulebooks/property-centre.ts';
import { referenceHall } from '../../shared/rulebooks/reference-hall.ts';
import { townshipTenPoints } from '../../shared/rulebooks/township-ten-points.ts';
import { scoreOf } from '../../shared/score.ts';
import { registry } from '../cast.ts';
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
});
