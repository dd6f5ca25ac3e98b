// A demonstration centre of the reference scale: two halls, four grids, 40 departments, 120 windows, 268 window staff
// with dated assignments, the office and every department's chief representative and liaison. Made from a fixed seed:
// the same entries on every machine. Knows no table and no door; batches are entered by whoever is handed them.
import { calendarYears } from '../shared/calendar-years.ts';
import type { Centre, Grant, RegistryEntry, Role } from '../shared/people.ts';
import type { Day } from '../shared/time.ts';
import { departments, givenNames, surnames } from './demo-names.ts';

/** Everybody and everything is in service since then; the story plays in the first half of 2026. */
const from: Day = '2025-01-01';
/** The deputy stands in for the leader of grid A while that one is away (委托代理). */
export const deputyDays = { from: '2026-03-02', until: '2026-03-13' } as const;
/** 专项检查期间: the business-environment inspection. */
export const campaignDays = { from: '2026-04-13', until: '2026-05-15' } as const;
/** Some people change their window here, in the middle of the half-year. */
export const movingDay: Day = '2026-04-01';

const centre: Centre = {
  kind: 'centre',
  id: 'demo',
  name: '明川区政务服务中心',
  codeWord: '明政务',
  hours: [
    {
      from: '2024-01-01',
      spans: [
        { from: '09:00', to: '12:00' },
        { from: '13:30', to: '17:30' },
      ],
    },
    // 午间值班: social security and medical insurance are never without somebody at noon.
    ...['department-social', 'department-medical'].map((department) => ({
      from: '2025-03-01',
      spans: [{ from: '09:00', to: '17:30' }],
      scope: { department },
    })),
  ],
  videoLegalBasis:
    '《明川区政务服务中心窗口工作人员管理办法》第二十一条;已于2025年12月书面告知全体窗口人员,告知书存档于督查科',
};

/** The office of the supervision section and the leaders: `[id, name, role, grid]`. */
const office: readonly (readonly [id: string, name: string, role: Role, grid?: string])[] = [
  ['guan', '管维新', 'admin'],
  ['ge-1', '葛向东', 'gridLeader', 'grid-a'],
  ['ge-2', '戈晓岚', 'gridLeader', 'grid-b'],
  ['ge-3', '耿建业', 'gridLeader', 'grid-c'],
  ['ge-4', '盖文君', 'gridLeader', 'grid-d'],
  ['xun', '荀立群', 'inspector'],
  ['xun-2', '寻芳菲', 'inspector'],
  ['shi', '施望川', 'videoSupervisor'],
  ['san', '桑以宁', 'thirdParty'],
  ['ban', '班玉洁', 'clerk'],
  ['ban-2', '卞之恒', 'clerk'],
  ['ke', '柯正平', 'sectionHead'],
  ['ke-2', '康怀远', 'sectionHead'],
  ['chu', '褚长青', 'director'],
  ['zhang', '章鼎新', 'chief'],
  ['ji', '纪守真', 'auditor'],
];

const officeEntries = (id: string, name: string): RegistryEntry[] => [
  { kind: 'staff', id, name, department: 'department-centre', post: 'office', from },
];
const grantOf = (
  person: string,
  role: Role,
  scope: Partial<Pick<Grant, 'grid' | 'department' | 'delegatedBy' | 'until'>> = {},
  since: Day = from,
): RegistryEntry => ({
  kind: 'grant',
  id: `${person}-${role.toLowerCase()}`,
  person,
  role,
  ...scope,
  from: since,
});

/** A small generator of numbers below a bound: the same from the same seed everywhere (mulberry32). */
export const numbersFrom = (seed: number): ((below: number) => number) => {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
};

const gridLetters = ['a', 'b', 'c', 'd'] as const;
const gridNames = ['城区大厅甲区', '城区大厅乙区', '科学城大厅甲区', '科学城大厅乙区'] as const;

interface Desk {
  id: string;
  number: string;
  department: string;
  grid: string;
}

/** A01…A30, B01…: the windows of each grid, department after department. */
const desksOf = (): Desk[] =>
  gridLetters.flatMap((letter, at) =>
    departments
      .flatMap(([word, , windows]) => Array.from({ length: windows[at] ?? 0 }, () => `department-${word}`))
      .map((department, nth): Desk => {
        const number = `${letter}${String(nth + 1).padStart(2, '0')}`;
        return { id: `window-${number}`, number: number.toUpperCase(), department, grid: `grid-${letter}` };
      }),
  );

/** How many people share each window of a grid: 67 a grid, 268 in all. */
const perWindow = [3, 2, 2, 2, 3, 2, 1, 3, 2, 2] as const;
const peopleAt = (nthOfGrid: number): number => (perWindow[nthOfGrid % 10] ?? 2) + (nthOfGrid === 15 ? 1 : 0);

/** Different names for all but these: the nth takes the name of another, as happens in every hall. */
const namesakes = new Map([
  [57, 12],
  [141, 88],
  [230, 31],
]);

const namesOf = (count: number, taken: readonly string[]): string[] => {
  const number = numbersFrom(20_260_101);
  const used = new Set(taken);
  const names: string[] = [];
  while (names.length < count) {
    const double = namesakes.get(names.length);
    const earlier = double === undefined ? undefined : names[double];
    const name = `${surnames[number(surnames.length)]}${givenNames[number(givenNames.length)]}`;
    if (earlier !== undefined) names.push(earlier);
    else if (!used.has(name)) names.push(name);
    else continue;
    used.add(name);
  }
  return names;
};

/** These hold no accounts: notices reach their people on paper, at the tablet or through the chief representative. */
const withoutAccounts = new Set([
  'department-integrated',
  'department-guide',
  'department-security',
  'department-fire',
]);

const account = (issuer: string, person: string): RegistryEntry => ({
  kind: 'account',
  id: person,
  issuer,
  subject: person,
  person,
  from,
});

const sits = (staff: string, window: string, days: { from: Day; until?: Day }): RegistryEntry => ({
  kind: 'assignment',
  id: `${staff}-${window}${days.from === from ? '' : `-${days.from}`}`,
  staff,
  window,
  ...days,
});

/** Window staff in the order of their windows, with where they sit from when on. */
const windowStaff = (desks: readonly Desk[], names: readonly string[], issuer: string): RegistryEntry[] => {
  const seats = desks.flatMap((desk, at) => Array.from({ length: peopleAt(at % 30) }, () => desk));
  return seats.flatMap((desk, at): RegistryEntry[] => {
    const id = `chuang-${String(at + 1).padStart(4, '0')}`;
    const own = desks.filter((one) => one.department === desk.department && one.grid === desk.grid);
    const next = own[(own.indexOf(desk) + 1) % own.length];
    const moves = at % 40 === 8 && next !== undefined && next !== desk;
    const helpsNext = at % 20 === 3 && next !== undefined && next !== desk;
    return [
      { kind: 'staff', id, name: names[at] ?? id, department: desk.department, post: 'window', from },
      sits(id, desk.id, moves ? { from, until: '2026-03-31' } : { from }),
      ...(moves ? [sits(id, next.id, { from: movingDay })] : []),
      ...(helpsNext ? [sits(id, next.id, { from })] : []),
      grantOf(id, 'staff'),
      ...(withoutAccounts.has(desk.department) ? [] : [account(issuer, id)]),
    ];
  });
};

/** Each department's chief representative in the hall (首席代表) and liaison at home (联络员). */
const representatives = (names: readonly string[], issuer: string): RegistryEntry[] =>
  departments.flatMap(([word], at): RegistryEntry[] => {
    const department = `department-${word}`;
    const person = (id: string, name: string | undefined): RegistryEntry => ({
      kind: 'staff',
      id,
      name: name ?? id,
      department,
      post: 'office',
      from,
    });
    return [
      person(`shou-${word}`, names[at * 2]),
      person(`lian-${word}`, names[at * 2 + 1]),
      grantOf(`shou-${word}`, 'chiefRepresentative', { department }),
      grantOf(`lian-${word}`, 'liaison', { department }),
      account(issuer, `shou-${word}`),
      account(issuer, `lian-${word}`),
    ];
  });

/** Under 30 entries at once; their order is kept, so what is referred to comes before or along. */
const batchesOf = (entries: readonly RegistryEntry[]): RegistryEntry[][] =>
  Array.from({ length: Math.ceil(entries.length / 30) }, (_, at) => entries.slice(at * 30, at * 30 + 30));

export interface DemoCentre {
  /** What `centre.found` takes: the centre with its first administrator. */
  founding: { centre: Centre; entries: RegistryEntry[] };
  /** What `registry.enter` takes, one after the other. */
  batches: RegistryEntry[][];
  /** All of it, founding included. */
  entries: RegistryEntry[];
}

/** The demonstration centre with accounts at this issuer; every subject is the person's own id. */
export const demoCentre = (issuer: string): DemoCentre => {
  const officeNames = office.map(([, name]) => name);
  const names = namesOf(268 + departments.length * 2, [...officeNames, '傅代安']);
  const desks = desksOf();
  const resident = departments.map(
    ([word, name, , employer]): RegistryEntry => ({
      kind: 'department',
      id: `department-${word}`,
      name,
      employer,
      from,
    }),
  );
  const [first, ...others] = office;
  if (!first) throw new Error('an office without an administrator');
  const founding: RegistryEntry[] = [
    ...resident.slice(0, 1),
    ...officeEntries(first[0], first[1]),
    grantOf(first[0], first[2]),
    account(issuer, first[0]),
  ];
  const rest: RegistryEntry[] = [
    { kind: 'hall', id: 'hall-city', name: '城区大厅', from },
    { kind: 'hall', id: 'hall-science', name: '科学城大厅', from },
    ...gridLetters.map(
      (letter, at): RegistryEntry => ({
        kind: 'grid',
        id: `grid-${letter}`,
        name: gridNames[at] ?? letter,
        hall: at < 2 ? 'hall-city' : 'hall-science',
        from,
      }),
    ),
    ...calendarYears
      .filter(({ year }) => year >= 2025)
      .map((year): RegistryEntry => ({ kind: 'calendar', id: `calendar-${year.year}`, year })),
    { kind: 'campaign', id: 'campaign-2026', name: '优化营商环境专项检查', ...campaignDays },
    ...resident.slice(1),
    ...desks.map(
      (desk): RegistryEntry => ({
        kind: 'window',
        id: desk.id,
        number: desk.number,
        name: `${desk.number} 号窗口`,
        grid: desk.grid,
        department: desk.department,
        from,
      }),
    ),
    ...others.flatMap(([id, name, role, grid]) => [
      ...officeEntries(id, name),
      grantOf(id, role, grid === undefined ? {} : { grid }),
      account(issuer, id),
    ]),
    ...officeEntries('ge-fu', '傅代安'),
    grantOf(
      'ge-fu',
      'gridLeader',
      { grid: 'grid-a', delegatedBy: 'ge-1', until: deputyDays.until },
      deputyDays.from,
    ),
    account(issuer, 'ge-fu'),
    ...representatives(names.slice(268), issuer),
    ...windowStaff(desks, names.slice(0, 268), issuer),
  ];
  return {
    founding: { centre, entries: founding },
    batches: batchesOf(rest),
    entries: [centre, ...founding, ...rest],
  };
};
