// How a complaint is spoken of at its desk: stages with their colour, where it came from, each step as a sentence.
import {
  type ComplaintStage,
  complaintSourceTitles,
  complaintStageTitles,
  outcomeTitles,
} from '../../shared/complaint.ts';
import type { View } from '../../shared/views.ts';
import { dateTimeWords } from '../time-words.ts';
import { freeWords, type HistoryWords, named, wordOf } from './history-words.ts';
import type { Tone } from './page.tsx';

export type Complaint = View<'complaint.list'>['items'][number];

export const stageTones: Record<ComplaintStage, Tone> = {
  received: 'red',
  accepted: 'amber',
  investigated: 'amber',
  decided: 'amber',
  answered: 'blue',
  archived: 'green',
  transferred: 'plain',
};
export { complaintSourceTitles, complaintStageTitles, outcomeTitles };

export const meansWords: Record<string, string> = {
  complainant: '询问投诉人',
  window: '走访窗口',
  records: '调取记录',
  witness: '询问证人',
  video: '调阅录像',
};
export const answerWords: Record<string, string> = {
  inPerson: '当面',
  phone: '电话',
  letter: '书面',
  hotline: '热线回复',
  rating: '好差评回复',
};
export const obstacleWords: Record<string, string> = {
  anonymous: '匿名,无从反馈',
  unreachable: '多次联系不上',
  declinedContact: '本人不愿接受反馈',
};
export const satisfactionWords: Record<string, string> = {
  satisfied: '满意',
  acceptable: '基本满意',
  dissatisfied: '不满意',
  unreachable: '未联系上',
};

const list = (words: Record<string, string>, value: unknown): string =>
  Array.isArray(value) ? value.map((one) => wordOf(words, one) ?? '').join('、') : '';
const inside = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).find(([name]) => name === key)?.[1]
    : undefined;

/** What was complained of and what is wished, in the words it was taken down in. */
export const complainedOf = (
  history: readonly { event: unknown }[],
): { content?: string; wanted?: string } => {
  const received = history.find(({ event }) => inside(event, 'type') === 'complaint.received')?.event;
  const content = freeWords(inside(received, 'content'));
  const wanted = freeWords(inside(received, 'wanted'));
  return { ...(content === undefined ? {} : { content }), ...(wanted === undefined ? {} : { wanted }) };
};

export const complaintHistory: HistoryWords = (event, names) => {
  const said = (key: string): { quoted?: string } => {
    const quoted = freeWords(inside(event, key));
    return quoted === undefined ? {} : { quoted };
  };
  const who = (key: string): string => {
    const id = inside(event, key);
    return typeof id === 'string' ? named(id, names) : '';
  };
  switch (event.type) {
    case 'complaint.received':
      return { title: '登记投诉', ...said('content') };
    case 'complaint.accepted': {
      const until = inside(event, 'answerBy');
      return {
        title: '受理',
        more: [
          typeof until === 'string' ? `承诺 ${dateTimeWords(until)} 前反馈` : '',
          who('investigator') === '' ? '' : `由${who('investigator')}调查`,
        ]
          .filter((part) => part !== '')
          .join(','),
      };
    }
    case 'complaint.assigned':
      return { title: `改由${who('investigator')}调查`, ...said('reason') };
    case 'complaint.placed':
      return { title: '查明所涉事项', ...said('reason') };
    case 'complaint.explained':
      return { title: '部门说明', ...said('explanation') };
    case 'complaint.investigated':
      return { title: '调查', more: list(meansWords, inside(event, 'means')), ...said('record') };
    case 'complaint.extended':
      return { title: '延期', more: `${String(inside(event, 'workingDays'))} 个工作日`, ...said('reason') };
    case 'complaint.decided': {
      const demand = freeWords(inside(event, 'demand'));
      return {
        title: `处置:${wordOf(outcomeTitles, inside(event, 'outcome')) ?? ''}`,
        weighty: true,
        ...(demand === undefined ? {} : { more: `要求部门整改:${demand}` }),
        ...said('reason'),
      };
    }
    case 'complaint.answered': {
      const feedback = inside(event, 'feedback');
      const way = wordOf(answerWords, inside(feedback, 'way'));
      return {
        title:
          way === undefined
            ? `未能反馈:${wordOf(obstacleWords, inside(feedback, 'why')) ?? ''}`
            : `已向投诉人反馈(${way})`,
        ...said('words'),
      };
    }
    case 'complaint.revisited':
      return { title: `回访:${wordOf(satisfactionWords, inside(event, 'result')) ?? ''}`, ...said('words') };
    case 'complaint.reopened':
      return { title: '重新调查', ...said('reason') };
    case 'complaint.urged':
      return { title: '催办', ...said('words') };
    case 'complaint.archived':
      return { title: '归档' };
    case 'complaint.took':
      return { title: '另一件同一事情的投诉并入本件' };
    case 'complaint.transferred':
      return { title: '移送纪检监察', weighty: true, ...said('reason') };
    case 'complaint.complainantPurged':
      return { title: '保存期满,已清除投诉人信息' };
    default:
      return undefined;
  }
};

/** The last instant of what a complaint waits for; undefined when nothing runs. */
export const dueOf = ({ state }: Complaint): string | undefined =>
  state.stage === 'accepted' || state.stage === 'investigated' || state.stage === 'decided'
    ? state.answerBy
    : undefined;
