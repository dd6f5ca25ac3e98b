// A university's service centre (RB12): tiers by minutes with stated ends, half-days, a heavier tier in the place of a
// lighter one.
import type { RuleBookInput } from '../rulebook.ts';
import { between, clause, each, everyOneCosts, fixed, points } from './writing.ts';

export const universityCentre: RuleBookInput = {
  id: 'rb12-university-centre',
  title: '大学师生服务中心窗口考核明细表',
  frames: {
    staff: {
      base: points(100),
      floor: 'total',
      categories: [
        { code: 'discipline', title: '工作纪律' },
        { code: 'service', title: '服务质量' },
      ],
      grades: [],
    },
  },
  clauses: [
    // D01 under 30 minutes, D03 from 30 minutes on.
    clause(
      'D01',
      'discipline',
      'DIS-LATE',
      {
        kind: 'bands',
        bands: [
          { from: 0, to: 30, points: points(0.5) },
          { from: 30, points: points(1) },
        ],
      },
      { title: '无正当理由迟到早退' },
    ),
    // D02 up to and with 30 minutes, D04 over 30 minutes.
    clause(
      'D02',
      'discipline',
      'DIS-OFFPOST',
      {
        kind: 'bands',
        bands: [
          { from: 0, to: 30, toIncluded: true, points: points(0.5) },
          { from: 30, fromIncluded: false, points: points(1) },
        ],
      },
      { title: '无正当理由缺岗' },
    ),
    clause('D05', 'discipline', 'DIS-IDLE', fixed(1), {
      title: '玩游戏、炒股、扎堆聊天、嬉闹、吃零食、打瞌睡、抽烟',
      types: ['DIS-IDLE', 'DIS-NOISE', 'DIS-SMOKE'],
    }),
    clause('D06', 'discipline', 'ENV-SELF', fixed(1), { title: '自助设备故障未及时处理' }),
    clause('D07', 'discipline', 'DIS-AROLE', each(1), { title: '擅自安排AB角以外人员上岗', unit: '半天' }),
    clause('D08', 'discipline', 'DIS-MEET', fixed(2), { title: '无故缺席会议学习活动' }),
    clause('D09', 'discipline', 'DIS-LEAVE', fixed(3), { title: '未按要求办理请假审批' }),
    clause('D10', 'discipline', 'ENV-SELF', fixed(3), {
      title: '自助设备故障超过24小时未处理',
      severity: 'evident',
      displaces: ['D06'],
    }),
    clause('D11', 'discipline', 'SPC-HARM', between(3, 5), { title: '违反其他规定造成不良影响' }),
    clause('D12', 'discipline', 'DIS-ABSENT', each(5), {
      title: '缺岗达半天及以上',
      unit: '半天',
      types: ['DIS-ABSENT', 'DIS-OFFPOST'],
      displaces: ['D02'],
    }),
    clause('D14', 'service', 'BIZ-DELAY', each(1), { title: '无故超办件承诺时限', unit: '工作日' }),
    clause('D15', 'service', 'BIZ-GUIDE', each(2), { title: '未及时公开或更新事项信息', unit: '项' }),
  ],
  bonuses: [],
  ladder: [everyOneCosts],
  awards: [],
  assumed: [
    { path: 'frames.staff.base', what: '基础分未见,暂按100分' },
    { path: 'frames.staff.floor', what: '是否封底未见,暂按扣到0分为止' },
    { path: 'clauses', what: '吃拿卡要(每次5分)属廉洁问题线索,本系统一律移送,不在此计分' },
    { path: 'clauses.7.displaces', what: '同一天的较轻一档由较重一档取代,来源未写明' },
  ],
};
