import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Actor, system } from '../../shared/access.ts';
import { type CaseEvent, type CaseState, countedCase, personsOf, reviewOf } from '../../shared/case.ts';
import type { Recorded } from '../../shared/events.ts';
import { type RegistryEntry, registryOf } from '../../shared/people.ts';
import { plusMinutes } from '../../shared/time.ts';
import { actorOf, entries, wednesday } from '../cast.ts';
import { type PaperHouse, paperHouse, smallHall } from '../given.ts';

// Two delegations make it harder: somebody without rights of his own acts for the grid leader, another for the head.
const delegations: RegistryEntry[] = [
  {
    kind: 'grant',
    id: 'for-ge',
    person: 'wai',
    role: 'gridLeader',
    grid: 'grid-a',
    from: '2026-11-01',
    delegatedBy: 'ge',
  },
  { kind: 'grant', id: 'for-ke', person: 'gong', role: 'sectionHead', from: '2026-11-01', delegatedBy: 'ke' },
];
const registry = registryOf(2, [...entries, ...delegations]);
const people = [
  'xun',
  'shi',
  'ge',
  'gong',
  'wai',
  'ke',
  'kang',
  'chu',
  'ban',
  'shou',
  'chuang',
  'staff-0102',
];
const actors: Actor[] = [...people.map((person) => actorOf(person, registry)), system];

const persons = fc.constantFrom<string[][]>(['chuang'], ['staff-0102'], ['chuang', 'staff-0102']);
const subject = fc.oneof(
  persons.map((ids) => ({ kind: 'persons', persons: ids })),
  fc.constantFrom({ kind: 'unidentified' }, { kind: 'window' }),
);
const photo = {
  name: 'a01.jpg',
  kind: 'photo',
  mediaType: 'image/jpeg',
  size: 200_000,
  sha256: 'b'.repeat(64),
  takenAt: plusMinutes(wednesday, -20),
};

const often = <T>(weight: number, arbitrary: fc.Arbitrary<T>) => ({ weight, arbitrary });
const command = <F>(type: string, fields: fc.Arbitrary<F>) => fc.record({ type: fc.constant(type), fields });

/** What is sent: a command with fields that fit more often than not. The two reports are made before. */
const sent = fc.oneof(
  often(
    5,
    command(
      'case.confirm',
      fc.record({
        severity: fc.constantFrom('minor', 'evident', 'serious'),
        clause: fc.constantFrom('3', '3', '3', '2'),
        reason: fc.constant('属实'),
      }),
    ),
  ),
  often(
    5,
    command(
      'case.notify',
      fc.record(
        {
          way: fc.constantFrom('opened', 'tablet', 'paper', 'refused', 'representative'),
          deliveredAt: fc.constant('now'),
          persons,
          witnesses: fc.constantFrom([], ['san', 'zhu']),
        },
        { requiredKeys: ['way', 'deliveredAt', 'witnesses'] },
      ),
    ),
  ),
  often(
    4,
    command(
      'case.answer',
      fc.record(
        { noObjection: fc.boolean(), answer: fc.constant('说明'), persons },
        { requiredKeys: ['noObjection', 'answer'] },
      ),
    ),
  ),
  often(
    2,
    command(
      'case.appeal',
      fc.record({ grounds: fc.constant('不服'), persons }, { requiredKeys: ['grounds'] }),
    ),
  ),
  often(
    3,
    command(
      'case.decideAppeal',
      fc.constantFrom(
        { outcome: 'upheld', reason: '维持' },
        { outcome: 'reduced', points: 50, reason: '从轻' },
        { outcome: 'overturned', reason: '撤销' },
      ),
    ),
  ),
  often(2, command('case.settle', fc.constant({}))),
  often(
    2,
    command(
      'case.identify',
      persons.map((ids) => ({ persons: ids, reason: '查排班表' })),
    ),
  ),
  often(3, command('case.addEvidence', fc.constant({ evidence: [photo], reason: '补充' }))),
  often(4, command('case.merge', fc.constant('other'))),
  often(
    1,
    fc.constantFrom(
      { type: 'case.dismiss', fields: { reason: '不属实' } },
      { type: 'case.settleOnSpot', fields: { clause: '3', said: '已提醒' } },
    ),
  ),
);
const step = fc.record({
  sent,
  actor: fc.constantFrom(...actors),
  /** Minutes that pass before it: mostly little, now and then past every limit. */
  wait: fc.oneof(often(8, fc.integer({ min: 0, max: 30 })), often(1, fc.constant(3000))),
  which: fc.constantFrom(0, 0, 1),
  /** Every other step goes where the case stands, or hardly any sequence would get far. */
  push: fc.option(fc.nat({ max: 1000 }), { freq: 2 }),
});
const reporters = fc.constantFrom(
  ...actors.filter((actor) => !['chuang', 'staff-0102', 'shou', 'system'].includes(actor.person)),
);

/** What only the moment knows: the other case, and the time of delivery. */
const filledIn = (fields: unknown, other: string, now: string): unknown => {
  if (fields === 'other') return { into: other, reason: '同一事件' };
  return typeof fields === 'object' && fields !== null && 'deliveredAt' in fields
    ? { ...fields, deliveredAt: now }
    : fields;
};

/** A command that suits the stage, by somebody who might do it; which one, the number says. */
const pushed = (
  stage: CaseState['stage'],
  number: number,
): { type: string; fields: unknown; person: string } => {
  const one = <T>(...of: [T, ...T[]]): T => of[number % of.length] ?? of[0];
  switch (stage) {
    case 'reported':
      return {
        type: 'case.confirm',
        fields: { severity: 'evident', clause: '3', reason: '属实' },
        person: one('ge', 'wai', 'ke', 'gong', 'kang'),
      };
    case 'confirmed':
      return {
        type: 'case.notify',
        fields: { way: one('tablet', 'tablet', 'opened'), deliveredAt: 'now' },
        person: one('ban', 'chuang', 'staff-0102'),
      };
    case 'noticed':
      return one(
        { type: 'case.answer', fields: { noObjection: true, answer: '无异议' }, person: 'chuang' },
        { type: 'case.settle', fields: {}, person: 'system' },
        { type: 'case.appeal', fields: { grounds: '不服' }, person: 'staff-0102' },
        { type: 'case.answer', fields: { noObjection: false, answer: '代填' }, person: 'shou' },
      );
    case 'settledOnSpot':
    case 'counting':
      return one(
        { type: 'case.appeal', fields: { grounds: '不服' }, person: 'chuang' },
        {
          type: 'case.decideAppeal',
          fields: { outcome: 'upheld', reason: '维持' },
          person: one('kang', 'ke', 'gong', 'chu'),
        },
      );
    case 'dismissed':
    case 'rectifying':
    case 'withdrawn':
    case 'merged':
    case 'transferred':
      return { type: 'case.settle', fields: {}, person: 'system' };
  }
};

const streamOf = (house: PaperHouse, id: string): Recorded[] =>
  house.journal.filter((one) => one.ref.id === id);
const isCaseEvent = <T extends CaseEvent['type']>(
  one: Recorded,
  type: T,
): one is Recorded<Extract<CaseEvent, { type: T }>> => one.event.type === type;
const behind = (one: Recorded): string[] => [
  one.by.person,
  ...(one.by.for === undefined ? [] : [one.by.for]),
];
const lastIndex = (all: readonly Recorded[], type: CaseEvent['type']): number =>
  all.map((one) => one.event.type).lastIndexOf(type);

/** Everybody named was told after the case was last confirmed, and has answered, asked for review, or been silent. */
const expectHeard = (state: CaseState, all: readonly Recorded[], now: string): void => {
  if (state.stage !== 'counting') return;
  const hearing = all.slice(lastIndex(all, 'case.confirmed') + 1);
  const notices = hearing.flatMap((one) => (isCaseEvent(one, 'case.noticed') ? [one.event] : []));
  expect(notices.length).toBeGreaterThan(0);
  const told = notices.flatMap((event) => event.persons);
  const spoke = hearing.flatMap((one) =>
    isCaseEvent(one, 'case.answered') || isCaseEvent(one, 'case.appealed') ? one.event.persons : [],
  );
  const silent = hearing.some((one) => one.event.type === 'case.settled');
  for (const person of personsOf(state)) {
    expect(told).toContain(person);
    if (!silent) expect(spoke).toContain(person);
  }
  if (silent) for (const notice of notices) expect(now > notice.answerBy).toBe(true);
};

/** Reporter, confirmer and reviewer are three people, also behind a delegation, and none of them the person concerned. */
const expectApart = (all: readonly Recorded[]): void => {
  const reported = new Set<string>();
  const decided = new Set<string>();
  for (const one of all) {
    if (isCaseEvent(one, 'case.reported')) for (const person of behind(one)) reported.add(person);
    if (isCaseEvent(one, 'case.joined')) for (const person of one.event.reporters) reported.add(person);
    if (isCaseEvent(one, 'case.confirmed') || isCaseEvent(one, 'case.dismissed'))
      for (const person of behind(one)) {
        expect([...reported]).not.toContain(person);
        expect(['chuang', 'staff-0102']).not.toContain(person);
      }
    if (isCaseEvent(one, 'case.appealDecided'))
      for (const person of behind(one)) {
        expect([...reported]).not.toContain(person);
        expect([...decided]).not.toContain(person);
      }
    if (
      isCaseEvent(one, 'case.confirmed') ||
      isCaseEvent(one, 'case.dismissed') ||
      isCaseEvent(one, 'case.settledOnSpot')
    )
      for (const person of behind(one)) decided.add(person);
  }
};

it('whatever is sent in whatever order, nobody is punished unheard and nobody judges his own report', () => {
  const reached = new Map<string, number>();
  const seen = (what: string) => reached.set(what, (reached.get(what) ?? 0) + 1);
  fc.assert(
    fc.property(
      reporters,
      reporters,
      subject,
      subject,
      fc.array(step, { minLength: 10, maxLength: 40 }),
      (first, second, one, other, steps) => {
        const house = paperHouse({ ...smallHall, registry });
        const report = (actor: Actor, about: object): string => {
          const done = house.send(
            'case.report',
            {
              violation: 'DIS-PHONE',
              source: 'patrol',
              happened: {
                from: plusMinutes(wednesday, -10),
                to: plusMinutes(wednesday, -9),
                doubtSeconds: 5,
              },
              window: 'window-a01',
              subject: about,
              description: '看手机',
            },
            actor,
            wednesday,
          );
          if (!done.ok) throw new Error(done.problem.code);
          return done.value.ref.id;
        };
        const ids = [report(first, one), report(second, other)];
        let now = wednesday;
        for (const { sent: random, actor: anybody, wait, which, push } of steps) {
          now = plusMinutes(now, wait);
          const id = ids[which] ?? '';
          const before = house.journal.length;
          const stage = house.head('case', id)?.stage ?? 'reported';
          const suits = push === null ? undefined : pushed(stage, push);
          const what = suits ?? random;
          const actor = actors.find(({ person }) => person === suits?.person) ?? anybody;
          const fields = filledIn(what.fields, ids[1 - which] ?? '', now);
          const result = house.send(what.type, fields, actor, now, id);
          if (!result.ok) expect(house.journal.length).toBe(before);
          for (const each of ids) {
            const state = house.head('case', each);
            if (!state) throw new Error('a case is gone');
            const all = streamOf(house, each);
            expectHeard(state, all, now);
            expectApart(all);
            if (countedCase(state)?.counts) expect(state.stage).toBe('counting');
            seen(state.stage);
            if (reviewOf(state)?.state === 'decided') seen('decided');
            if (state.stage === 'counting' && state.heard === 'silent') seen('silent');
            if ('decidedBy' in state && state.decidedBy.for !== undefined) seen('delegated');
          }
        }
      },
    ),
    { numRuns: 300 },
  );
  // The sequences are worth something only if they reach the far stages often enough.
  for (const what of ['counting', 'merged', 'decided', 'silent', 'delegated'])
    expect([what, (reached.get(what) ?? 0) > 10]).toEqual([what, true]);
});
