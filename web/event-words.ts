// What happened to a case or a letter, one line an event, as somebody it concerns would read it. Free words of people are
// shown beside; an event that is unknown here is left out rather than guessed. Knows no screen.
import * as z from 'zod';
import { reviewOutcomes } from './case-words.ts';

const lines: Record<string, string> = {
  'case.reported': '上报问题',
  'case.settledOnSpot': '当场提醒,已改正',
  'case.identified': '查明人员',
  'case.confirmed': '核实:属实',
  'case.dismissed': '核实:不属实,不予认定',
  'case.noticed': '告知单送达',
  'case.answered': '作出陈述申辩',
  'case.settled': '答复期限届满,视为无异议',
  'case.appealed': '申请复核',
  'case.appealDecided': '复核决定',
  'case.reassigned': '更正当事人',
  'case.merged': '并入同一事件的问题',
  'case.withdrawn': '上报人撤回',
  'case.paperAttached': '补录纸质材料',
  'letter.issued': '印发',
  'letter.handedOver': '离线交接',
  'letter.opened': '打开函件',
  'letter.acknowledged': '签收',
  'letter.answered': '复函、反馈整改',
  'letter.urged': '催办',
  'letter.closed': '办结',
  'letter.scanned': '补交用印扫描件',
  'letter.withdrawn': '撤回',
  'talk.held': '谈话',
  'talk.signed': '签字确认',
  'talk.refused': '拒绝签字(有见证人)',
  'talk.filed': '归档',
  'talk.withdrawn': '撤销',
};

const text = z.object({ text: z.string() });
const wordy = z.looseObject({
  description: text.optional(),
  reason: text.optional(),
  answer: text.optional(),
  grounds: text.optional(),
  text: text.optional(),
  said: text.optional(),
  noObjection: z.boolean().optional(),
  outcome: z.string().optional(),
  points: z.number().optional(),
});
const outcomes: Record<string, string> = reviewOutcomes;

const reduced = (points: number | undefined): string =>
  points === undefined ? '' : `为扣 ${points / 100} 分`;

export interface EventLine {
  title: string;
  /** What somebody said or wrote. */
  words: string[];
}

/** Undefined for what needs no telling (a file that arrived, a draft). */
export const eventLine = (event: { type: string }): EventLine | undefined => {
  const title = lines[event.type];
  if (title === undefined) return undefined;
  const read = wordy.safeParse(event);
  const said = read.success ? read.data : {};
  const outcome = said.outcome === undefined ? undefined : outcomes[said.outcome];
  return {
    title: outcome === undefined ? title : `${title}:${outcome}${reduced(said.points)}`,
    // Who has nothing to object says so once.
    words: [
      ...new Set([
        ...(said.noObjection === true ? ['无异议'] : []),
        ...[said.description, said.reason, said.answer, said.grounds, said.text, said.said].flatMap((one) =>
          one === undefined || one.text === '' ? [] : [one.text],
        ),
      ]),
    ],
  };
};
