// What talks, letters and awards are written on: a rule book with a ladder and a title, cases that count, a frozen month.
import type { Acting } from '../shared/access.ts';
import type { CaseState } from '../shared/case.ts';
import type { Severity } from '../shared/catalog.ts';
import type { ManifestEntry } from '../shared/evidence.ts';
import { ok } from '../shared/problems.ts';
import type { RuleBook, RuleBookInput } from '../shared/rulebook.ts';
import { checkRuleBook } from '../shared/rulebook-check.ts';
import { type Instant, type Month, plusMinutes } from '../shared/time.ts';
import { commandIdOf, ruleBookInput, wednesday } from './cast.ts';
import { type Happening, type PaperHouse, type Scene, smallHall } from './given.ts';

/** Minutes after Wednesday 2026-11-18, 10:00. */
export const at = (minutes: number): Instant => plusMinutes(wednesday, minutes);
export const days = (count: number): Instant => at(count * 1440);

const rung = (atLeast: number, again: boolean) => ({ atLeast, again });
export const paperBookInput: RuleBookInput = {
  ...ruleBookInput,
  ladder: [
    {
      code: 'remind',
      when: { severity: ['minor'], times: rung(1, true), subject: 'person' },
      measure: 'remind',
    },
    {
      code: 'deduct',
      when: { severity: ['evident'], times: rung(1, true), subject: 'person' },
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
      when: { severity: ['evident', 'serious'], times: rung(4, false), subject: 'department' },
      measure: 'letter',
    },
  ],
  awards: [
    {
      code: 'star',
      kind: 'star',
      title: '服务之星',
      cadence: 'month',
      quota: 3,
      atMost: [{ per: 'department', number: 2 }],
      eligible: { scoreAtLeast: 10_000 },
      criteria: [{ by: 'nominated' }, { by: 'praise' }],
      tie: 'draw',
    },
  ],
};
const enacted = (input: RuleBookInput): RuleBook => {
  const checked = checkRuleBook(input);
  if (!checked.ok) throw new Error(JSON.stringify(checked.errors));
  return checked.value;
};
export const paperBook = enacted(paperBookInput);
export const bookWith = (change: Partial<RuleBookInput>): RuleBook =>
  enacted({ ...paperBookInput, ...change });
export const paperScene: Scene = { ...smallHall, ruleBook: () => ok(paperBook) };

const as = (person: string, role: Acting['role']): Acting => ({ person, role });
const house = as('system', 'system');

export const scan: ManifestEntry = {
  name: '扫描件.pdf',
  kind: 'document',
  mediaType: 'application/pdf',
  size: 90_000,
  sha256: 'b'.repeat(64),
  takenAt: at(-10),
};
export const clip: ManifestEntry = {
  name: 'a01.mp4',
  kind: 'video',
  mediaType: 'video/mp4',
  size: 4_000_000,
  sha256: 'c'.repeat(64),
  takenAt: at(-5000),
};

export const caseId = (nth: number, month: Month = '2026-11'): string =>
  `case-${month}-${commandIdOf(5000 + nth)}`;

interface CaseWish {
  persons?: string[];
  department?: string;
  window?: string;
  clause?: string;
  violation?: string;
  severity?: Severity;
  from?: Instant;
  evidence?: ManifestEntry[];
  received?: boolean;
  /** How far its life goes. */
  until?:
    | 'reported'
    | 'settledOnSpot'
    | 'confirmed'
    | 'noticed'
    | 'counting'
    | 'asked'
    | 'overturned'
    | 'reduced';
}

/** The life of one case, as far as wished; counting unless told otherwise, four days before that Wednesday. */
export const caseLife = (nth: number, wish: CaseWish = {}): Happening[] => {
  const {
    persons = ['chuang'],
    department = 'department-tax',
    window = 'window-a01',
    clause = '5',
    violation = 'ATT-ARGUE',
    severity = 'serious',
    from = at(-5000 + nth),
    evidence = [],
    received = true,
    until = 'counting',
  } = wish;
  const ref = { kind: 'case' as const, id: caseId(nth, from.slice(0, 7)) };
  const verdict = { severity, clause, family: 'attitude', quantity: 1 };
  const later = (minutes: number) => plusMinutes(from, minutes);
  const life: Happening[] = [
    {
      ref,
      by: as('xun', 'inspector'),
      at: later(5),
      event: {
        type: 'case.reported',
        v: 1,
        violation,
        source: 'patrol',
        happened: { from, to: later(1), doubtSeconds: 10 },
        window,
        grid: 'grid-a',
        department,
        subject: persons.length === 0 ? { kind: 'window' } : { kind: 'persons', persons },
        lead: false,
        description: { text: '巡查发现' },
        evidence,
      },
    },
    ...(received ? evidence : []).map(
      (_file, index): Happening => ({
        ref,
        by: house,
        at: later(8),
        event: {
          type: 'evidence.received',
          v: 1,
          n: index + 1,
          storedVersion: 'v1',
          keepUntil: '2028-01-01',
        },
      }),
    ),
  ];
  if (until === 'reported') return life;
  if (until === 'settledOnSpot')
    return [
      ...life,
      {
        ref,
        by: as('ge', 'gridLeader'),
        at: later(10),
        event: {
          type: 'case.settledOnSpot',
          v: 1,
          verdict: { ...verdict, severity: 'minor' },
          said: { text: '已改正' },
        },
      },
    ];
  life.push({
    ref,
    by: as('ge', 'gridLeader'),
    at: later(60),
    event: { type: 'case.confirmed', v: 1, verdict, reason: { text: '属实' }, seen: [] },
  });
  if (until === 'confirmed') return life;
  life.push({
    ref,
    by: as('ge', 'gridLeader'),
    at: later(120),
    event: {
      type: 'case.noticed',
      v: 1,
      way: 'tablet',
      deliveredAt: later(120),
      answerBy: later(4000),
      appealBy: later(6000),
      witnesses: [],
      persons,
    },
  });
  if (until === 'noticed') return life;
  life.push({
    ref,
    by: as('shou', 'chiefRepresentative'),
    at: later(180),
    event: { type: 'case.answered', v: 1, persons, noObjection: true, answer: { text: '无异议' } },
  });
  if (until === 'counting') return life;
  life.push(...reviewAsked(nth, later(240), ref.id));
  return until === 'asked' ? life : [...life, reviewDecided(nth, until, later(300), ref.id)];
};

export const reviewAsked = (nth: number, when: Instant, id = caseId(nth)): Happening[] => [
  {
    ref: { kind: 'case', id },
    by: as('chuang', 'staff'),
    at: when,
    event: {
      type: 'case.appealed',
      v: 1,
      persons: ['chuang'],
      grounds: { text: '请求复核' },
      decideBy: plusMinutes(when, 7 * 1440),
    },
  },
];
export const reviewDecided = (
  nth: number,
  outcome: 'overturned' | 'reduced',
  when: Instant,
  id = caseId(nth),
): Happening => ({
  ref: { kind: 'case', id },
  by: as('ke', 'sectionHead'),
  at: when,
  event: {
    type: 'case.appealDecided',
    v: 1,
    outcome,
    ...(outcome === 'reduced' ? { points: 100 } : {}),
    reason: { text: '复核' },
  },
});

/** More happens in a house that stands already. */
export const happen = (paper: PaperHouse, ...more: readonly Happening[]): void => {
  for (const { ref, event, by, at: when } of more) paper.put(ref, event, by, when, commandIdOf(998));
};
/** Review asked and decided against the case, in a house that stands already. */
export const overturn = (paper: PaperHouse, nth: number, when: Instant): void =>
  happen(paper, ...reviewAsked(nth, when), reviewDecided(nth, 'overturned', plusMinutes(when, 1)));

export const caseIn = (paper: PaperHouse, nth: number): CaseState => {
  const state = paper.head('case', caseId(nth));
  if (!state) throw new Error(`no case ${nth}`);
  return state;
};

/** A month summed and frozen. */
export const frozenMonth = (month: Month, when: Instant = at(-60)): Happening[] => [
  {
    ref: { kind: 'month', id: month },
    by: as('ban', 'clerk'),
    at: when,
    event: {
      type: 'month.summed',
      v: 1,
      cut: { digest: 'd'.repeat(64), takenAt: when, chunks: 1, heads: 3, ruleBook: 'small-hall' },
    },
  },
  {
    ref: { kind: 'month', id: month },
    by: as('chu', 'director'),
    at: when,
    event: { type: 'month.frozen', v: 1, cut: 'd'.repeat(64), scores: 'e'.repeat(64) },
  },
];
