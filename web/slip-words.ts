// A slip of the leave and cover register in words: who, what, from when to when.
import { coverTitles } from '../shared/cover.ts';
import { leaveTitles } from '../shared/leave.ts';
import type { Stretch } from '../shared/slip.ts';
import type { View } from '../shared/views.ts';
import { dayWords } from './month-words.ts';
import { dateTimeWords, timeWords } from './time-words.ts';

export type Slip = View<'leave.list'>['items'][number];
/** As the API tells it: an absent half may be spelled out. */
export type ToldStretch = NonNullable<NonNullable<Slip['state']['filings'][number]['entry']>['stretch']>;

/** `11月18日下午 至 11月20日`, `11月18日 10:00–11:30` */
export const stretchWords = (stretch: Stretch | ToldStretch): string => {
  if (stretch.kind === 'clock') return `${dateTimeWords(stretch.from)}–${timeWords(stretch.to)}`;
  const from = `${dayWords(stretch.from)}${stretch.fromHalf === undefined ? '' : '下午'}`;
  const until = `${dayWords(stretch.until)}${stretch.untilHalf === undefined ? '' : '上午'}`;
  return stretch.from === stretch.until && stretch.fromHalf === undefined ? until : `${from} 至 ${until}`;
};

export const standing = (slip: Slip): boolean => slip.state.stage === 'standing';

/** What the slip says now, or said last. */
export const lastEntry = (slip: Slip) => slip.state.filings.findLast(({ entry }) => entry !== null)?.entry;

export const slipPerson = (slip: Slip): string =>
  slip.kind === 'leave'
    ? slip.state.person
    : (slip.state.filings.findLast(({ entry }) => entry !== null)?.entry?.person ?? '');

export const slipKind = (slip: Slip): string => {
  if (slip.kind === 'cover') return coverTitles[slip.state.way];
  const entry = slip.state.filings.findLast(({ entry: one }) => one !== null)?.entry;
  return entry ? leaveTitles[entry.kind] : '';
};
