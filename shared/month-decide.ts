// Summing and freezing a month. Both commands are given what functions/month.ts has computed from the heads, and are
// therefore not open to callers; here is decided only whether the month may take it.
import * as z from 'zod';
import { about } from './access.ts';
import { type Command, command, happened } from './command.ts';
import { month } from './ids.ts';
import { refuse } from './problems.ts';
import { type Month, monthOf, plusMonths } from './time.ts';

const digest = z.string().regex(/^[0-9a-f]{64}$/);

const sum: Command = command({
  type: 'month.sum',
  action: 'month.sum',
  summary: '汇总一个月:取定截面并公布汇总,供核对和异议',
  on: 'month',
  fields: z.strictObject({
    month,
    cut: z.strictObject({
      digest,
      takenAt: z.string(),
      chunks: z.int().min(1),
      heads: z.int().min(0),
      ruleBook: z.string(),
    }),
  }),
  creates: (fields) => fields.month,
  also: (fields, _state, { now }) =>
    monthsBetween(plusMonths(fields.month, 1), monthOf(now)).map((id) => ({ kind: 'month' as const, id })),
  about: () => about({}),
  decide: (state, fields, context) => {
    if (state?.stage === 'frozen') return refuse('month.frozen', fields.month);
    // A frozen month carried what was known of those before it; nothing can come in behind it.
    const later = monthsBetween(plusMonths(fields.month, 1), monthOf(context.now)).find(
      (id) => context.other('month', id)?.stage === 'frozen',
    );
    return later === undefined
      ? happened({ type: 'month.summed', v: 1, cut: fields.cut })
      : refuse('month.later-frozen', later);
  },
});

/** How far back a month may still be open; what lies before was finished in old ledgers. */
const lookBack = 12;
const monthsBetween = (first: Month, last: Month): Month[] => {
  const found: Month[] = [];
  for (let month = first; month <= last; month = plusMonths(month, 1)) found.push(month);
  return found;
};
/** The months before one, the nearest first. */
const monthsBefore = (month: Month): Month[] =>
  Array.from({ length: lookBack }, (_, at) => plusMonths(month, -1 - at));

const freeze: Command = command({
  type: 'month.freeze',
  action: 'month.freeze',
  summary: '月度定稿:固定最后一次汇总',
  on: 'month',
  fields: z.strictObject({ month, cut: digest, scores: digest }),
  also: (fields) => monthsBefore(fields.month).map((id) => ({ kind: 'month' as const, id })),
  about: () => about({}),
  decide: (state, fields, context) => {
    if (state?.stage === 'frozen') return refuse('month.frozen', fields.month);
    if (state?.cut?.digest !== fields.cut) return refuse('month.summed-again');
    const before = context.other('month', plusMonths(fields.month, -1));
    // From the first month that was ever begun on, each follows the one before it; a gap would carry nothing over.
    const begun = monthsBefore(fields.month).some((id) => context.other('month', id) !== undefined);
    if (begun && before?.stage !== 'frozen')
      return refuse('month.earlier-open', plusMonths(fields.month, -1));
    // What the month before froze later may change what this one carries.
    if (before?.frozenAt !== undefined && state.cut.takenAt <= before.frozenAt)
      return refuse('month.cut-too-old');
    return happened({ type: 'month.frozen', v: 1, cut: fields.cut, scores: fields.scores });
  },
});

export const monthCommands = { sum, freeze };
