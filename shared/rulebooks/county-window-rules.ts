// A county's centre (RB02): windows by the month, full marks by category with deductions inside, a total of at most 110.
import type { RuleBookInput } from '../rulebook.ts';
import { between, clause, each, everyOneCosts, fixed, points } from './writing.ts';

export const countyWindowRules: RuleBookInput = {
  id: 'rb02-county-window-rules',
  title: '县行政服务中心窗口服务考核实施细则',
  frames: {
    window: {
      base: points(100),
      ceiling: points(110),
      floor: 'category',
      categories: [
        { code: 'presence', title: '人员到岗', full: points(20) },
        { code: 'papers', title: '收退件管理', full: points(15) },
        { code: 'fees', title: '收费管理', full: points(10) },
        { code: 'limits', title: '限时承诺', full: points(15) },
        { code: 'results', title: '办事结果', full: points(15) },
        { code: 'archive', title: '档案管理', full: points(3) },
        { code: 'cleaning', title: '卫生保洁', full: points(2) },
        { code: 'other', title: '其他', full: points(20) },
      ],
      grades: [],
    },
  },
  clauses: [
    clause('D01', 'presence', 'DIS-OFFPOST', each(3), {
      title: '未经许可擅自脱岗半天以上',
      unit: '半天',
      perPerson: true,
    }),
    clause('D02', 'presence', 'COP-JOINT', fixed(2), { title: '项目联审会迟到' }),
    clause('D03', 'presence', 'COP-JOINT', fixed(5), { title: '项目联审会缺席' }),
    clause('D04', 'papers', 'BIZ-REJECT', each(2), { title: '可收件而未收件', unit: '件' }),
    clause('D05', 'papers', 'ATT-ONEGO', each(2), { title: '已收件需补件而未详细说明', unit: '件' }),
    clause('D06', 'papers', 'ATT-REFUSE', each(2), { title: '退件未充分说明理由', unit: '件' }),
    clause('D07', 'papers', 'BIZ-ENTRY', each(2), { title: '收退件手续不规范或报送不及时', unit: '件' }),
    clause('D08', 'papers', 'SPC-HARM', between(3, 5), { title: '不负责任造成不良后果' }),
    clause('D09', 'fees', 'BIZ-FEE', fixed(5), { title: '擅自增加收费项目或提高标准' }),
    clause('D10', 'limits', 'BIZ-DELAY', each(5), { title: '超过承诺时限', unit: '件' }),
    clause('D12', 'results', 'BIZ-ERROR', between(2, 5), { title: '办事结果有差错', unit: '件' }),
    clause('D13', 'archive', 'BIZ-ARCH', fixed(1), { title: '档案管理不规范', unit: '起' }),
    clause('D14', 'archive', 'BIZ-ARCH', fixed(1), { title: '资料缺失', unit: '起' }),
    clause('D15', 'cleaning', 'ENV-CLEAN', fixed(1), { title: '窗口不整洁、资料摆放无序' }),
  ],
  bonuses: [],
  ladder: [everyOneCosts],
  awards: [],
  figures: [
    { kind: 'ratio', code: 'finished', title: '办结率', of: 'window' },
    { kind: 'mark', code: 'reward', title: '加分事项', of: 'window', most: points(10) },
  ],
  targets: [
    {
      code: 'D11',
      title: '办结率每减少1个百分点',
      figure: 'finished',
      category: 'results',
      when: 'under',
      than: 10_000,
      each: 100,
      points: points(1),
    },
    {
      code: 'J1',
      title: '加分事项',
      figure: 'reward',
      when: 'over',
      than: 0,
      each: 1,
      points: 1,
      gives: 'bonus',
    },
  ],
  assumed: [
    { path: 'targets.0.points', what: '每个百分点的分值未见,暂按1分' },
    { path: 'targets.0.than', what: '办结率目标未见,暂按100%' },
    { path: 'targets.1', what: '加分事项未见,暂按评定的分数加分' },
    { path: 'frames.window.categories.7', what: '所见类别合计80分,其余20分的类别未见' },
    { path: 'frames.window.grades', what: '等级未见' },
  ],
};
