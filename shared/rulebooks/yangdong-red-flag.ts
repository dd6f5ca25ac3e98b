// Yangdong, Guangdong (RB08): a window's total is a weighted sum of four sources; red-flag windows by month, quarter, year.
import type { RuleBookInput } from '../rulebook.ts';
import { points } from './writing.ts';

const redFlag = (cadence: 'month' | 'quarter' | 'year', quota: number): RuleBookInput['awards'][number] => ({
  code: `redflag${cadence}`,
  kind: 'civilisedWindow',
  title: '红旗窗口',
  cadence,
  quota,
  recipient: 'window',
  eligible: { grades: ['优秀'] },
  criteria: [{ by: 'score' }],
  tie: 'meeting',
});

export const yangdongRedFlag: RuleBookInput = {
  id: 'rb08-yangdong-red-flag',
  title: '行政服务中心“红旗窗口”“服务标兵”考评办法',
  frames: {
    window: {
      base: points(100),
      floor: 'total',
      ceiling: points(100),
      categories: [{ code: 'efficiency', title: '窗口效能考核', full: points(100), from: 'efficiency' }],
      grades: [{ name: '优秀', from: points(90) }],
      sources: [
        { of: 'own', weight: 3000 },
        { of: 'staff', weight: 3000 },
        { of: 'duty', weight: 2000 },
        { of: 'visitors', weight: 2000 },
      ],
    },
    staff: {
      base: points(100),
      floor: 'total',
      categories: [{ code: 'work', title: '窗口工作人员考核', full: points(100), from: 'work' }],
      grades: [{ name: '优秀', from: points(90) }],
    },
  },
  clauses: [],
  bonuses: [],
  ladder: [],
  awards: [
    redFlag('month', 5),
    redFlag('quarter', 2),
    redFlag('year', 1),
    {
      code: 'pacesetter',
      kind: 'pacesetter',
      title: '服务标兵',
      cadence: 'month',
      quota: 5,
      eligible: { grades: ['优秀'] },
      criteria: [{ by: 'score' }],
      tie: 'meeting',
    },
  ],
  figures: [
    { kind: 'mark', code: 'efficiency', title: '窗口效能考核', of: 'window', most: points(100) },
    { kind: 'people', code: 'staff', title: '窗口工作人员考核', of: 'window' },
    { kind: 'ratio', code: 'duty', title: '值班长和值班员投票', of: 'window' },
    { kind: 'ratio', code: 'visitors', title: '服务对象投票', of: 'window' },
    { kind: 'mark', code: 'work', title: '窗口工作人员考核', most: points(100) },
  ],
  assumed: [
    { path: 'figures.2', what: '投票怎样折分未写明,暂按得票率折成百分' },
    { path: 'frames.window.grades.0', what: '优秀的分数线未见,暂按90分' },
    { path: 'awards.3.quota', what: '服务标兵名额未见,暂按5名' },
    { path: 'awards.0.tie', what: '由考核小组(主管主任、监察室和督查股负责人)研究' },
  ],
};
