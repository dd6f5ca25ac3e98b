// Contradictions that a clerk is warned of, and mistakes in the newer parts of a book, each by its place.
import { describe, expect, test } from 'vitest';
import type { RuleBookInput } from '../../shared/rulebook.ts';
import { type Checked, checkRuleBook } from '../../shared/rulebook-check.ts';
import type { Pools } from '../../shared/rulebook-doubts.ts';
import { staffOf, written } from './paper-hall.ts';

const slipped = (change: (book: RuleBookInput) => void, pools: Pools = {}): Checked => {
  const book = written();
  change(book);
  return checkRuleBook(book, pools);
};
const told = (all: readonly { path: string; reason: string }[]) =>
  all.map(({ path, reason }) => `${path}: ${reason}`);
const warned = (checked: Checked) => told(checked.warnings);
const errors = (checked: Checked) => told(checked.ok ? [] : checked.errors);
const star: RuleBookInput['awards'][number] = {
  code: 'star',
  kind: 'star',
  title: '服务之星',
  cadence: 'month',
  quota: 15,
  eligible: {},
  criteria: [{ by: 'score' }],
  tie: 'draw',
};
const first = (book: RuleBookInput) => {
  const [clause] = book.clauses;
  if (!clause) throw new Error('no clause');
  return clause;
};

describe('a clerk is warned', () => {
  const contradictions: [string, (book: RuleBookInput) => void, string, Pools?][] = [
    [
      'weights that do not sum to one',
      (book) => {
        book.figures = [{ kind: 'ratio', code: 'votes', title: '投票' }];
        staffOf(book).sources = [
          { of: 'own', weight: 5000 },
          { of: 'votes', weight: 4000 },
        ];
      },
      'frames.staff.sources: 权重合计90%,不是100%',
    ],
    [
      'a quota larger than the pool',
      (book) => book.awards.push(star),
      'awards.0.quota: 名额15个,多于个人总数12',
      { staff: 12 },
    ],
    [
      'a title nobody can reach',
      (book) => book.awards.push({ ...star, eligible: { scoreAtLeast: 10_500 } }),
      'awards.0.eligible.scoreAtLeast: 总分最高104分,没有人够得到',
    ],
    [
      'a clause that never costs anything',
      (book) => Object.assign(first(book), { capPerMonth: 0 }),
      'clauses.0.capPerMonth: 每月最多扣0分,这一条永远不扣分',
    ],
    [
      'a category with nothing to take',
      (book) => Object.assign(staffOf(book).categories[0] ?? {}, { floor: 1000 }),
      'clauses.0.category: “工作纪律”没有可扣的分,这一条永远不扣分',
    ],
    [
      'a price for a severity that never costs',
      (book) =>
        Object.assign(first(book), { price: { kind: 'bySeverity', minor: { kind: 'fixed', points: 50 } } }),
      'clauses.0.price.minor: 措施阶梯对这一严重程度不扣分,这里的分值用不到',
    ],
    [
      'a ladder step that never fires',
      (book) => {
        const when = { severity: ['minor' as const], times: { again: true }, subject: 'person' as const };
        book.ladder.push({ code: 'always', when, measure: 'sectionTalk', insteadOf: ['remind'] });
      },
      'ladder.0: 每次都被“always”取代,这一级永远用不到',
    ],
    [
      'the same rung twice',
      (book) => {
        for (const step of book.ladder.slice(0, 1)) book.ladder.push({ ...step, code: 'twin' });
      },
      'ladder.2: 与“remind”条件和措施完全相同',
    ],
    [
      'a grade out of reach',
      (book) => staffOf(book).grades.unshift({ name: '卓越', from: 10_500 }),
      'frames.staff.grades.0: 总分最高104分,够不到“卓越”',
    ],
    [
      'a conversion that makes things cheaper',
      (book) => {
        book.counting = [
          { kind: 'convert', code: 'cheap', title: '折算', clauses: ['3'], every: 4, to: '5' },
        ];
      },
      'counting.0: 折算后反而比原来扣得少,多犯一次得分会上升',
    ],
    [
      'sources that leave the clauses out',
      (book) => {
        book.figures = [{ kind: 'ratio', code: 'votes', title: '投票' }];
        staffOf(book).sources = [{ of: 'votes', weight: 10_000 }];
      },
      'frames.staff.sources: 总分由各来源加权得出,条款扣分不会计入',
    ],
  ];
  test.each(contradictions)('of %s', (_, change, sentence, pools) => {
    expect(warned(slipped(change, pools))).toContain(sentence);
    expect(warned(slipped(() => {}))).not.toContain(sentence);
  });
});

describe('a mistake in the newer parts is told by its place', () => {
  const mistakes: [string, (book: RuleBookInput) => void, string][] = [
    ['nobody scored', (book) => Object.assign(book, { frames: {} }), 'frames: 没有写明考核谁'],
    [
      'a clause that displaces itself',
      (book) => Object.assign(first(book), { displaces: ['1'] }),
      'clauses.0.displaces.0: 条款不能取代自己',
    ],
    [
      'a conversion into a range',
      (book) => {
        book.counting = [{ kind: 'convert', code: 'x', title: '折算', clauses: ['1'], every: 4, to: '4' }];
      },
      'counting.0.to: 折算成的条款没有确定的分值',
    ],
    [
      'steps that fall',
      (book) => {
        const steps = [
          { at: 5, points: 100 },
          { at: 3, points: 200 },
        ];
        book.counting = [{ kind: 'table', code: 'x', title: '分级', category: 'duty', steps }];
      },
      'counting.0.steps.1: 次数和分值应逐级上升',
    ],
    [
      'an amount that should fill a category',
      (book) => {
        book.figures = [{ kind: 'amount', code: 'leave', title: '请假', unit: '天' }];
        Object.assign(staffOf(book).categories[0] ?? {}, { from: 'leave' });
      },
      'frames.staff.categories.0.from: 指标“leave”没有满分,不能折算成分',
    ],
    [
      'a veto without a cause',
      (book) => {
        staffOf(book).vetoes = [{ code: 'V', title: '否决', grade: '不合格' }];
      },
      'frames.staff.vetoes.0: 没有写明哪些问题一票否决',
    ],
    [
      'a consequence of a year nobody adds up',
      (book) => {
        staffOf(book).consequences = [{ code: 'x', over: 'year', below: 100, measure: 'criticise' }];
      },
      'frames.staff.consequences.0.over: 没有这一周期的得分',
    ],
    [
      'a letter to a person',
      (book) => {
        staffOf(book).consequences = [{ code: 'x', below: 100, measure: 'letter' }];
      },
      'frames.staff.consequences.0: 函告派出单位的对象是部门',
    ],
    [
      'titles barred for no time at all',
      (book) =>
        book.ladder.push({
          code: 'bar',
          when: { severity: ['serious'], times: {}, subject: 'person' },
          measure: 'bar',
        }),
      'ladder.2.bars: 没有写明取消多长时间的评优资格',
    ],
    [
      'votes nobody casts',
      (book) => book.awards.push({ ...star, criteria: [{ by: 'votes' }] }),
      'awards.0.criteria.0.by: 没有写明谁投票',
    ],
    [
      'an assumption about nothing',
      (book) => {
        book.assumed = [{ path: 'clauses.99.price', what: '暂按1分' }];
      },
      'assumed.0.path: 没有“clauses.99.price”这一项',
    ],
  ];
  test.each(mistakes)('%s', (_, change, sentence) => {
    expect(errors(slipped(change))).toContain(sentence);
  });
});
