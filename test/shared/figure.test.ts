// A month's figures by themselves: who hands them in, what every wrong row is told, how corrections and several months
// come together.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type FigureState, figureFacts, joinedFacts } from '../../shared/figure.ts';
import { figuresAsked, rowFaults, votePoints } from '../../shared/figure-asked.ts';
import { ok } from '../../shared/problems.ts';
import type { RuleBookInput } from '../../shared/rulebook.ts';
import { checkRuleBook } from '../../shared/rulebook-check.ts';
import { plusMinutes } from '../../shared/time.ts';
import { Ban, calendar, Ge, registry, ruleBookInput, wednesday } from '../cast.ts';
import { givenIn } from '../given.ts';

const at = (minutes: number) => plusMinutes(wednesday, minutes);
const written: RuleBookInput = {
  ...ruleBookInput,
  figures: [
    { kind: 'mark', code: 'desk', title: '值班长评分', most: 1000, self: true },
    { kind: 'amount', code: 'leave', title: '事假', unit: '天', except: ['培训'] },
    {
      kind: 'rating',
      code: 'peers',
      title: '互评',
      scale: [
        { answer: '好', points: 1000 },
        { answer: '差', points: 0 },
      ],
    },
    {
      kind: 'cases',
      code: 'late',
      title: '迟到',
      clauses: ['1'],
    },
  ],
  awards: [
    {
      code: 'star',
      kind: 'star',
      title: '服务之星',
      cadence: 'month',
      quota: 2,
      eligible: {},
      criteria: [{ by: 'votes' }],
      tie: 'draw',
      votes: [
        { code: 'duty', title: '值班长', weight: 4000 },
        { code: 'public', title: '服务对象', weight: 6000 },
      ],
    },
    {
      code: 'flag',
      kind: 'civilisedWindow',
      title: '文明窗口',
      cadence: 'quarter',
      quota: 1,
      recipient: 'window',
      eligible: {},
      criteria: [{ by: 'casesHandled' }],
      tie: 'meeting',
    },
  ],
};
const checked = checkRuleBook(written);
if (!checked.ok) throw new Error(JSON.stringify(checked.errors));
const book = checked.value;
const scene = { registry, calendar, ruleBook: () => ok(book) };
const asked = (code: string) => {
  const found = figuresAsked(book).find((one) => one.code === code);
  if (!found) throw new Error(`not asked: ${code}`);
  return found;
};

const desk = (rows: readonly object[], more: object = {}) => ({
  month: '2026-11',
  figure: 'desk',
  source: 'survey',
  rows,
  ...more,
});

describe('what may be handed in', () => {
  it('is what the book declares, votes by body, cases handled and good ratings of whoever may win', () => {
    expect(figuresAsked(book).map(({ code, of }) => `${of} ${code}`)).toEqual([
      'staff desk',
      'staff leave',
      'staff peers',
      'staff casesHandled',
      'staff goodRating',
      'window casesHandled',
      'window goodRating',
      'staff star.duty',
      'staff star.public',
    ]);
  });

  it('is never what the system reckons itself', () => {
    const rows = [{ subject: 'chuang', value: 100 }];
    givenIn(scene)
      .when('figure.enter', desk(rows, { figure: 'late' }), Ban, at(0))
      .refused('figure.reckoned');
    givenIn(scene)
      .when('figure.enter', desk(rows, { figure: 'other' }), Ban, at(0))
      .refused('figure.unknown');
    givenIn(scene).when('figure.enter', desk(rows), Ge, at(0)).refused('access.denied');
  });

  it.each([
    ['desk', { value: 1200 }, 'value', '评分12分,满分10分'],
    ['desk', {}, 'value', '没有评分'],
    ['desk', { value: 900, answers: [{ answer: '好', count: 1 }] }, 'answers', '“值班长评分”不填评价'],
    ['leave', {}, 'value', '没有填写数量(单位:天,按百分之一计)'],
    ['peers', {}, 'answers', '没有评价'],
    ['peers', { answers: [{ answer: '中', count: 1 }] }, 'answers.0.answer', '没有“中”这一档,应为:好、差'],
    ['goodRating', { numerator: 3 }, 'denominator', '分子、分母都要填写'],
    ['goodRating', { numerator: 0, denominator: 0 }, 'denominator', '分母不能为0;没有办件的不填这一行'],
    ['goodRating', { numerator: 4, denominator: 3 }, 'numerator', '分子大于分母'],
    ['star.duty', {}, 'value', '请填写得分,或得票数和总票数'],
    ['star.duty', { value: 10_001 }, 'value', '评分100.01分,满分100分'],
  ])('%s: %j is told at %s', (code, row, field, reason) => {
    expect(rowFaults(asked(code), { subject: 'chuang', ...row })).toContainEqual({ field, reason });
  });

  it('takes a vote as points, or as votes won of votes cast', () => {
    expect(rowFaults(asked('star.duty'), { subject: 'chuang', numerator: 12, denominator: 16 })).toEqual([]);
    expect(votePoints({ subject: 'chuang', numerator: 12, denominator: 16 })).toBe(7500);
    expect(votePoints({ subject: 'chuang', value: 8000 })).toBe(8000);
    expect(votePoints({ subject: 'chuang' })).toBeUndefined();
  });
});

describe('rows over time', () => {
  it('what is said again is no change, a correction needs a reason and a row', () => {
    const begun = givenIn(scene).after('figure.enter', desk([{ subject: 'chuang', value: 900 }]), Ban, at(0));
    begun.when('figure.enter', desk([{ subject: 'chuang', value: 900 }]), Ban, at(1)).quiet();
    const rows = [{ subject: 'chuang', value: 800 }];
    begun
      .when('figure.correct', { source: 'paper', rows, reason: '登记表抄错' }, Ban, at(2))
      .then({ type: 'figure.corrected', rows, source: 'paper' });
    begun
      .when(
        'figure.correct',
        { source: 'paper', rows: [{ subject: 'staff-0102', value: 1 }], reason: '登记表抄错' },
        Ban,
        at(3),
      )
      .refused('figure.rows');
  });

  it('the last word on each subject counts, whatever order the others were handed in', () => {
    const people = ['chuang', 'staff-0102', 'staff-0103', 'staff-0104'];
    const orders = fc.shuffledSubarray(people, { minLength: 4, maxLength: 4 });
    fc.assert(
      fc.property(orders, fc.array(fc.nat(1000), { minLength: 4, maxLength: 4 }), (order, values) => {
        let standing = givenIn(scene);
        order.forEach((subject, nth) => {
          standing = standing.after(
            'figure.enter',
            desk([{ subject, value: values[people.indexOf(subject)] }]),
            Ban,
            at(nth),
          );
        });
        const state: FigureState | undefined = standing.house.head('figure', standing.id);
        expect(state?.rows.map(({ subject, value }) => [subject, value])).toEqual(
          people.map((subject, nth) => [subject, values[nth]]),
        );
      }),
      { numRuns: 30 },
    );
  });

  it('of several months: amounts and votes cast add up, marks are averaged, sources are all named', () => {
    const state = (month: string, figure: string, row: object, origin: string): FigureState => ({
      id: `figure-${month}-staff-${figure}`,
      month,
      figure,
      of: 'staff',
      rows: [{ subject: 'chuang', source: 'survey', origin, since: 1, ...row }],
      changedAt: at(0),
      evidence: [],
    });
    const facts = figureFacts([
      state('2026-10', 'desk', { value: 900 }, '十月'),
      state('2026-11', 'desk', { value: 801 }, '十一月'),
      state('2026-10', 'goodRating', { numerator: 9, denominator: 10 }, '评价器'),
      state('2026-11', 'goodRating', { numerator: 30, denominator: 30 }, '评价器'),
    ]);
    expect(joinedFacts(facts, new Set(['desk']))).toEqual([
      { figure: 'desk', subject: 'chuang', value: 851, source: '测评投票:十月、测评投票:十一月' },
      { figure: 'goodRating', subject: 'chuang', numerator: 39, denominator: 40, source: '测评投票:评价器' },
    ]);
  });
});
