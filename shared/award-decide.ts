// What may be done with an award. Never more recipients than the quota, nobody withdrawn, nobody announced who was not
// published for the whole time: who moves up has a publicity of their own.
import * as z from 'zod';
import { type About, type Actor, about, may } from './access.ts';
import { type Assessed, type AwardState, awardStageTitles, nobodyYet, type Objection } from './award.ts';
import { termOf } from './award-term.ts';
import { deadlineAfter } from './calendar.ts';
import {
  type Command,
  command,
  type Deciding,
  type Decision,
  happened as done,
  existing,
} from './command.ts';
import { committeeOf, type Sitting } from './committee.ts';
import { type DepartmentLimit, mostOf } from './department-limit.ts';
import { drawOf } from './draw.ts';
import type { DomainEvent } from './events.ts';
import { type ManifestEntry, manifest } from './evidence.ts';
import { freeText, plainText } from './free-text.ts';
import { day, month, registryId } from './ids.ts';
import { departmentOn, type Registry, staffAt } from './people.ts';
import { ok, type Problem, type Result, refuse } from './problems.ts';
import { inPublicity } from './publicity.ts';
import type { AwardRule } from './rulebook-award.ts';
import { quotaOf } from './star-rule.ts';
import { type Day, dayOf, isAhead } from './time.ts';
import { recipientName } from './title-score.ts';

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

const publicNumber = z.string().regex(/^[0-9]{2,40}$/, '公共号码只含数字,至少两位');
const awardCode = z.string().regex(/^[a-z][a-z0-9]{0,15}$/);

/** The server computes the candidates from frozen scores; this command has no door. */
const openWith: Command = command({
  type: 'award.openWith',
  action: 'award.open',
  summary: '按已定稿的月份(季、年)或已结束的一周启动评选,列出候选对象及理由',
  on: 'award',
  fields: z.strictObject({ month, code: awardCode, week: day.optional(), candidates }),
  creates: (fields) =>
    `award-${fields.month}-${fields.code}${fields.week === undefined ? '' : `-${fields.week}`}`,
  months: (fields) => [fields.month],
  also: (fields) => [{ kind: 'month', id: fields.month }],
  about: () => about({}),
  decide: (state, fields, context) => {
    if (state) return refuse('thing.exists', awardStageTitles[state.stage]);
    const book = context.ruleBook(fields.month);
    if (!book.ok) return book;
    const rule = book.value.awards.find((one) => one.code === fields.code);
    if (!rule) return refuse('award.unknown', fields.code);
    const term = termOf(rule, fields.month, fields.week);
    if (!term.ok) return term;
    if (rule.cadence === 'week') {
      if (dayOf(context.now) <= term.value.until) return refuse('award.period-open', term.value.until);
    } else if (context.other('month', fields.month)?.stage !== 'frozen') return refuse('award.month-open');
    const { recipient = 'person' } = rule;
    const { material } = rule.eligible;
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
      ...(rule.cadence === 'month' ? {} : { term: { from: term.value.from, until: term.value.until } }),
      ...(recipient === 'person' ? {} : { recipient }),
      ...(rule.selfNomination ? { selfNomination: true } : {}),
      ...(material ? { material: { deeds: material.deeds, characters: material.characters } } : {}),
      ...(rule.committee ? { committee: { seats: rule.committee.seats, byLot: rule.committee.byLot } } : {}),
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

const nominateFields = z.strictObject({
  /** Person, window or department: whoever the title is given to. */
  person: registryId,
  material: freeText(2000),
  /** Outstanding deeds the material tells of. */
  deeds: z.int().min(0).max(20).default(0),
  evidence: manifest.default([]),
});
type NominateFields = z.infer<typeof nominateFields>;

const recipientOf = (award: Pick<AwardState, 'recipient'>): 'person' | 'window' | 'department' =>
  award.recipient ?? 'person';

/** The department a candidate belongs to, for its limit and for who may put it forward. */
const departmentOf = (
  registry: Registry,
  award: Pick<AwardState, 'recipient'>,
  id: string,
): string | undefined => {
  switch (recipientOf(award)) {
    case 'person':
      return registry.of.staff.get(id)?.department;
    case 'window':
      return registry.of.window.get(id)?.department;
    case 'department':
      return registry.of.department.has(id) ? id : undefined;
  }
};

/** Who speaks for a candidate themselves: the person, or whoever sits at the window. */
const selvesOf = (
  registry: Registry,
  award: Pick<AwardState, 'recipient'>,
  id: string,
  on: Day,
): readonly string[] => {
  switch (recipientOf(award)) {
    case 'person':
      return [id];
    case 'window':
      return staffAt(registry, id, on);
    case 'department':
      return [];
  }
};

const lengthOf = (material: string): number => [...material.replace(/\s/gu, '')].length;

/** Once the committee sits or the meeting has decided, the list they judge by stands. */
const nominationsOver = (award: AwardState): Refusal => {
  if (award.stage !== 'open') return wrongStage(award);
  return award.committee?.sitting ? refuse('award.committee-drawn') : undefined;
};

const nominated = (
  open: AwardState,
  fields: NominateFields,
  context: Deciding,
  self: boolean,
): Result<Decision> => {
  const unfit =
    nominationsOver(open) ??
    unfitPerson(open, fields.person, context.registry) ??
    filesAhead(fields.evidence, context);
  if (unfit) return unfit;
  const before = open.nominated.map((one) => one.person);
  if (before.includes(fields.person)) return refuse('award.nominated-before');
  const characters = lengthOf(fields.material);
  const short = tooShort(open, fields.deeds, characters);
  if (short) return short;
  const full = tooMany(open, [...before, fields.person], context.registry);
  if (full) return full;
  return done({
    type: 'award.nominated',
    v: 1,
    person: fields.person,
    material: { text: fields.material },
    evidence: fields.evidence,
    ...(self ? { self: true } : {}),
    ...(fields.deeds === 0 ? {} : { deeds: fields.deeds }),
    characters,
  });
};

const tooShort = ({ material }: AwardState, deeds: number, characters: number): Refusal => {
  if (!material) return undefined;
  if (deeds < material.deeds)
    return refuse('award.material-short', `突出事迹${deeds}件,要求${material.deeds}件以上`);
  return characters < material.characters
    ? refuse('award.material-short', `材料${characters}字,要求不少于${material.characters}字`)
    : undefined;
};

const aboutCandidate = (award: AwardState, id: string, registry: Registry): About => {
  const department = departmentOf(registry, award, id);
  return about({
    ...aboutAward(award),
    persons: [id],
    departments: department === undefined ? [] : [department],
  });
};

/** Of those who may win it, whom somebody may put forward: a chief representative their own department's. */
export const nominableBy = (actor: Actor, award: AwardState, registry: Registry, on: Day): string[] =>
  award.stage === 'open'
    ? award.eligible.filter((id) => may(actor, 'award.nominate', aboutCandidate(award, id, registry), on).ok)
    : [];

const nominate: Command = command({
  type: 'award.nominate',
  action: 'award.nominate',
  summary: '首席代表推荐本部门人员、窗口或部门,附事迹材料',
  on: 'award',
  fields: nominateFields,
  about: (state, fields, context) => aboutCandidate(existing(state), fields.person, context.registry),
  decide: (state, fields, context) => nominated(existing(state), fields, context, false),
});

const nominateSelf: Command = command({
  type: 'award.nominateSelf',
  action: 'award.nominateSelf',
  summary: '自荐(考核办法允许的),附事迹材料;窗口由在该窗口的人员自荐',
  on: 'award',
  fields: nominateFields,
  about: (state, fields, context) => {
    const award = existing(state);
    return about({
      ...aboutAward(award),
      persons: [...selvesOf(context.registry, award, fields.person, dayOf(context.now))],
    });
  },
  decide: (state, fields, context) =>
    existing(state).selfNomination
      ? nominated(existing(state), fields, context, true)
      : refuse('award.no-self-nomination'),
});

/**
 * By whom it was made: a department's own by its chief representatives, whoever put themselves forward by themselves.
 */
const takeBackNomination: Command = command({
  type: 'award.takeBackNomination',
  action: 'award.takeBackNomination',
  summary: '撤回推荐或自荐(评审组产生前、研究确定前),之后可以另行推荐',
  on: 'award',
  fields: z.strictObject({ person: registryId }),
  about: (state, { person }, { registry, now }) => {
    const award = existing(state);
    const put = award.nominated.find((one) => one.person === person);
    const { departments, ...whole } = aboutCandidate(award, person, registry);
    const selves = [...selvesOf(registry, award, person, dayOf(now))];
    // Whoever might have made it hears that it is gone.
    return {
      ...whole,
      departments: put?.self ? [] : departments,
      persons: put === undefined || put.self ? selves : [],
    };
  },
  decide: (state, { person }) => {
    const open = existing(state);
    const over = nominationsOver(open);
    if (over) return over;
    return open.nominated.some((one) => one.person === person)
      ? done({ type: 'award.nominationTakenBack', v: 1, person })
      : refuse('award.nomination-gone');
  },
});

/** Candidates in whose matter a member may not sit: those put forward, or everybody eligible where nobody need be. */
const candidatesFor = (state: AwardState, registry: Registry): Sitting[] => {
  const ids =
    state.nominated.length > 0
      ? state.nominated.map(({ person }) => person)
      : state.mustBeNominated
        ? []
        : state.eligible;
  return ids.map((id) => {
    const department = departmentOf(registry, state, id);
    return department === undefined ? { id } : { id, department };
  });
};

const callCommittee: Command = command({
  type: 'award.callCommittee',
  action: 'award.callCommittee',
  summary: '公布评审组候选名单和将用于抽签的公共号码;不抽签的,名单即评审组',
  on: 'award',
  fields: z.strictObject({
    list: z
      .array(registryId)
      .min(1)
      .max(100)
      .refine((ids) => new Set(ids).size === ids.length, '人员重复'),
    /** Which public number will decide, said beforehand. */
    source: plainText(100).min(1, '不能为空'),
    evidence: manifest.default([]),
  }),
  about: (state) => aboutAward(existing(state)),
  decide: (state, fields, context) => {
    const open = existing(state);
    if (open.stage !== 'open') return wrongStage(open);
    if (!open.committee) return refuse('award.committee-unasked');
    if (open.committee.sitting) return refuse('award.committee-drawn');
    const { registry } = context;
    const unknown = fields.list.find((id) => !registry.of.staff.has(id));
    if (unknown !== undefined) return refuse('registry.unknown', `人员 ${unknown}`);
    const list = fields.list.map((id): Sitting => {
      const department = departmentOn(registry, id, dayOf(context.now));
      return department === undefined ? { id } : { id, department };
    });
    const called: DomainEvent = { type: 'award.committeeCalled', v: 1, list, source: fields.source };
    if (open.committee.byLot) return done(called);
    if (nobodyYet(open)) return refuse('award.nobody-nominated');
    const { barred } = committeeOf(list, candidatesFor(open, registry), list.length, open.id);
    const [first] = barred;
    if (first) return refuse('award.committee-barred', `${recipientName(registry, first.id)}:${first.why}`);
    if (list.length !== open.committee.seats)
      return refuse('award.committee-small', `评审组${open.committee.seats}人,名单${list.length}人`);
    const wrong = filesAhead(fields.evidence, context);
    if (wrong) return wrong;
    const seats = fields.list;
    return done(called, {
      type: 'award.committeeDrawn',
      v: 1,
      seats,
      reserve: [],
      barred: [],
      evidence: fields.evidence,
    });
  },
});

const drawCommittee: Command = command({
  type: 'award.drawCommittee',
  action: 'award.drawCommittee',
  summary: '公开抽签产生评审组:名单先定,参评人员及其部门回避,人人可复核',
  on: 'award',
  fields: z.strictObject({ publicNumber, evidence: manifest.default([]) }),
  about: (state) => aboutAward(existing(state)),
  decide: (state, fields, context) => {
    const open = existing(state);
    if (open.stage !== 'open') return wrongStage(open);
    if (!open.committee) return refuse('award.committee-unasked');
    if (open.committee.sitting) return refuse('award.committee-drawn');
    if (!open.committee.called) return refuse('award.no-committee', '尚未公布候选名单');
    if (nobodyYet(open)) return refuse('award.nobody-nominated');
    const wrong = filesAhead(fields.evidence, context);
    if (wrong) return wrong;
    const seed = `${open.id}:committee:${fields.publicNumber}`;
    const { list } = open.committee.called;
    const drawn = committeeOf(list, candidatesFor(open, context.registry), open.committee.seats, seed);
    if (drawn.seats.length < open.committee.seats)
      return refuse(
        'award.committee-small',
        `评审组${open.committee.seats}人,回避后只有${drawn.seats.length}人`,
      );
    return done({
      type: 'award.committeeDrawn',
      v: 1,
      publicNumber: fields.publicNumber,
      seed,
      seats: drawn.seats,
      reserve: drawn.reserve,
      barred: drawn.barred,
      evidence: fields.evidence,
    });
  },
});

const unfitPerson = (state: AwardState, person: string, registry: Registry): Refusal => {
  const name = recipientName(registry, person);
  if (state.heldBack.includes(person)) return refuse('award.held-back', name);
  return state.eligible.includes(person) ? undefined : refuse('award.not-eligible', name);
};

/** The first department a list holds too many of; limits of halls and grids are kept by the proposal the meeting is shown. */
const tooMany = (award: AwardState, persons: readonly string[], registry: Registry): Refusal => {
  const counts = new Map<string, number>();
  for (const person of persons) {
    const department = departmentOf(registry, award, person) ?? '';
    counts.set(department, (counts.get(department) ?? 0) + 1);
  }
  for (const [department, count] of counts) {
    const most = mostOf(award, department);
    if (most !== undefined && count > most)
      return refuse('award.department-full', `${recipientName(registry, department)}最多${most}名`);
  }
  return undefined;
};
const fits = (...asked: Parameters<typeof tooMany>): boolean => tooMany(...asked) === undefined;

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
    if (open.committee && !open.committee.sitting) return refuse('award.no-committee');
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
    const unfit = unfitPerson(state, person, registry);
    if (unfit) return unfit;
    if (state.mustBeNominated && !state.nominated.some((one) => one.person === person))
      return refuse('award.not-nominated', recipientName(registry, person));
  }
  return tooMany(state, chosen, registry);
};

const draw: Command = command({
  type: 'award.draw',
  action: 'award.draw',
  summary: '公开抽签:名单先定,以事先公告的公共号码为种子,人人可复核',
  on: 'award',
  fields: z.strictObject({
    publicNumber,
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
      if (winners.length < open.draw.places && fits(open, list, context.registry)) winners.push(person);
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
    const shown = inPublicity(open.recipients, context.now);
    if (shown.length === 0) return refuse('award.publicity-over');
    const { person } = fields;
    if (person !== undefined && !shown.some((one) => one.person === person)) {
      const name = recipientName(context.registry, person);
      return open.recipients.some((one) => one.person === person && one.publicity !== undefined)
        ? refuse('award.publicity-over', `${name}的公示期已满`)
        : refuse('award.not-published', name);
    }
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
  const next = state.reserve.find((one) => fits(state, [...left, one], registry));
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
    return events.length === 0
      ? refuse('award.not-listed', recipientName(context.registry, fields.person))
      : done(...events);
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
  nominateSelf,
  takeBackNomination,
  callCommittee,
  drawCommittee,
  decide,
  draw,
  publish,
  object,
  answerObjection,
  withdraw,
  announce,
];
export const internalAwardCommands: Command[] = [openWith, reassess];
