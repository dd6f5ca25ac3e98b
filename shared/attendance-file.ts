// Rows of an attendance file (考勤表、请假台账) as offices keep them: names or numbers of people, Chinese kinds, dates with
// 上午 and 下午 or clock times. Each row becomes the fields of one command, or a Chinese reason why not. Reads no file.
import * as z from 'zod';
import { type CoverWay, coverTitles, coverWays } from './cover.ts';
import { plainText } from './free-text.ts';
import { type LeaveKind, leaveKinds, leaveTitles } from './leave.ts';
import { holdsOn, type Registry } from './people.ts';
import { firstDayOfStretch, type Stretch, stretchField } from './slip.ts';
import { type Day, instantAt } from './time.ts';

const cell = plainText(100);

export const attendanceRow = z.strictObject({
  /** Its line in the file; the place in the list when absent. */
  line: z.int().min(1).max(1_000_000).exactOptional(),
  /** Number or name. */
  person: cell,
  /** 事假、病假、公出 …; 顶岗 or AB岗 with a window. */
  kind: cell,
  /** `2026-11-12`, `2026/11/12 上午`, `2026年11月12日 10:20`. */
  from: cell,
  /** Absent or empty: the same day, or half-day, as `from`. */
  to: cell.exactOptional(),
  window: cell.exactOptional(),
  absent: cell.exactOptional(),
  reason: plainText(200).exactOptional(),
});
export type AttendanceRow = z.infer<typeof attendanceRow>;

/** The command a row stands for. */
export type RowCommand =
  | { type: 'leave.file'; fields: { person: string; kind: LeaveKind; stretch: Stretch; imported: true } }
  | {
      type: 'cover.file';
      fields: { window: string; person: string; absent?: string; way: CoverWay; stretch: Stretch };
    };
export type RowRead = { ok: true; command: RowCommand } | { ok: false; reason: string };

const leaveWords: Record<string, LeaveKind> = {
  ...Object.fromEntries(leaveKinds.map((kind) => [leaveTitles[kind], kind])),
  因公外出: 'business',
  出差: 'business',
  培训: 'business',
  年休假: 'annual',
  外出: 'out',
  婚假: 'other',
  产假: 'other',
  陪产假: 'other',
  护理假: 'other',
  育儿假: 'other',
  丧假: 'other',
  探亲假: 'other',
  调休: 'other',
};
const coverWords: Record<string, CoverWay> = {
  ...Object.fromEntries(coverWays.map((way) => [coverTitles[way], way])),
  B岗: 'abRole',
};

interface Moment {
  day: Day;
  half?: '上午' | '下午';
  time?: string;
}

const moment = /^(20\d\d)[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T]*(上午|下午|\d{1,2}:\d\d)(?::\d\d)?)?$/;

const momentIn = (text: string): Moment | undefined => {
  const found = moment.exec(text.trim());
  const [, year = '', month = '', date = '', rest] = found ?? [];
  const day = `${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`;
  if (!found || !z.iso.date().safeParse(day).success) return undefined;
  if (rest === undefined) return { day };
  if (rest === '上午' || rest === '下午') return { day, half: rest };
  const time = rest.padStart(5, '0');
  return time <= '24:00' && Number(time.slice(3)) < 60 ? { day, time } : undefined;
};

const stretchIn = (row: AttendanceRow): Stretch | string => {
  const start = momentIn(row.from);
  if (!start) return `看不懂开始时间“${row.from}”`;
  const { to } = row;
  const end = to === undefined || to.trim() === '' ? { ...start } : momentIn(to);
  if (!end) return `看不懂结束时间“${to}”`;
  if ((start.time === undefined) !== (end.time === undefined)) return '起止时间应同为日期,或同为钟点';
  const stretch: Stretch =
    start.time !== undefined && end.time !== undefined
      ? { kind: 'clock', from: instantAt(start.day, start.time), to: instantAt(end.day, end.time) }
      : {
          kind: 'days',
          from: start.day,
          ...(start.half === '下午' ? { fromHalf: 'afternoon' as const } : {}),
          until: end.day,
          ...(end.half === '上午' ? { untilHalf: 'morning' as const } : {}),
        };
  return stretchField.safeParse(stretch).success ? stretch : '结束时间应晚于开始时间';
};

/** By number first; by name among those in service on the day. */
const personIn = (registry: Registry, text: string, on: Day): { id: string } | string => {
  const word = text.trim();
  if (registry.of.staff.has(word)) return { id: word };
  const named = [...registry.of.staff.values()].filter((one) => one.name === word && holdsOn(one, on));
  const [one, other] = named;
  if (!one) return `名册中没有“${word}”`;
  return other === undefined ? { id: one.id } : `“${word}”有同名人员,请填人员编号`;
};

const windowIn = (registry: Registry, text: string, on: Day): { id: string } | string => {
  const word = text.trim();
  if (registry.of.window.has(word)) return { id: word };
  const found = [...registry.of.window.values()].find((one) => one.number === word && holdsOn(one, on));
  return found ? { id: found.id } : `名册中没有窗口“${word}”`;
};

/** One row as a command, or why it cannot be one. */
export const readRow = (registry: Registry, row: AttendanceRow): RowRead => {
  const no = (reason: string): RowRead => ({ ok: false, reason });
  const stretch = stretchIn(row);
  if (typeof stretch === 'string') return no(stretch);
  const on = firstDayOfStretch(stretch);
  const person = personIn(registry, row.person, on);
  if (typeof person === 'string') return no(person);
  const word = row.kind.trim().replace(/\s/g, '');
  const leave = leaveWords[word];
  if (leave !== undefined)
    return {
      ok: true,
      command: {
        type: 'leave.file',
        fields: { person: person.id, kind: leave, stretch, imported: true },
      },
    };
  const way = coverWords[word.toUpperCase()];
  if (way === undefined) return no(`看不懂种类“${row.kind}”`);
  if (row.window === undefined || row.window.trim() === '') return no('顶岗须填窗口');
  const window = windowIn(registry, row.window, on);
  if (typeof window === 'string') return no(window);
  const absent =
    row.absent === undefined || row.absent.trim() === '' ? undefined : personIn(registry, row.absent, on);
  if (typeof absent === 'string') return no(absent);
  return {
    ok: true,
    command: {
      type: 'cover.file',
      fields: {
        window: window.id,
        person: person.id,
        ...(absent === undefined ? {} : { absent: absent.id }),
        way,
        stretch,
      },
    },
  };
};
