// Yingde, Guangdong, 2022 (RB38): front-counter staff by the quarter, deductions only; pacesetters come from those with full
// marks; sums by the 5th, candidates by the 10th of the month after.
import type { RuleBookInput } from '../rulebook.ts';
import { clause, each, everyOneCosts, fixed, points } from './writing.ts';

export const yingdeStaff: RuleBookInput = {
  id: 'rb38-yingde-staff',
  title: '英德市政务服务中心2022年度窗口工作人员考评办法',
  frames: {
    staff: {
      base: points(100),
      floor: 'category',
      ceiling: points(100),
      period: 'quarter',
      categories: [
        { code: 'discipline', title: '工作纪律', full: points(30) },
        { code: 'service', title: '服务规范', full: points(25) },
        { code: 'efficiency', title: '服务效能', full: points(25) },
        { code: 'safety', title: '内务安全', full: points(20) },
      ],
      grades: [],
      pool: { without: ['后台审批', '企业派驻', '驻英单位'] },
    },
  },
  clauses: [
    clause('1', 'discipline', 'DIS-LATE', fixed(0.5)),
    clause('2', 'discipline', 'DIS-OFFPOST', fixed(2)),
    clause('3', 'service', 'ATT-RUDE', fixed(2)),
    clause('4', 'efficiency', 'BIZ-DELAY', each(1), { unit: '工作日' }),
    clause('5', 'safety', 'ENV-EQUIP', fixed(1)),
  ],
  bonuses: [],
  ladder: [everyOneCosts],
  awards: [
    {
      code: 'pacesetter',
      kind: 'pacesetter',
      title: '服务标兵',
      cadence: 'quarter',
      quota: 10,
      eligible: { scoreAtLeast: points(100), without: ['后台审批', '企业派驻', '驻英单位'] },
      criteria: [{ by: 'nominated' }, { by: 'casesHandled' }],
      tie: 'meeting',
    },
  ],
  settings: { sumByDayOfMonth: 5, candidatesByDayOfMonth: 10 },
  assumed: [
    { path: 'clauses', what: '评分标准在附件2,未见,暂用各地常见的条款和分值' },
    { path: 'awards.0.quota', what: '名额未见,暂按10名' },
    { path: 'frames.staff.floor', what: '是否扣完为止未写明' },
  ],
};
