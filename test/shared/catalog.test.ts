import { describe, expect, test } from 'vitest';
import {
  bonusCode,
  bonusType,
  bonusTypes,
  isSealedType,
  severities,
  severityNames,
  violationCode,
  violationGroups,
  violationType,
  violationTypes,
} from '../../shared/catalog.ts';

const unique = (all: readonly unknown[]) => new Set(all).size === all.length;

describe('the catalog of violations', () => {
  test('has every type of the taxonomy once, in its eight groups', () => {
    const count = (group: string) => violationTypes.filter((type) => type.group === group).length;
    expect(Object.keys(violationGroups).map((group) => [group, count(group)])).toEqual([
      ['DIS', 12],
      ['ATT', 6],
      ['APP', 3],
      ['ENV', 5],
      ['BIZ', 11],
      ['INT', 4],
      ['COP', 4],
      ['SPC', 3],
    ]);
    expect(unique(violationTypes.map(({ code }) => code))).toBe(true);
    expect(unique(violationTypes.map(({ name }) => name))).toBe(true);
  });

  test('is found by code, and only by a code it knows', () => {
    expect(violationType('DIS-LATE')).toMatchObject({
      name: '迟到早退',
      severity: 'minor',
      family: 'presence',
    });
    expect(violationType('DIS-LATER')).toBeUndefined();
    expect(violationCode.safeParse('ATT-RUDE').success).toBe(true);
    expect(violationCode.safeParse('att-rude').error?.issues[0]?.message).toBe('不是违纪行为目录中的类型');
  });

  test('can be searched by pinyin initials: as many letters as the name has characters and words', () => {
    for (const { name, initials } of violationTypes) {
      expect(initials, name).toMatch(/^[a-z]+$/);
      expect(initials.length, name).toBe(name.replace(/[、]/g, '').length);
    }
    for (const { name, initials } of bonusTypes)
      expect(initials.length, name).toBe(name.replace(/[、]/g, '').length);
  });

  test('seals integrity leads and nothing else', () => {
    const sealed = violationTypes.filter(({ sealed: isSealed }) => isSealed).map(({ code }) => code);
    expect(sealed).toEqual(['INT-BRIBE', 'INT-FAIR', 'INT-REPORT', 'INT-CHEAT-EXAM']);
    expect(isSealedType('INT-BRIBE')).toBe(true);
    expect(isSealedType('DIS-LATE')).toBe(false);
  });

  test('keeps the figures that were printed, lower first, in hundredths', () => {
    for (const { code, pointsSeen } of violationTypes) {
      if (!pointsSeen) continue;
      expect(pointsSeen[0], code).toBeGreaterThan(0);
      expect(pointsSeen[0], code).toBeLessThanOrEqual(pointsSeen[1]);
    }
    expect(violationType('SPC-HARM')?.pointsSeen).toEqual([300, 2000]);
    expect(violationType('DIS-PHONE')?.pointsSeen).toBeUndefined();
  });

  test('says who usually finds a type', () => {
    expect(violationType('ATT-RUDE')?.foundBy).toEqual(['patrol', 'video', 'rating', 'complaint']);
    expect(violationTypes.every(({ foundBy }) => foundBy.length > 0 && unique(foundBy))).toBe(true);
  });

  test('knows three severities in rising order', () => {
    expect(severities.map((each) => severityNames[each])).toEqual(['轻微', '明显', '严重']);
  });
});

describe('the catalog of bonuses', () => {
  test('has the ten types, each with its proof', () => {
    expect(bonusTypes).toHaveLength(10);
    expect(bonusTypes.every(({ proof }) => proof !== '')).toBe(true);
    expect(bonusType('BON-PRAISE')?.name).toBe('表扬信、锦旗、感谢信');
    expect(bonusCode.safeParse('BON-CASH').success).toBe(false);
  });
});
