// How a case is spoken of at a desk: its stage with its colour, where it comes from, and each step of its history as a
// sentence. Knows no screen.
import * as z from 'zod';
import type { CaseState } from '../../shared/case.ts';
import { stageTitles } from '../../shared/case-facts.ts';
import { severityNames, violationType } from '../../shared/catalog.ts';
import { clauseLabel } from '../../shared/rulebook.ts';
import type { View } from '../../shared/views.ts';
import { reviewOutcomes } from '../case-words.ts';
import { dateTimeWords } from '../time-words.ts';
import { freeWords, type HistoryWords, named, peopleWords, wordOf } from './history-words.ts';
import type { Tone } from './page.tsx';
import { pointsWords } from './wall-time.ts';

export type CaseRecord = View<'case.read'>;
type Stage = CaseState['stage'];

export const stageWords = (stage: string): string => (isStage(stage) ? stageTitles[stage] : stage);
const isStage = (stage: string): stage is Stage => stage in stageTitles;

export const stageTones: Record<Stage, Tone> = {
  reported: 'amber',
  settledOnSpot: 'green',
  dismissed: 'plain',
  merged: 'plain',
  transferred: 'plain',
  rectifying: 'blue',
  withdrawn: 'plain',
  confirmed: 'amber',
  noticed: 'blue',
  counting: 'red',
};

export const sourceWords: Record<CaseState['source'], string> = {
  patrol: '巡查',
  video: '视频督查',
  thirdParty: '第三方测评',
  complaint: '投诉受理',
  hotline: '12345 热线',
  rating: '好差评',
  machine: '系统线索',
  import: '文件导入',
};

export const noticeWays = {
  tablet: '平板签字',
  paper: '纸质送达',
  representative: '经首席代表转达',
  refused: '拒收,两人见证',
  opened: '本人打开',
} as const;

export const heardWords = { answered: '已陈述申辩', noObjection: '无异议', silent: '期满未答复' } as const;

export const typeName = (code: string): string => violationType(code)?.name ?? code;

/** Whose fault it is, in words. */
export const subjectWords = (state: CaseRecord['state'], names: Record<string, string>): string => {
  switch (state.subject.kind) {
    case 'persons':
      return peopleWords(state.subject.persons, names);
    case 'unidentified':
      return '人员待核';
    case 'window':
      return `窗口 ${named(state.window, names)}`;
    case 'department':
      return named(state.department, names);
    case 'area':
      return `公共区域 ${named(state.subject.area, names)}(${peopleWords(state.subject.departments, names)})`;
    case 'contractor':
      return named(state.subject.contractor, names);
  }
};

const key = <T extends string>(words: Record<T, string>, value: unknown): string =>
  wordOf(words, value) ?? String(value);

/** One step of a case's history in words; undefined for what only the machine cares for. */
export const caseEventWords: HistoryWords = (event, names) => {
  switch (event.type) {
    case 'case.reported':
      return {
        title: `上报:${key(sourceWords, event.source)}`,
        quoted: freeWords(event.description),
        weighty: true,
      };
    case 'case.evidenceAdded':
      return { title: `补充证据 ${filesIn(event.evidence)} 份`, quoted: freeWords(event.reason) };
    case 'case.identified':
      return { title: `查明人员:${peopleWords(event.persons, names)}`, quoted: freeWords(event.reason) };
    case 'case.reassigned':
      return { title: '更正责任对象', quoted: freeWords(event.reason) };
    case 'case.settledOnSpot':
      return { title: '当场提醒、已改正,不扣分', quoted: freeWords(event.said), weighty: true };
    case 'case.confirmed': {
      const despite = freeWords(event.despite);
      const more = [
        chosenWhy(event.verdict),
        despite === undefined ? undefined : `事后补报的请假未予采信:${despite}`,
      ].filter((one) => one !== undefined);
      return {
        title: `核实属实:${verdictWords(event.verdict)}`,
        quoted: freeWords(event.reason),
        ...(more.length === 0 ? {} : { more: more.join(';') }),
        weighty: true,
      };
    }
    case 'case.dismissed':
      return { title: '核实不属实', quoted: freeWords(event.reason), weighty: true };
    case 'case.merged':
      return { title: '并入同一事件的主问题', quoted: freeWords(event.reason), weighty: true };
    case 'case.joined':
      return { title: '另一条同一事件的问题并入本条' };
    case 'case.transferred':
      return { title: '移送纪检监察,封存', quoted: freeWords(event.reason), weighty: true };
    case 'case.sealed':
      return { title: '随所属线索封存' };
    case 'case.rectificationOrdered':
      return { title: '转为整改单' };
    case 'case.rectificationWithdrawn':
      return { title: '整改单已撤回' };
    case 'case.withdrawn':
      return { title: '上报人撤回', quoted: freeWords(event.reason) };
    case 'case.noticed':
      return {
        title: `告知送达:${key(noticeWays, event.way)}`,
        more: `陈述申辩至 ${instantWords(event.answerBy)},申请复核至 ${instantWords(event.appealBy)}`,
      };
    case 'case.answered':
      return {
        title: event.noObjection === true ? '答复:无异议' : `陈述申辩:${peopleWords(event.persons, names)}`,
        quoted: freeWords(event.answer),
      };
    case 'case.paperAttached':
      return { title: '补录纸质材料' };
    case 'case.settled':
      return { title: '答复期满未答复,视为无异议', weighty: true };
    case 'case.appealed':
      return {
        title: `申请复核:${peopleWords(event.persons, names)}`,
        quoted: freeWords(event.grounds),
        more: `应于 ${instantWords(event.decideBy)} 前决定`,
        weighty: true,
      };
    case 'case.appealDecided':
      return {
        title: `复核决定:${key(reviewOutcomes, event.outcome)}${
          typeof event.points === 'number' ? `为扣 ${pointsWords(event.points)} 分` : ''
        }`,
        quoted: freeWords(event.reason),
        weighty: true,
      };
    case 'case.reopened':
      return { title: '退回重新核实', quoted: freeWords(event.reason) };
    default:
      return undefined;
  }
};

const filesIn = (files: unknown): number => (Array.isArray(files) ? files.length : 0);
const instantWords = (at: unknown): string => (typeof at === 'string' ? dateTimeWords(at) : '');

const choice = z.looseObject({ chosen: z.looseObject({ reason: z.string() }) });
/** Why the points within a clause's range are these. */
const chosenWhy = (verdict: unknown): string | undefined => {
  const read = choice.safeParse(verdict);
  return read.success ? `酌定理由:${read.data.chosen.reason}` : undefined;
};

const verdictWords = (verdict: unknown): string => {
  if (typeof verdict !== 'object' || verdict === null) return '';
  const words: string[] = [];
  if ('severity' in verdict) words.push(wordOf(severityNames, verdict.severity) ?? '');
  if ('clause' in verdict) words.push(clauseLabel({ code: String(verdict.clause), title: '' }).trim());
  if (
    'chosen' in verdict &&
    typeof verdict.chosen === 'object' &&
    verdict.chosen &&
    'points' in verdict.chosen
  )
    words.push(`酌定扣 ${pointsWords(Number(verdict.chosen.points))} 分`);
  return words.filter((word) => word !== '').join(',');
};
