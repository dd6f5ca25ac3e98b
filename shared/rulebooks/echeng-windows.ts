// Echeng, Hubei (RB10): windows by the year, 100 plus and minus; 优秀 from 90, 合格 from 75; eight advanced windows a year.
import type { RuleBookInput } from '../rulebook.ts';
import { between, clause, everyOneCosts, fixed, points } from './writing.ts';

const grades = [
  { name: '优秀', from: points(90) },
  { name: '合格', from: points(75), to: points(90) },
  { name: '不合格', to: points(75) },
];
const categories = [{ code: 'work', title: '窗口工作' }];

export const echengWindows: RuleBookInput = {
  id: 'rb10-echeng-windows',
  title: '鄂城区行政服务中心服务窗口及窗口工作人员考核办法',
  frames: {
    window: { base: points(100), floor: 'total', period: 'year', categories, grades },
    staff: { base: points(100), floor: 'total', categories, grades },
  },
  clauses: [
    clause('1', 'work', 'DIS-LATE', fixed(0.5)),
    clause('2', 'work', 'DIS-OFFPOST', fixed(1)),
    clause('3', 'work', 'ATT-RUDE', fixed(2)),
    clause('4', 'work', 'ATT-COMPLAINT', between(3, 5), { unit: '件' }),
    clause('5', 'work', 'BIZ-DELAY', fixed(5), { unit: '件' }),
  ],
  bonuses: [],
  ladder: [everyOneCosts],
  awards: [
    {
      code: 'advanced',
      kind: 'civilisedWindow',
      title: '先进窗口',
      cadence: 'year',
      quota: 8,
      recipient: 'window',
      eligible: { grades: ['优秀'] },
      criteria: [{ by: 'score' }],
      tie: 'meeting',
      committee: { seats: 5, byLot: false },
    },
  ],
  assumed: [
    { path: 'clauses', what: '扣分条款未见,暂用各地常见的条款和分值' },
    { path: 'awards.0.committee', what: '考核领导小组人数未见,暂按5人,不抽签' },
    { path: 'settings', what: '申请复核的期限未见,按缺省' },
  ],
};
