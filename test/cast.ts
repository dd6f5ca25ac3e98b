// The cast of the tests, whose names tell their right, and the small hall they work in: two halls, four grids, three
// departments, six windows, eight window staff. Nobody else's rights or roster are invented in the tests.
import type { Actor } from '../shared/access.ts';
import { calendarYears } from '../shared/calendar-years.ts';
import { calendarOf, type Grant, type RegistryEntry, type Role, registryOf } from '../shared/people.ts';
import type { RuleBook, RuleBookInput } from '../shared/rulebook.ts';
import { checkRuleBook } from '../shared/rulebook-check.ts';

export const centreId = 'mingchuang';
const from = '2026-01-01';

const office = (id: string, name: string): RegistryEntry => ({
  kind: 'staff',
  id,
  name,
  department: 'department-centre',
  post: 'office',
  from,
});
const windowStaff = (id: string, name: string, department: string): RegistryEntry => ({
  kind: 'staff',
  id,
  name,
  department,
  post: 'window',
  from,
});
const sits = (staff: string, window: string): RegistryEntry => ({
  kind: 'assignment',
  id: `${staff}-${window}`,
  staff,
  window,
  from,
});
const may = (person: string, role: Role, scope: Pick<Grant, 'grid' | 'department'> = {}): RegistryEntry => ({
  kind: 'grant',
  id: `${person}-${role.toLowerCase()}`,
  person,
  role,
  ...scope,
  from,
});
const signsIn = (person: string): RegistryEntry => ({
  kind: 'account',
  id: person,
  issuer: 'https://issuer.example',
  subject: person,
  person,
  from,
});

const windowPeople = [
  'chuang',
  ...['staff-0102', 'staff-0103', 'staff-0104', 'staff-0105', 'staff-0106', 'staff-0107', 'staff-0108'],
];
/** Most window staff have no account: the hall runs without. */
const withAccount = [
  ...['xun', 'shi', 'san', 'ge', 'gong', 'ke', 'kang', 'chu', 'zhu', 'ban', 'lian', 'shou', 'ji'],
  ...['guan', 'wai', 'chuang', 'staff-0102'],
];

export const centreEntry = {
  kind: 'centre',
  id: centreId,
  name: '明窗市政务服务中心',
  codeWord: '明政服',
  hours: [
    {
      from: '2024-01-01',
      spans: [
        { from: '09:00', to: '12:00' },
        { from: '13:30', to: '17:30' },
      ],
    },
  ],
  videoLegalBasis: '《明窗市政务服务中心人员管理办法》第十二条,已书面告知全体窗口人员',
} as const satisfies RegistryEntry;

/** Every entry of the small hall; the centre first. */
export const entries: readonly RegistryEntry[] = [
  centreEntry,
  { kind: 'hall', id: 'hall-1', name: '一号大厅', from },
  { kind: 'hall', id: 'hall-2', name: '二号大厅', from },
  { kind: 'grid', id: 'grid-a', name: '甲区', hall: 'hall-1', from },
  { kind: 'grid', id: 'grid-b', name: '乙区', hall: 'hall-1', from },
  { kind: 'grid', id: 'grid-c', name: '丙区', hall: 'hall-2', from },
  { kind: 'grid', id: 'grid-d', name: '丁区', hall: 'hall-2', from },
  { kind: 'department', id: 'department-tax', name: '市税务局', employer: 'resident', from },
  { kind: 'department', id: 'department-social', name: '市人社局', employer: 'resident', from },
  { kind: 'department', id: 'department-centre', name: '市政务服务中心', employer: 'centre', from },
  ...(
    [
      ['window-a01', 'A01', 'grid-a', 'department-tax'],
      ['window-a02', 'A02', 'grid-a', 'department-tax'],
      ['window-b01', 'B01', 'grid-b', 'department-social'],
      ['window-c01', 'C01', 'grid-c', 'department-social'],
      ['window-c02', 'C02', 'grid-c', 'department-tax'],
      ['window-d01', 'D01', 'grid-d', 'department-centre'],
    ] as const
  ).map(
    ([id, number, grid, department]): RegistryEntry => ({
      kind: 'window',
      id,
      number,
      name: `${number} 号窗口`,
      grid,
      department,
      from,
    }),
  ),
  windowStaff('chuang', '庄窗', 'department-tax'),
  windowStaff('staff-0102', '税二', 'department-tax'),
  windowStaff('staff-0103', '税三', 'department-tax'),
  windowStaff('staff-0104', '社四', 'department-social'),
  windowStaff('staff-0105', '社五', 'department-social'),
  windowStaff('staff-0106', '社六', 'department-social'),
  windowStaff('staff-0107', '税七', 'department-tax'),
  windowStaff('staff-0108', '综八', 'department-centre'),
  sits('chuang', 'window-a01'),
  sits('staff-0102', 'window-a01'),
  sits('staff-0103', 'window-a02'),
  sits('staff-0104', 'window-b01'),
  sits('staff-0105', 'window-b01'),
  sits('staff-0106', 'window-c01'),
  sits('staff-0107', 'window-c02'),
  sits('staff-0108', 'window-d01'),
  office('xun', '荀巡'),
  office('shi', '施视'),
  office('san', '桑三'),
  office('ge', '葛格'),
  office('gong', '龚格'),
  office('ke', '柯科'),
  office('kang', '康科'),
  office('chu', '褚处'),
  office('zhu', '朱主'),
  office('ban', '班办'),
  office('lian', '廉联'),
  office('shou', '寿首'),
  office('ji', '季纪'),
  office('guan', '关管'),
  office('wai', '卫外'),
  may('xun', 'inspector'),
  may('shi', 'videoSupervisor'),
  may('san', 'thirdParty'),
  may('ge', 'gridLeader', { grid: 'grid-a' }),
  may('gong', 'gridLeader', { grid: 'grid-b' }),
  may('ke', 'sectionHead'),
  may('kang', 'sectionHead'),
  may('chu', 'director'),
  may('zhu', 'chief'),
  may('ban', 'clerk'),
  may('lian', 'liaison', { department: 'department-tax' }),
  may('shou', 'chiefRepresentative', { department: 'department-tax' }),
  may('ji', 'auditor'),
  may('guan', 'admin'),
  ...windowPeople.map((person) => may(person, 'staff')),
  ...withAccount.map(signsIn),
  ...calendarYears
    .filter((year) => year.year === 2026)
    .map((year): RegistryEntry => ({ kind: 'calendar', id: 'calendar-2026', year })),
];

export const registry = registryOf(1, entries);
export const calendar = calendarOf(registry);

/** Somebody of the registry with all grants; an unknown id has none. */
export const actorOf = (person: string, known = registry): Actor => ({
  person,
  grants: known.grantsByPerson.get(person) ?? [],
  system: false,
  everybody: known.of.grant,
});

/** 巡: patrol inspector. */
export const Xun = actorOf('xun');
/** 视: video supervisor. */
export const Shi = actorOf('shi');
/** 三: third party. */
export const San = actorOf('san');
/** 格: grid leader of grid-a. */
export const Ge = actorOf('ge');
/** A second grid leader, of grid-b. */
export const Gong = actorOf('gong');
/** 科: section head. */
export const Ke = actorOf('ke');
/** A second section head. */
export const Kang = actorOf('kang');
/** 处: director. */
export const Chu = actorOf('chu');
/** 主要领导: chief. */
export const Zhu = actorOf('zhu');
/** 办: clerk of the supervision office. */
export const Ban = actorOf('ban');
/** 联: liaison of the tax bureau. */
export const Lian = actorOf('lian');
/** 首席代表: chief representative of the tax bureau. */
export const Shou = actorOf('shou');
/** 窗: window staff of the tax bureau at window-a01, in grid-a. */
export const Chuang = actorOf('chuang');
/** Sits beside Chuang at window-a01. */
export const Er = actorOf('staff-0102');
/** 纪: auditor. */
export const Ji = actorOf('ji');
/** 管: admin. */
export const Guan = actorOf('guan');
/** 外: on the roster, with no rights at all. */
export const Wai = actorOf('wai');

export const everybody = {
  Xun,
  Shi,
  San,
  Ge,
  Gong,
  Ke,
  Kang,
  Chu,
  Zhu,
  Ban,
  Lian,
  Shou,
  Chuang,
  Er,
  Ji,
  Guan,
  Wai,
} as const satisfies Record<string, Actor>;

/** A small rule book with a price of every kind. */
export const ruleBookInput: RuleBookInput = {
  id: 'small-hall',
  title: '明窗市政务服务中心窗口人员月度考核办法',
  frames: {
    staff: {
      base: 10_000,
      categories: [
        { code: 'discipline', title: '工作纪律' },
        { code: 'service', title: '服务质量' },
      ],
      floor: 'total',
      grades: [
        { name: '合格', from: 8000 },
        { name: '不合格', to: 8000 },
      ],
    },
  },
  clauses: [
    {
      code: '1',
      category: 'discipline',
      title: '迟到早退',
      types: ['DIS-LATE'],
      family: 'presence',
      price: {
        kind: 'bands',
        bands: [
          { from: 0, to: 30, points: 50 },
          { from: 30, points: 100 },
        ],
      },
      unit: '次',
      severity: 'minor',
    },
    {
      code: '2',
      category: 'discipline',
      title: '擅自离岗、脱岗',
      types: ['DIS-OFFPOST'],
      family: 'presence',
      price: { kind: 'range', from: 100, to: 500 },
      unit: '次',
      severity: 'evident',
    },
    {
      code: '3',
      category: 'discipline',
      title: '违规使用手机、玩游戏',
      types: ['DIS-PHONE', 'DIS-IDLE'],
      family: 'conduct',
      price: { kind: 'fixed', points: 100 },
      unit: '次',
      severity: 'minor',
    },
    {
      code: '4',
      category: 'service',
      title: '超承诺时限办理',
      types: ['BIZ-DELAY'],
      family: 'handling',
      price: { kind: 'perQuantity', points: 100 },
      unit: '件',
      severity: 'evident',
    },
    {
      code: '5',
      category: 'service',
      title: '与群众争吵',
      types: ['ATT-ARGUE', 'ATT-RUDE'],
      family: 'attitude',
      price: { kind: 'fixed', points: 300 },
      unit: '次',
      severity: 'serious',
    },
  ],
  bonuses: [
    {
      code: 'J1',
      title: '表扬信、锦旗',
      type: 'BON-PRAISE',
      price: { kind: 'fixed', points: 200 },
      unit: '次',
    },
    {
      code: 'J2',
      title: '上门服务',
      type: 'BON-VISIT',
      price: { kind: 'range', from: 100, to: 300 },
      unit: '次',
    },
    {
      code: 'J3',
      title: '信息采用',
      type: 'BON-INFO',
      price: { kind: 'perQuantity', points: 50 },
      unit: '篇',
    },
  ],
  ladder: [],
  awards: [],
};

const enacted = (input: RuleBookInput): RuleBook => {
  const checked = checkRuleBook(input);
  if (!checked.ok) throw new Error(`the rule book of the cast: ${JSON.stringify(checked.errors)}`);
  return checked.value;
};
export const ruleBook = enacted(ruleBookInput);

/** A Wednesday morning in the middle of the month, 10:00 on the wall. */
export const wednesday = '2026-11-18T02:00:00.000Z';

/** Command ids as devices make them: `commandIdOf(7)`. */
export const commandIdOf = (nth: number): string =>
  `00000000-0000-4000-8000-${nth.toString(16).padStart(12, '0')}`;
