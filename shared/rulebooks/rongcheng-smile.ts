// Rongcheng, Jieyang (RB29): a window's self-rating together with its daily-work score; nine smiling posts a quarter.
import type { RuleBookInput } from '../rulebook.ts';
import { clause, everyOneCosts, fixed, points } from './writing.ts';

export const rongchengSmile: RuleBookInput = {
  id: 'rb29-rongcheng-smile',
  title: '“微笑服务·温馨窗口”系列活动实施方案',
  frames: {
    window: {
      base: points(100),
      floor: 'total',
      period: 'quarter',
      categories: [
        { code: 'attitude', title: '服务态度' },
        { code: 'quality', title: '服务质量' },
        { code: 'discipline', title: '工作纪律' },
        { code: 'satisfaction', title: '群众满意度' },
        { code: 'innovation', title: '创新服务举措' },
      ],
      grades: [],
      sources: [
        { of: 'own', weight: 5000 },
        { of: 'self', weight: 5000 },
      ],
    },
  },
  clauses: [
    clause('1', 'attitude', 'ATT-RUDE', fixed(2)),
    clause('2', 'quality', 'ATT-ONEGO', fixed(2)),
    clause('3', 'discipline', 'DIS-OFFPOST', fixed(1)),
    clause('4', 'satisfaction', 'ATT-COMPLAINT', fixed(5)),
  ],
  bonuses: [],
  ladder: [everyOneCosts],
  awards: [
    {
      code: 'smile',
      kind: 'civilisedWindow',
      title: '微笑红旗岗',
      cadence: 'quarter',
      quota: 9,
      recipient: 'window',
      eligible: {},
      criteria: [{ by: 'score' }],
      tie: 'meeting',
      selfNomination: true,
    },
  ],
  figures: [{ kind: 'mark', code: 'self', title: '窗口自评', of: 'window', most: points(100) }],
  assumed: [
    { path: 'frames.window.sources', what: '自评与日常工作得分怎样结合未写明,暂各占一半' },
    { path: 'clauses', what: '日常工作的扣分条款未见,暂用各地常见的条款和分值' },
  ],
};
