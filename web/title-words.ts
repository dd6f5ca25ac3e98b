// Whom a title is given to, in words: what stands over their names, how they are counted. Knows no screen.
import { recipientUnits } from '../shared/term-words.ts';
import type { View } from '../shared/views.ts';

type Given = Pick<View<'award.read'>['state'], 'recipient'>;

const words = {
  person: { head: '姓名', noun: '人员' },
  window: { head: '窗口', noun: '窗口' },
  department: { head: '部门', noun: '部门' },
} as const;

const of = ({ recipient }: Given) => words[recipient ?? 'person'];

/** What stands over the names of those it is given to. */
export const whose = (given: Given): string => of(given).head;
export const nounOf = (given: Given): string => of(given).noun;
/** So many of them: 3 人, 3 个窗口. */
export const counted = (count: number, given: Given): string =>
  `${count} ${recipientUnits[given.recipient ?? 'person']}`;
