// The richest rule book of the tests: every concept at once, so that properties and the bench meet them together.
import type { RuleBook, RuleBookInput } from '../../shared/rulebook.ts';
import { checkRuleBook } from '../../shared/rulebook-check.ts';
import {
  all,
  between,
  clause,
  each,
  everyOneCosts,
  fixed,
  none,
  points,
} from '../../shared/rulebooks/writing.ts';

const written = (): RuleBookInput => ({
  id: 'rich-hall',
  title: '样样俱全的考核办法',
  frames: {
    staff: {
      base: points(100),
      floor: 'category',
      ceiling: points(110),
      bonusCap: points(5),
      categories: [
        { code: 'discipline', title: '工作纪律', full: points(40) },
        { code: 'service', title: '服务质量', full: points(40) },
        { code: 'place', title: '内务', full: points(20) },
      ],
      grades: [
        { name: '优秀', from: points(90) },
        { name: '合格', from: points(60), to: points(90) },
        { name: '不合格', to: points(60) },
      ],
      vetoes: [
        { code: 'V1', title: '被上级通报批评', clauses: ['critic'], atMost: points(60) - 1, grade: '不合格' },
      ],
    },
    window: {
      base: points(100),
      floor: 'category',
      categories: [{ code: 'discipline', title: '工作纪律', full: points(50) }],
      grades: [],
    },
    department: {
      base: points(100),
      floor: 'none',
      categories: [{ code: 'service', title: '服务质量' }],
      grades: [],
    },
  },
  clauses: [
    clause('late', 'discipline', 'DIS-LATE', each(0.5), { cap: 10, perPerson: true }),
    clause('away', 'discipline', 'DIS-OFFPOST', {
      kind: 'bands',
      bands: [
        { from: 0, to: 30, points: points(1) },
        { from: 30, points: points(2) },
      ],
    }),
    clause('absent', 'discipline', 'DIS-ABSENT', fixed(8), { displaces: ['away', 'late'] }),
    clause('refuse', 'discipline', 'DIS-REFUSE', {
      kind: 'bySeverity',
      evident: { kind: 'fixed', points: points(3) },
      serious: { kind: 'fixed', points: points(6) },
    }),
    clause('phone', 'discipline', 'DIS-PHONE', none, { severity: 'evident' }),
    clause('rude', 'service', 'ATT-RUDE', fixed(2), { joint: [{ who: 'chiefRepresentative', ratio: 5000 }] }),
    clause('complaint', 'service', 'ATT-COMPLAINT', between(3, 5), {
      joint: [
        { who: 'chiefRepresentative', ratio: 5000 },
        { who: 'gridLeader', ratio: 2000 },
      ],
    }),
    clause('critic', 'service', 'SPC-CRITIC', fixed(10)),
    clause('shared', 'place', 'ENV-CLEAN', fixed(1), { split: 'equally', severity: 'evident' }),
    clause('groom', 'place', 'APP-GROOM', fixed(0.5), {
      severity: 'evident',
      afterReminder: { withinDays: 20, of: 'sameFamily' },
    }),
    clause('dress', 'place', 'APP-DRESS', none),
  ],
  bonuses: [
    { code: 'J1', title: '表扬信', type: 'BON-PRAISE', price: each(1), unit: '件', capPerMonth: points(3) },
  ],
  ladder: [
    { ...everyOneCosts, when: { ...everyOneCosts.when, severity: ['evident', 'serious'] } },
    {
      code: 'letter',
      when: { severity: all, times: { atLeast: 3 }, subject: 'department' },
      measure: 'letter',
    },
  ],
  awards: [],
  figures: [{ kind: 'amount', code: 'leave', title: '请假', unit: '天' }],
  targets: [
    {
      code: 'leave',
      title: '请假超过2天',
      figure: 'leave',
      category: 'discipline',
      when: 'over',
      than: 200,
      each: 100,
      points: points(1),
    },
  ],
  counting: [
    // Four lates of at most 4 × 0.5 each cost at most 8: one absence, never less.
    { kind: 'convert', code: 'late4', title: '迟到4次折算旷工', clauses: ['late'], every: 4, to: 'absent' },
    { kind: 'repeat', code: 'again', title: '第3次起加倍', within: 'quarter', of: 'sameClause', from: 3 },
    {
      kind: 'table',
      code: 'phones',
      title: '使用手机',
      clauses: ['phone'],
      category: 'discipline',
      steps: [
        { at: 2, points: points(1) },
        { at: 4, points: points(3) },
      ],
      eachMore: points(1),
    },
  ],
  settings: { minorBecomesEvident: { from: 3, of: 'sameClause' } },
});

export const richBook = (change: (book: RuleBookInput) => void = () => {}): RuleBook => {
  const data = written();
  change(data);
  const checked = checkRuleBook(data);
  if (!checked.ok) throw new Error(JSON.stringify(checked.errors));
  return checked.value;
};
