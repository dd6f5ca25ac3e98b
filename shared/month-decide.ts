// Summing and freezing a month. Both commands are given what functions/month.ts has computed from the heads, and are
// therefore not open to callers; here is decided only whether the month may take it.
import * as z from 'zod';
import { about } from './access.ts';
import { type Command, command, happened } from './command.ts';
import { month } from './ids.ts';
import { refuse } from './problems.ts';
import { plusMonths } from './time.ts';

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
  about: () => about({}),
  decide: (state, fields) =>
    state?.stage === 'frozen'
      ? refuse('month.frozen', fields.month)
      : happened({ type: 'month.summed', v: 1, cut: fields.cut }),
});

const freeze: Command = command({
  type: 'month.freeze',
  action: 'month.freeze',
  summary: '月度定稿:固定最后一次汇总',
  on: 'month',
  fields: z.strictObject({ month, cut: digest, scores: digest }),
  also: (fields) => [{ kind: 'month', id: plusMonths(fields.month, -1) }],
  about: () => about({}),
  decide: (state, fields, context) => {
    if (state?.stage === 'frozen') return refuse('month.frozen', fields.month);
    if (state?.cut?.digest !== fields.cut) return refuse('month.summed-again');
    const before = context.other('month', plusMonths(fields.month, -1));
    if (before && before.stage !== 'frozen') return refuse('month.earlier-open', before.id);
    // What the month before froze later may change what this one carries.
    if (before?.frozenAt !== undefined && state.cut.takenAt <= before.frozenAt)
      return refuse('month.cut-too-old');
    return happened({ type: 'month.frozen', v: 1, cut: fields.cut, scores: fields.scores });
  },
});

export const monthCommands = { sum, freeze };
