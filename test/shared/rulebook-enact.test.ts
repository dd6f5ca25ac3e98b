import { describe, expect, it } from 'vitest';
import { foldRuleBook, inForce, ruleBookStream } from '../../shared/rulebook-enact.ts';
import { Ban, Chu, Guan, Ke, ruleBook, ruleBookInput, wednesday } from '../cast.ts';
import { given } from '../given.ts';

const enact = (from: string, change: object = {}) => ({ from, book: { ...ruleBookInput, ...change } });
const by = { person: 'chu', role: 'director' as const };
const scores = 'e'.repeat(64);

/** A month that is frozen: only its stage matters here. */
const frozen = (month: string) => {
  const cut = {
    nth: 1,
    takenAt: wednesday,
    chunks: 1,
    heads: 0,
    digest: scores,
    carries: [],
    ruleBook: 'rulebook-2026-01@1',
  };
  const ref = { kind: 'month' as const, id: month };
  return given(
    { ref, event: { type: 'month.summed', v: 1, cut }, by, at: wednesday },
    { ref, event: { type: 'month.frozen', v: 1, cut: scores, scores }, by, at: wednesday },
  );
};

describe('enacting a rule book', () => {
  it('keeps the whole book with every default that held when it was enacted', () => {
    const told = given();
    told
      .when('rulebook.enact', enact('2026-12'), Ban, wednesday)
      .then({ type: 'rulebook.enacted', from: '2026-12' });
    expect(told.house.head('rulebook', 'rulebook-2026-12')).toEqual({
      id: 'rulebook-2026-12',
      from: '2026-12',
      enactedAt: wednesday,
      book: ruleBook,
    });
  });

  it('replaces the version of the same month, and stays quiet about an equal one', () => {
    const told = given().after('rulebook.enact', enact('2026-12'), Ban, wednesday);
    told.when('rulebook.enact', enact('2026-12'), Ban, wednesday).quiet();
    told
      .when('rulebook.enact', enact('2026-12', { title: '修订稿' }), Ban, wednesday)
      .then({ type: 'rulebook.enacted', book: { title: '修订稿' } });
    expect(told.house.head('rulebook', 'rulebook-2026-12')).toMatchObject({ book: { title: '修订稿' } });
  });

  it('tells every mistake by its path within the book', () => {
    const [clause] = ruleBookInput.clauses;
    const wrong = enact('2026-12', { clauses: [{ ...clause, types: ['DIS-DANCE'], category: 'nowhere' }] });
    const problem = given().when('rulebook.enact', wrong, Ban, wednesday).refused('rulebook.invalid');
    expect(problem.fields?.length).toBeGreaterThan(0);
    expect(problem.fields?.every(({ path }) => path.startsWith('book'))).toBe(true);
    given()
      .when('rulebook.enact', { from: '2026-12', book: 'not a book' }, Ban, wednesday)
      .refused('rulebook.invalid');
    given().when('rulebook.enact', enact('2026-13'), Ban, wednesday).refused('request.invalid');
  });

  it('never reaches into a month that is frozen', () => {
    frozen('2026-10')
      .when('rulebook.enact', enact('2026-10'), Ban, wednesday)
      .refused('rulebook.month-frozen');
    frozen('2026-10')
      .when('rulebook.enact', enact('2026-08'), Ban, wednesday)
      .refused('rulebook.month-frozen');
    frozen('2026-10')
      .when('rulebook.enact', enact('2026-11'), Ban, wednesday)
      .then({ type: 'rulebook.enacted' });
  });

  it('looks back three years and no further', () => {
    given().when('rulebook.enact', enact('2023-10'), Ban, wednesday).refused('rulebook.too-old');
    given().when('rulebook.enact', enact('2023-11'), Ban, wednesday).then({ type: 'rulebook.enacted' });
  });

  it('is the work of the clerk', () => {
    for (const actor of [Ke, Chu, Guan])
      given().when('rulebook.enact', enact('2026-12'), actor, wednesday).refused('access.denied');
  });
});

describe('the version in force', () => {
  const version = (from: string) =>
    foldRuleBook(
      undefined,
      { type: 'rulebook.enacted', v: 1, from, book: ruleBook },
      { stream: ruleBookStream(from), version: 1, at: wednesday, by, command: 'c' },
    );
  const versions = ['2026-07', '2025-01', '2026-11'].map(version);

  it('is the one with the latest first month that is not later', () => {
    expect(inForce(versions, '2026-10')?.from).toBe('2026-07');
    expect(inForce(versions, '2026-11')?.from).toBe('2026-11');
    expect(inForce(versions, '2030-01')?.from).toBe('2026-11');
    expect(inForce(versions, '2024-12')).toBeUndefined();
  });
});
