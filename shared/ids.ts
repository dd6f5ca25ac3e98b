// Names of things. An id tells its partition: what belongs to a month or a day carries it, so one GetItem finds it.
// Ids are made from the command id of the device that reported, never from chance on the server.
import * as z from 'zod';
import type { Day, Month } from './time.ts';

export const centreId = z.string().regex(/^[a-z][a-z0-9-]{1,30}$/, '中心编号只能用小写字母、数字和短横线');
export const commandId = z
  .string()
  .regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, '提交编号应为小写的 UUID');
/** Ids of the registry are chosen by the clerk: `staff-0101`, `window-a07`, `department-tax`. */
export const registryId = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,47}$/, '编号只能用小写字母、数字和短横线,最长 48 位');
export const month = z.string().regex(/^20\d\d-(0[1-9]|1[0-2])$/, '月份写作 2026-11');
export const day = z.iso.date('日期写作 2026-11-22');
export const instant = z.iso.datetime({ precision: 3, error: '时间写作 2026-11-22T02:15:00.000Z' });
export const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, '钟点写作 09:05');

/** Kinds of streams whose heads share the month's partition, so that the month's board is one Query. */
export const monthlyKinds = [
  'case',
  'bonus',
  'talk',
  'award',
  'rectification',
  'enforcement',
  'objection',
] as const;
/** Kinds of streams with a partition of their own. */
export const otherKinds = [
  'leave',
  'cover',
  'opening',
  'complaint',
  'inspection',
  'letter',
  'figure',
  'month',
  'rulebook',
  'lookup',
  'registry',
] as const;
export type StreamKind = (typeof monthlyKinds)[number] | (typeof otherKinds)[number];

/** One stream of events within a centre. */
export interface StreamRef {
  kind: StreamKind;
  id: string;
}

const uuid = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';
/** `case-2026-11-<uuid>`; a command that makes several things numbers them: `…-<uuid>.3`. */
export const monthlyId = (
  kind: 'case' | 'bonus' | 'letter' | 'leave' | 'cover' | 'complaint' | 'rectification' | 'opening',
) => z.string().regex(new RegExp(`^${kind}-20\\d\\d-(0[1-9]|1[0-2])-${uuid}(\\.\\d{1,3})?$`), '编号格式不对');
/** A talk's id is its measure's: `talk-2026-11-section-staff-0101-1`. */
export const talkId = z.string().regex(/^talk-20\d\d-(0[1-9]|1[0-2])-[a-z0-9-]{1,90}$/, '编号格式不对');
/** A measure that is neither a talk nor a letter, as the month's measures name it: `urge-2026-11-often-staff-0101-1`. */
export const measureId = z
  .string()
  .regex(
    /^(urge|rectify|criticise|bar|refer|leader)-20\d\d-(0[1-9]|1[0-2])-[a-z0-9-]{1,90}$/,
    '编号格式不对',
  );
/** What was done about it: the same id with its own word before it. */
export const enforcementId = z
  .string()
  .regex(
    /^enforcement-(urge|rectify|criticise|bar|refer|leader)-20\d\d-(0[1-9]|1[0-2])-[a-z0-9-]{1,90}$/,
    '编号格式不对',
  );
export const enforcementOf = (measure: string): string => `enforcement-${measure}`;
/** What somebody objects to in the sums of a month: `objection-2026-11-staff-0101`. */
export const objectionId = z
  .string()
  .regex(/^objection-20\d\d-(0[1-9]|1[0-2])-[a-z0-9][a-z0-9-]{0,47}$/, '编号格式不对');
export const objectionIdOf = (of: Month, person: string): string => `objection-${of}-${person}`;
/** One award of a kind per month: `award-2026-11-star`. */
export const awardId = z.string().regex(/^award-20\d\d-(0[1-9]|1[0-2])-[A-Za-z0-9-]{1,40}$/, '编号格式不对');
/** A figure of a month: `figure-2026-11-staff-casesHandled`; votes for a title name both: `figure-2026-11-staff-star.duty`. */
export const figureId = z
  .string()
  .regex(/^figure-20\d\d-(0[1-9]|1[0-2])-(staff|window|department)-[A-Za-z0-9.]{1,40}$/, '编号格式不对');
export const inspectionId = z
  .string()
  .regex(new RegExp(`^inspection-20\\d\\d-\\d\\d-\\d\\d-${uuid}$`), '编号格式不对');

export const newMonthlyId = (
  kind: 'case' | 'bonus' | 'letter' | 'leave' | 'cover' | 'complaint' | 'rectification' | 'opening',
  of: Month,
  command: string,
  nth?: number,
): string => `${kind}-${of}-${command}${nth === undefined ? '' : `.${nth}`}`;
export const newInspectionId = (of: Day, command: string): string => `inspection-${of}-${command}`;

/** The month a monthly id belongs to. */
export const monthOfId = (id: string): Month => {
  const found = /-(20\d\d-\d\d)-/.exec(id)?.[1];
  if (found === undefined) throw new Error(`id without a month: ${id}`);
  return found;
};
export const dayOfId = (id: string): Day => {
  const found = /-(20\d\d-\d\d-\d\d)-/.exec(id)?.[1];
  if (found === undefined) throw new Error(`id without a day: ${id}`);
  return found;
};
