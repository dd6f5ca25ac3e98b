// What happens at the demonstration centre in the first half of 2026: the findings with what becomes of them, the talks,
// the stars. Facts only, made from the roster and a fixed seed; when and by whom each step is taken is half-year-plan.ts.
// The figures are the reference hall's: 72 person-times in half a year, 11 departments written to, 15 stars a month.
import { type Calendar, workdaysOf } from '../shared/calendar.ts';
import type { NoticeWay, Source } from '../shared/case.ts';
import type { Severity } from '../shared/catalog.ts';
import { calendarOf, type Registry, type StaffMember, windowsOf } from '../shared/people.ts';
import type { Result } from '../shared/problems.ts';
import type { TalkKind } from '../shared/talk.ts';
import { type Day, type Instant, instantAt, type Month } from '../shared/time.ts';
import { numbersFrom } from './demo-centre.ts';
import { departments } from './demo-names.ts';

export const months: readonly Month[] = ['2026-01', '2026-02', '2026-03', '2026-04', '2026-05', '2026-06'];

/** For what cannot fail with the demonstration centre's own calendar and roster. */
export const sure = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(`the demonstration centre cannot: ${JSON.stringify(result.problem)}`);
  return result.value;
};

/** A file that comes with a finding: a photo, or a clip large enough to travel in parts. */
export type FileKind = 'photo' | 'clip' | 'scan';

export interface Incident {
  /** `market-2026-02-1`: names it in the plan. */
  key: string;
  month: Month;
  at: Instant;
  source: Source;
  reporter: string;
  window: string;
  grid: string;
  department: string;
  /** Empty: nobody in person answers for it (起). */
  persons: string[];
  /** Reported as 人员待核 and identified before it was verified. */
  unidentified: boolean;
  violation: string;
  clause: string;
  severity: Severity;
  minutes?: number;
  /** Hundredths, where the clause leaves a range. */
  points?: number;
  fate: 'counts' | 'dismissed' | 'settled' | 'merged' | 'transferred';
  /** The main finding this one is merged into. */
  into?: string;
  way: NoticeWay;
  heard: 'noObjection' | 'answered' | 'silent';
  review?: 'upheld' | 'reduced' | 'overturned';
  /** finding: reported after its month was frozen. review: decided after its month was frozen. */
  late?: 'finding' | 'review';
  files: FileKind[];
}

export interface PlannedTalk {
  month: Month;
  kind: TalkKind;
  person: string;
  end: 'tablet' | 'paper' | 'refused' | 'withdrawn';
}

export interface Stars {
  month: Month;
  /** In the order of the meeting: fifteen and three in reserve. The fifteen brought praise. */
  list: string[];
  reserve: string[];
  objection?: { about: string; outcome: 'upheld' | 'dismissed' };
}

export interface HalfYearFacts {
  incidents: Incident[];
  talks: PlannedTalk[];
  stars: Stars[];
}

interface Extra {
  day?: Day;
  source?: Source;
  review?: Incident['review'];
  late?: Incident['late'];
  files?: FileKind[];
  /** Others who report the same incident. */
  seenBy?: Source[];
  violation?: Kind;
  fate?: Incident['fate'];
  heard?: Incident['heard'];
  unidentified?: boolean;
}
/** Whose fault, by place in the department's roster; two are two person-times, none is an incident without a person. */
type Row = readonly [who: readonly number[], severity: Severity, extra?: Extra];
interface Heap {
  month: Month;
  word: string;
  rows: readonly Row[];
}
/** `[violation, clause, minutes or points where the clause asks]` */
type Kind = readonly [violation: string, clause: string, more?: { minutes?: number; points?: number }];

const kinds: Record<Severity, readonly Kind[]> = {
  minor: [
    ['DIS-PHONE', '10'],
    ['APP-BADGE', '26'],
    ['DIS-LATE', '1'],
    ['APP-DRESS', '25'],
    ['DIS-NOISE', '13'],
    ['ENV-ITEM', '29'],
  ],
  evident: [
    ['DIS-OFFPOST', '4', { minutes: 20 }],
    ['DIS-IDLE', '11'],
    ['ATT-REFUSE', '21'],
    ['DIS-OFFPOST', '4', { minutes: 45 }],
    ['ATT-ONEGO', '22'],
    ['ATT-RUDE', '19'],
    ['BIZ-REJECT', '35'],
    ['DIS-LEAVE', '8'],
  ],
  serious: [
    ['ATT-ARGUE', '20'],
    ['DIS-ABSENT', '6'],
  ],
};
const selfService: Kind = ['ENV-SELF', '31'];
const fee: Kind = ['BIZ-FEE', '38', { points: 500 }];
const bribe: Kind = ['INT-BRIBE', '0'];

/**
 * Departments that are written to, month by month: three person-times in one month ask for a letter; the market
 * bureau's third such month, its ninth person-time, asks for one with audio and video; the tax bureau's single serious
 * one falls into the campaign. Some people come back three times in a quarter: then the section head talks to them.
 */
const heaps: readonly Heap[] = [
  {
    month: '2026-01',
    word: 'housing',
    rows: [
      [[0], 'evident', { seenBy: ['video'], files: ['photo'] }],
      [[1], 'evident'],
      [[2], 'minor'],
    ],
  },
  {
    month: '2026-01',
    word: 'integrated',
    rows: [
      [[0], 'evident'],
      [[0], 'evident', { review: 'upheld' }],
      [[0], 'evident', { files: ['photo'] }],
      [[3], 'serious'],
    ],
  },
  {
    month: '2026-02',
    word: 'market',
    rows: [
      [[0], 'evident', { files: ['photo'] }],
      [[1], 'evident'],
      [[2], 'minor'],
    ],
  },
  {
    month: '2026-02',
    word: 'social',
    rows: [
      [[0], 'evident', { review: 'upheld' }],
      [[1], 'evident', { day: '2026-02-25', review: 'reduced', late: 'review' }],
      [[2], 'minor', { files: ['photo'] }],
    ],
  },
  {
    month: '2026-03',
    word: 'market',
    rows: [
      [[0], 'evident', { seenBy: ['video', 'thirdParty'], files: ['photo'] }],
      [[0], 'evident'],
      [[3], 'evident', { unidentified: true }],
    ],
  },
  {
    month: '2026-03',
    word: 'security',
    rows: [
      [[0], 'evident', { review: 'reduced' }],
      [[1], 'minor'],
      [[2], 'minor', { files: ['photo'] }],
    ],
  },
  // Its talk is held and falls with the case.
  {
    month: '2026-03',
    word: 'commerce',
    rows: [[[0], 'serious', { day: '2026-03-03', review: 'overturned', heard: 'answered' }]],
  },
  {
    month: '2026-04',
    word: 'market',
    rows: [
      [[1], 'evident', { source: 'video', files: ['clip'], heard: 'noObjection' }],
      [[4], 'evident', { source: 'patrol', files: ['photo', 'photo'] }],
      [[5], 'evident'],
    ],
  },
  {
    month: '2026-04',
    word: 'tax',
    rows: [[[0], 'serious', { day: '2026-04-21', violation: fee, source: 'complaint' }]],
  },
  {
    month: '2026-04',
    word: 'resources',
    rows: [
      [[0], 'evident', { review: 'upheld', seenBy: ['complaint'] }],
      [[1, 2], 'evident', { violation: ['DIS-IDLE', '11'] }],
    ],
  },
  { month: '2026-04', word: 'medical', rows: [[[0], 'evident']] },
  {
    month: '2026-05',
    word: 'medical',
    rows: [
      [[0], 'evident', { files: ['photo'] }],
      [[0], 'evident'],
      [[1], 'minor'],
    ],
  },
  {
    month: '2026-05',
    word: 'power',
    rows: [
      [[0], 'evident', { review: 'reduced' }],
      [[1], 'evident'],
      [[2], 'minor', { unidentified: true }],
    ],
  },
  { month: '2026-05', word: 'transport', rows: [[[0], 'evident']] },
  {
    month: '2026-06',
    word: 'transport',
    rows: [
      [[0], 'evident', { files: ['photo'] }],
      [[0], 'evident'],
      [[1], 'serious'],
    ],
  },
  {
    month: '2026-06',
    word: 'realestate',
    rows: [
      [[0], 'evident', { seenBy: ['video'] }],
      [[1], 'evident', { review: 'upheld' }],
      [[2], 'minor', { files: ['photo'] }],
    ],
  },
  { month: '2026-01', word: 'education', rows: [[[2], 'evident', { review: 'overturned' }]] },
  { month: '2026-05', word: 'ecology', rows: [[[2], 'evident', { review: 'overturned' }]] },
  // Environment and equipment: nobody in person, counted as 起.
  { month: '2026-02', word: 'centre', rows: [[[], 'minor', { violation: selfService }]] },
  { month: '2026-04', word: 'urban', rows: [[[], 'minor', { violation: selfService }]] },
  { month: '2026-06', word: 'fund', rows: [[[], 'minor', { violation: selfService }]] },
  {
    month: '2026-05',
    word: 'finance',
    rows: [[[0], 'serious', { violation: bribe, fate: 'transferred', source: 'complaint' }]],
  },
];

/** Departments in which now and then a single person is found, never enough for a letter. */
const quiet = [
  ...['civil', 'health', 'culture', 'development', 'finance', 'industry', 'science', 'education', 'water'],
  ...[
    'agriculture',
    'justice',
    'emergency',
    'ecology',
    'forestry',
    'commerce',
    'statistics',
    'veterans',
    'urban',
  ],
  ...[
    'fire',
    'disabled',
    'fund',
    'customs',
    'tobacco',
    'archives',
    'weather',
    'waterworks',
    'gas',
    'guide',
    'centre',
  ],
];
/** How many such findings each month: with the heaps 11, 10, 13, 14, 13 and 11 person-times. */
const singles = [4, 4, 7, 6, 6, 5] as const;
const settledOnSpot = [3, 3, 3, 3, 3, 3] as const;
const dismissed = [2, 2, 3, 3, 2, 2] as const;

const singleHeaps = (): Heap[] => {
  const heap = (nth: number, month: Month, row: Row): Heap => ({
    month,
    word: quiet[nth % quiet.length] ?? 'centre',
    rows: [row],
  });
  let nth = 0;
  const all: Heap[] = [];
  months.forEach((month, at) => {
    for (let one = 0; one < (singles[at] ?? 0); one += 1, nth += 1)
      all.push(
        heap(nth, month, [
          [nth < quiet.length ? 0 : 1],
          nth % 5 < 3 ? 'minor' : 'evident',
          month === '2026-03' && one === 6 ? { day: '2026-03-24', source: 'video', late: 'finding' } : {},
        ]),
      );
    // Others than the month's own: no department comes near three.
    for (let one = 0; one < (settledOnSpot[at] ?? 0); one += 1)
      all.push(heap(nth + 4 + one, month, [[1], 'minor', { fate: 'settled', source: 'patrol' }]));
    for (let one = 0; one < (dismissed[at] ?? 0); one += 1)
      all.push(
        heap(nth + 10 + one, month, [[1], one % 2 === 0 ? 'evident' : 'minor', { fate: 'dismissed' }]),
      );
  });
  return all;
};

/** Talks the ladder asks for, and how each ends. */
const talkRows: readonly (readonly [
  month: Month,
  word: string,
  who: number,
  kind: TalkKind,
  end: PlannedTalk['end'],
])[] = [
  ['2026-01', 'integrated', 0, 'section', 'paper'],
  ['2026-01', 'integrated', 3, 'director', 'paper'],
  ['2026-03', 'market', 0, 'section', 'tablet'],
  ['2026-03', 'commerce', 0, 'director', 'withdrawn'],
  ['2026-04', 'tax', 0, 'director', 'tablet'],
  ['2026-05', 'medical', 0, 'section', 'refused'],
  ['2026-06', 'transport', 0, 'section', 'tablet'],
  ['2026-06', 'transport', 1, 'director', 'tablet'],
];

const reporters: Record<Source, string> = {
  patrol: 'xun',
  video: 'shi',
  thirdParty: 'san',
  complaint: 'ban',
  hotline: 'ban-2',
  rating: 'ban-2',
  machine: 'shi',
  import: 'ban-2',
};
const usualSources: readonly Source[] = [
  'patrol',
  'video',
  'patrol',
  'complaint',
  'patrol',
  'thirdParty',
  'video',
];
const ways: readonly NoticeWay[] = [
  'opened',
  'tablet',
  'paper',
  'representative',
  'opened',
  'refused',
  'opened',
];
const hearings: readonly Incident['heard'][] = [
  'noObjection',
  'noObjection',
  'answered',
  'silent',
  'noObjection',
];

const shuffled = <T>(list: readonly T[], number: (below: number) => number): T[] => {
  const left = [...list];
  return list.flatMap(() => left.splice(number(left.length), 1));
};

const rosterOf = (registry: Registry): Map<string, StaffMember[]> => {
  const rosters = new Map<string, StaffMember[]>();
  for (const person of registry.of.staff.values())
    if (person.post === 'window')
      rosters.set(person.department, [...(rosters.get(person.department) ?? []), person]);
  return rosters;
};

/** Patrol inspectors share the halls: the first walks the city hall, the second the science-city hall. */
const patrolOf = (grid: string): string => (grid === 'grid-a' || grid === 'grid-b' ? 'xun' : 'xun-2');
export const inspectorOf = patrolOf;

/** Working days of a month on which something is found: early enough to be heard before the sums. */
const findingDays = (calendar: Calendar, month: Month): Day[] =>
  sure(workdaysOf(calendar, month)).filter((day) => day.slice(8) >= '05' && day.slice(8) <= '25');

const incidentsOf = (registry: Registry): Incident[] => {
  const number = numbersFrom(72);
  const rosters = rosterOf(registry);
  const calendar = calendarOf(registry);
  const days = new Map(months.map((month) => [month, shuffled(findingDays(calendar, month), number)]));
  const all: Incident[] = [];
  for (const { month, word, rows } of [...heaps, ...singleHeaps()])
    rows.forEach(([who, severity, extra = {}]) => {
      const nth = all.length;
      const department = `department-${word}`;
      const roster = rosters.get(department) ?? [];
      const persons = who.flatMap((at) => roster[at % roster.length]?.id ?? []);
      const day = extra.day ?? days.get(month)?.[nth % (days.get(month)?.length ?? 1)] ?? `${month}-12`;
      const [violation, clause, more] = extra.violation ?? pick(kinds[severity], nth);
      const window = windowOf(registry, department, persons[0], day);
      const grid = registry.of.window.get(window)?.grid ?? '';
      const source = extra.source ?? pick(usualSources, nth);
      const way = wayOf(registry, persons, pick(ways, nth));
      const minutes = nth % 2 === 0 ? 550 + number(130) : 820 + number(180);
      const one: Incident = {
        key: `${word}-${month}-${nth + 1}`,
        month,
        at: instantAt(day, clock(minutes)),
        source,
        reporter: source === 'patrol' ? patrolOf(grid) : reporters[source],
        window,
        grid,
        department,
        persons,
        unidentified: extra.unidentified ?? false,
        violation,
        clause,
        severity,
        ...more,
        fate: extra.fate ?? 'counts',
        way,
        heard: extra.heard ?? (way === 'refused' ? 'silent' : pick(hearings, nth)),
        ...(extra.review === undefined ? {} : { review: extra.review, heard: 'answered' as const }),
        ...(extra.late === undefined ? {} : { late: extra.late }),
        files: extra.files ?? [],
      };
      // The grid leader of the first hall's second grid walks too; then somebody else verifies.
      all.push(
        word === 'culture' && one.fate === 'counts' ? { ...one, source: 'patrol', reporter: 'ge-2' } : one,
      );
      for (const [at, again] of (extra.seenBy ?? []).entries())
        all.push({
          ...one,
          key: `${one.key}-${again.toLowerCase()}`,
          at: instantAt(day, clock(minutes + 2 + at * 3)),
          source: again,
          reporter: reporters[again],
          unidentified: false,
          fate: 'merged',
          into: one.key,
          files: [],
        });
    });
  return all;
};

const pick = <T>(list: readonly T[], nth: number): T => {
  const found = list[nth % list.length];
  if (found === undefined) throw new Error('picked from nothing');
  return found;
};

const clock = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

const windowOf = (registry: Registry, department: string, person: string | undefined, day: Day): string => {
  const own = person === undefined ? [] : windowsOf(registry, person, day);
  const any = [...registry.of.window.values()].find((window) => window.department === department);
  return own[0] ?? any?.id ?? '';
};

/** Only one person with an account opens a notice alone. */
const wayOf = (registry: Registry, persons: readonly string[], way: NoticeWay): NoticeWay => {
  const [person, other] = persons;
  const alone = person !== undefined && other === undefined;
  if (!alone) return 'paper';
  return way === 'opened' && !registry.of.account.has(person) ? 'tablet' : way;
};

/** Eighteen a month from nine departments or more, two from one at most, nobody who was found that month. */
const starsOf = (registry: Registry, incidents: readonly Incident[]): Stars[] => {
  const rosters = rosterOf(registry);
  const words = departments.map(([word]) => word);
  return months.map((month, nth): Stars => {
    const found = new Set(incidents.filter((one) => one.month === month).flatMap((one) => one.persons));
    const named: string[] = [];
    for (let at = 0; named.length < 18 && at < words.length; at += 1) {
      const roster = rosters.get(`department-${words[(nth * 13 + at * 3) % words.length]}`) ?? [];
      const free = roster.filter((person) => !found.has(person.id));
      const first = (nth * 2) % Math.max(1, free.length);
      for (const person of [...free.slice(first), ...free.slice(0, first)].slice(0, 2))
        if (named.length < 18) named.push(person.id);
    }
    const list = named.slice(0, 15);
    const about = list[4] ?? '';
    return {
      month,
      list,
      reserve: named.slice(15),
      ...(month === '2026-03' ? { objection: { about, outcome: 'dismissed' as const } } : {}),
      ...(month === '2026-05' ? { objection: { about, outcome: 'upheld' as const } } : {}),
    };
  });
};

/** The whole story's facts, from the demonstration centre's registry. */
export const halfYearFacts = (registry: Registry): HalfYearFacts => {
  const incidents = incidentsOf(registry);
  const rosters = rosterOf(registry);
  return {
    incidents,
    talks: talkRows.map(([month, word, who, kind, end]) => ({
      month,
      kind,
      person: rosters.get(`department-${word}`)?.[who]?.id ?? '',
      end,
    })),
    stars: starsOf(registry, incidents),
  };
};
