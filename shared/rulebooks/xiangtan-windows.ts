// Xiangtan, Hunan (RB27): a window's quarter in three parts, business, management and bonus; the best five are red-flag
// windows.
import type { RuleBookInput } from '../rulebook.ts';
import { points } from './writing.ts';

export const xiangtanWindows: RuleBookInput = {
  id: 'rb27-xiangtan-windows',
  title: '湘潭市政府政务服务中心窗口及窗口工作人员管理试行办法',
  frames: {
    window: {
      base: points(100),
      floor: 'total',
      period: 'quarter',
      categories: [
        { code: 'business', title: '业务考核', full: points(50), from: 'business' },
        { code: 'management', title: '窗口管理', full: points(50), from: 'management' },
      ],
      grades: [],
    },
  },
  clauses: [],
  bonuses: [],
  ladder: [],
  awards: [
    {
      code: 'redflag',
      kind: 'civilisedWindow',
      title: '红旗窗口',
      cadence: 'quarter',
      quota: 5,
      recipient: 'window',
      eligible: {},
      criteria: [{ by: 'score' }],
      tie: 'meeting',
    },
  ],
  figures: [
    {
      kind: 'mark',
      code: 'business',
      title: '业务量、在线审批、项目进驻、并联审批',
      of: 'window',
      most: points(50),
    },
    {
      kind: 'mark',
      code: 'management',
      title: '首席代表和人员管理、窗容窗貌、协调配合',
      of: 'window',
      most: points(50),
    },
    { kind: 'mark', code: 'reward', title: '加分事项', of: 'window', most: points(10) },
  ],
  targets: [
    {
      code: 'J1',
      title: '奖励加分',
      figure: 'reward',
      when: 'over',
      than: 0,
      each: 1,
      points: 1,
      gives: 'bonus',
    },
  ],
  assumed: [
    { path: 'frames.window.categories.0.full', what: '两部分的满分未见,暂各按50分' },
    { path: 'figures.2.most', what: '加分上限未见,暂按10分' },
    { path: 'awards.0.tie', what: '并列怎样定未写明,暂由会议研究' },
  ],
};
