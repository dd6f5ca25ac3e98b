// Writing a letter: drafting from cases, drafting from a frozen month, revising, and whether the facts still hold.
// Facts are counted here from the cases themselves; the clerk words them and can change no figure unseen.
import * as z from 'zod';
import { type About, about } from './access.ts';
import { departmentsOf as answerable, type CaseState, caseStands, countedCase, personsOf } from './case.ts';
import { aboutCase, stageTitles } from './case-facts.ts';
import { violationTypes } from './catalog.ts';
import { type Command, type Context, command, type Deciding, happened as done, existing } from './command.ts';
import { evidenceId } from './evidence.ts';
import { freeText, plainText } from './free-text.ts';
import { heirsOf, toldTo } from './heirs.ts';
import { month, monthlyId, monthOfId, newMonthlyId, registryId, type StreamRef, talkId } from './ids.ts';
import {
  caseLetterKinds,
  type LetterFacts,
  type LetterKind,
  type LetterState,
  type ListedCase,
  letterFacts,
  letterStageTitles,
  monthLetterKinds,
} from './letter.ts';
import { changedFacts, letterFactsOf, sourceOf } from './letter-facts.ts';
import { alteredFigures, figuresIn } from './letter-figures.ts';
import { bodyText, draftText, fixedPhrases } from './letter-wording.ts';
import type { Registry } from './people.ts';
import { ok, type Problem, type Result, refuse } from './problems.ts';
import { stands } from './score.ts';
import type { TalkState } from './talk.ts';
import { dayOf, type Month } from './time.ts';

/**
 * Facts of a letter for the permission. A department exists for it only once it is issued: no draft is read outside.
 * Whoever wrote on it is its reporter (checks and signs no letter of their own), checker and signer have decided.
 */
export const aboutLetter = (state: LetterState): About => {
  const out = state.stage === 'issued' || state.stage === 'closed' || state.stage === 'withdrawn';
  const steps = [
    ...('checked' in state ? [state.checked.by] : []),
    ...('signed' in state ? [state.signed.by] : []),
  ];
  return about({
    departments: out ? departmentsOf(state) : [],
    reporters: state.authors,
    deciders: steps.flatMap((by) => (by.for === undefined ? [by.person] : [by.person, by.for])),
  });
};
const departmentsOf = (state: LetterState): string[] =>
  state.department === undefined ? state.copies : [state.department];

export const wrongStage = (state: LetterState) =>
  refuse('letter.wrong-stage', `当前状态:${letterStageTitles[state.stage]}`);

const distinct = (ids: readonly string[]): boolean => new Set(ids).size === ids.length;
const caseList = z.array(monthlyId('case')).min(1).max(15).refine(distinct, '问题重复');
const talkList = z.array(talkId).max(6).refine(distinct, '谈话重复');
/** `<case>~<n>`: evidence that goes with the letter. */
const shareList = z
  .array(z.string().regex(/^case-[0-9a-f.-]{40,50}~[1-9]\d?$/, '证据编号写作 问题编号~序号'))
  .max(12)
  .refine(distinct, '证据重复');
/** Title and text as the clerk sends them out; the title is no free text of a person, it stands in lists. */
const textFields = {
  title: plainText(60).min(1, '不能为空'),
  body: freeText(5000),
};
const replyField = z.int().min(0).max(60).optional();

const draftFields = z
  .strictObject({
    kind: z.enum(caseLetterKinds),
    month,
    department: registryId,
    /** The measure of the ladder that this letter carries out. */
    measure: z
      .string()
      .regex(/^letter-20\d\d-\d\d-[a-z0-9-]{1,90}$/, '编号格式不对')
      .optional(),
    corrects: monthlyId('letter').optional(),
    cases: caseList,
    talks: talkList.default([]),
    shares: shareList.default([]),
    ...textFields,
    /** 0: no answer is asked; left out: as the rule book says. */
    replyWorkingDays: replyField,
  })
  .refine((fields) => fields.corrects === undefined || fields.kind === 'correction', {
    path: ['corrects'],
    message: '只有更正通知才填写所更正的函件',
  });

const draft: Command = command({
  type: 'letter.draft',
  action: 'letter.draft',
  summary: '拟稿:就所列问题函告派出单位(事实由系统按问题统计)',
  on: 'letter',
  fields: draftFields,
  creates: (fields, sent) => newMonthlyId('letter', fields.month, sent.command),
  months: (fields) => monthsOf(fields.month, fields.cases),
  also: (fields) => [
    ...refsOf(fields.cases, fields.talks),
    ...(fields.corrects === undefined ? [] : [{ kind: 'letter' as const, id: fields.corrects }]),
  ],
  about: () => about({}),
  decide: (_state, fields, context) => {
    if (!context.registry.of.department.has(fields.department))
      return refuse('registry.unknown', `部门 ${fields.department}`);
    const ended = endedDepartment(fields.department, context);
    if (ended) return ended;
    const corrected = wrongCorrection(fields.corrects, fields.department, context);
    if (corrected) return corrected;
    const linked = link(fields, context);
    if (!linked.ok) return linked;
    const named = namedPerson(fields, fields.month, context);
    if (named) return named;
    const reply = replyDays(fields.kind, fields.month, fields.replyWorkingDays, context);
    if (!reply.ok) return reply;
    return done({
      type: 'letter.drafted',
      v: 1,
      kind: fields.kind,
      month: fields.month,
      organ: context.registry.centre.codeWord,
      department: fields.department,
      ...(fields.measure === undefined ? {} : { measure: fields.measure }),
      ...(fields.corrects === undefined ? {} : { corrects: fields.corrects }),
      cases: linked.value.cases,
      talks: linked.value.talks,
      facts: linked.value.facts,
      replyWorkingDays: reply.value,
      copies: [],
      title: fields.title,
      body: { text: fields.body },
      ...altered(
        fields,
        ownFigures({
          kind: fields.kind,
          month: fields.month,
          facts: linked.value.facts,
          replyWorkingDays: reply.value,
          shares: fields.shares.length,
        }),
      ),
    });
  },
});

/** Whoever has ended is written to no more; the refusal says who answers now. */
export const endedDepartment = (
  department: string,
  { registry, now }: Pick<Context, 'registry' | 'now'>,
): Refusal => {
  const heirs = heirsOf(registry.of, department, dayOf(now));
  if (heirs.length === 1 && heirs[0] === department) return undefined;
  const names = heirs.map((id) => registry.of.department.get(id)?.name ?? id);
  return refuse('letter.department-ended', `请致函${names.join('或')}`);
};

const monthsOf = (own: Month, cases: readonly string[]): Month[] => [
  ...new Set([own, ...cases.map(monthOfId)]),
];
const refsOf = (cases: readonly string[], talks: readonly string[]): StreamRef[] => [
  ...cases.map((id): StreamRef => ({ kind: 'case', id })),
  ...talks.map((id): StreamRef => ({ kind: 'talk', id })),
];

type Refusal = { ok: false; problem: Problem } | undefined;

const wrongCorrection = (corrects: string | undefined, department: string, context: Context): Refusal => {
  if (corrects === undefined) return undefined;
  const before = context.other('letter', corrects);
  if (!before) return refuse('thing.not-found', corrects);
  if (before.stage !== 'issued' && before.stage !== 'closed' && before.stage !== 'withdrawn')
    return refuse('letter.not-issued');
  return before.department === department ? undefined : refuse('letter.case-elsewhere', corrects);
};

const replyDays = (
  kind: LetterKind,
  of: Month,
  asked: number | undefined,
  context: Context,
): Result<number> => {
  if (asked !== undefined) return ok(asked);
  switch (kind) {
    case 'monthly':
    case 'bulletin':
    case 'correction':
      return ok(0);
    case 'violation':
    case 'evidence': {
      const book = context.ruleBook(of);
      return book.ok ? ok(book.value.settings.letterReplyWorkingDays) : book;
    }
  }
};

interface Listing {
  kind: LetterKind;
  department: string;
  cases: readonly string[];
  talks: readonly string[];
  shares: readonly string[];
}
interface Linked {
  cases: ListedCase[];
  talks: string[];
  facts: LetterFacts;
}

/** Cases, talks and evidence of one department, each fit to be told to it, and the facts they give. */
const link = (listing: Listing, context: Context): Result<Linked> => {
  const cases = fitCases(listing, context);
  if (!cases.ok) return cases;
  const talks = fitTalks(listing, context);
  if (!talks.ok) return talks;
  const wrong = unfitShare(listing, cases.value);
  if (wrong) return wrong;
  const facts = letterFactsOf(sourceOf(cases.value, talks.value, context.ruleBook));
  if (!facts.ok) return facts;
  return ok({
    cases: cases.value.map((one) => ({
      id: one.id,
      shares: one.evidence
        .filter((entry) => listing.shares.includes(evidenceId(one.id, entry.n)))
        .map((entry) => entry.n),
    })),
    talks: [...listing.talks],
    facts: facts.value,
  });
};

/** Nobody is told on unheard: only what counts, or was settled on the spot. A correction also tells what was overturned. */
const fitCases = ({ kind, department, cases }: Listing, context: Context): Result<CaseState[]> => {
  const found: CaseState[] = [];
  for (const id of cases) {
    const one = context.other('case', id);
    if (!one || aboutCase(one).sealed) return refuse('thing.not-found', id);
    // Where a split does not say who answers for it, whoever writes says so by listing it.
    const matter = { departments: answerable(one), persons: personsOf(one), window: one.window };
    if (
      !answerable(one).includes(department) &&
      toldTo(context.registry, matter, department, dayOf(context.now)) === 'no'
    )
      return refuse('letter.case-elsewhere', id);
    const counted = countedCase(one);
    if (!counted || !(stands(counted) || (kind === 'correction' && counted.review)))
      return refuse(
        'letter.case-unfit',
        `${id}:${caseStands(one) ? stageTitles[one.stage] : '未认定或已撤销'}`,
      );
    found.push(one);
  }
  return ok(found);
};

const fitTalks = ({ department, talks }: Listing, context: Context): Result<TalkState[]> => {
  const found: TalkState[] = [];
  for (const id of talks) {
    const talk = context.other('talk', id);
    if (!talk) return refuse('thing.not-found', id);
    const matter = { departments: [talk.department], persons: [talk.person] };
    const told = toldTo(context.registry, matter, department, dayOf(context.now));
    if (talk.stage === 'withdrawn' || (talk.department !== department && told === 'no'))
      return refuse('letter.talk-unfit', id);
    found.push(talk);
  }
  return ok(found);
};

const unfitShare = ({ kind, shares }: Listing, cases: readonly CaseState[]): Refusal => {
  if ((kind === 'evidence') !== shares.length > 0) return refuse('letter.shares');
  const there = new Set(
    cases.flatMap((one) =>
      one.evidence.filter((entry) => entry.state === 'received').map((entry) => evidenceId(one.id, entry.n)),
    ),
  );
  const missing = shares.find((share) => !there.has(share));
  return missing === undefined ? undefined : refuse('letter.evidence-missing', missing);
};

/** People are named in the closed annex only (PIPL art. 6, 25). A name that is also an ordinary word of the form is none. */
const namedPerson = (text: { title: string; body: string }, of: Month, context: Context): Refusal => {
  const words = ordinaryWords(context.registry, context.ruleBook(of));
  const written = `${text.title}\n${text.body}`;
  for (const { name } of context.registry.of.staff.values())
    if (name.length > 1 && written.includes(name) && !words.includes(name))
      return refuse('letter.names-person', `文中出现“${name}”`);
  return undefined;
};

const ordinaryWords = (registry: Registry, book: ReturnType<Context['ruleBook']>): string =>
  [
    fixedPhrases,
    registry.centre.name,
    ...[...registry.of.department.values()].map((department) => department.name),
    ...violationTypes.map((type) => type.name),
    ...(book.ok ? book.value.clauses.map((clause) => clause.title) : []),
  ].join('\n');

/** The server states the facts of a frozen month; this command has no door. */
const draftFromMonth: Command = command({
  type: 'letter.draftFromMonth',
  action: 'letter.draft',
  summary: '按已定稿月份拟制月度函或通报(事实由系统统计)',
  on: 'letter',
  fields: z
    .strictObject({
      kind: z.enum(monthLetterKinds),
      month,
      department: registryId.optional(),
      copies: z.array(registryId).max(60).default([]),
      facts: letterFacts,
      list: z.strictObject({ digest: z.string().regex(/^[0-9a-f]{64}$/), count: z.int().min(0) }).optional(),
      ...textFields,
      replyWorkingDays: replyField,
    })
    .refine((fields) => (fields.kind === 'bulletin') === (fields.department === undefined), {
      path: ['department'],
      message: '月度函填写部门,通报不填',
    })
    .refine((fields) => (fields.kind === 'bulletin') === (fields.list !== undefined), {
      path: ['list'],
      message: '通报应附所依据的问题清单摘要',
    })
    .refine((fields) => fields.list === undefined || fields.list.count === fields.facts.cases, {
      path: ['list', 'count'],
      message: '清单件数与事实不符',
    }),
  creates: (fields, sent) => newMonthlyId('letter', fields.month, sent.command),
  months: (fields) => [fields.month],
  also: (fields) => [{ kind: 'month', id: fields.month }],
  about: () => about({}),
  decide: (_state, fields, context) => {
    if (context.other('month', fields.month)?.stage !== 'frozen') return refuse('letter.month-open');
    for (const id of [...fields.copies, ...(fields.department === undefined ? [] : [fields.department])])
      if (!context.registry.of.department.has(id)) return refuse('registry.unknown', `部门 ${id}`);
    const ended = fields.department === undefined ? undefined : endedDepartment(fields.department, context);
    if (ended) return ended;
    const named = namedPerson(fields, fields.month, context);
    if (named) return named;
    const figures = ownFigures({
      kind: fields.kind,
      month: fields.month,
      facts: fields.facts,
      replyWorkingDays: fields.replyWorkingDays ?? 0,
      shares: 0,
    }).slice(0, 60);
    return done({
      type: 'letter.drafted',
      v: 1,
      kind: fields.kind,
      month: fields.month,
      organ: context.registry.centre.codeWord,
      ...(fields.department === undefined ? {} : { department: fields.department }),
      cases: [],
      talks: [],
      ...(fields.list === undefined ? {} : { list: fields.list }),
      facts: fields.facts,
      replyWorkingDays: fields.replyWorkingDays ?? 0,
      copies: fields.copies,
      title: fields.title,
      body: { text: fields.body },
      figures,
      ...altered(fields, figures),
    });
  },
});

const reviseFields = z.strictObject({
  ...textFields,
  cases: caseList.optional(),
  talks: talkList.optional(),
  shares: shareList.optional(),
  replyWorkingDays: replyField,
});
type ReviseFields = z.infer<typeof reviseFields>;

const revise: Command = command({
  type: 'letter.revise',
  action: 'letter.revise',
  summary: '修改未核稿或被退回的函件,并按所列问题重新统计事实',
  on: 'letter',
  fields: reviseFields,
  months: (fields, state) => monthsOf(existing(state).month, casesOf(existing(state), fields)),
  also: (fields, state) => {
    const open = existing(state);
    return refsOf(casesOf(open, fields), fields.talks ?? open.talks);
  },
  about: (state) => aboutLetter(existing(state)),
  decide: (state, fields, context) => {
    const open = existing(state);
    if (open.stage !== 'draft' && open.stage !== 'returned') return wrongStage(open);
    const named = namedPerson(fields, open.month, context);
    if (named) return named;
    const linked = relink(open, fields, context);
    if (!linked.ok) return linked;
    return done({
      type: 'letter.revised',
      v: 1,
      organ: context.registry.centre.codeWord,
      replyWorkingDays: fields.replyWorkingDays ?? open.replyWorkingDays,
      ...(linked.value === undefined ? {} : { linked: linked.value }),
      title: fields.title,
      body: { text: fields.body },
      ...altered(fields, open.figures ?? linkedFigures(open, fields, linked.value)),
    });
  },
});

/** The figures that the system's own wording of some facts states. */
const ownFigures = (input: {
  kind: LetterKind;
  month: Month;
  facts: LetterFacts;
  replyWorkingDays: number;
  shares: number;
}): string[] => {
  const proposed = draftText({ ...input, centre: '' });
  return figuresIn(`${proposed.title}\n${bodyText(proposed)}`);
};
/** Figures of an edited text that were not counted: whoever signs is shown them first. */
const altered = (
  text: { title: string; body: string },
  own: readonly string[] | undefined,
): { altered?: string[] } => {
  if (own === undefined) return {};
  const found = alteredFigures(`${text.title}\n${text.body}`, own);
  return found.length === 0 ? {} : { altered: found };
};

const casesOf = (state: LetterState, fields: ReviseFields): string[] =>
  fields.cases ?? state.cases.map((one) => one.id);

const linkedFigures = (
  open: LetterState,
  fields: ReviseFields,
  linked: Linked | undefined,
): string[] | undefined =>
  linked === undefined
    ? undefined
    : ownFigures({
        kind: open.kind,
        month: open.month,
        facts: linked.facts,
        replyWorkingDays: fields.replyWorkingDays ?? open.replyWorkingDays,
        shares: (fields.shares ?? sharesOf(open)).length,
      });

/** The cases of a month's letter lie in its frozen cut: nobody picks them, and they never change. */
const relink = (state: LetterState, fields: ReviseFields, context: Deciding): Result<Linked | undefined> => {
  if (state.department === undefined || state.kind === 'monthly')
    return fields.cases || fields.talks || fields.shares ? refuse('letter.facts-frozen') : ok(undefined);
  return link(
    {
      kind: state.kind,
      department: state.department,
      cases: casesOf(state, fields),
      talks: fields.talks ?? state.talks,
      shares: fields.shares ?? sharesOf(state),
    },
    context,
  );
};

/** Ids of the evidence that goes with a letter. */
export const sharesOf = (state: LetterState): string[] =>
  state.cases.flatMap((one) => one.shares.map((n) => evidenceId(one.id, n)));

/** Rule books and heads that `stillTrue` needs. */
export const factMonths = (state: LetterState): Month[] =>
  monthsOf(
    state.month,
    state.cases.map((one) => one.id),
  );
export const factRefs = (state: LetterState): StreamRef[] =>
  refsOf(
    state.cases.map((one) => one.id),
    state.talks,
  );

/** Whether the facts under the text are still those of the cases; refuses naming what differs. */
export const stillTrue = (state: LetterState, context: Context): Result<true> => {
  const organ = context.registry.centre.codeWord;
  if (state.organ !== organ) return refuse('letter.facts-changed', `机关代字:${state.organ} → ${organ}`);
  if (state.cases.length === 0) return ok(true);
  const cases = state.cases.flatMap((one) => context.other('case', one.id) ?? []);
  const talks = state.talks.flatMap((id) => context.other('talk', id) ?? []);
  const source = sourceOf(cases, talks, context.ruleBook);
  if (source.cases.length === 0) return refuse('letter.facts-changed', '所列问题均已不再认定');
  const now = letterFactsOf(source);
  if (!now.ok) return now;
  const changed = changedFacts(state.facts, now.value);
  return changed.length === 0 ? ok(true) : refuse('letter.facts-changed', changed.join(';'));
};

export const draftingCommands: Command[] = [draft, revise];
export const internalLetterCommands: Command[] = [draftFromMonth];
