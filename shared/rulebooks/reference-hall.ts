// The rule book a new centre starts from: the reference hall's, completed where its papers left a figure open. The
// frame of 100 points in six categories in which deductions stay (RB02, RB11), prices inside what the rule books print,
// the ladder word for word (轻微提醒、明显扣分、多次谈话、严重领导谈话、检查期间函告、持续偏多附音视频), 15 stars a month.
// A minor violation is a reminder and costs nothing, also when it was confirmed; evident and serious ones cost points.
import { type RuleBook, type RuleBookInput, ruleBook } from '../rulebook.ts';
import { all, between, byMinutes, type ClauseInput, clause, each, fixed, points } from './writing.ts';

const clauses: ClauseInput[] = [
  // 工作纪律
  clause('1', 'discipline', 'DIS-LATE', each(0.5), { title: '迟到早退(30分钟以内)', cap: 5 }),
  clause('2', 'discipline', 'DIS-LATE', byMinutes([30, 1], [120, 3]), {
    title: '迟到早退(30分钟及以上)',
    severity: 'evident',
  }),
  clause('3', 'discipline', 'DIS-NOPUNCH', fixed(2)),
  clause('4', 'discipline', 'DIS-OFFPOST', byMinutes([0, 1], [30, 2], [120, 3])),
  clause('5', 'discipline', 'DIS-OFFPOST', each(3), { title: '擅自脱岗半天及以上', unit: '半天' }),
  clause('6', 'discipline', 'DIS-ABSENT', each(5), { unit: '半天' }),
  clause('7', 'discipline', 'DIS-AROLE', fixed(2)),
  clause('8', 'discipline', 'DIS-LEAVE', fixed(3), { title: '请假手续不全' }),
  clause('9', 'discipline', 'DIS-LEAVE', fixed(10), { title: '虚假请假', severity: 'serious' }),
  clause('10', 'discipline', 'DIS-PHONE', fixed(1)),
  clause('11', 'discipline', 'DIS-IDLE', fixed(1)),
  clause('12', 'discipline', 'DIS-SMOKE', fixed(1)),
  clause('13', 'discipline', 'DIS-NOISE', fixed(1)),
  clause('14', 'discipline', 'DIS-MEET', between(1, 2)),
  clause('15', 'discipline', 'DIS-REFUSE', between(3, 20)),
  clause('16', 'discipline', 'SPC-EXPOSED', fixed(15)),
  clause('17', 'discipline', 'SPC-CRITIC', fixed(10)),
  clause('18', 'discipline', 'SPC-HARM', between(3, 20)),
  // 服务态度
  clause('19', 'attitude', 'ATT-RUDE', fixed(2)),
  clause('20', 'attitude', 'ATT-ARGUE', fixed(3)),
  clause('21', 'attitude', 'ATT-REFUSE', fixed(2)),
  clause('22', 'attitude', 'ATT-ONEGO', each(2), { unit: '件' }),
  clause('23', 'attitude', 'ATT-COMPLAINT', between(3, 5), { unit: '件' }),
  clause('24', 'attitude', 'ATT-TABOO', fixed(1)),
  // 着装仪容
  clause('25', 'appearance', 'APP-DRESS', fixed(0.5), { cap: 3 }),
  clause('26', 'appearance', 'APP-BADGE', fixed(1), { cap: 3 }),
  clause('27', 'appearance', 'APP-GROOM', fixed(0.5), { cap: 3 }),
  // 环境卫生
  clause('28', 'environment', 'ENV-CLEAN', between(0.5, 5)),
  clause('29', 'environment', 'ENV-ITEM', fixed(0.5)),
  clause('30', 'environment', 'ENV-EQUIP', fixed(1)),
  clause('31', 'environment', 'ENV-SELF', fixed(1)),
  clause('32', 'environment', 'ENV-SELF', fixed(3), {
    title: '自助设备故障超过24小时未处理',
    severity: 'evident',
  }),
  clause('33', 'environment', 'ENV-FACIL', each(0.2), { unit: '项' }),
  // 业务规范
  clause('34', 'business', 'BIZ-DELAY', each(1), { unit: '工作日' }),
  clause('35', 'business', 'BIZ-REJECT', each(2), { unit: '件' }),
  clause('36', 'business', 'BIZ-ENTRY', each(1), { unit: '件' }),
  clause('37', 'business', 'BIZ-ERROR', between(1.5, 5), { unit: '件' }),
  clause('38', 'business', 'BIZ-FEE', between(3, 10)),
  clause('39', 'business', 'BIZ-ARCH', each(0.5), { unit: '件' }),
  clause('40', 'business', 'BIZ-ARCH', fixed(4), { title: '档案资料遗失、毁损', severity: 'evident' }),
  clause('41', 'business', 'BIZ-GUIDE', each(1), { unit: '项' }),
  clause('42', 'business', 'BIZ-RUNOUT', each(5), { unit: '项' }),
  clause('43', 'business', 'BIZ-MAIL', each(1), { unit: '件' }),
  clause('44', 'business', 'BIZ-STAT', fixed(2)),
  clause('45', 'business', 'BIZ-STAFF', between(2, 3)),
  // 协作配合
  clause('46', 'cooperation', 'COP-JOINT', fixed(2), { title: '联审会迟到' }),
  clause('47', 'cooperation', 'COP-JOINT', fixed(5), { title: '联审会缺席', severity: 'evident' }),
  clause('48', 'cooperation', 'COP-REPLY', fixed(1)),
  clause('49', 'cooperation', 'COP-LEAD', between(2, 3)),
  clause('50', 'cooperation', 'COP-HOTLINE', fixed(1), { unit: '件' }),
];

const written: RuleBookInput = {
  id: 'reference-hall',
  title: '窗口工作人员遵规守纪月度百分考核办法',
  frames: {
    staff: {
      base: points(100),
      floor: 'category',
      bonusCap: points(5),
      ceiling: points(105),
      categories: [
        { code: 'discipline', title: '工作纪律', full: points(30) },
        { code: 'attitude', title: '服务态度', full: points(20) },
        { code: 'appearance', title: '着装仪容', full: points(10) },
        { code: 'environment', title: '环境卫生', full: points(10) },
        { code: 'business', title: '业务规范', full: points(20) },
        { code: 'cooperation', title: '协作配合', full: points(10) },
      ],
      // RB10
      grades: [
        { name: '优秀', from: points(90) },
        { name: '合格', from: points(75), to: points(90) },
        { name: '不合格', to: points(75) },
      ],
    },
  },
  clauses,
  bonuses: [
    {
      code: 'J1',
      title: '上门服务、节假日服务、特事特办',
      type: 'BON-VISIT',
      price: between(1, 3),
      unit: '次',
    },
    {
      code: 'J2',
      title: '表扬信、锦旗、感谢信',
      type: 'BON-PRAISE',
      price: each(1),
      unit: '件',
      capPerMonth: points(3),
    },
    { code: 'J3', title: '媒体正面报道', type: 'BON-MEDIA', price: between(1, 3), unit: '篇' },
    {
      code: 'J4',
      title: '当月全勤',
      type: 'BON-ATTEND',
      price: fixed(1),
      unit: '月',
      capPerMonth: points(1),
    },
    { code: 'J5', title: '服务创新、金点子采纳', type: 'BON-INNO', price: between(1, 3), unit: '项' },
    {
      code: 'J6',
      title: '延时服务',
      type: 'BON-DELAY',
      price: each(0.2),
      unit: '次',
      capPerMonth: points(2),
    },
    {
      code: 'J7',
      title: '信息报送采用',
      type: 'BON-INFO',
      price: each(0.5),
      unit: '篇',
      capPerMonth: points(2),
    },
    {
      code: 'J8',
      title: '好评率高、无差评',
      type: 'BON-EVAL',
      price: fixed(1),
      unit: '月',
      capPerMonth: points(1),
    },
    // No figure was printed for these two: as little as for staying on, and capped.
    {
      code: 'J9',
      title: '帮办代办、导办服务',
      type: 'BON-HELP',
      price: each(0.2),
      unit: '次',
      capPerMonth: points(2),
    },
    {
      code: 'J10',
      title: '培训学习、业务比武',
      type: 'BON-STUDY',
      price: each(0.5),
      unit: '次',
      capPerMonth: points(1),
    },
  ],
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
      // 明显次数较多: the paper names no figure; every third one of a quarter.
      code: 'section',
      when: {
        severity: ['evident'],
        times: { atLeast: 3, within: 'quarter', again: true },
        subject: 'person',
      },
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
      code: 'monthly',
      when: { severity: all, times: { atLeast: 3 }, subject: 'department' },
      measure: 'letter',
    },
    {
      // 持续偏多: three months one after the other …
      code: 'lasting',
      when: { severity: all, times: { atLeast: 3, monthsInARow: 3 }, subject: 'department' },
      measure: 'letterWithEvidence',
      insteadOf: ['monthly'],
    },
    {
      // … or eight person-times within half a year.
      code: 'halfyear',
      when: { severity: all, times: { atLeast: 8, within: 'halfYear' }, subject: 'department' },
      measure: 'letterWithEvidence',
      insteadOf: ['monthly', 'lasting'],
    },
  ],
  awards: [
    {
      code: 'star',
      kind: 'star',
      title: '服务之星',
      cadence: 'month',
      quota: 15,
      atMost: [{ per: 'department', number: 2 }],
      eligible: {
        scoreAtLeast: points(95),
        atMost: { minor: 2, evident: 0, serious: 0 },
        daysOnPostAtLeast: 10,
      },
      criteria: [
        { by: 'nominated' },
        { by: 'casesHandled' },
        { by: 'goodRating' },
        { by: 'praise' },
        { by: 'notAwardedWithin', months: 3 },
        { by: 'score' },
      ],
      tie: 'draw',
    },
  ],
  settings: { complaint: {} },
};

/** The default rule book, all settings at their defaults. */
export const referenceHall: RuleBook = ruleBook.parse(written);
