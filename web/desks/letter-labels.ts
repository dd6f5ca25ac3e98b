// How a letter is spoken of at a desk: its stage, the road it goes, the steps of its history.
import { type LetterKind, letterKindTitles } from '../../shared/letter.ts';
import type { View } from '../../shared/views.ts';
import { dateTimeWords } from '../time-words.ts';
import { freeWords, type HistoryWords, wordOf } from './history-words.ts';
import type { Tone } from './page.tsx';

export type Letter = View<'letter.read'>;
type Stage = Letter['state']['stage'];

export const letterStages: Record<Stage, { word: string; tone: Tone }> = {
  draft: { word: '待核稿', tone: 'amber' },
  returned: { word: '退回修改', tone: 'red' },
  checked: { word: '待签发', tone: 'amber' },
  signed: { word: '已签发', tone: 'blue' },
  numbered: { word: '已编号,待用印', tone: 'blue' },
  sealed: { word: '已用印,待印发', tone: 'blue' },
  issued: { word: '已印发', tone: 'green' },
  closed: { word: '已办结', tone: 'plain' },
  withdrawn: { word: '已撤回', tone: 'red' },
  void: { word: '已作废', tone: 'plain' },
};
export const letterKinds: Record<LetterKind, string> = letterKindTitles;

/** Stages in their order; how far a letter has come on the road. */
export const road: readonly { word: string; by: readonly Stage[] }[] = [
  { word: '拟稿', by: ['draft', 'returned'] },
  { word: '核稿', by: ['checked'] },
  { word: '签发、编号', by: ['signed', 'numbered'] },
  { word: '用印', by: ['sealed'] },
  { word: '印发', by: ['issued'] },
  { word: '办结', by: ['closed'] },
];

export const handOverWords = { disc: '刻盘移交', played: '当面播放', paper: '纸质送达' } as const;
export const urgeWords = {
  system: '系统',
  phone: '电话',
  visit: '上门',
  message: '消息',
  paper: '催办通知书',
} as const;

export const letterEventWords: HistoryWords = (event) => {
  switch (event.type) {
    case 'letter.drafted':
      return { title: '拟稿', weighty: true };
    case 'letter.revised':
      return { title: '修改' };
    case 'letter.checked':
      return { title: '核稿通过', quoted: freeWords(event.opinion) };
    case 'letter.returned':
      return { title: '退回修改', quoted: freeWords(event.reason), weighty: true };
    case 'letter.signed':
      return event.paper === undefined
        ? { title: '签发', weighty: true }
        : { title: '补录纸面签发', weighty: true };
    case 'letter.numbered':
      return { title: `编号:${String(event.documentNumber)}` };
    case 'letter.sealed':
      return { title: event.way === 'wet' ? '加盖实体印章' : '加盖电子印章' };
    case 'letter.scanned':
      return { title: '补交用印扫描件' };
    case 'letter.masked':
      return { title: '遮挡照片中的无关人员' };
    case 'letter.withdrawn':
      return { title: '撤回', quoted: freeWords(event.reason), weighty: true };
    case 'letter.discPrepared':
      return { title: '制作带水印的刻盘副本' };
    case 'letter.linkShared':
      return {
        title: `提供查看链接 ${String(event.n)}`,
        more: `给 ${freeWords(event.receiver) ?? ''},${dateTimeWords(String(event.until))} 前有效`,
      };
    case 'letter.linkCodeRenewed':
      return { title: `更换链接 ${String(event.n)} 的验证码` };
    case 'letter.linkTried':
      return { title: `链接 ${String(event.n)} 验证码输错` };
    case 'letter.linkOpened':
      return { title: `凭链接 ${String(event.n)} 进入` };
    case 'letter.linkWithdrawn':
      return { title: `撤回链接 ${String(event.n)}` };
    case 'letter.issued':
      return {
        title: '印发',
        ...(typeof event.replyBy === 'string' ? { more: `复函期限 ${dateTimeWords(event.replyBy)}` } : {}),
        weighty: true,
      };
    case 'letter.voided':
      return { title: '作废', quoted: freeWords(event.reason), weighty: true };
    case 'letter.handedOver':
      return {
        title: `交接:${wordOf(handOverWords, event.way) ?? ''}`,
        more: `接收人 ${freeWords(event.receiver) ?? ''}`,
      };
    case 'letter.opened':
      return { title: '派出单位打开函件' };
    case 'letter.acknowledged':
      return { title: '签收' };
    case 'letter.answered':
      return { title: '复函、整改反馈', quoted: freeWords(event.answer), weighty: true };
    case 'letter.urged':
      return {
        title: `第 ${String(event.nth)} 次催办:${wordOf(urgeWords, event.way) ?? ''}`,
        quoted: freeWords(event.text),
      };
    case 'letter.closed':
      return { title: '办结', quoted: freeWords(event.reason), weighty: true };
    default:
      return undefined;
  }
};
