// Reading the steps of a record's history, whatever it is of: who, when, which words were said. The steps come as the
// API shows them to this reader, so every member may be missing. Knows no kind of record.
import * as z from 'zod';
import type { View } from '../../shared/views.ts';

export type Step = View<'case.read'>['history'][number];

/** What a step says. `quoted`: the person's own words; `weighty`: a turn in the matter. */
export interface Said {
  title: string;
  quoted?: string | undefined;
  more?: string;
  weighty?: boolean;
}
export type HistoryWords = (event: Step['event'], names: Record<string, string>) => Said | undefined;

const free = z.looseObject({ text: z.string() });
/** A person's words; once purged, that they were. Undefined where nothing was said. */
export const freeWords = (value: unknown): string | undefined => {
  if (value === undefined) return undefined;
  const read = free.safeParse(value);
  return read.success ? read.data.text : '(已按规定清除)';
};

/** `某某`, as the registry calls an id; undefined ids are nobody. */
export const named = (id: string | undefined, names: Record<string, string>): string =>
  id === undefined ? '' : (names[id] ?? id);

const ids = z.array(z.string());
export const peopleWords = (value: unknown, names: Record<string, string>): string => {
  const read = ids.safeParse(value);
  return read.success ? read.data.map((id) => named(id, names)).join('、') : '';
};

/** The word for a value of a closed list, if it is of the list. */
export const wordOf = (words: Record<string, string>, value: unknown): string | undefined =>
  typeof value === 'string' ? words[value] : undefined;

const evidenceSteps: Record<string, string> = {
  'evidence.rejected': '一份文件校验值不符,请重新上传',
  'evidence.purged': '一份文件保存期满,已清除',
};
/** What is the same for all records: files that failed or were purged. */
export const fileWords = (event: Step['event']): Said | undefined => {
  const title = evidenceSteps[event.type];
  return title === undefined ? undefined : { title };
};
