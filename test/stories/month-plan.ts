// A month with everything in it at once, planned as plain facts: 60 windows and people, 200 findings, 60 leaves, 30 covers,
// 8 moves, one merger, one absent director. Knows nothing of how the house counts; the story plays it and counts again.
import { calendarYears } from '../../shared/calendar-years.ts';
import type { RegistryEntry } from '../../shared/people.ts';
import type { RuleBookInput } from '../../shared/rulebook.ts';
import { centreEntry } from '../cast.ts';

export const month = '2026-11';
export const centre = 'november';
const from = '2026-01-01';
const two = (n: number): string => String(n).padStart(2, '0');

/** November 2026 has no holiday: Monday the 2nd to Monday the 30th. */
export const workdays = Array.from({ length: 30 }, (_, at) => `${month}-${two(at + 1)}`).filter((day) => {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  return weekday !== 0 && weekday !== 6;
});
const dayAt = (nth: number): string => workdays[nth % workdays.length] ?? '';
/** A clock time of the hall as an instant. */
export const at = (day: string, time: string): string =>
  new Date(`${day}T${time}:00.000+08:00`).toISOString();

export const staffAt = (nth: number): string => `s-${two(nth % 60)}`;
export const windowAt = (nth: number): string => `w-${two(nth % 60)}`;
export const firstDepartment = (window: number): string => `d-${two(window % 12)}`;
export const gridAt = (window: number): string => `g-${window % 4}`;

const office = {
  'n-xun': '巡甲',
  'n-shi': '视乙',
  'n-ban': '办丙',
  'n-ke': '科丁',
  'n-kang': '科戊',
  'n-chu': '处己',
  'n-fu': '副庚',
  'n-guan': '管辛',
  'n-ge-0': '格壬',
  'n-ge-1': '格癸',
  'n-ge-2': '格子',
  'n-ge-3': '格丑',
} as const;
const roles = [
  ['n-xun', 'inspector'],
  ['n-shi', 'videoSupervisor'],
  ['n-ban', 'clerk'],
  ['n-ke', 'sectionHead'],
  ['n-kang', 'sectionHead'],
  ['n-chu', 'director'],
  ['n-guan', 'admin'],
] as const;

/** People move on the 16th; the last department is merged into the one before it on the 20th. */
export const moveDay = '2026-11-16';
export const mergeDay = '2026-11-20';
export const merged = 'd-11';
export const heir = 'd-10';
/** Eight people change window and department: 50 → 40, 51 → 41 … */
export const moves = Array.from({ length: 8 }, (_, nth) => ({
  person: staffAt(50 + nth),
  before: 50 + nth,
  after: 40 + nth,
}));

export const entries: RegistryEntry[] = [
  { ...centreEntry, id: centre, name: '十一月政务服务中心' },
  { kind: 'hall', id: 'h-1', name: '一厅', from },
  { kind: 'hall', id: 'h-2', name: '二厅', from },
  ...[0, 1, 2, 3].map(
    (n): RegistryEntry => ({
      ...{ kind: 'grid', id: `g-${n}`, name: `第${n + 1}网格`, hall: n < 2 ? 'h-1' : 'h-2', from },
    }),
  ),
  { kind: 'department', id: 'd-centre', name: '政务中心', employer: 'centre', from },
  { kind: 'department', id: 'd-firm', name: '安保公司', employer: 'contractor', from },
  ...Array.from(
    { length: 12 },
    (_, n): RegistryEntry => ({
      ...{ kind: 'department', id: `d-${two(n)}`, name: `第${n + 1}局`, employer: 'resident', from },
    }),
  ),
  {
    ...{ kind: 'area', id: 'a-1', name: '等候区', grid: 'g-0', from },
    responsible: [
      { department: 'd-00', part: '东侧' },
      { department: 'd-01', part: '西侧' },
    ],
  },
  ...Object.entries(office).flatMap(([id, name]): RegistryEntry[] => [
    { kind: 'staff', id, name, department: 'd-centre', post: 'office', from },
    { kind: 'account', id, issuer: 'https://issuer.example', subject: id, person: id, from },
  ]),
  ...roles.map(([person, role]): RegistryEntry => ({ kind: 'grant', id: `${person}-r`, person, role, from })),
  ...[0, 1, 2, 3].map(
    (n): RegistryEntry => ({
      ...{ kind: 'grant', id: `n-ge-${n}-r`, person: `n-ge-${n}`, role: 'gridLeader', grid: `g-${n}`, from },
    }),
  ),
  ...Array.from({ length: 60 }, (_, n): RegistryEntry[] => [
    {
      ...{ kind: 'window', id: windowAt(n), number: `W${two(n)}`, name: `${two(n)}号窗口`, from },
      ...{ grid: gridAt(n), department: firstDepartment(n) },
    },
    {
      ...{ kind: 'staff', id: staffAt(n), name: `员工${two(n)}`, department: firstDepartment(n), from },
      post: 'window',
    },
    { kind: 'assignment', id: `${staffAt(n)}-seat`, staff: staffAt(n), window: windowAt(n), from },
  ]).flat(),
  ...calendarYears
    .filter(({ year }) => year === 2026)
    .map((year): RegistryEntry => ({ kind: 'calendar', id: 'calendar-2026', year })),
];

const rung = (atLeast: number, again: boolean) => ({ atLeast, again });
export const book: RuleBookInput = {
  id: 'november',
  title: '十一月考核办法',
  frames: {
    staff: {
      base: 10_000,
      categories: [
        { code: 'discipline', title: '工作纪律' },
        { code: 'service', title: '服务质量' },
      ],
      floor: 'total',
      grades: [],
      proration: 'days',
    },
  },
  clauses: [
    {
      ...{ code: 'late', category: 'discipline', title: '迟到', types: ['DIS-LATE'], family: 'presence' },
      ...{ price: { kind: 'fixed', points: 50 }, unit: '次', severity: 'minor' },
    },
    {
      ...{ code: 'phone', category: 'discipline', title: '看手机', types: ['DIS-PHONE'], family: 'conduct' },
      ...{ price: { kind: 'fixed', points: 100 }, unit: '次', severity: 'evident', capPerMonth: 150 },
    },
    {
      ...{ code: 'off', category: 'discipline', title: '离岗', types: ['DIS-OFFPOST'], family: 'presence' },
      ...{ price: { kind: 'range', from: 100, to: 500 }, unit: '次', severity: 'evident' },
    },
    {
      ...{ code: 'delay', category: 'service', title: '超时', types: ['BIZ-DELAY'], family: 'handling' },
      ...{ price: { kind: 'perQuantity', points: 100 }, unit: '件', severity: 'evident' },
    },
    {
      ...{ code: 'argue', category: 'service', title: '争吵', types: ['ATT-ARGUE'], family: 'attitude' },
      ...{ price: { kind: 'fixed', points: 300 }, unit: '次', severity: 'serious' },
    },
    {
      ...{ code: 'tidy', category: 'discipline', title: '不洁', types: ['ENV-CLEAN'], family: 'tidiness' },
      ...{ price: { kind: 'none' }, unit: '处', severity: 'minor' },
    },
  ],
  bonuses: [
    { code: 'J', title: '表扬信', type: 'BON-PRAISE', price: { kind: 'fixed', points: 200 }, unit: '次' },
  ],
  ladder: [
    {
      code: 'remind',
      when: { severity: ['minor'], times: rung(1, true), subject: 'person' },
      measure: 'remind',
    },
    {
      code: 'deduct',
      when: { severity: ['evident', 'serious'], times: rung(1, true), subject: 'person' },
      measure: 'deduct',
    },
    {
      code: 'section',
      when: { severity: ['evident'], times: rung(3, true), subject: 'person' },
      measure: 'sectionTalk',
    },
    {
      code: 'director',
      when: { severity: ['serious'], times: rung(1, true), subject: 'person' },
      measure: 'directorTalk',
    },
    {
      code: 'letter',
      when: { severity: ['evident', 'serious'], times: rung(9, false), subject: 'department' },
      measure: 'letter',
    },
    {
      code: 'clips',
      when: {
        severity: ['minor', 'evident', 'serious'],
        times: { atLeast: 14, unit: 'incidents' },
        subject: 'department',
      },
      measure: 'letterWithEvidence',
    },
  ],
  awards: [],
};

/** What becomes of a finding. `review` is asked for and decided after the notice. */
export type End =
  | 'counts'
  | 'settled'
  | 'dismissed'
  | 'merged'
  | 'excused'
  | 'withdrawn'
  | 'sealed'
  | 'rectified';

export interface Planned {
  nth: number;
  day: string;
  /** Number of the window; absent where it happened at none. */
  window?: number;
  subject: 'persons' | 'window' | 'department' | 'area' | 'contractor';
  persons: string[];
  /** Nobody knew the name at first. */
  unidentified?: true | undefined;
  violation: string;
  clause: string;
  severity: 'minor' | 'evident' | 'serious';
  quantity: number;
  chosen?: number;
  end: End;
  /** Silent: nobody answers, and the night settles it. Batch: confirmed together with others. */
  silent?: true;
  batch?: true;
  review?: 'upheld' | 'reduced' | 'overturned';
  /** The grid leader's own finding goes to a section head. */
  byLeader?: true;
}

const clauses = [
  ['DIS-PHONE', 'phone', 'evident'],
  ['DIS-OFFPOST', 'off', 'evident'],
  ['BIZ-DELAY', 'delay', 'evident'],
  ['ATT-ARGUE', 'argue', 'serious'],
] as const;
const reviews = ['upheld', 'overturned'] as const;

const person = (nth: number): Planned => {
  const window = (nth * 7) % 38;
  const [violation, clause, severity] = clauses[(nth * 3 + Math.floor(nth / 20)) % 4] ?? clauses[0];
  const again = nth % 11 === 0 ? reviews[nth % 2] : undefined;
  const review = clause === 'argue' && nth % 3 === 0 ? 'reduced' : again;
  return {
    ...{ nth, day: dayAt(nth * 13), window, subject: 'persons', persons: [staffAt(window)] },
    ...{ violation, clause, severity, quantity: clause === 'delay' ? 1 + (nth % 2) : 1, end: 'counts' },
    ...(clause === 'off' ? { chosen: 100 + (nth % 5) * 50 } : {}),
    ...(review === undefined ? {} : { review }),
    ...(nth % 7 === 3 && review === undefined ? { silent: true } : {}),
    ...(nth % 20 === 5 ? { byLeader: true } : {}),
  };
};
const minor = { violation: 'DIS-LATE', clause: 'late', severity: 'minor', quantity: 1 } as const;
const untidy = { violation: 'ENV-CLEAN', clause: 'tidy', severity: 'minor', quantity: 1 } as const;
const phone = { violation: 'DIS-PHONE', clause: 'phone', severity: 'evident', quantity: 1 } as const;

const plannedAt = (nth: number): Planned => {
  const common = { nth, day: dayAt(nth * 13) };
  const window = (nth * 7) % 38;
  const alone = { window, subject: 'persons' as const, persons: [staffAt(window)] };
  const turn = Math.floor(nth / 20);
  switch (nth % 20) {
    case 8: {
      // Somebody who moves, before and after the day.
      const move = moves[turn % 8];
      const day = dayAt(turn % 2 === 0 ? turn : 11 + turn);
      const seat = day < moveDay ? move?.before : move?.after;
      return {
        ...common,
        ...phone,
        day,
        window: seat ?? 0,
        subject: 'persons',
        persons: [move?.person ?? ''],
        end: 'counts',
      };
    }
    case 10:
    case 11:
    case 12:
      return { ...common, ...alone, ...minor, end: 'settled' };
    case 13:
      return { ...common, ...alone, ...minor, batch: true, end: 'counts' };
    case 14:
      // A window of the department that is merged, now before and now after.
      return {
        ...common,
        ...untidy,
        window: turn % 3 === 0 ? 11 : 47,
        subject: 'window',
        persons: [],
        end: 'counts',
      };
    case 15: {
      // Two people of one department, windows 12 apart.
      const first = nth % 12;
      const persons = [staffAt(first), staffAt(first + 12)];
      return { ...common, ...phone, window: first, subject: 'persons', persons, end: 'counts' };
    }
    case 16:
      return { ...common, ...alone, ...phone, unidentified: true, end: 'counts' };
    case 17:
      return { ...common, ...alone, ...phone, end: turn % 3 === 2 ? 'withdrawn' : 'dismissed' };
    case 18:
      // The camera saw what the patrol reported two findings before.
      return turn % 2 === 0
        ? { ...plannedAt(nth - 2), nth, unidentified: undefined, end: 'merged' }
        : { ...common, ...untidy, subject: 'area', persons: [], end: 'counts' };
    case 19:
      return others(nth, turn, common);
    default:
      return person(nth);
  }
};

const others = (nth: number, turn: number, common: { nth: number; day: string }): Planned => {
  const nobody: Pick<Planned, 'persons' | 'end'> = { persons: [], end: 'counts' };
  switch (turn % 5) {
    case 0:
      return { ...common, ...untidy, ...nobody, subject: 'contractor' };
    case 1:
      return { ...common, ...untidy, ...nobody, subject: 'department' };
    case 2: {
      const window = nth % 38;
      const sealed = { violation: 'INT-BRIBE', clause: 'argue', severity: 'serious', quantity: 1 } as const;
      return { ...common, ...sealed, window, subject: 'persons', persons: [staffAt(window)], end: 'sealed' };
    }
    case 3:
      return { ...common, ...untidy, ...nobody, window: nth % 38, subject: 'window', end: 'rectified' };
    default: {
      // An empty seat whose clerk is on leave for the whole day.
      const leave = leaves[turn % 2 === 0 ? 2 : 5];
      const window = leave?.nth ?? 0;
      const empty = { violation: 'DIS-OFFPOST', clause: 'off', severity: 'evident', quantity: 1 } as const;
      const day = leave?.from ?? '';
      return {
        ...common,
        ...empty,
        day,
        window,
        subject: 'persons',
        persons: [staffAt(window)],
        end: 'excused',
      };
    }
  }
};

export interface PlannedLeave {
  nth: number;
  person: string;
  kind: 'business' | 'personal' | 'sick' | 'annual';
  word: string;
  from: string;
  until: string;
  half?: 'morning' | 'afternoon';
}
const leaveKinds = [
  ['business', '公出'],
  ['personal', '事假'],
  ['sick', '病假'],
  ['annual', '年假'],
] as const;
/** One for everybody: a morning or an afternoon, a day, or two days running. */
export const leaves: PlannedLeave[] = Array.from({ length: 60 }, (_, nth): PlannedLeave => {
  const first = (nth * 3) % 20;
  const [kind, word] = leaveKinds[nth % 4] ?? leaveKinds[0];
  const day = dayAt(first);
  return {
    ...{ nth, person: staffAt(nth), kind, word, from: day, until: nth % 3 === 2 ? dayAt(first + 1) : day },
    ...(nth % 3 === 1 ? { half: nth % 2 === 0 ? 'morning' : 'afternoon' } : {}),
  };
});
/** The first thirty are covered by whoever sits thirty windows on, who is on leave ten working days apart. */
export const covers = leaves.slice(0, 30).map((leave) => ({ leave, deputy: staffAt(leave.nth + 30) }));

/** Days on which somebody is on leave or sits elsewhere: nobody is found absent from a seat then. */
const awayOn = (who: string, day: string): boolean =>
  leaves.some(({ person: on, from: first, until }) => on === who && first <= day && day <= until) ||
  covers.some(({ leave, deputy }) => deputy === who && leave.from <= day && day <= leave.until);
const there = (one: Planned): Planned => {
  const [who] = one.persons;
  if (who === undefined || one.end === 'excused' || one.clause === 'phone') return one;
  const free = [...workdays.slice(workdays.indexOf(one.day)), ...workdays].find((day) => !awayOn(who, day));
  return { ...one, day: free ?? one.day };
};
export const findings: Planned[] = Array.from({ length: 200 }, (_, nth) => there(plannedAt(nth)));
/** Letters of praise: who, and on which day. */
export const praise = Array.from({ length: 8 }, (_, nth) => ({
  person: staffAt(nth * 5),
  day: dayAt(nth * 2),
}));
