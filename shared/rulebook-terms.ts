// The small words every part of a rule book is written in: lines of text, codes, calendar periods, what is counted
// together, who is scored. Knows no part of a rule book.
import * as z from 'zod';

/** Text that goes onto forms and notices: one line, no invisible characters. */
export const line = (most: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(most)
    .regex(/^[^\p{Cc}\p{Cs}]*$/u, '含有不可见的控制字符');
export const count = z.int().min(1).max(10_000);
/** Codes become parts of measure ids (`talk-2026-11-section-…`) and of printed lines. */
export const word = z
  .string()
  .regex(/^[a-z][A-Za-z0-9]{0,15}$/, '代码应以小写字母开头,只含字母和数字,最长 16 位');
export const stepCode = z.string().regex(/^[a-z][a-z0-9]{0,15}$/, '代码只能用小写字母和数字,最长 16 位');
export const clauseCode = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9.-]{0,15}$/, '条款编号只能用字母、数字、点和短横线,最长 16 位');
/** A share in hundredths of a per cent: 5000 is half, 20000 is double. */
export const ratio = z.int().min(1).max(100_000);

/** Calendar periods; a quarter is January-March and so on, a half-year 上半年 or 下半年. */
export const periods = ['month', 'quarter', 'halfYear', 'year'] as const;
export const period = z.enum(periods);
export type Period = (typeof periods)[number];
export const periodNames: Record<Period, string> = {
  month: '当月',
  quarter: '本季度',
  halfYear: '本半年',
  year: '本年',
};

/** Which of a subject's cases are counted together. */
export const scope = z.enum(['all', 'sameCategory', 'sameFamily', 'sameClause']);
export type Scope = z.infer<typeof scope>;

/** Who is scored: each kind has a frame of its own (一个中心可分别考核个人、窗口、部门). */
export const frameKinds = ['staff', 'window', 'department'] as const;
export const frameKind = z.enum(frameKinds);
export type FrameKind = (typeof frameKinds)[number];
export const frameNames: Record<FrameKind, string> = { staff: '个人', window: '窗口', department: '部门' };

/** The calendar period a month lies in, as a key: `2026-11`, `2026-Q4`, `2026-H2`, `2026`. */
export const periodOf = (month: string, within: Period): string => {
  const year = month.slice(0, 4);
  const nth = Number(month.slice(5, 7));
  switch (within) {
    case 'month':
      return month;
    case 'quarter':
      return `${year}-Q${Math.ceil(nth / 3)}`;
    case 'halfYear':
      return `${year}-H${nth <= 6 ? 1 : 2}`;
    case 'year':
      return year;
  }
};
