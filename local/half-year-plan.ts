// Who does what when in the demonstration's half-year: the facts of half-year-facts.ts as deeds in order of time. Pure:
// every id follows from the name of the deed that makes it, so the plan knows them before anything is sent. What can
// only be seen on the way (measures, months' letters) is left to the player as a step with its date.
import { derivedCommandId } from '../functions/derived-id.ts';
import { nextWorkdayOnOrAfter, plusWorkingDays, workdaysOf } from '../shared/calendar.ts';
import type { Source } from '../shared/case.ts';
import { violationType } from '../shared/catalog.ts';
import type { ManifestEntry } from '../shared/evidence.ts';
import { newInspectionId, newMonthlyId } from '../shared/ids.ts';
import { calendarOf, type Registry, registryOf, windowsOf } from '../shared/people.ts';
import {
  type Day,
  dayOf,
  type Instant,
  instantAt,
  lastDayOf,
  type Month,
  plusDays,
  plusMinutes,
  plusMonths,
  weekdayOf,
} from '../shared/time.ts';
import { demoCentre, deputyDays } from './demo-centre.ts';
import { demoFile } from './demo-files.ts';
import {
  type FileKind,
  type HalfYearFacts,
  halfYearFacts,
  type Incident,
  inspectorOf,
  months,
  type PlannedTalk,
  type Stars,
  sure,
} from './half-year-facts.ts';

/** Steps of a month's papers, in this order. */
const paperSteps = ['draft', 'check', 'sign', 'seal', 'issue', 'receive', 'answer', 'answerLate'] as const;
export type PaperStep = (typeof paperSteps)[number];
const starSteps = [
  'open',
  'nominate',
  'decide',
  'publish',
  'object',
  'answer',
  'announce',
  'again',
  'end',
] as const;
export type StarStep = (typeof starSteps)[number];

export type TalkStep = 'hold' | 'close' | 'file';

export type Deed = { at: Instant } & (
  | { do: 'post'; by: string; path: string; body: Record<string, unknown> }
  | { do: 'upload'; by: string; record: string; n: number; file: FileKind; name: string }
  | { do: 'talk'; talk: PlannedTalk; step: TalkStep }
  | { do: 'papers'; month: Month; step: PaperStep }
  | { do: 'stars'; stars: Stars; step: StarStep }
  | { do: 'night' }
);

/** The command id of a deed: the same in every run, so that a run that broke off may be repeated. */
export const commandIdOf = (...names: string[]): string => derivedCommandId('demo', 'half-year', ...names);
export const caseIdOf = (one: Pick<Incident, 'key' | 'month'>): string =>
  newMonthlyId('case', one.month, commandIdOf('case', one.key));
const bonusIdOf = (month: Month, key: string): string =>
  newMonthlyId('bonus', month, commandIdOf('bonus', key));

/** What a finding's upload carries; the name gives the bytes. */
const fileOf = (one: Incident, n: number) => {
  const kind = one.files[n - 1] ?? 'photo';
  return demoFile(kind, `${one.key}-${n}`, one.at);
};

type Post = Extract<Deed, { do: 'post' }>;
const post = (at: Instant, by: string, path: string, key: readonly string[], fields: object = {}): Post => ({
  at,
  do: 'post',
  by,
  path: `/api/${path}`,
  body: { commandId: commandIdOf(...key), ...fields },
});

/** Days around a month's end, by its rule book: sums by the 5th, three days for objections, then the freeze. */
interface Closing {
  month: Month;
  sum: Day;
  freeze: Day;
}

interface Plan {
  deeds: Deed[];
  closings: Closing[];
}

/** Registry, facts and plan at once, also for whoever wants to count independently of the platform. */
export const plannedHalfYear = (issuer: string) => {
  const registry = registryOf(1, demoCentre(issuer).entries);
  const facts = halfYearFacts(registry);
  return { registry, facts, plan: halfYearPlan(registry, facts) };
};

/** The whole half-year, until the last star of June is announced. */
const halfYearPlan = (registry: Registry, facts: HalfYearFacts): Plan => {
  const calendar = calendarOf(registry);
  const after = (day: Day, days: number): Day => sure(plusWorkingDays(calendar, day, days));
  const onOrAfter = (day: Day): Day => sure(nextWorkdayOnOrAfter(calendar, day));
  const workdays = (month: Month): Day[] => sure(workdaysOf(calendar, month));

  const closings = months.map((month): Closing => {
    const sum = onOrAfter(`${plusMonths(month, 1)}-05`);
    return { month, sum, freeze: after(sum, 3) };
  });
  const frozenOn = (month: Month): Day =>
    closings.find((one) => one.month === month)?.freeze ?? lastDayOf(month);

  /** The grid's leader, in some days the deputy; a section head where the leader reported it. */
  const verifierOf = (grid: string, day: Day, reporter = ''): string => {
    const leader = `ge-${['grid-a', 'grid-b', 'grid-c', 'grid-d'].indexOf(grid) + 1}`;
    if (reporter === leader) return 'ke';
    const away = grid === 'grid-a' && deputyDays.from <= day && day <= deputyDays.until;
    return away ? 'ge-fu' : leader;
  };
  const shouOf = (department: string): string => department.replace('department-', 'shou-');
  /** Somebody answers alone when they have an account, otherwise through the chief representative. */
  const voiceOf = ({ persons, department }: Incident): string => {
    const [person, other] = persons;
    return person !== undefined && other === undefined && registry.of.account.has(person)
      ? person
      : shouOf(department);
  };

  const rounds = roundsOf(registry, facts.incidents, workdays);
  const inspectionOf = new Map(rounds.flatMap((round) => round.incidents.map((one) => [one.key, round.id])));
  const mains = new Map(facts.incidents.map((one) => [one.key, one]));

  const caseDeeds = (one: Incident, nth: number): Deed[] => {
    const id = caseIdOf(one);
    // A late finding comes from a camera's recording, looked at after its month was frozen.
    const reportedAt =
      one.late === 'finding'
        ? instantAt(after(frozenOn(one.month), 2), '15:20')
        : plusMinutes(one.at, delays[one.source]);
    const inspection = one.late === 'finding' ? undefined : inspectionOf.get(one.key);
    const deeds: Deed[] = [
      post(reportedAt, one.reporter, 'cases', ['case', one.key], {
        violation: one.violation,
        source: one.source,
        happened: { from: one.at, to: plusMinutes(one.at, 3), doubtSeconds: 30 },
        window: one.window,
        subject: one.unidentified ? { kind: 'unidentified' } : subjectOf(one),
        ...(inspection === undefined ? {} : { inspection }),
        description: descriptionOf(one),
        ...(one.source === 'video' ? { camera: cameraOf(one.window) } : {}),
        evidence: one.files.map((_, at) => fileOf(one, at + 1).entry),
      }),
      ...one.files.map(
        (file, at): Deed => ({
          at: plusMinutes(reportedAt, 2),
          do: 'upload',
          by: one.reporter,
          record: id,
          n: at + 1,
          file,
          name: `${one.key}-${at + 1}`,
        }),
      ),
    ];
    const next = after(dayOf(reportedAt), one.late === 'review' ? 2 : 1);
    const verifier = verifierOf(one.grid, next, one.reporter);
    const path = `cases/${id}`;
    const verifiedAt = plusMinutes(instantAt(next, '09:30'), nth % 40);
    switch (one.fate) {
      case 'settled':
        return [
          ...deeds,
          post(plusMinutes(reportedAt, 2), one.reporter, `${path}/settle-on-spot`, ['settle', one.key], {
            clause: one.clause,
            said: '当场提醒,本人当即改正',
          }),
        ];
      case 'dismissed':
        return [
          ...deeds,
          post(verifiedAt, verifier, `${path}/dismiss`, ['dismiss', one.key], {
            reason: nth % 2 === 0 ? '调看录像,当时本人在里间为群众调取档案' : '已办理临时外出手续,有同事顶岗',
          }),
        ];
      case 'transferred':
        return [
          ...deeds,
          post(verifiedAt, 'ke', `${path}/transfer`, ['transfer', one.key], {
            reason: '群众反映的情况属廉洁问题线索,移送纪检监察处理',
          }),
        ];
      case 'merged': {
        const main = mains.get(one.into ?? '');
        if (!main) throw new Error(`${one.key} is merged into nothing`);
        return [
          ...deeds,
          post(
            plusMinutes(instantAt(next, '09:05'), nth % 20),
            verifierOf(one.grid, next),
            `${path}/merge`,
            ['merge', one.key],
            {
              into: caseIdOf(main),
              reason: '与已上报的问题为同一事件',
            },
          ),
        ];
      }
      case 'counts':
        return [...deeds, ...hearingDeeds(one, nth, id, next, verifier)];
    }
  };

  const hearingDeeds = (one: Incident, nth: number, id: string, day: Day, verifier: string): Deed[] => {
    const path = `cases/${id}`;
    const deeds: Deed[] = [];
    if (one.unidentified)
      deeds.push(
        post(instantAt(day, '09:15'), verifier, `${path}/identify`, ['identify', one.key], {
          persons: one.persons,
          reason: '对照当日排班和录像查明',
        }),
      );
    deeds.push(
      post(
        plusMinutes(instantAt(day, '09:30'), nth % 40),
        verifier,
        `${path}/confirm`,
        ['confirm', one.key],
        {
          severity: one.severity,
          clause: one.clause,
          ...(one.minutes === undefined ? {} : { minutes: one.minutes }),
          ...(one.points === undefined
            ? {}
            : { chosen: { points: one.points, reason: '情节较重,当日已退还' } }),
          reason: '经核实属实,事实清楚',
        },
      ),
    );
    // A late review: told on the last day, asked for on the last day, so that the month freezes meanwhile.
    const late = one.late === 'review';
    const toldOn = late ? after(day, 2) : day;
    const told = plusMinutes(instantAt(toldOn, '14:00'), nth % 100);
    const [person] = one.persons;
    const teller =
      one.way === 'opened' ? (person ?? 'ban') : one.way === 'tablet' ? shouOf(one.department) : 'ban';
    // What rests on paper comes with its scan, numbered on from the files of the report.
    let files = one.files.length;
    const scanned = (at: Instant, by: string, what: string): { scan: ManifestEntry; sent: Deed } => {
      files += 1;
      const name = `${what}-${one.key}`;
      return {
        scan: demoFile('scan', name, at).entry,
        sent: { at: plusMinutes(at, 1), do: 'upload', by, record: id, n: files, file: 'scan', name },
      };
    };
    const onPaper = one.way === 'paper' || one.way === 'refused';
    const slip = onPaper ? scanned(told, teller, 'notice') : undefined;
    deeds.push(
      post(told, teller, `${path}/notify`, ['notify', one.key], {
        way: one.way,
        deliveredAt: told,
        witnesses: one.way === 'refused' ? ['ban-2', 'ke-2'] : [],
        ...(slip ? { evidence: [slip.scan] } : {}),
      }),
      ...(slip ? [slip.sent] : []),
    );
    const voice = voiceOf(one);
    /** Taken down for somebody else: they signed it. */
    const takenDown = (at: Instant, what: string) => {
      if (one.persons.length === 0 || one.persons.includes(voice)) return { fields: {}, sent: [] };
      const { scan, sent } = scanned(at, voice, what);
      return { fields: { paper: { signedAt: at, evidence: [scan] } }, sent: [sent] };
    };
    if (one.heard !== 'silent' && !late) {
      const answeredAt = plusMinutes(instantAt(after(day, 1), '10:00'), nth % 100);
      const answer = takenDown(answeredAt, 'answer');
      deeds.push(
        post(answeredAt, voice, `${path}/answer`, ['answer', one.key], {
          noObjection: one.heard === 'noObjection',
          answer: one.heard === 'noObjection' ? '无异议,今后注意' : '情况与认定有出入,已作书面说明',
          ...answer.fields,
        }),
        ...answer.sent,
      );
    }
    if (one.review === undefined) return deeds;
    const asked = after(toldOn, late ? 3 : 2);
    const decided = late ? after(frozenOn(one.month), 2) : after(asked, 3);
    const reviewer = verifier === 'ke' || nth % 2 === 0 ? 'ke-2' : 'ke';
    const askedAt = plusMinutes(instantAt(asked, '15:00'), nth % 60);
    const appeal = takenDown(askedAt, 'appeal');
    deeds.push(
      post(askedAt, voice, `${path}/appeal`, ['appeal', one.key], {
        grounds: '申请调看完整录像,当时有特殊情况',
        ...appeal.fields,
      }),
      ...appeal.sent,
      post(
        plusMinutes(instantAt(decided, '11:00'), nth % 50),
        reviewer,
        `${path}/decide-appeal`,
        ['decide-appeal', one.key],
        {
          outcome: one.review,
          ...(one.review === 'reduced' ? { points: 50 } : {}),
          reason: decisions[one.review],
        },
      ),
    );
    return deeds;
  };

  const talkDeeds = (talk: PlannedTalk): Deed[] => {
    const overturned = facts.incidents.find(
      (one) => one.review === 'overturned' && one.persons.includes(talk.person) && one.month === talk.month,
    );
    // One that is to fall is held at once; the others wait until the month is over.
    const day =
      talk.end === 'withdrawn' && overturned
        ? after(dayOf(overturned.at), 3)
        : onOrAfter(`${plusMonths(talk.month, 1)}-02`);
    const at = (on: Day, clock: string, step: TalkStep): Deed => ({
      at: instantAt(on, clock),
      do: 'talk',
      talk,
      step,
    });
    return [
      at(day, talk.kind === 'section' ? '10:00' : '10:40', 'hold'),
      at(day, talk.kind === 'section' ? '11:00' : '11:40', 'close'),
      ...(talk.end === 'withdrawn' ? [] : [at(after(day, 1), '09:10', 'file')]),
    ];
  };

  const praiseDeeds = ({ month, list }: Stars): Deed[] => {
    const days = workdays(month).filter((day) => day.slice(8) >= '05' && day.slice(8) <= '25');
    return list.flatMap((person, at): Deed[] => {
      const day = days[at % days.length] ?? `${month}-12`;
      const department = registry.of.staff.get(person)?.department ?? '';
      const [window = ''] = windowsOf(registry, person, day);
      const grid = registry.of.window.get(window)?.grid ?? '';
      const key = `${month}-${person}`;
      const next = after(day, 1);
      return [
        post(plusMinutes(instantAt(day, '15:30'), at), shouOf(department), 'bonuses', ['bonus', key], {
          type: 'BON-PRAISE',
          day,
          persons: [person],
          description: '收到群众表扬信一封',
        }),
        post(
          plusMinutes(instantAt(next, '11:10'), at),
          verifierOf(grid, next),
          `bonuses/${bonusIdOf(month, key)}/confirm`,
          ['bonus-confirm', key],
          { clause: 'J2', original: '表扬信原件存督查科', reason: '内容属实' },
        ),
      ];
    });
  };

  const starDeeds = (stars: Stars): Deed[] => {
    const freeze = frozenOn(stars.month);
    const decided = after(freeze, 2);
    const at = (step: StarStep, day: Day, clock: string): Deed => ({
      at: instantAt(day, clock),
      do: 'stars',
      stars,
      step,
    });
    return [
      at('open', freeze, '11:00'),
      at('nominate', after(freeze, 1), '14:30'),
      at('decide', decided, '15:00'),
      at('publish', decided, '16:00'),
      ...(stars.objection
        ? [at('object', after(decided, 2), '10:30'), at('answer', after(decided, 4), '10:30')]
        : []),
      ...(stars.objection?.outcome === 'upheld' ? [at('again', after(decided, 4), '16:00')] : []),
      at('announce', after(decided, 6), '10:00'),
      ...(stars.objection?.outcome === 'upheld' ? [at('end', after(decided, 10), '10:00')] : []),
    ];
  };

  const closingDeeds = ({ month, sum, freeze }: Closing): Deed[] => {
    const papers = (step: PaperStep, day: Day, clock: string): Deed => ({
      at: instantAt(day, clock),
      do: 'papers',
      month,
      step,
    });
    const issued = after(freeze, 1);
    return [
      post(instantAt(sum, '17:00'), 'ban', `months/${month}/sum`, ['sum', month]),
      // What was heard during the objections goes in; then the month is fixed.
      post(instantAt(freeze, '09:30'), 'ban', `months/${month}/sum`, ['sum-again', month]),
      post(instantAt(freeze, '10:00'), 'chu', `months/${month}/freeze`, ['freeze', month]),
      papers('draft', freeze, '14:00'),
      papers('check', issued, '09:20'),
      papers('sign', issued, '10:20'),
      papers('seal', issued, '14:00'),
      papers('issue', issued, '15:00'),
      papers('receive', after(issued, 1), '09:10'),
      papers('answer', after(issued, 6), '16:00'),
      papers('answerLate', after(issued, 13), '11:20'),
    ];
  };

  const unsorted: Deed[] = [
    ...rounds.flatMap(roundDeeds),
    ...facts.incidents.flatMap(caseDeeds),
    ...facts.talks.flatMap(talkDeeds),
    ...facts.stars.flatMap((stars) => [...praiseDeeds(stars), ...starDeeds(stars)]),
    ...closings.flatMap(closingDeeds),
  ];
  const deeds = unsorted.toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  return { deeds: withNights(deeds), closings };
};

/** The night job an hour and a half after midnight, following every day on which something was done. */
const withNights = (deeds: readonly Deed[]): Deed[] => {
  const all: Deed[] = [];
  deeds.forEach((deed, at) => {
    all.push(deed);
    const day = dayOf(deed.at);
    const next = deeds[at + 1];
    if (next === undefined || dayOf(next.at) !== day)
      all.push({ at: instantAt(plusDays(day, 1), '01:30'), do: 'night' });
  });
  return all;
};

/** Minutes from what happened to its report. */
const delays: Record<Source, number> = {
  patrol: 4,
  video: 35,
  thirdParty: 12,
  complaint: 95,
  hotline: 150,
  rating: 60,
  machine: 1,
  import: 60,
};

const decisions = {
  upheld: '录像完整,事实清楚,维持原认定',
  reduced: '确有特殊情况,酌情减轻',
  overturned: '补充材料证明当时已办妥手续,撤销认定',
} as const;

const cameraOf = (window: string): string => window.replace('window-', 'camera-');
const subjectOf = ({ persons }: Incident): object =>
  persons.length === 0 ? { kind: 'window' } : { kind: 'persons', persons };
const descriptionOf = (one: Incident): string => {
  const name = violationType(one.violation)?.name ?? one.violation;
  return `${one.window.replace('window-', '').toUpperCase()} 窗口:${name}${one.minutes === undefined ? '' : `,约 ${one.minutes} 分钟`}`;
};

/** One inspection with the findings made on it. */
interface Round {
  id: string;
  key: string;
  kind: 'patrol' | 'video' | 'thirdParty';
  by: string;
  grid: string;
  startedAt: Instant;
  endedAt: Instant;
  windows: string[];
  incidents: Incident[];
  /** Of the third party's contract. */
  nth: number;
}

/**
 * Patrols: every grid on every working day of March, once a week otherwise, and wherever a patrol found something.
 * The video supervisor watches a grid a day in turn; the third party comes to a grid when it finds something.
 */
const roundsOf = (
  registry: Registry,
  incidents: readonly Incident[],
  workdays: (month: Month) => Day[],
): Round[] => {
  const grids = [...registry.of.grid.keys()].sort();
  const windowsIn = new Map(
    grids.map((grid) => [
      grid,
      [...registry.of.window.values()].filter((window) => window.grid === grid).map((window) => window.id),
    ]),
  );
  const own = (kind: Round['kind'], grid: string, day: Day): Incident[] =>
    incidents.filter(
      (one) =>
        one.source === kind &&
        one.grid === grid &&
        dayOf(one.at) === day &&
        one.fate !== 'merged' &&
        one.late !== 'finding' &&
        (kind !== 'patrol' || one.reporter === inspectorOf(grid)),
    );
  const rounds: Round[] = [];
  const add = (kind: Round['kind'], grid: string, day: Day, by: string, from: Instant, found: Incident[]) => {
    const times = [plusMinutes(from, 12), ...found.map((one) => one.at)].sort();
    const startedAt = plusMinutes(times[0] ?? from, -12);
    const key = `${kind}-${grid}-${day}`;
    rounds.push({
      id: newInspectionId(day, commandIdOf('inspection', key)),
      key,
      kind,
      by,
      grid,
      startedAt,
      endedAt: plusMinutes(times.at(-1) ?? from, 22),
      windows: windowsIn.get(grid) ?? [],
      incidents: found,
      nth: rounds.length,
    });
  };
  for (const month of months)
    workdays(month).forEach((day, nth) => {
      grids.forEach((grid, at) => {
        const found = own('patrol', grid, day);
        const planned = month === '2026-03' || weekdayOf(day) === at + 1;
        const from = instantAt(day, nth % 2 === 0 ? '09:20' : '15:40');
        if (planned || found.length > 0)
          add(
            'patrol',
            grid,
            day,
            inspectorOf(grid),
            found[0] ? plusMinutes(found[0].at, -9) : plusMinutes(from, at * 7 + (nth % 5)),
            found,
          );
        const seen = own('video', grid, day);
        if (seen.length > 0 || (nth + at) % 16 === 0)
          add(
            'video',
            grid,
            day,
            'shi',
            seen[0] ? plusMinutes(seen[0].at, -20) : instantAt(day, '13:35'),
            seen,
          );
        const visited = own('thirdParty', grid, day);
        if (visited[0]) add('thirdParty', grid, day, 'san', plusMinutes(visited[0].at, -15), visited);
      });
    });
  return rounds;
};

const roundDeeds = (round: Round): Deed[] => {
  const { id, key, kind, by, grid, startedAt, endedAt, windows, incidents } = round;
  const finding = new Map(incidents.map((one) => [one.window, one]));
  const looks = windows.map((window, at) => ({
    window,
    at: finding.get(window)?.at ?? plusMinutes(startedAt, at % 10),
    result: finding.has(window) ? 'finding' : at % 29 === 28 ? 'notSeen' : 'fine',
  }));
  const content = {
    patrol: { looks },
    video: {
      views: [...(incidents.length === 0 ? windows.slice(0, 1) : finding.keys())].map((window) => ({
        camera: cameraOf(window),
        from: startedAt,
        to: plusMinutes(endedAt, -2),
        purpose: '窗口纪律督查',
      })),
    },
    thirdParty: {
      looks: looks.slice(0, 10).concat(looks.slice(10).filter((look) => look.result === 'finding')),
      items: [
        { item: '着装仪容', points: 1800, outOf: 2000 },
        { item: '一次性告知', points: 2700, outOf: 3000 },
      ],
    },
  };
  return [
    post(startedAt, by, 'inspections', ['inspection', key], {
      kind,
      grid,
      startedAt,
      ...(kind === 'thirdParty' ? { round: `${startedAt.slice(0, 7)}-${round.nth}` } : {}),
    }),
    post(endedAt, by, `inspections/${id}/record`, ['record', key], content[kind]),
    post(plusMinutes(endedAt, 2), by, `inspections/${id}/close`, ['close', key], {
      endedAt: plusMinutes(endedAt, 1),
    }),
  ];
};
