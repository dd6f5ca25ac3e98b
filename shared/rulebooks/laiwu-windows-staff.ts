// Laiwu, Shandong (RB04): windows and staff assessed apart, by the month; bonuses inside; leave beyond two days costs.
import type { RuleBookInput } from '../rulebook.ts';
import { between, clause, each, everyOneCosts, fixed, points } from './writing.ts';

const frame: NonNullable<RuleBookInput['frames']['staff']> = {
  base: points(100),
  floor: 'category',
  categories: [
    { code: 'attitude', title: '服务态度', full: points(20) },
    { code: 'discipline', title: '工作纪律', full: points(25) },
    { code: 'other', title: '其他', full: points(55) },
  ],
  grades: [],
};

export const laiwuWindowsStaff: RuleBookInput = {
  id: 'rb04-laiwu-windows-staff',
  title: '行政服务中心工作考核制度',
  frames: { staff: frame, window: frame },
  clauses: [
    clause('D01', 'attitude', 'APP-BADGE', fixed(1), {
      title: '着装、胸牌、桌牌不合规定',
      types: ['APP-BADGE', 'APP-DRESS'],
    }),
    clause('D02', 'attitude', 'ATT-RUDE', fixed(2), { title: '接待不热情、言行不文明、态度生硬' }),
    clause('D03', 'attitude', 'ATT-REFUSE', fixed(2), { title: '拒绝答复咨询' }),
    clause('D04', 'attitude', 'ATT-ARGUE', fixed(3), { title: '与服务对象争吵' }),
    clause('D05', 'attitude', 'ATT-COMPLAINT', fixed(5), { title: '引起投诉且查实有责任' }),
    clause('D06', 'discipline', 'DIS-LATE', fixed(1), {
      title: '无故迟到、早退、擅自脱岗',
      types: ['DIS-LATE', 'DIS-OFFPOST'],
    }),
    clause('D07', 'discipline', 'DIS-ABSENT', each(2), { title: '旷工', unit: '半天' }),
    clause('D08', 'discipline', 'DIS-AROLE', fixed(2), { title: 'AB角不能及时补岗,或窗口岗位全部空缺' }),
    clause('D09', 'discipline', 'BIZ-STAFF', fixed(1), { title: '允许非工作人员进入窗口区域' }),
    clause('D11', 'discipline', 'DIS-MEET', fixed(1), { title: '会议、培训、学习迟到早退或无故缺席' }),
  ],
  bonuses: [
    {
      code: 'B01',
      title: '主动上门服务、节假日加班服务、特事特办',
      type: 'BON-VISIT',
      price: between(1, 3),
      unit: '次',
    },
  ],
  ladder: [everyOneCosts],
  awards: [
    {
      code: 'window',
      kind: 'civilisedWindow',
      title: '文明窗口',
      cadence: 'quarter',
      quota: 5,
      recipient: 'window',
      eligible: {},
      criteria: [{ by: 'score' }],
      tie: 'meeting',
    },
    {
      code: 'pacesetter',
      kind: 'pacesetter',
      title: '服务标兵',
      cadence: 'quarter',
      quota: 5,
      eligible: {},
      criteria: [{ by: 'score' }],
      tie: 'meeting',
    },
  ],
  figures: [
    {
      kind: 'amount',
      code: 'leave',
      title: '本月请假',
      unit: '天',
      except: ['审批业务外出', '上级培训考试', '正常休假'],
    },
  ],
  targets: [
    {
      code: 'D10',
      title: '每月请假超过2天后每增1天',
      figure: 'leave',
      category: 'discipline',
      when: 'over',
      than: 200,
      each: 100,
      points: points(1),
    },
  ],
  assumed: [
    { path: 'frames.staff.categories.2', what: '所见类别合计45分,其余55分的类别未见' },
    { path: 'awards.0.quota', what: '名额未见,暂按5个' },
    { path: 'awards.1.quota', what: '名额未见,暂按5名' },
  ],
};
