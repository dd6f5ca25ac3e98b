// Which events somebody outside hears of, by which topic, in which words: one short table, read at every event.
import type { DomainEvent } from '../shared/events.ts';

export const telling = {
  'case.noticed': { topic: 'cases', text: '有一件窗口问题已经告知,请当事人和首席代表在答复期内登录查看' },
  'case.appealed': { topic: 'cases', text: '有一件问题申请复核,请科室负责人登录处理' },
  'letter.issued': { topic: 'letters', text: '有一份函件已经签发,请收件单位登录签收' },
  'letter.urged': { topic: 'letters', text: '有一份函件答复期限已过,请收件单位尽快登录反馈' },
  'letter.answered': { topic: 'letters', text: '有一份函件已经反馈,请督查科登录查看' },
  'complaint.received': { topic: 'complaints', text: '收到一件投诉,请督查科登录受理' },
  'complaint.urged': { topic: 'complaints', text: '有一件投诉办理期限已过,请承办人登录办理' },
  'rectification.ordered': { topic: 'rectifications', text: '有一张整改单已经下达,请责任单位登录查看' },
  'rectification.urged': { topic: 'rectifications', text: '有一张整改单期限已过,请责任单位尽快整改' },
} as const satisfies Partial<Record<DomainEvent['type'], { topic: string; text: string }>>;

type Told = keyof typeof telling;
export const isTold = (type: string): type is Told => type in telling;
export const toldEvents: readonly Told[] = Object.keys(telling).filter(isTold);
