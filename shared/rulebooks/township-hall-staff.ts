// A township hall's staff (RB11): three categories, each 扣完为止; people who only stand in are not assessed.
import type { RuleBookInput } from '../rulebook.ts';
import { clause, each, everyOneCosts, fixed, points } from './writing.ts';

export const townshipHallStaff: RuleBookInput = {
  id: 'rb11-township-hall-staff',
  title: '便民服务大厅窗口工作人员的考核办法(试行)',
  frames: {
    staff: {
      base: points(100),
      floor: 'category',
      categories: [
        { code: 'morals', title: '思想品德', full: points(10) },
        { code: 'skills', title: '业务技能', full: points(20) },
        { code: 'speed', title: '办事效率', full: points(30) },
        { code: 'other', title: '其他', full: points(40) },
      ],
      grades: [],
      pool: { without: ['临时顶岗'] },
    },
  },
  clauses: [
    clause('D01', 'morals', 'DIS-REFUSE', fixed(3), { title: '不服从大厅管理、协调办理不主动' }),
    clause('D02', 'morals', 'ATT-COMPLAINT', fixed(3), { title: '隐瞒欺骗引起投诉' }),
    clause('D03', 'skills', 'ATT-ONEGO', fixed(0.5), { title: '职责内不能及时准确解答咨询' }),
    clause('D04', 'skills', 'BIZ-ERROR', fixed(1.5), { title: '批文证照单据书写错误或不规范' }),
    clause('D05', 'skills', 'BIZ-ARCH', each(0.5), { title: '印章票证资料档案管理不规范', unit: '件' }),
    clause('D06', 'skills', 'BIZ-ARCH', fixed(4), {
      title: '印章票证资料遗失或毁损',
      unit: '起',
      severity: 'evident',
    }),
    clause('D07', 'skills', 'BIZ-REJECT', each(2), { title: '初审不认真致受理后难办', unit: '件' }),
    clause('D08', 'skills', 'BIZ-DELAY', each(2), { title: '应即办而按承诺件办理', unit: '件' }),
    clause('D09', 'skills', 'BIZ-ERROR', each(4), { title: '办理结果出差错', unit: '件' }),
    clause('D10', 'speed', 'BIZ-REJECT', each(3), { title: '可收件而未收件', unit: '件' }),
    clause('D11', 'speed', 'BIZ-DELAY', each(2), { title: '超承诺时限', unit: '工作日' }),
  ],
  bonuses: [],
  ladder: [
    everyOneCosts,
    {
      code: 'back',
      when: { severity: ['serious'], clauses: ['D04'], times: { again: true }, subject: 'person' },
      measure: 'refer',
      says: '退回原单位处理',
    },
  ],
  awards: [],
  assumed: [{ path: 'frames.staff.categories.3', what: '所见类别合计60分,其余40分的类别未见' }],
};
