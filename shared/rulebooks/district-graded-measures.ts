// A district's office, 2020 (RB00): a month of 100 points, and measures by severity: 轻微提醒、明显扣分、明显较多科室谈话、严重领导
// 谈话、检查期间严重函告、持续偏多附音视频; 15 stars a month. The default book (reference-hall.ts) completes it.
import type { RuleBookInput } from '../rulebook.ts';
import { all, clause, fixed, points } from './writing.ts';

export const districtGradedMeasures: RuleBookInput = {
  id: 'rb00-district-graded-measures',
  title: '驻厅人员遵规守纪管理',
  frames: {
    staff: {
      base: points(100),
      floor: 'total',
      categories: [{ code: 'discipline', title: '遵规守纪' }],
      grades: [],
    },
  },
  clauses: [
    clause('D01', 'discipline', 'DIS-OFFPOST', fixed(1), { title: '明显违纪行为' }),
    clause('D02', 'discipline', 'DIS-NOISE', fixed(0), { title: '轻微违纪行为' }),
    clause('D03', 'discipline', 'DIS-REFUSE', fixed(1), { title: '严重违纪行为' }),
  ],
  bonuses: [],
  ladder: [
    {
      code: 'remind',
      when: { severity: ['minor'], times: { again: true }, subject: 'person' },
      measure: 'remind',
    },
    {
      code: 'deduct',
      when: { severity: ['evident', 'serious'], times: { again: true }, subject: 'person' },
      measure: 'deduct',
    },
    {
      code: 'section',
      when: { severity: ['evident'], times: { atLeast: 3, again: true }, subject: 'person' },
      measure: 'sectionTalk',
    },
    {
      code: 'director',
      when: { severity: ['serious'], times: { again: true }, subject: 'person' },
      measure: 'directorTalk',
    },
    {
      code: 'campaign',
      when: {
        severity: ['serious'],
        times: { again: true, unit: 'incidents' },
        campaign: true,
        subject: 'department',
      },
      measure: 'letter',
    },
    {
      code: 'lasting',
      when: { severity: all, times: { atLeast: 3, monthsInARow: 3 }, subject: 'department' },
      measure: 'letterWithEvidence',
    },
  ],
  awards: [
    {
      code: 'star',
      kind: 'star',
      title: '服务之星',
      cadence: 'month',
      quota: 15,
      eligible: { nominated: true },
      criteria: [{ by: 'score' }, { by: 'casesHandled' }],
      tie: 'meeting',
    },
  ],
  assumed: [
    { path: 'clauses.0.price', what: '明显违纪的分值未给,暂按每次1分' },
    { path: 'clauses.2.price', what: '严重违纪的分值未给,暂按每次1分' },
    { path: 'ladder.2.when.times', what: '“次数较多”未写明次数,暂按当月每3次' },
    { path: 'ladder.5.when.times', what: '“持续偏多”未写明标准,暂按连续3个月每月3人次' },
    { path: 'frames.staff.floor', what: '是否封底未写明,暂按扣到0分为止' },
  ],
};
