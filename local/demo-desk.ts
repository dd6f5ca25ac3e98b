// The complaint desk and the praise register of the demonstration centre: a few of each, at every stage. Says what is
// sent and when; demo-life.ts sends it as the person named, as far as the days allow.
import { derivedCommandId } from '../functions/derived-id.ts';
import { newMonthlyId } from '../shared/ids.ts';
import { holdsOn, type Registry, staffAt } from '../shared/people.ts';
import { type Day, type Instant, instantAt, type Month, plusMinutes } from '../shared/time.ts';

/** One command: who sends it when, and to which record if it does not make one. */
export interface DeskStep {
  who: string;
  type: string;
  at: Instant;
  key: string;
  target?: string;
  fields: object;
}

const commandIdOf = (key: string): string => derivedCommandId('demo', 'desk', key);
const complaintIdOf = (month: Month, key: string): string =>
  newMonthlyId('complaint', month, commandIdOf(key));
const bonusIdOf = (month: Month, key: string): string => newMonthlyId('bonus', month, commandIdOf(key));

interface Seat {
  window: string;
  number: string;
  person: string;
}

/** Where somebody sits that day, the nth such window of the grid. */
const seatIn = (registry: Registry, grid: string, on: Day, nth: number): Seat => {
  const seats = [...registry.of.window.values()].flatMap((window): Seat[] => {
    const [person] = staffAt(registry, window.id, on);
    return window.grid === grid && holdsOn(window, on) && person !== undefined
      ? [{ window: window.id, number: window.number, person }]
      : [];
  });
  const seat = seats[nth % seats.length];
  if (!seat) throw new Error(`nobody sits in ${grid} on ${on}`);
  return seat;
};

/** Further steps of one complaint; `days` are the working days it has, the first is the one it came in. */
const further =
  (month: Month, key: string) =>
  (who: string, type: string, day: Day | undefined, clock: string, fields: object = {}): DeskStep[] =>
    day === undefined
      ? []
      : [
          {
            who,
            type: `complaint.${type}`,
            at: instantAt(day, clock),
            key: `${key}-${type}`,
            target: complaintIdOf(month, key),
            fields,
          },
        ];

const intake = (key: string, day: Day, clock: string, fields: Record<string, unknown>): DeskStep => {
  const at = instantAt(day, clock);
  return {
    who: 'ban',
    type: 'complaint.receive',
    at,
    key,
    fields: { receivedAt: plusMinutes(at, -5), ...fields },
  };
};

/** A month whose complaints have come to their end, and the finding one of them led to. */
export const deskOfPastMonth = (
  registry: Registry,
  month: Month,
  days: readonly Day[],
): { steps: DeskStep[]; finding: { id: string; at: Instant; grid: string; person: string } | undefined } => {
  const [, , day] = days;
  if (day === undefined) return { steps: [], finding: undefined };
  const seat = seatIn(registry, 'grid-a', day, 2);
  const rude = `rude-${month}`;
  const bad = `bad-${month}`;
  const more = further(month, rude);
  const rest = further(month, bad);
  const decided = days[5];
  const steps = [
    intake(rude, day, '10:00', {
      source: 'desk',
      violation: 'ATT-RUDE',
      happened: { from: instantAt(day, '09:20'), to: instantAt(day, '09:30'), doubtSeconds: 300 },
      window: seat.window,
      complainant: { name: '钱先生', contact: '010-55550101' },
      content: `${seat.number}窗口人员言语生硬,未一次说清所需材料`,
      wanted: '希望说明材料并改进态度',
    }),
    ...more('ban', 'accept', day, '10:10', { investigator: 'ge-1' }),
    ...more('ge-1', 'investigate', days[4], '15:00', {
      means: ['complainant', 'window'],
      record: '双方陈述一致,窗口人员承认语气急躁',
    }),
    ...more('ke', 'decide', decided, '09:30', {
      outcome: 'substantiated',
      findings: [
        {
          violation: 'ATT-RUDE',
          subject: { kind: 'persons', persons: [seat.person] },
          description: '接待时言语生硬',
        },
      ],
      reason: '双方陈述一致,属实',
      demand: '窗口对照清单一次告知',
    }),
    ...more('ban', 'answer', days[6], '10:00', {
      way: 'phone',
      answeredAt: instantAt(days[6] ?? day, '09:50'),
      words: '已告知核实情况和所需材料',
    }),
    ...more('ban', 'revisit', days[9], '10:00', {
      result: 'satisfied',
      at: instantAt(days[9] ?? day, '09:50'),
      words: '电话回访,表示满意',
    }),
    ...more('ban', 'archive', days[10], '10:00'),
    intake(bad, days[3] ?? day, '11:00', {
      source: 'rating',
      ticket: 'HCP-0301',
      content: '好差评系统差评:排队时间过长',
    }),
    ...rest('ban', 'accept', days[3], '11:05'),
    ...rest('ke', 'investigate', days[7], '16:00', { means: ['records'], record: '叫号记录:等候二十一分钟' }),
    ...rest('ke', 'decide', days[7], '16:10', {
      outcome: 'unverifiable',
      reason: '当日高峰,无法对应具体窗口',
    }),
    ...rest('ban', 'cannotAnswer', days[8], '09:30', { why: 'anonymous', words: '评价匿名,未留联系方式' }),
    ...rest('ban', 'archive', days[8], '09:40'),
  ];
  const finding =
    decided === undefined
      ? undefined
      : {
          id: newMonthlyId('case', month, commandIdOf(`${rude}-decide`), 1),
          at: instantAt(decided, '09:30'),
          grid: 'grid-a',
          person: seat.person,
        };
  return { steps: [...steps, ...praise(registry, month, days), ...praiseEnded(month, days)], finding };
};

/** The running month: one just come in, one looked into, one decided, one handed to the discipline organ. */
export const deskOfRunningMonth = (registry: Registry, month: Month, days: readonly Day[]): DeskStep[] => {
  if (days.length === 0) return [];
  const late = days.slice(-6);
  const [first = `${month}-01`, second = first] = late;
  const today = late.at(-1) ?? first;
  const seat = seatIn(registry, 'grid-b', first, 1);
  const looked = further(month, `refuse-${month}`);
  const decided = further(month, `delay-${month}`);
  const hour = (day: Day, clock: string) => ({
    from: instantAt(day, clock),
    to: plusMinutes(instantAt(day, clock), 10),
    doubtSeconds: 600,
  });
  return [
    intake(`delay-${month}`, first, '09:15', {
      source: 'hotline',
      ticket: '12345-26-4471',
      happened: hour(first, '08:50'),
      window: seat.window,
      complainant: { name: '孙女士', contact: '010-55550102' },
      content: '反映办理时限不明,来电三次未得到答复',
    }),
    ...decided('ban', 'accept', first, '09:20', { investigator: 'ge-2' }),
    ...decided('ge-2', 'investigate', second, '09:30', {
      means: ['records'],
      record: '已调取受理记录,时限内',
    }),
    ...decided('ke', 'decide', second, '10:00', { outcome: 'unsubstantiated', reason: '在承诺时限内办结' }),
    intake(`refuse-${month}`, second, '10:20', {
      source: 'letter',
      violation: 'ATT-REFUSE',
      window: seatIn(registry, 'grid-c', second, 0).window,
      complainant: { name: '李先生' },
      content: '来信反映窗口推诿,要求另找部门',
    }),
    ...looked('ban', 'accept', second, '10:30', { investigator: 'ge-3' }),
    intake(`gift-${month}`, second, '15:00', {
      source: 'letter',
      violation: 'INT-BRIBE',
      content: '来信反映索要好处',
    }),
    intake(`new-${month}`, today, '08:40', {
      source: 'desk',
      content: '反映自助终端无法打印,工作人员未予协助',
    }),
    ...praise(registry, month, days),
  ];
};

/** Praise of a month: a pennant that counts, overtime, study, and one letter that was entered twice. */
const praise = (registry: Registry, month: Month, days: readonly Day[]): DeskStep[] => {
  const [, one, two, three, four] = days;
  if (one === undefined || two === undefined || three === undefined || four === undefined) return [];
  const seat = (grid: string, nth: number) => seatIn(registry, grid, one, nth).person;
  const enter = (key: string, day: Day, clock: string, fields: object): DeskStep => ({
    who: 'ban',
    type: 'bonus.report',
    at: instantAt(day, clock),
    key: `${key}-${month}`,
    fields,
  });
  const confirm = (key: string, day: Day, who: string, clause: string, original: string): DeskStep => ({
    who,
    type: 'bonus.confirm',
    at: instantAt(day, '16:20'),
    key: `${key}-${month}-confirm`,
    target: bonusIdOf(month, `${key}-${month}`),
    fields: { clause, original, reason: '内容属实' },
  });
  const letter = {
    type: 'BON-PRAISE',
    day: one,
    persons: [seat('grid-c', 1)],
    description: '来信感谢耐心帮助老人办理社保认证',
  };
  return [
    enter('pennant', two, '14:00', {
      // Not the first window's: whoever follows the README there sees one deduction and nothing that makes up for it.
      ...{ type: 'BON-PRAISE', day: one, persons: [seat('grid-a', 3)], way: 'pennant' },
      ...{ object: `${month}-01`, sender: '某企业', description: '企业送来锦旗一面' },
    }),
    confirm('pennant', two, 'ge-1', 'J2', '锦旗存督查科'),
    enter('overtime', three, '14:10', {
      ...{ type: 'BON-DELAY', day: two, persons: [seat('grid-b', 2)], way: 'record', quantity: 2 },
      description: '下班后继续办理两件',
    }),
    confirm('overtime', four, 'ge-2', 'J6', '延时服务登记簿'),
    enter('letter', three, '14:20', { ...letter, way: 'letter' }),
    enter('letter-again', four, '09:20', { ...letter, way: 'desk' }),
    enter('study', four, '09:30', {
      ...{ type: 'BON-STUDY', day: three, persons: [seat('grid-d', 0)], way: 'record' },
      description: '参加全市政务服务业务比武',
    }),
  ];
};

/** Of a month that is over nothing waits: the second entry of the letter was merged, the rest verified. */
const praiseEnded = (month: Month, days: readonly Day[]): DeskStep[] => {
  const day = days[5];
  if (day === undefined) return [];
  const to = (key: string, type: string, clock: string, who: string, fields: object): DeskStep => ({
    ...{ who, type, fields, at: instantAt(day, clock), key: `${key}-${month}-${type}` },
    target: bonusIdOf(month, `${key}-${month}`),
  });
  return [
    to('letter-again', 'bonus.merge', '09:10', 'ge-3', {
      into: bonusIdOf(month, `letter-${month}`),
      reason: '同一封表扬信',
    }),
    to('letter', 'bonus.confirm', '09:20', 'ge-3', {
      ...{ clause: 'J2', original: '表扬信存督查科', reason: '内容属实' },
    }),
    to('study', 'bonus.confirm', '09:30', 'ge-4', {
      ...{ clause: 'J10', original: '获奖证书复印件存督查科', reason: '名次属实' },
    }),
  ];
};

export const deskCommandId = commandIdOf;
