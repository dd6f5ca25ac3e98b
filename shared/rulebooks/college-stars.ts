// A college's service stars (RB22): no points; a list of what bars from the title, an outstanding deed with 500 characters
// of material, a secret vote, five days of publicity.
import type { RuleBookInput } from '../rulebook.ts';
import { clause, none } from './writing.ts';

export const collegeStars: RuleBookInput = {
  id: 'rb22-college-stars',
  title: '“服务之星”评选办法',
  frames: {
    staff: { base: 0, floor: 'none', categories: [{ code: 'discipline', title: '日常检查' }], grades: [] },
  },
  clauses: [
    clause('V1', 'discipline', 'DIS-LATE', none, { title: '迟到早退(半小时以内)' }),
    clause('V2', 'discipline', 'DIS-OFFPOST', none, {
      title: '迟到早退脱岗超过半小时',
      types: ['DIS-OFFPOST', 'DIS-LATE'],
    }),
    clause('V3', 'discipline', 'DIS-ABSENT', none, { title: '旷工' }),
    clause('V4', 'discipline', 'DIS-LEAVE', none, { title: '未请假造成缺岗' }),
    clause('V5', 'discipline', 'ENV-CLEAN', none, { title: '日常检查不合格' }),
    clause('V6', 'discipline', 'ATT-COMPLAINT', none, { title: '被投诉且查实有责任' }),
  ],
  bonuses: [],
  ladder: [],
  awards: [
    {
      code: 'star',
      kind: 'star',
      title: '服务之星',
      cadence: 'quarter',
      quota: 10,
      eligible: {
        clauses: [
          { clauses: ['V1'], atMost: 1 },
          { clauses: ['V2', 'V3', 'V4', 'V5', 'V6'], atMost: 0 },
        ],
        figures: [
          { figure: 'affairs', to: 200 },
          { figure: 'sick', to: 300 },
        ],
        material: { deeds: 1, characters: 500 },
      },
      criteria: [{ by: 'votes' }],
      tie: 'meeting',
      votes: [{ code: 'committee', title: '会议无记名投票', weight: 10_000 }],
    },
  ],
  figures: [
    { kind: 'amount', code: 'affairs', title: '一个月内事假', unit: '次', except: ['休假'] },
    { kind: 'amount', code: 'sick', title: '一个月内病假', unit: '次' },
  ],
  settings: { publicityWorkingDays: 5 },
  assumed: [
    { path: 'awards.0.quota', what: '名额未写明,暂按10名' },
    { path: 'awards.0.eligible.figures.1', what: '“病假超过3次及以上”按3次起不得参评' },
    { path: 'figures.0', what: '请假次数取一季中最多的一个月' },
  ],
};
