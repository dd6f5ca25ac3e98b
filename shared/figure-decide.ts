// Handing in a month's figures: many rows at once or one by one, all of a request or nothing of it, every wrong row told
// by its number; corrected and taken back by further events. A frozen month may still get some: they are carried.
import * as z from 'zod';
import { type About, about } from './access.ts';
import { canonical } from './canonical.ts';
import { type Command, command, type Deciding, happened as done, existing } from './command.ts';
import { type ManifestEntry, manifest } from './evidence.ts';
import { type FigureRow, type FigureState, figureSources, type HandedIn } from './figure.ts';
import { type AskedFigure, figuresAsked, rowFaults } from './figure-asked.ts';
import { freeText, oneLine } from './free-text.ts';
import { month, registryId } from './ids.ts';
import { holdsOn, type Registry } from './people.ts';
import { type FieldProblem, ok, type Problem, type Result, refuse } from './problems.ts';
import { type FrameKind, frameKind, frameNames } from './rulebook-terms.ts';
import { firstDayOf, isAhead, lastDayOf, type Month, monthOf } from './time.ts';

/** The office brings figures; they concern the centre as a whole. */
export const aboutFigure = (_state: FigureState | undefined): About => about({});

const amount = z.int().min(0).max(1_000_000_000);
const row = z.strictObject({
  subject: registryId,
  value: amount.optional(),
  self: amount.optional(),
  numerator: amount.optional(),
  denominator: amount.optional(),
  parts: z
    .array(z.strictObject({ kind: oneLine(20), value: amount }))
    .min(1)
    .max(20)
    .optional(),
  answers: z
    .array(z.strictObject({ answer: oneLine(12), count: amount, by: registryId.optional() }))
    .min(1)
    .max(100)
    .optional(),
});
type Row = z.infer<typeof row>;
const brought = {
  source: z.enum(figureSources),
  /** Which system, which survey, which file. */
  origin: oneLine(40).optional(),
  rows: z.array(row).min(1).max(1000),
  evidence: manifest.default([]),
};

const written = (one: Row): FigureRow => ({
  subject: one.subject,
  ...(one.value === undefined ? {} : { value: one.value }),
  ...(one.self === undefined ? {} : { self: one.self }),
  ...(one.numerator === undefined ? {} : { numerator: one.numerator }),
  ...(one.denominator === undefined ? {} : { denominator: one.denominator }),
  ...(one.parts === undefined ? {} : { parts: one.parts.map(({ kind, value }) => ({ kind, value })) }),
  ...(one.answers === undefined
    ? {}
    : {
        answers: one.answers.map(({ answer, count, by }) =>
          by === undefined ? { answer, count } : { answer, count, by },
        ),
      }),
});

/** The same said again is no change. */
const sameAs = (before: HandedIn | undefined, one: FigureRow): boolean => {
  if (!before) return false;
  const { source: _source, origin: _origin, since: _since, ...said } = before;
  return canonical(said) === canonical(one);
};

/** Whether the registry knows such a subject on some day of the month. */
const isKnown = (registry: Registry, of: FrameKind, id: string, within: Month): boolean => {
  const entry = registry.of[of].get(id);
  const last = lastDayOf(within);
  return (
    entry !== undefined &&
    entry.from <= last &&
    (holdsOn(entry, last) || (entry.until ?? last) >= firstDayOf(within))
  );
};

/** At most so many characters of rows, so that a head stays well inside one item of the table (400 kB). */
const fullest = 250_000;

const refusedRows = (fields: FieldProblem[]): { ok: false; problem: Problem } => ({
  ok: false,
  problem: { code: 'figure.rows', detail: `有错误 ${fields.length} 处`, fields: fields.slice(0, 200) },
});

const faultsOf = (
  asked: AskedFigure,
  rows: readonly Row[],
  within: Month,
  registry: Registry,
  other: (one: FigureRow) => string | undefined,
): FieldProblem[] => {
  const seen = new Set<string>();
  return rows.flatMap((each, at): FieldProblem[] => {
    const one = written(each);
    const path = `rows.${at}`;
    const twice = seen.has(one.subject);
    seen.add(one.subject);
    const against = other(one);
    return [
      ...(isKnown(registry, asked.of, one.subject, within)
        ? []
        : [{ path: `${path}.subject`, reason: `名册中当月没有${frameNames[asked.of]}“${one.subject}”` }]),
      ...(twice ? [{ path: `${path}.subject`, reason: '同一对象在本次提交中重复' }] : []),
      ...(against === undefined ? [] : [{ path: `${path}.subject`, reason: against }]),
      ...rowFaults(asked, one).map(({ field, reason }) => ({ path: `${path}.${field}`, reason })),
    ];
  });
};

const askedFor = (
  context: Deciding,
  within: Month,
  code: string,
  of: FrameKind | undefined,
): Result<AskedFigure> => {
  const book = context.ruleBook(within);
  if (!book.ok) return book;
  const found = figuresAsked(book.value).filter((one) => one.code === code);
  const asked = of === undefined ? found[0] : found.find((one) => one.of === of);
  if (asked) return ok(asked);
  const reckoned = book.value.figures?.some((each) => each.code === code);
  return reckoned && found.length === 0 ? refuse('figure.reckoned', code) : refuse('figure.unknown', code);
};

const filesAhead = (files: readonly ManifestEntry[], { now }: Deciding) =>
  files.some((file) => isAhead(file.takenAt, now)) ? refuse('time.future') : undefined;

const tooMuch = (rows: readonly FigureRow[], more: readonly FigureRow[]) =>
  JSON.stringify(rows).length + JSON.stringify(more).length > fullest ? refuse('figure.full') : undefined;

const enter: Command = command({
  type: 'figure.enter',
  action: 'figure.enter',
  summary: '录入一个月的一项指标(办件量、评价、投票、办结率等),可一次多行;有一行不对则整批不录入,逐行说明',
  on: 'figure',
  fields: z.strictObject({
    month,
    /** 考核办法中的指标代码;投票写作“评选代码.投票方代码”。 */
    figure: z.string().regex(/^[a-z][A-Za-z0-9]{0,15}(\.[a-z][A-Za-z0-9]{0,15})?$/, '指标代码格式不对'),
    of: frameKind.default('staff'),
    ...brought,
  }),
  creates: (fields) => `figure-${fields.month}-${fields.of}-${fields.figure}`,
  months: (fields) => [fields.month],
  about: aboutFigure,
  decide: (state, fields, context) => {
    if (fields.month > monthOf(context.now)) return refuse('time.future', fields.month);
    const asked = askedFor(context, fields.month, fields.figure, fields.of);
    if (!asked.ok) return asked;
    const before = new Map((state?.rows ?? []).map((one) => [one.subject, one]));
    const faults = faultsOf(asked.value, fields.rows, fields.month, context.registry, (one) => {
      const known = before.get(one.subject);
      return known && !sameAs(known, one) ? '已经录入,数据不同;请用更正' : undefined;
    });
    if (faults.length > 0) return refusedRows(faults);
    const rows = fields.rows.map(written).filter((one) => !before.has(one.subject));
    const wrong = filesAhead(fields.evidence, context) ?? tooMuch(state?.rows ?? [], rows);
    if (wrong) return wrong;
    if (rows.length === 0) return done();
    return done({
      type: 'figure.entered',
      v: 1,
      month: fields.month,
      figure: fields.figure,
      of: fields.of,
      source: fields.source,
      ...(fields.origin === undefined ? {} : { origin: fields.origin }),
      rows,
      evidence: fields.evidence,
    });
  },
});

const correct: Command = command({
  type: 'figure.correct',
  action: 'figure.correct',
  summary: '更正已录入的指标,写明理由;已定稿月份的差额结转到下一次汇总',
  on: 'figure',
  fields: z.strictObject({ ...brought, reason: freeText(500) }),
  months: (_fields, state) => [existing(state).month],
  about: aboutFigure,
  decide: (state, fields, context) => {
    const figure = existing(state);
    const asked = askedFor(context, figure.month, figure.figure, figure.of);
    if (!asked.ok) return asked;
    const before = new Map(figure.rows.map((one) => [one.subject, one]));
    const faults = faultsOf(asked.value, fields.rows, figure.month, context.registry, (one) =>
      before.has(one.subject) ? undefined : '尚未录入,不能更正',
    );
    if (faults.length > 0) return refusedRows(faults);
    const rows = fields.rows.map(written).filter((one) => !sameAs(before.get(one.subject), one));
    const wrong = filesAhead(fields.evidence, context) ?? tooMuch(figure.rows, rows);
    if (wrong) return wrong;
    if (rows.length === 0) return done();
    return done({
      type: 'figure.corrected',
      v: 1,
      source: fields.source,
      ...(fields.origin === undefined ? {} : { origin: fields.origin }),
      rows,
      evidence: fields.evidence,
      reason: { text: fields.reason },
    });
  },
});

const withdraw: Command = command({
  type: 'figure.withdraw',
  action: 'figure.withdraw',
  summary: '撤回录错对象的指标,写明理由',
  on: 'figure',
  fields: z.strictObject({ subjects: z.array(registryId).min(1).max(1000), reason: freeText(500) }),
  about: aboutFigure,
  decide: (state, fields) => {
    const known = new Set(existing(state).rows.map(({ subject }) => subject));
    const missing = fields.subjects.flatMap((subject, at) =>
      known.has(subject) ? [] : [{ path: `subjects.${at}`, reason: `没有录入“${subject}”` }],
    );
    if (missing.length > 0) return refusedRows(missing);
    return done({
      type: 'figure.withdrawn',
      v: 1,
      subjects: [...new Set(fields.subjects)],
      reason: { text: fields.reason },
    });
  },
});

export const figureCommands: Command[] = [enter, correct, withdraw];
