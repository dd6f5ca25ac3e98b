// Official wording (公文用语) of letters and the bulletin, made from facts. It is given figures, clause titles and names of
// bodies, never a person: names stand only in the closed annex of a letter (PIPL art. 6, 25).
import { type CaseState, countedCase, personsOf, reviewOf } from './case.ts';
import { severityNames, violationType } from './catalog.ts';
import {
  type Count,
  caseLetterKinds,
  countText,
  type LetterFacts,
  type LetterKind,
  monthLetterKinds,
} from './letter.ts';
import type { Registry } from './people.ts';
import { ok, type Result, refuse } from './problems.ts';
import { clauseLabel, clauseOf, type RuleBook } from './rulebook.ts';
import {
  chineseDate,
  chineseMonth,
  clockTimeOf,
  type Day,
  dayOf,
  firstDayOf,
  lastDayOf,
  type Month,
} from './time.ts';

export interface WordingInput {
  kind: LetterKind;
  /** Full or standard short name of the organ (GB/T 9704-2012, 10.1). */
  centre: string;
  /** The department addressed; a bulletin goes to the windows. */
  department?: string;
  month: Month;
  facts: LetterFacts;
  /** Working days to answer; 0: no answer is asked. */
  replyWorkingDays: number;
  /** Departments that ended and that the addressee carries on (合并、分立), by name. */
  formerly?: readonly string[];
  /** Files that go with the letter. */
  shares?: number;
  /** The letter that is corrected. */
  corrects?: { documentNumber: string; issuedOn: Day };
}

/** A proposal the clerk may edit. `addressee` without its colon; `paragraphs` without indents. */
export interface DraftText {
  title: string;
  addressee: string;
  paragraphs: string[];
  annexes: string[];
}

/** 2026年11月. */

const periodText = ({ from, to }: { from: Day; to: Day }): string => {
  const month = from.slice(0, 7);
  if (from === firstDayOf(month) && to === lastDayOf(month)) return chineseMonth(month);
  return from === to ? chineseDate(from) : `${chineseDate(from)}至${chineseDate(to)}`;
};

const isNone = (of: Count): boolean => of.personTimes + of.incidents === 0;

/** Title of a 函 or 通报: 发文机关 + 关于 + 事由 + 的 + 文种. */
export const titleOf = (kind: LetterKind, centre: string, month: Month): string => {
  switch (kind) {
    case 'violation':
      return `${centre}关于派驻窗口违纪问题的函`;
    case 'evidence':
      return `${centre}关于派驻窗口违纪问题及移交音视频资料的函`;
    case 'correction':
      return `${centre}关于更正派驻窗口违纪问题有关情况的函`;
    case 'monthly':
      return `${centre}关于${chineseMonth(month)}派驻窗口遵规守纪考核情况的函`;
    case 'bulletin':
      return `${centre}关于${chineseMonth(month)}窗口遵规守纪情况的通报`;
  }
};

/** The whole draft from the facts. Equal facts give equal text. */
export const draftText = (input: WordingInput): DraftText => ({
  title: titleOf(input.kind, input.centre, input.month),
  addressee: input.kind === 'bulletin' ? '各窗口' : (input.department ?? ''),
  paragraphs: [
    ...openingOf(input),
    ...formerlyOf(input),
    ...treatmentOf(input.facts),
    ...requestOf(input),
    closingOf(input.kind),
  ],
  annexes: annexesOf(input),
});

/** What the month's board counts besides: reminded and put right on the spot. */
const onSpotText = ({ onSpot }: LetterFacts): string =>
  onSpot === undefined ? '' : `另有当场提醒、已改正${countText(onSpot)}。`;

const noneText = (facts: LetterFacts): string =>
  facts.onSpot === undefined ? '未发现违纪问题。' : `未发现应予扣分的违纪问题。${onSpotText(facts)}`;

/** The draft as one text, one paragraph a line, as the clerk edits it and as it is kept. */
export const bodyText = (draft: DraftText): string => draft.paragraphs.join('\n');

const openingOf = (input: WordingInput): string[] => {
  const { facts } = input;
  const period = periodText(facts.period);
  switch (input.kind) {
    case 'violation':
    case 'evidence':
      return [
        `${period}，本中心在日常督查中发现并核实你单位派驻窗口违纪问题${countText(facts.total)}。${severityText(facts)}`,
        ...clauseText(facts),
      ];
    case 'monthly':
      return isNone(facts.total)
        ? [`${period}，你单位派驻窗口${noneText(facts)}`]
        : [
            `现将${period}你单位派驻窗口遵规守纪考核情况函告如下：共核实违纪问题${countText(facts.total)}。${severityText(facts)}${onSpotText(facts)}`,
            ...clauseText(facts),
          ];
    case 'bulletin':
      return isNone(facts.total)
        ? [`${period}，各窗口${noneText(facts)}`]
        : [
            `${period}，本中心共核实窗口违纪问题${countText(facts.total)}。${severityText(facts)}${onSpotText(facts)}现将有关情况通报如下。`,
            ...clauseText(facts),
            ...departmentText(facts),
          ];
    case 'correction':
      return [correctionText(input)];
  }
};

const formerlyOf = ({ formerly = [], facts }: WordingInput): string[] =>
  formerly.length === 0 || isNone(facts.total)
    ? []
    : [`以上含原${formerly.join('、原')}派驻窗口由你单位承继的问题。`];

const severityText = ({ severities, earlier }: LetterFacts): string => {
  const parts = [
    ...(isNone(severities.serious) ? [] : [`严重${countText(severities.serious)}`]),
    ...(isNone(severities.evident) ? [] : [`明显${countText(severities.evident)}`]),
    ...(isNone(severities.minor) ? [] : [`轻微${countText(severities.minor)}`]),
  ];
  const late = earlier > 0 ? `（含以前发生、本期核实的${earlier}件）` : '';
  return parts.length === 0 ? '' : `其中，${parts.join('，')}${late}。`;
};

const clauseText = ({ clauses }: LetterFacts): string[] =>
  clauses.length === 0
    ? []
    : [`主要情形：${clauses.map((line) => `${line.title}${countText(line.of)}`).join('；')}。`];

const departmentText = ({ departments }: LetterFacts): string[] =>
  departments.length === 0
    ? []
    : [
        `按派驻部门统计：${departments.map((row) => `${row.name}${countText(row.of)}`).join('；')}。其他部门未发现违纪问题。`,
      ];

const correctionText = ({ corrects, facts, department }: WordingInput): string => {
  const before =
    corrects === undefined
      ? `本中心此前就${department ?? '有关部门'}派驻窗口函告的有关问题`
      : `本中心${chineseDate(corrects.issuedOn)}印发的${corrects.documentNumber}所列有关问题`;
  const parts = [
    ...(facts.overturned > 0 ? [`撤销${facts.overturned}件`] : []),
    ...(facts.reduced > 0 ? [`减轻处理${facts.reduced}件`] : []),
  ];
  const outcome = parts.length === 0 ? '经核对' : `经复核，${parts.join('，')}`;
  return `${before}，${outcome}。更正后，${periodText(facts.period)}所列问题中认定的违纪问题为${countText(facts.total)}。`;
};

/** What the centre has done already, so that the department does not do it twice. */
const treatmentOf = (facts: LetterFacts): string[] => {
  const { measures } = facts;
  const parts = [
    ...(isNone(measures.reminded) ? [] : [`提醒${countText(measures.reminded)}`]),
    ...(isNone(measures.deducted) ? [] : [`考核扣分${countText(measures.deducted)}`]),
    ...(measures.sectionTalks > 0 ? [`科室负责人谈话${measures.sectionTalks}次`] : []),
    ...(measures.directorTalks > 0 ? [`分管领导谈话${measures.directorTalks}次`] : []),
  ];
  return [
    ...(parts.length === 0 ? [] : [`对上述问题，本中心已按考核办法处理：${parts.join('，')}。`]),
    ...(facts.underReview > 0 ? [`其中${facts.underReview}件已申请复核，复核结果如有变更将另行告知。`] : []),
  ];
};

const requestOf = ({ kind, facts, replyWorkingDays, shares = 0 }: WordingInput): string[] => {
  const reply =
    replyWorkingDays > 0 ? `，并自本函印发之日起${replyWorkingDays}个工作日内将有关情况函复本中心` : '';
  switch (kind) {
    case 'violation':
      return [`请你单位核实有关情况，对相关人员加强教育管理，督促整改${reply}。`];
    case 'evidence':
      return [
        `鉴于你单位派驻窗口违纪问题持续偏多，现一并移交相关音视频资料${shares}份。资料仅限核实问题和教育管理使用，请指定专人保管，不得复制、传播。`,
        `请你单位约谈相关人员，必要时调整窗口人员，制定整改措施${reply}。`,
      ];
    case 'monthly':
      return isNone(facts.total)
        ? ['请你单位继续支持和加强窗口管理。']
        : [`请你单位加强派驻窗口人员教育管理${reply}。`];
    case 'bulletin':
      return isNone(facts.total)
        ? ['请各窗口继续保持，遵规守纪，做好服务。']
        : ['请各窗口对照上述问题开展自查，立即整改，严格遵守工作纪律，提高服务质量。'];
    case 'correction':
      return [`以本函为准，请你单位据此调整有关处理${reply}。`];
  }
};

const closingOf = (kind: LetterKind): string => {
  switch (kind) {
    case 'bulletin':
      return '特此通报。';
    case 'correction':
      return '特此更正。';
    case 'violation':
    case 'evidence':
    case 'monthly':
      return '特此函告。';
  }
};

const annexesOf = ({ kind, facts }: WordingInput): string[] => {
  switch (kind) {
    case 'bulletin':
      return [];
    case 'monthly':
      return isNone(facts.total) ? [] : ['违纪问题清单（内部材料，不得公开）'];
    case 'violation':
    case 'correction':
      return ['违纪问题清单（内部材料，不得公开）'];
    case 'evidence':
      return ['违纪问题清单（内部材料，不得公开）', '音视频资料移交清单'];
  }
};

const some: Count = { personTimes: 1, incidents: 1 };
const everything: LetterFacts = {
  period: { from: '2026-01-02', to: '2026-01-03' },
  cases: 2,
  earlier: 1,
  total: some,
  severities: { minor: some, evident: some, serious: some },
  clauses: [{ clause: '1', title: '', of: some }],
  measures: { reminded: some, deducted: some, sectionTalks: 1, directorTalks: 1 },
  underReview: 1,
  reduced: 1,
  overturned: 1,
  departments: [{ department: '', name: '', of: some }],
};
/** All fixed phrases in one text: a staff member who happens to be called like a word of it is not named by it. */
export const fixedPhrases: string = [...caseLetterKinds, ...monthLetterKinds]
  .flatMap((kind) =>
    [everything, { ...everything, total: { personTimes: 0, incidents: 0 } }].flatMap((facts) => {
      const draft = draftText({ kind, centre: '', month: '2026-01', facts, replyWorkingDays: 1, shares: 1 });
      return [draft.title, ...draft.paragraphs];
    }),
  )
  .join('\n');

/** One line of the closed annex: the only place of a letter where people are named. */
export interface AnnexRow {
  case: string;
  when: string;
  window: string;
  persons: string[];
  violation: string;
  clause: string;
  severity: string;
  outcome: string;
  files: number;
}

/** The closed annex from the cases as they are now, in order of time. `shares` counts the files that go along. */
export const annexOf = (
  cases: readonly CaseState[],
  registry: Registry,
  ruleBook: (month: Month) => Result<RuleBook>,
  shares: (id: string) => number,
): Result<AnnexRow[]> => {
  const rows: AnnexRow[] = [];
  for (const state of cases.toSorted((a, b) =>
    `${a.happened.from}${a.id}` < `${b.happened.from}${b.id}` ? -1 : 1,
  )) {
    const counted = countedCase(state);
    if (!counted) continue;
    const book = ruleBook(counted.month);
    if (!book.ok) return book;
    const clause = clauseOf(book.value, counted.clause);
    if (!clause) return refuse('clause.unknown', counted.clause);
    rows.push({
      case: state.id,
      when: `${chineseDate(dayOf(state.happened.from))} ${clockTimeOf(state.happened.from)}`,
      window: (state.window === undefined ? undefined : registry.of.window.get(state.window)?.number) ?? '',
      persons: personsOf(state).map((id) => registry.of.staff.get(id)?.name ?? id),
      violation: violationType(state.type)?.name ?? state.type,
      clause: clauseLabel(clause),
      severity: severityNames[counted.severity],
      outcome: outcomeText(state),
      files: shares(state.id),
    });
  }
  return ok(rows);
};

const outcomeText = (state: CaseState): string => {
  const review = reviewOf(state);
  const found = state.stage === 'settledOnSpot' ? '当场提醒、已改正' : '已认定';
  if (review === undefined) return found;
  if (review.state === 'asked') return `${found}，正在复核`;
  switch (review.outcome) {
    case 'upheld':
      return '复核维持';
    case 'reduced':
      return '复核减轻';
    case 'overturned':
      return '复核撤销';
  }
};
