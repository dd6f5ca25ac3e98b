// What is told outside the platform: that something waits, never whom it concerns. No message carries a name, a window, a
// number of a case or a piece of evidence: rooms and phones are read by others too, and what was said there cannot be
// taken back (PIPL art. 6, as little as possible). Whoever is meant signs in and sees it there.
import type { Actor } from '../shared/access.ts';
import { isWorkday } from '../shared/calendar.ts';
import type { Recorded } from '../shared/events.ts';
import { roleTitles } from '../shared/people.ts';
import { chineseDate, dayOf } from '../shared/time.ts';
import { channelsFor, type Message, send, type Topic } from './channels.ts';
import type { House } from './house.ts';
import { readObligations } from './obligations.ts';
import { isTold, telling } from './told-events.ts';

const sendAll = async (house: House, centre: string, topic: Topic, message: Message): Promise<number> => {
  const channels = await channelsFor(house, centre, topic);
  const now = Date.parse(house.clock());
  for (const channel of channels) await send(channel, message, now);
  return channels.length;
};

/** Follow-up of what is told. A message that was sent and then failed for another receiver comes again with its id. */
export const tell = async (house: House, centre: string, recorded: Recorded): Promise<void> => {
  const { event, ref, version } = recorded;
  if (!isTold(event.type)) return;
  const { topic, text } = telling[event.type];
  const id = `${ref.kind}-${ref.id}-${version}`;
  await sendAll(house, centre, topic, { id, text: `【明窗】${text}` });
};

const matterWords = {
  ...{ case: '问题', complaint: '投诉', bonus: '加分', talk: '谈话', letter: '函件', award: '评选' },
  ...{ measure: '谈话函告', rectification: '整改单', journal: '日志', enforcement: '兑现事项' },
  ...{ objection: '得分异议' },
} as const;

/** Reads what is due as the auditor does, who sees all of it and decides nothing. */
const reader: Actor = {
  person: '-',
  grants: [{ kind: 'grant', id: '-', person: '-', role: 'auditor', from: '2000-01-01' }],
  system: false,
};

/** The list of the morning: how much waits for whom, without saying what. To be printed, or sent. */
export const morningList = async (house: House, centre: string): Promise<string> => {
  const { registry } = await house.desk(centre);
  const head = `${chineseDate(dayOf(house.clock()))} ${registry.centre.name} 今日待办`;
  const found = await readObligations(house, centre, reader);
  if (!found.ok) return `${head}\n(还不能列出:${found.problem.code})`;
  const counts = new Map<string, { all: number; overdue: number }>();
  for (const { roles, matter, overdue } of found.value.items) {
    const who = roles
      .map((role) => (role === 'system' ? '系统' : roleTitles[role]))
      .slice(0, 2)
      .join('、');
    const line = `${who}:${matterWords[matter.kind]}`;
    const count = counts.get(line) ?? { all: 0, overdue: 0 };
    counts.set(line, { all: count.all + 1, overdue: count.overdue + (overdue ? 1 : 0) });
  }
  const lines = [...counts]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([line, { all, overdue }]) => `${line} ${all} 件${overdue > 0 ? `,其中逾期 ${overdue} 件` : ''}`);
  return [head, ...(lines.length === 0 ? ['没有待办'] : lines)].join('\n');
};

export interface MorningReport {
  centre: string;
  sent: number;
  failed: number;
}

/** Every centre's morning: on working days its list goes to whoever wants it; a centre that fails does not stop the next. */
export const morning = async (house: House): Promise<MorningReport[]> => {
  const reports: MorningReport[] = [];
  for (const { sk: centre } of await house.store.centres()) {
    const report = { centre, sent: 0, failed: 0 };
    reports.push(report);
    try {
      const today = dayOf(house.clock());
      const { calendar } = await house.desk(centre);
      const working = isWorkday(calendar, today);
      if (working.ok && !working.value) continue;
      if ((await channelsFor(house, centre, 'morning')).length === 0) continue;
      const message = { id: `morning-${today}`, text: await morningList(house, centre) };
      report.sent = await sendAll(house, centre, 'morning', message);
    } catch (error) {
      console.error(
        JSON.stringify({ morning: centre, error: error instanceof Error ? error.name : 'unknown' }),
      );
      report.failed = 1;
    }
  }
  return reports;
};
