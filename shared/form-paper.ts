// Forms of the house as papers: 问题告知单, 谈话记录, 整改单 and 整改催办单, 巡查表. Their parts are those that the sources name
// (the notice of the hall's process: number, addressee, fact, clause, deadline, reply slip, receipt). Filled in where the house knows it,
// ruled to be filled in by hand where it does not.
import type { CaseState } from './case.ts';
import { severityNames, violationType } from './catalog.ts';
import type { InspectionState, LookResult } from './inspection.ts';
import type { Block, Cell, PaperContent, Row } from './paper-content.ts';
import { type RectificationState, rectificationTitles } from './rectification.ts';
import { type TalkState, talkTitles } from './talk.ts';
import { chineseDate, clockTimeOf, dayOf, type Instant, plusDays } from './time.ts';

/** What a form is filled in from besides the record: names, and the words that stand in its events. */
export interface FormContext {
  organ: string;
  /** What an id is called; the id itself when the reader may not know. */
  nameOf(id: string): string;
  /** A text of the last event of a type; empty when there is none. */
  said(event: string, field: string): string;
}

export const form = (title: string, number: string, organ: string, blocks: Block[]): PaperContent => ({
  format: 'form',
  mark: organ,
  number,
  title,
  blocks,
  annexes: [],
  copies: [],
});

/** Cells by turns a label in 黑体 and its value; widths in millimetres of 156. */
export const labelled = (texts: readonly string[], widths: readonly number[], lines?: number): Row => ({
  cells: texts.map((text, n): Cell => {
    const label = n % 2 === 0;
    return { text, width: widths[n] ?? 1, ...(label ? { face: 'hei', align: 'centre' } : {}) };
  }),
  ...(lines === undefined ? {} : { lines }),
});
const one = (label: string, text: string, lines?: number): Row => labelled([label, text], [28, 128], lines);
const two = (a: string, first: string, b: string, second: string, lines?: number): Row =>
  labelled([a, first, b, second], [28, 50, 28, 50], lines);

export const momentText = (at: Instant): string => `${chineseDate(dayOf(at))} ${clockTimeOf(at)}`;
const blankDay = '　　　　年　月　日';
const moment = (at: Instant | undefined): string => (at === undefined ? blankDay : momentText(at));

/** The time of an incident with its doubt: a device's clock is never exact. */
export const happenedText = ({ happened: { from, to, doubtSeconds } }: CaseState): string => {
  const until = to > from ? `至${clockTimeOf(to)}` : '';
  const doubt = doubtSeconds > 0 ? `（前后误差${doubtSeconds}秒）` : '';
  return `${momentText(from)}${until}${doubt}`;
};

export interface CaseWords {
  state: CaseState;
  context: FormContext;
  /** `第4条 办事拖拉`; absent before it is confirmed. */
  clause?: string;
  /** Working days to answer and to ask for review, by the rule book. */
  answerDays: number;
  appealDays: number;
}

/** 问题告知单, for one of the persons named; with a reply slip to be signed. Points are in the score, not here. */
export const noticePaper = (words: CaseWords, person: string | undefined): PaperContent => {
  const { state, context, clause } = words;
  const notice = 'notice' in state ? state.notice : undefined;
  const violation = violationType(state.type)?.name ?? state.type;
  const severity = 'verdict' in state ? severityNames[state.verdict.severity] : '';
  const place = [state.window, state.grid].flatMap((id) => (id === undefined ? [] : [context.nameOf(id)]));
  const limits = notice
    ? `陈述申辩截止：${moment(notice.answerBy)}　　申请复核截止：${moment(notice.appealBy)}`
    : `收到本告知单后${words.answerDays}个工作日内可以陈述申辩；认定后${words.appealDays}个工作日内可以申请复核。`;
  return form('问题告知单', state.number === undefined ? '' : `编号：${state.number}`, context.organ, [
    {
      kind: 'table',
      rows: [
        two(
          '被告知人',
          person === undefined ? '' : context.nameOf(person),
          '所在单位',
          state.department === undefined ? '' : context.nameOf(state.department),
        ),
        one('时　　间', happenedText(state)),
        one('地　　点', place.join('　') || context.said('case.reported', 'place')),
        one('问题类别', `${violation}${severity === '' ? '' : `（${severity}）`}`),
        one('事　　实', context.said('case.reported', 'description'), 4),
        one('依　　据', clause ?? '', 2),
        one(
          '权利告知',
          `${limits}\n逾期未陈述的，视为无异议。对复核结果仍有意见的，可向中心主要负责人反映。`,
        ),
        two('告 知 人', '', '告知时间', moment(notice?.at), 2),
      ],
    },
    { kind: 'blank' },
    { kind: 'line', text: '回　　执', align: 'centre', face: 'hei' },
    {
      kind: 'table',
      rows: [
        one('本人意见', '□无异议　　□陈述申辩如下：', 6),
        two('签　　收', '', '日　　期', blankDay, 2),
        one('拒签说明', '□本人拒绝签收。见证人一：　　　　　　见证人二：', 2),
      ],
    },
  ]);
};

/** 谈话记录: parties, time, place, reason, what was said, what was promised, signatures. */
export const talkPaper = (state: TalkState, context: FormContext): PaperContent => {
  const signed = 'end' in state ? state.end : undefined;
  const promise = context.said('talk.held', 'promise');
  const ending =
    signed?.how === 'refused'
      ? `本人拒绝签字。见证人：${signed.witnesses.map(context.nameOf).join('、')}`
      : '以上记录与谈话内容一致。';
  return form(`${talkTitles[state.kind]}记录`, '', context.organ, [
    {
      kind: 'table',
      rows: [
        two('谈话对象', context.nameOf(state.person), '所在单位', context.nameOf(state.department)),
        two('谈 话 人', context.nameOf(state.talker.person), '记 录 人', context.nameOf(state.recorder)),
        two('时　　间', momentText(state.heldAt), '地　　点', context.said('talk.held', 'place')),
        one('事　　由', context.said('talk.held', 'reason')),
        one('谈话内容', context.said('talk.held', 'content'), 8),
        one('本人陈述', context.said('talk.held', 'statement'), 4),
        one(
          '整改承诺',
          state.promisedBy === undefined ? promise : `${promise}（${chineseDate(state.promisedBy)}前）`,
          2,
        ),
        one('抄　　送', state.copies.map(context.nameOf).join('、')),
        one('核　　对', ending),
        two('本人签字', '', '日　　期', moment(signed?.how === 'signed' ? signed.at : undefined), 2),
        two('谈话人签字', '', '记录人签字', '', 2),
      ],
    },
  ]);
};

/** 整改单: what, by whom, by when; done, checked again, struck off. */
export const rectificationPaper = (state: RectificationState, context: FormContext): PaperContent =>
  form('整改单', '', context.organ, [
    {
      kind: 'table',
      rows: [
        ...orderRows(state, context),
        one('整改情况', context.said('rectification.done', 'what'), 4),
        two(
          '整改人',
          'doneBy' in state ? context.nameOf(state.doneBy.person) : '',
          '完成时间',
          moment('doneAt' in state ? state.doneAt : undefined),
        ),
        one('复查意见', context.said('rectification.rechecked', 'opinion'), 3),
        two(
          '复查人',
          'checkedBy' in state ? context.nameOf(state.checkedBy.person) : '',
          '复查时间',
          moment('checkedAt' in state ? state.checkedAt : undefined),
        ),
        one('状　　态', rectificationTitles[state.stage]),
      ],
    },
  ]);

/** Midnight ends the day that was agreed on: that day is named. */
const deadlineText = (at: Instant): string =>
  clockTimeOf(at) === '00:00' ? chineseDate(plusDays(dayOf(at), -1)) : momentText(at);

const orderRows = (state: RectificationState, context: FormContext): Row[] => {
  const place = [state.area, state.window, state.grid].flatMap((id) =>
    id === undefined ? [] : [context.nameOf(id)],
  );
  return [
    two('责任单位', context.nameOf(state.responsible), '位　　置', place.join('　')),
    two('开单时间', momentText(state.orderedAt), '整改期限', deadlineText(state.dueBy)),
    one('整改要求', context.said('rectification.ordered', 'requirement'), 4),
  ];
};

/** 整改催办单: the order once more, how often it was urged, and a slip for the answer. */
export const urgingPaper = (state: RectificationState, context: FormContext): PaperContent =>
  form('整改催办单', state.urged === 0 ? '' : `第${state.urged}次催办`, context.organ, [
    {
      kind: 'paragraph',
      text: `${context.nameOf(state.responsible)}：下列事项已过整改期限，请立即整改，并于收到本单后2个工作日内书面回复整改措施、责任人和完成时间。`,
    },
    {
      kind: 'table',
      rows: [
        ...orderRows(state, context),
        one('催办意见', context.said('rectification.urged', 'text'), 3),
        two('签 发 人', '', '签发日期', moment(state.urgedAt), 2),
      ],
    },
    { kind: 'blank' },
    { kind: 'line', text: '回　　执', align: 'centre', face: 'hei' },
    {
      kind: 'table',
      rows: [
        one('整改措施', '', 4),
        two('责 任 人', '', '完成日期', blankDay, 2),
        two('单位盖章', '', '签收日期', blankDay, 3),
      ],
    },
  ]);

const lookTexts: Record<LookResult, string> = { fine: '正常', finding: '有问题', notSeen: '未能查看' };
export interface LookRow {
  window: string;
  at: Instant;
  result: LookResult;
  note: string;
}
const sheetWidths = [14, 30, 30, 26, 56];

/** 巡查表: one row a window; what was seen is filled in, what was not stays ruled for the pen. */
export const patrolPaper = (
  state: InspectionState,
  context: FormContext,
  windows: readonly string[],
  looks: readonly LookRow[],
): PaperContent => {
  const others = windows.filter((window) => !looks.some((look) => look.window === window));
  const cells = (texts: readonly string[]): Row => ({
    cells: texts.map((text, n) => ({
      text,
      width: sheetWidths[n] ?? 1,
      ...(n === 0 ? { align: 'centre' as const } : {}),
    })),
  });
  const rows = [
    ...looks.map((look) => [
      context.nameOf(look.window),
      clockTimeOf(look.at),
      lookTexts[look.result],
      look.note,
    ]),
    ...others.map((window) => [context.nameOf(window), '', '', '']),
  ];
  return form('窗口巡查表', '', context.organ, [
    {
      kind: 'table',
      rows: [
        two(
          '日　　期',
          chineseDate(dayOf(state.startedAt)),
          '网　　格',
          state.grid === undefined ? '' : context.nameOf(state.grid),
        ),
        two(
          '巡 查 员',
          context.nameOf(state.walkedBy ?? state.openedBy.person),
          '起止时间',
          `${clockTimeOf(state.startedAt)}至${state.stage === 'closed' ? clockTimeOf(state.endedAt) : ''}`,
        ),
      ],
    },
    {
      kind: 'table',
      head: cells(['序号', '窗口', '时间', '结果', '问题与当场处理']),
      rows: rows.map((row, n) => cells([String(n + 1), ...row])),
    },
    { kind: 'table', rows: [two('巡查员签字', '', '格长签字', '', 2)] },
  ]);
};
