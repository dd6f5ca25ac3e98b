// Xinxiang, Henan, 2024 (RB20): substantiated complaints, no points: each is criticised, person and department; a grave
// one, or the second within a year, moves the person from the window.
import type { RuleBookInput } from '../rulebook.ts';
import { all, clause, none } from './writing.ts';

export const xinxiangComplaints: RuleBookInput = {
  id: 'rb20-xinxiang-complaints',
  title: '政务服务中心投诉举报处理制度',
  frames: {
    staff: { base: 0, floor: 'none', categories: [{ code: 'complaints', title: '投诉举报' }], grades: [] },
  },
  clauses: [
    clause('D01', 'complaints', 'ATT-COMPLAINT', none, {
      title: '投诉举报查实且有过错',
      severity: 'evident',
    }),
  ],
  bonuses: [],
  ladder: [
    {
      code: 'person',
      when: { severity: all, times: { again: true }, subject: 'person' },
      measure: 'criticise',
    },
    {
      code: 'unit',
      when: { severity: all, times: { again: true, unit: 'incidents' }, subject: 'department' },
      measure: 'criticise',
      says: '通报批评窗口部门',
    },
    {
      code: 'grave',
      when: { severity: ['serious'], times: { again: true }, subject: 'person' },
      measure: 'refer',
      says: '影响严重,反馈主管单位调离窗口岗位',
    },
    {
      code: 'second',
      when: { severity: all, times: { atLeast: 2, within: 'year' }, subject: 'person' },
      measure: 'refer',
      says: '反馈主管单位调离窗口岗位',
    },
  ],
  awards: [],
  assumed: [{ path: 'ladder.2.when.severity', what: '“影响严重”由核实人员定为严重' }],
};
