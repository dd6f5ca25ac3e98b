// A property registration centre (RB26): by the quarter; four times late are one day absent, two days absent fix the
// grade, a one-vote veto puts the year below 60.
import type { RuleBookInput } from '../rulebook.ts';
import { clause, each, everyOneCosts, fixed, none, points } from './writing.ts';

export const propertyCentre: RuleBookInput = {
  id: 'rb26-property-centre',
  title: '房产交易中心工作人员效能量化考核办法(试行)',
  frames: {
    staff: {
      base: points(100),
      floor: 'category',
      period: 'quarter',
      categories: [
        { code: 'daily', title: '日常工作', full: points(25) },
        { code: 'law', title: '法规和业务知识', full: points(15) },
        { code: 'intake', title: '受理岗位职责及审核', full: points(45) },
        { code: 'other', title: '其他', full: points(15) },
      ],
      grades: [
        { name: '合格', from: points(60) },
        { name: '欠合格或较差', to: points(60) },
      ],
      vetoes: [
        { code: 'V1', title: '旷工2天以上', clauses: ['D02'], times: 2, grade: '欠合格或较差' },
        {
          code: 'V2',
          title: '因工作失误致单位被通报批评',
          clauses: ['V02'],
          atMost: points(60) - 1,
          grade: '欠合格或较差',
          bars: ['quarter', 'year'],
        },
      ],
    },
  },
  clauses: [
    clause('D01', 'daily', 'DIS-LATE', fixed(0.5), { title: '上下班迟到、早退' }),
    clause('D02', 'daily', 'DIS-ABSENT', each(2), { title: '旷工', unit: '天' }),
    // D03 half a day 0.1, D04 a day 0.2, and so on.
    clause('D03', 'daily', 'DIS-LEAVE', each(0.1), { title: '没有请假条', unit: '半天' }),
    clause('D05', 'daily', 'DIS-REFUSE', fixed(1), { title: '不听从领导、股室负责人安排' }),
    clause('V02', 'other', 'SPC-CRITIC', none, { title: '因工作失误致单位被通报批评' }),
  ],
  bonuses: [],
  ladder: [
    everyOneCosts,
    {
      code: 'sixdays',
      when: {
        severity: ['serious'],
        clauses: ['D02'],
        times: { atLeast: 6, within: 'year' },
        subject: 'person',
      },
      measure: 'refer',
      says: '旷工6天以上,按国家有关规定处理',
    },
  ],
  awards: [],
  counting: [
    {
      kind: 'convert',
      code: 'fourlate',
      title: '迟到早退累计4次折算旷工1天',
      clauses: ['D01'],
      within: 'quarter',
      every: 4,
      to: 'D02',
    },
  ],
  assumed: [
    { path: 'counting.0.originals', what: '折算后原扣分是否退回未写明,暂按退回' },
    { path: 'counting.0.within', what: '累计的期间未写明,暂按一个季度' },
    { path: 'frames.staff.grades.0', what: '60分以上的等级未见,暂称合格' },
    { path: 'frames.staff.categories.3', what: '所见类别合计85分,其余15分的类别未见' },
    { path: 'frames.staff.floor', what: '是否扣完为止未写明' },
  ],
};
