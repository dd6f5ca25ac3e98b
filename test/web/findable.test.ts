// The list a patrol picks from: what one used last comes first, then what is frequent; found by Chinese or initials.
import { describe, expect, test } from 'vitest';
import { clausesInHand } from '../../shared/shift.ts';
import { deeds, findables, fits, inOrder, searched, usedNow } from '../../web/patrol/findable.ts';
import { ruleBook } from '../cast.ts';

const all = findables(clausesInHand(ruleBook));
const names = (asked: string): string[] => searched(all, asked).map(({ name }) => name);

describe('what may be found', () => {
  test('carries the clauses of the rule book, and the severity they preset', () => {
    const late = all.find(({ type }) => type === 'DIS-LATE');
    expect(late).toMatchObject({ severity: 'minor', clauses: [{ code: '1' }] });
    expect(all.find(({ type }) => type === 'DIS-IDLE')).toMatchObject({
      severity: 'minor',
      clauses: [{ code: '3' }],
    });
    expect(all.find(({ type }) => type === 'DIS-OFFPOST')?.clauses[0]?.range).toEqual({ from: 100, to: 500 });
    expect(all.find(({ type }) => type === 'INT-BRIBE')?.clauses).toEqual([]);
  });

  test('is found by Chinese, by initials from any syllable, by the number of the clause', () => {
    expect(names('手机')[0]).toBe('违规使用手机');
    expect(names('wgsysj')[0]).toBe('违规使用手机');
    expect(names('SYSJ')[0]).toBe('违规使用手机');
    expect(names('3')).toContain('违规使用手机');
    expect(names('zzzz')).toEqual([]);
    expect(names('')).toHaveLength(all.length);
  });

  test('is found by the initials of a clause’s own title once they are known', () => {
    const known = findables(clausesInHand(ruleBook), (text) => (text.includes('玩游戏') ? 'wgsysjwyx' : ''));
    const idle = known.find(({ type }) => type === 'DIS-IDLE');
    expect(idle && fits(idle, 'wyx')).toBe(true);
  });

  test('puts the recent first as used last, then the frequent', () => {
    const ordered = inOrder(all, ['ATT-RUDE', 'DIS-LATE'], ['DIS-PHONE', 'DIS-LATE']).map(({ type }) => type);
    expect(ordered.slice(0, 3)).toEqual(['ATT-RUDE', 'DIS-LATE', 'DIS-PHONE']);
    expect(usedNow(['a', 'b', 'c', 'd', 'e', 'f'], 'c')).toEqual(['c', 'a', 'b', 'd', 'e', 'f']);
    expect(usedNow(['a', 'b', 'c', 'd', 'e', 'f'], 'g')).toHaveLength(6);
  });

  test('leaves to the office what is drawn from its tables', () => {
    expect(deeds.map(({ code }) => code)).not.toContain('BON-EVAL');
  });
});
