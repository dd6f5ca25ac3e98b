// What may be done with an award. Never more recipients than the quota, nobody withdrawn, nobody announced who was not
// published for the whole time: who moves up has a publicity of their own.
import * as z from 'zod';
import { type About, about } from './access.ts';
import {
  type Assessed,
  type AwardState,
  awardStageTitles,
  type DepartmentLimit,
  type Objection,
  type Recipient,
} from './award.ts';
import { deadlineAfter } from './calendar.ts';
import { type Command, command, type Deciding, happened as done, existing } from './command.ts';
import { drawOf } from './draw.ts';
import type { DomainEvent } from './events.ts';
import { type ManifestEntry, manifest } from './evidence.ts';
import { freeText, plainText } from './free-text.ts';
import { month, registryId } from './ids.ts';
import type { Registry } from './people.ts';
import { ok, type Problem, type Result, refuse } from './problems.ts';
import type { AwardRule } from './rulebook-award.ts';
import { quotaOf } from './star-rule.ts';
import { isAhead } from './time.ts';

/** Facts of an award for the permission: who nominated may add the files of the nomination. */
export const aboutAward = (state: AwardState): About =>
  about({
    reporters: [...new Set(state.nominated.map((one) => one.by))],
    deciders: 'decidedBy' in state ? [state.decidedBy.person] : [],
  });

const wrongStage = (state: AwardState) =>
  refuse('award.wrong-stage', `当前状态:${awardStageTitles[state.stage]}`);
type Refusal = { ok: false; problem: Problem } | undefined;

const filesAhead = (files: readonly ManifestEntry[], { now }: Deciding): Refusal =>
  files.some((file) => isAhead(file.takenAt, now)) ? refuse('time.future') : undefined;

const candidates = z
  .array(
    z.strictObject({
      person: registryId,
      eligible: z.boolean(),
      heldBack: z.boolean(),
      why: z.array(z.string().max(200)).max(20),
    }),
  )
  .max(2000)
  .refine((all) => new Set(all.map((one) => one.person)).size === all.length, '候选人重复')
  .refine((all) => all.every((one) => !(one.eligible && one.heldBack)), '暂缓评选的不能同时符合条件');

/** The server computes the candidates from frozen scores; this command has no door. */
const openWith: Command = command({
  type: 'award.openWith',
  action: 'award.open',
  summary: '按已定稿月份启动评选,列出候选人及理由',
  on: 'award',
  fields: z.strictObject({ month, code: z.string().regex(/^[a-z][a-z0-9]{0,15}$/), candidates }),
  creates: (fields) => `award-${fields.month}-${fields.code}`,
  months: (fields) => [fields.month],
  also: (fields) => [{ kind: 'month', id: fields.month }],
  about: () => about({}),
  decide: (state, fields, context) => {
    if (state) return refuse('thing.exists', awardStageTitles[state.stage]);
    if (context.other('month', fields.month)?.stage !== 'frozen') return refuse('award.month-open');
    const book = context.ruleBook(fields.month);
    if (!book.ok) return book;
    const rule = book.value.awards.find((one) => one.code === fields.code);
    if (!rule) return refuse('award.unknown', fields.code);
    return done({
      type: 'award.opened',
      v: 1,
      month: fields.month,
      code: rule.code,
      title: rule.title,
      quota: quotaOf(rule, fields.candidates.length),
      mustBeNominated: rule.eligible.nominated,
      limits: limitsOf(rule),
      candidates: written(fields.candidates),
    });
  },
});

const limitsOf = (rule: AwardRule): DepartmentLimit[] =>
  rule.atMost
    .filter((limit) => limit.per === 'department')
    .map(({ number, only }) => (only === undefined ? { number } : { number, only }));

const written = (all: readonly Assessed[]): Assessed[] =>
  all.map(({ person, eligible, heldBack, why }) => ({ person, eligible, heldBack, why }));

/** A case that held somebody back may end before the meeting; then the server assesses anew. */
const reassess: Command = command({
  type: 'award.reassess',
  action: 'award.open',
  summary: '研究确定前重新核定候选人(暂缓评选的问题已了结)',
  on: 'award',
  fields: z.strictObject({ candidates }),
  about: (state) => aboutAward(existing(state)),
  decide: (state, fields) => {
    const open = existing(state);
    if (open.stage !== 'open') return wrongStage(open);
    return done({ type: 'award.reassessed', v: 1, candidates: written(fields.candidates) });
  },
});

const nominate: Command = command({
  type: 'award.nominate',
  action: 'award.nominate',
  summary: '首席代表推荐本部门人员,附事迹材料',
  on: 'award',
  fields: z.strictObject({
    person: registryId,
    material: freeText(2000),
    evidence: manifest.default([]),
  }),
  about: (state, fields, context) => {
    const department = context.registry.of.staff.get(fields.person)?.department;
    return about({
      ...aboutAward(existing(state)),
      persons: [fields.person],
      departments: department === undefined ? [] : [department],
    });
  },
  decide: (state, fields, context) => {
    const open = existing(state);
    if (open.stage !== 'open') return wrongStage(open);
    const unfit = unfitPerson(open, fields.person) ?? filesAhead(fields.evidence, context);
    if (unfit) return unfit;
    const nominated = open.nominated.map((one) => one.person);
    if (nominated.includes(fields.person)) return refuse('award.nominated-before');
    if (!fits(open.limits, [...nominated, fields.person], context.registry))
      return refuse('award.department-full');
    return done({
      type: 'award.nominated',
      v: 1,
      person: fields.person,
      material: { text: fields.material },
      evidence: fields.evidence,
    });
  },
});

const unfitPerson = (state: AwardState, person: string): Refusal => {
  if (state.heldBack.includes(person)) return refuse('award.held-back', person);
  return state.eligible.includes(person) ? undefined : refuse('award.not-eligible', person);
};

/** Whether a list keeps every department's limit. Limits of halls and grids are kept by the proposal the meeting is shown. */
const fits = (
  limits: readonly DepartmentLimit[],
  persons: readonly string[],
  registry: Registry,
): boolean => {
  const counts = new Map<string, number>();
  for (const person of persons) {
    const department = registry.of.staff.get(person)?.department ?? '';
    counts.set(department, (counts.get(department) ?? 0) + 1);
  }
  return limits.every(({ number, only }) =>
    only === undefined
      ? [...counts.values()].every((count) => count <= number)
      : (counts.get(only) ?? 0) <= number,
  );
};

const places = z
  .array(z.strictObject({ person: registryId, criterion: plainText(200).min(1, '不能为空') }))
  .max(500);
const decideFields = z.strictObject({
  /** In order; with each the criterion that put it there (star-rule.ts tells it). */
  list: places,
  reserve: places.default([]),
  draw: z
    .strictObject({
      persons: z.array(registryId).min(2).max(500),
      places: z.int().min(1),
      source: plainText(100).min(1, '不能为空'),
    })
    .refine((draw) => draw.persons.length > draw.places, '人数不超过名额,不必抽签')
    .optional(),
  minutes: freeText(4000),
  evidence: manifest.default([]),
});
type DecideFields = z.infer<typeof decideFields>;

const decide: Command = command({
  type: 'award.decide',
  action: 'award.decide',
  summary: '会议研究确定名单、递补次序和(条件相同者的)抽签名单,附会议纪要',
  on: 'award',
  fields: decideFields,
  months: (_fields, state) => [existing(state).month],
  about: (state) => aboutAward(existing(state)),
  decide: (state, fields, context) => {
    const open = existing(state);
    if (open.stage !== 'open') return wrongStage(open);
    const wrong = wrongList(open, fields, context) ?? filesAhead(fields.evidence, context);
    if (wrong) return wrong;
    if (fields.draw) {
      const book = context.ruleBook(open.month);
      if (!book.ok) return book;
      if (book.value.awards.find((one) => one.code === open.code)?.tie !== 'draw')
        return refuse('award.no-draw');
    }
    return done({
      type: 'award.decided',
      v: 1,
      list: placesOf(fields.list),
      reserve: placesOf(fields.reserve),
      ...(fields.draw === undefined
        ? {}
        : {
            draw: {
              persons: fields.draw.persons,
              places: fields.draw.places,
              source: fields.draw.source,
            },
          }),
      minutes: { text: fields.minutes },
      evidence: fields.evidence,
    });
  },
});

const placesOf = (list: DecideFields['list']): DecideFields['list'] =>
  list.map(({ person, criterion }) => ({ person, criterion }));

const wrongList = (state: AwardState, fields: DecideFields, { registry }: Deciding): Refusal => {
  const chosen = fields.list.map((one) => one.person);
  const all = [...chosen, ...(fields.draw?.persons ?? []), ...fields.reserve.map((one) => one.person)];
  if (chosen.length + (fields.draw?.places ?? 0) > state.quota)
    return refuse('award.over-quota', `名额 ${state.quota} 个`);
  if (chosen.length === 0 && !fields.draw) return refuse('award.list-empty');
  if (new Set(all).size !== all.length) return refuse('award.listed-twice');
  for (const person of all) {
    const unfit = unfitPerson(state, person);
    if (unfit) return unfit;
    if (state.mustBeNominated && !state.nominated.some((one) => one.person === person))
      return refuse('award.not-nominated', person);
  }
  return fits(state.limits, chosen, registry) ? undefined : refuse('award.department-full');
};

const draw: Command = command({
  type: 'award.draw',
  action: 'award.draw',
  summary: '公开抽签:名单先定,以事先公告的公共号码为种子,人人可复核',
  on: 'award',
  fields: z.strictObject({
    publicNumber: z.string().regex(/^[0-9]{2,40}$/, '公共号码只含数字,至少两位'),
    evidence: manifest.default([]),
  }),
  about: (state) => aboutAward(existing(state)),
  decide: (state, fields, context) => {
    const open = existing(state);
    if (open.stage !== 'toDraw') return wrongStage(open);
    const wrong = filesAhead(fields.evidence, context);
    if (wrong) return wrong;
    const seed = `${open.id}:${fields.publicNumber}`;
    const order = drawOf(open.draw.persons, seed);
    const winners: string[] = [];
    for (const person of order) {
      const list = [...open.recipients.map((one) => one.person), ...winners, person];
      if (winners.length < open.draw.places && fits(open.limits, list, context.registry))
        winners.push(person);
    }
    return done({
      type: 'award.drawn',
      v: 1,
      publicNumber: fields.publicNumber,
      seed,
      order,
      winners,
      evidence: fields.evidence,
    });
  },
});

const publish: Command = command({
  type: 'award.publish',
  action: 'award.publish',
  summary: '公示尚未公示的人选(递补的单独公示满期)',
  on: 'award',
  fields: z.strictObject({}),
  months: (_fields, state) => [existing(state).month],
  about: (state) => aboutAward(existing(state)),
  decide: (state, _fields, context) => {
    const open = existing(state);
    if (open.stage !== 'decided') return wrongStage(open);
    const persons = open.recipients.filter((one) => one.publicity === undefined).map((one) => one.person);
    if (persons.length === 0) return wrongStage(open);
    const book = context.ruleBook(open.month);
    if (!book.ok) return book;
    const days = Math.max(1, book.value.settings.publicityWorkingDays);
    const until = deadlineAfter(context.calendar, context.now, days);
    if (!until.ok) return until;
    return done({ type: 'award.published', v: 1, persons, from: context.now, until: until.value });
  },
});

type Decided = Exclude<AwardState, { stage: 'open' }>;
const inPublicity = (state: Decided, now: string): Recipient[] =>
  state.recipients.filter(({ publicity }) => publicity !== undefined && now <= publicity.until);

const object: Command = command({
  type: 'award.object',
  action: 'award.object',
  summary: '公示期内提出异议',
  on: 'award',
  fields: z.strictObject({ person: registryId.optional(), grounds: freeText(2000) }),
  about: (state) => aboutAward(existing(state)),
  decide: (state, fields, context) => {
    const open = existing(state);
    if (open.stage === 'open') return wrongStage(open);
    const shown = inPublicity(open, context.now);
    if (shown.length === 0) return refuse('award.publicity-over');
    if (fields.person !== undefined && !shown.some((one) => one.person === fields.person))
      return refuse('award.not-published', fields.person);
    return done({
      type: 'award.objected',
      v: 1,
      n: open.objections.length + 1,
      ...(fields.person === undefined ? {} : { about: fields.person }),
      grounds: { text: fields.grounds },
    });
  },
});

const answerObjection: Command = command({
  type: 'award.answerObjection',
  action: 'award.answerObjection',
  summary: '答复异议;异议成立的撤销该人选并递补',
  on: 'award',
  fields: z.strictObject({
    n: z.int().min(1),
    outcome: z.enum(['upheld', 'dismissed']),
    reason: freeText(1000),
  }),
  about: (state) => aboutAward(existing(state)),
  decide: (state, fields, context) => {
    const open = existing(state);
    if (open.stage === 'open' || open.stage === 'toDraw') return wrongStage(open);
    const raised = open.objections.find((one) => one.n === fields.n);
    if (!raised) return refuse('award.objection-unknown', `第 ${fields.n} 项`);
    if (raised.answer !== undefined) return refuse('award.objection-answered');
    const answered: DomainEvent = {
      type: 'award.objectionAnswered',
      v: 1,
      n: fields.n,
      outcome: fields.outcome,
      reason: { text: fields.reason },
    };
    const falls =
      fields.outcome === 'upheld' && raised.about !== undefined
        ? withdrawal(open, raised.about, fields.reason, context.registry)
        : [];
    return done(answered, ...falls);
  },
});

/** Takes somebody off the list or the reserve; a place that becomes free goes to the next who keeps every limit. */
const withdrawal = (state: Decided, person: string, reason: string, registry: Registry): DomainEvent[] => {
  const listed = state.recipients.some((one) => one.person === person);
  if (!listed && !state.reserve.includes(person)) return [];
  const withdrawn: DomainEvent = { type: 'award.withdrawn', v: 1, person, reason: { text: reason } };
  if (!listed) return [withdrawn];
  const left = state.recipients.map((one) => one.person).filter((one) => one !== person);
  const next = state.reserve.find((one) => fits(state.limits, [...left, one], registry));
  return next === undefined ? [withdrawn] : [withdrawn, { type: 'award.movedUp', v: 1, person: next }];
};

const withdraw: Command = command({
  type: 'award.withdraw',
  action: 'award.withdraw',
  summary: '撤销人选或称号,由下一名递补',
  on: 'award',
  fields: z.strictObject({ person: registryId, reason: freeText(1000) }),
  about: (state) => aboutAward(existing(state)),
  decide: (state, fields, context) => {
    const open = existing(state);
    if (open.stage === 'open' || open.stage === 'toDraw') return wrongStage(open);
    const events = withdrawal(open, fields.person, fields.reason, context.registry);
    return events.length === 0 ? refuse('award.not-listed', fields.person) : done(...events);
  },
});

const openObjections = (state: Decided): Objection[] =>
  state.objections.filter((one) => one.answer === undefined);

/** Those whose publicity is over and whose title is not announced yet. */
const ready = (state: Decided, now: string): Result<string[]> => {
  const waiting = state.recipients.filter((one) => one.announcedAt === undefined);
  const over = waiting.filter(({ publicity }) => publicity !== undefined && publicity.until < now);
  if (over.length > 0) return ok(over.map((one) => one.person));
  if (waiting.length === 0) return wrongStage(state);
  return waiting.some((one) => one.publicity !== undefined)
    ? refuse('award.publicity-running')
    : refuse('award.not-published');
};

const announce: Command = command({
  type: 'award.announce',
  action: 'award.announce',
  summary: '公示期满且异议均已答复,公布获评人员',
  on: 'award',
  fields: z.strictObject({}),
  about: (state) => aboutAward(existing(state)),
  decide: (state, _fields, context) => {
    const open = existing(state);
    if (open.stage === 'open' || open.stage === 'toDraw') return wrongStage(open);
    const persons = ready(open, context.now);
    if (!persons.ok) return persons;
    const waiting = openObjections(open);
    if (waiting.length > 0) return refuse('award.objection-open', `${waiting.length} 项异议尚未答复`);
    return done({ type: 'award.announced', v: 1, persons: persons.value });
  },
});

export const awardCommands: Command[] = [
  nominate,
  decide,
  draw,
  publish,
  object,
  answerObjection,
  withdraw,
  announce,
];
export const internalAwardCommands: Command[] = [openWith, reassess];
