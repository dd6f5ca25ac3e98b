// A city's grading of the units in its hall (RB03): 100 points, never below 0, three grades, half-yearly and at year's end.
import type { RuleBookInput } from '../rulebook.ts';
import { clause, everyOneCosts, fixed, points } from './writing.ts';

const grades = [
  { name: '合格', from: points(80) },
  { name: '基本合格', from: points(60), to: points(80) },
  { name: '不合格', to: points(60) },
];

export const cityUnitGrades: RuleBookInput = {
  id: 'rb03-city-unit-grades',
  title: '公共政务服务单位等级评定办法',
  frames: {
    department: {
      base: points(100),
      floor: 'category',
      period: 'halfYear',
      categories: [
        { code: 'discipline', title: '窗口工作人员遵守纪律、制度和礼仪', full: points(10) },
        { code: 'look', title: '窗口形象、卫生', full: points(2) },
        { code: 'other', title: '其他', full: points(88) },
      ],
      grades,
      rollUps: [{ period: 'year', how: 'mean', grades }],
      consequences: [
        { code: 'mend', over: 'halfYear', grades: ['基本合格'], measure: 'rectify' },
        {
          code: 'criticise',
          over: 'halfYear',
          grades: ['不合格'],
          measure: 'criticise',
          says: '全市通报批评',
        },
        {
          code: 'leader',
          over: 'halfYear',
          grades: ['不合格'],
          measure: 'rectify',
          says: '责令单位一把手到服务中心带班整改,直到群众满意',
        },
        {
          code: 'twoyears',
          over: 'year',
          grades: ['不合格'],
          inARow: 2,
          measure: 'refer',
          says: '连续两年不合格,另行处理',
        },
      ],
    },
  },
  clauses: [
    clause('D01', 'discipline', 'DIS-LATE', fixed(0.5), {
      title: '迟到、早退、溜岗',
      unit: '人次',
      perPerson: true,
    }),
    clause('D02', 'discipline', 'DIS-LEAVE', fixed(1), {
      title: '不履行请假手续、擅自缺岗',
      unit: '人次',
      perPerson: true,
    }),
    clause('D03', 'discipline', 'DIS-IDLE', fixed(1), { title: '上班时间玩电脑游戏、聊天' }),
    clause('D04', 'discipline', 'ATT-ARGUE', fixed(3), {
      title: '态度不好并与服务对象争吵',
      unit: '人次',
      perPerson: true,
    }),
    clause('D06', 'look', 'ENV-CLEAN', fixed(0.5), {
      title: '卫生不整洁、用品摆放不整齐',
      unit: '人次',
      perPerson: true,
    }),
    clause('D07', 'look', 'APP-GROOM', fixed(0.5), {
      title: '仪表不整、教育不改',
      unit: '人次',
      perPerson: true,
      afterReminder: { withinDays: 30, of: 'sameFamily' },
    }),
    clause('T01', 'look', 'APP-DRESS', { kind: 'none' }, { title: '仪表不整(提醒)', unit: '人次' }),
  ],
  bonuses: [],
  ladder: [everyOneCosts],
  awards: [],
  assumed: [
    { path: 'clauses', what: '不公正廉洁服务(每人次2分)属廉洁问题线索,本系统一律移送,不在此计分' },
    { path: 'clauses.5.afterReminder', what: '“教育不改”的期限未写明,暂按30天内已有提醒' },
    { path: 'clauses.6', what: '提醒本身不扣分' },
    { path: 'frames.department.categories.2', what: '摘录只见12分,其余88分的类别未见' },
    { path: 'frames.department.rollUps.0', what: '年终总评怎样得出未写明,暂按两个半年平均' },
    { path: 'frames.department.consequences.3', what: '连续2年不合格的处理摘录未完' },
  ],
};
