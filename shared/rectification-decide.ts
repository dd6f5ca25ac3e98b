// What may be done with a rectification order. Whoever put it right does not check it; nothing here takes points.
import * as z from 'zod';
import { type About, about } from './access.ts';
import { deadlineAfter } from './calendar.ts';
import { aboutCase } from './case-facts.ts';
import { type Command, type Context, command, happened as done, existing } from './command.ts';
import { type ManifestEntry, manifest } from './evidence.ts';
import { freeText, optionalText } from './free-text.ts';
import { day, instant, monthlyId, monthOfId, newMonthlyId, registryId } from './ids.ts';
import { holdsOn } from './people.ts';
import { ok, type Problem, type Result, refuse } from './problems.ts';
import { type RectificationState, rectificationTitles, urgingWays } from './rectification.ts';
import { dayOf, type Instant, instantAt, isAhead, monthOfDay } from './time.ts';

/** Facts of an order for the permission; who put it right has acted on it and does not check it. */
export const aboutRectification = (state: RectificationState): About => {
  const by = 'doneBy' in state ? [state.doneBy] : [];
  return about({
    grids: state.grid === undefined ? [] : [state.grid],
    departments: [state.responsible],
    reporters: by.flatMap(({ person, for: absent }) => (absent === undefined ? [person] : [person, absent])),
  });
};

const wrongStage = (state: RectificationState) =>
  refuse('rectification.wrong-stage', `当前状态:${rectificationTitles[state.stage]}`);

const mostFiles = 20;
type Refusal = { ok: false; problem: Problem } | undefined;

const wrongFiles = (
  state: RectificationState | undefined,
  files: readonly ManifestEntry[],
  now: Instant,
): Refusal => {
  if (files.some((file) => isAhead(file.takenAt, now)))
    return refuse('time.future', '照片的拍摄时间晚于现在');
  return (state?.evidence.length ?? 0) + files.length > mostFiles
    ? refuse('evidence.too-many', `一张整改单最多 ${mostFiles} 个文件`)
    : undefined;
};

/** A date the people agreed on, else the days of the rule book. */
const dueBy = (asked: string | undefined, of: string, context: Context): Result<Instant> => {
  if (asked !== undefined)
    return asked < dayOf(context.now)
      ? refuse('time.order', '整改期限早于今天')
      : ok(instantAt(asked, '24:00'));
  const book = context.ruleBook(of);
  return book.ok
    ? deadlineAfter(context.calendar, context.now, book.value.settings.rectifyWorkingDays)
    : book;
};

const orderFields = z.strictObject({
  /** The day it was found; what was first written on paper keeps its own date (补录). */
  foundOn: day,
  case: monthlyId('case').optional(),
  responsible: registryId,
  window: registryId.optional(),
  area: registryId.optional(),
  grid: registryId.optional(),
  requirement: freeText(1000),
  dueOn: day.optional(),
  /** The photo before; with a case its own evidence may serve. */
  evidence: manifest.default([]),
});
type OrderFields = z.infer<typeof orderFields>;

/** The grid follows from window or area as they were on that day, else from what is stated. */
const gridOf = (
  { window, area, grid, foundOn }: OrderFields,
  { registry }: Context,
): Result<string | undefined> => {
  if (window !== undefined) {
    const found = registry.of.window.get(window);
    return found && holdsOn(found, foundOn) ? ok(found.grid) : refuse('registry.unknown', `窗口 ${window}`);
  }
  if (area !== undefined) {
    const found = registry.of.area.get(area);
    return found && holdsOn(found, foundOn) ? ok(found.grid) : refuse('registry.unknown', `公共区域 ${area}`);
  }
  return grid === undefined || registry.of.grid.has(grid)
    ? ok(grid)
    : refuse('registry.unknown', `网格 ${grid}`);
};

const order: Command = command({
  type: 'rectification.order',
  action: 'rectification.order',
  summary: '开出整改单:责任单位、整改要求、期限、整改前照片;可由一条不涉及个人的问题转来',
  on: 'rectification',
  fields: orderFields,
  creates: (fields, sent) => newMonthlyId('rectification', monthOfDay(fields.foundOn), sent.command),
  months: (fields) => [monthOfDay(fields.foundOn)],
  also: (fields) => (fields.case === undefined ? [] : [{ kind: 'case', id: fields.case }]),
  about: (_state, fields, context) => {
    const grid = gridOf(fields, context);
    return about({ grids: grid.ok && grid.value !== undefined ? [grid.value] : [] });
  },
  decide: (state, fields, context) => {
    if (state) return refuse('thing.exists', state.id);
    if (fields.foundOn > dayOf(context.now)) return refuse('time.future');
    const responsible = context.registry.of.department.get(fields.responsible);
    if (!responsible || !holdsOn(responsible, fields.foundOn))
      return refuse('registry.unknown', `责任单位 ${fields.responsible}`);
    const grid = gridOf(fields, context);
    if (!grid.ok) return grid;
    const files = wrongFiles(state, fields.evidence, context.now);
    if (files) return files;
    const due = dueBy(fields.dueOn, monthOfDay(fields.foundOn), context);
    if (!due.ok) return due;
    const from = fromCase(fields, context);
    if (!from.ok) return from;
    if (fields.evidence.length === 0 && !from.value.pictured) return refuse('rectification.no-photo');
    const id = newMonthlyId('rectification', monthOfDay(fields.foundOn), context.command);
    const { window, area } = fields;
    return ok({
      events: [
        {
          type: 'rectification.ordered',
          v: 1,
          month: monthOfDay(fields.foundOn),
          ...(fields.case === undefined ? {} : { case: fields.case }),
          responsible: responsible.id,
          ...(window === undefined ? {} : { window }),
          ...(area === undefined ? {} : { area }),
          ...(grid.value === undefined ? {} : { grid: grid.value }),
          requirement: { text: fields.requirement },
          dueBy: due.value,
          evidence: fields.evidence,
        },
      ],
      also:
        fields.case === undefined
          ? []
          : [
              {
                ref: { kind: 'case', id: fields.case },
                events: [{ type: 'case.rectificationOrdered', v: 1, rectification: id }],
              },
            ],
    });
  },
});

/** A finding of nobody in person that still stands open or confirmed, and has no order yet. */
const fromCase = ({ case: id }: OrderFields, context: Context): Result<{ pictured: boolean }> => {
  if (id === undefined) return ok({ pictured: false });
  const found = context.other('case', id);
  // An integrity lead is nobody's business here: it is not there.
  if (!found || aboutCase(found).sealed) return refuse('thing.not-found', id);
  if (found.subject.kind === 'persons' || found.subject.kind === 'unidentified')
    return refuse('rectification.case-of-person');
  if (found.rectification !== undefined || found.stage === 'rectifying')
    return refuse('rectification.ordered-before', found.rectification);
  if (found.stage === 'dismissed' || found.stage === 'merged' || found.stage === 'withdrawn')
    return refuse('rectification.case-closed');
  return ok({ pictured: found.evidence.length > 0 });
};

const finish: Command = command({
  type: 'rectification.finish',
  action: 'rectification.finish',
  summary: '整改完成:说明做法,附整改后照片(内勤可代纸质反馈补录)',
  on: 'rectification',
  fields: z.strictObject({
    doneAt: instant,
    what: freeText(1000),
    evidence: manifest.min(1, '请附整改后照片'),
  }),
  about: (state) => aboutRectification(existing(state)),
  decide: (state, fields, context) => {
    const open = existing(state);
    if (open.stage !== 'ordered') return wrongStage(open);
    if (isAhead(fields.doneAt, context.now)) return refuse('time.future');
    const files = wrongFiles(open, fields.evidence, context.now);
    if (files) return files;
    return done({
      type: 'rectification.done',
      v: 1,
      doneAt: fields.doneAt,
      what: { text: fields.what },
      evidence: fields.evidence,
    });
  },
});

const recheck: Command = command({
  type: 'rectification.recheck',
  action: 'rectification.recheck',
  summary: '复查:合格,或退回继续整改并重定期限',
  on: 'rectification',
  fields: z.strictObject({
    passed: z.boolean(),
    checkedAt: instant,
    opinion: freeText(500),
    /** When it is sent back; absent: as the rule book says. */
    dueOn: day.optional(),
    evidence: manifest.default([]),
  }),
  months: (_fields, state) => [monthOfId(existing(state).id)],
  about: (state) => aboutRectification(existing(state)),
  decide: (state, fields, context) => {
    const open = existing(state);
    if (open.stage !== 'done') return wrongStage(open);
    if (isAhead(fields.checkedAt, context.now)) return refuse('time.future');
    if (fields.checkedAt < open.doneAt) return refuse('time.order', '复查早于整改完成');
    const files = wrongFiles(open, fields.evidence, context.now);
    if (files) return files;
    const due = fields.passed ? ok(open.dueBy) : dueBy(fields.dueOn, open.month, context);
    if (!due.ok) return due;
    return done({
      type: 'rectification.rechecked',
      v: 1,
      passed: fields.passed,
      checkedAt: fields.checkedAt,
      opinion: { text: fields.opinion },
      ...(fields.passed ? {} : { dueBy: due.value }),
      evidence: fields.evidence,
    });
  },
});

const strikeOff: Command = command({
  type: 'rectification.strikeOff',
  action: 'rectification.strikeOff',
  summary: '复查合格,销号',
  on: 'rectification',
  fields: z.strictObject({ opinion: optionalText(500) }),
  about: (state) => aboutRectification(existing(state)),
  decide: (state, fields) => {
    const open = existing(state);
    if (open.stage !== 'passed') return wrongStage(open);
    return done({
      type: 'rectification.struckOff',
      v: 1,
      ...(fields.opinion === undefined ? {} : { opinion: { text: fields.opinion } }),
    });
  },
});

const urge: Command = command({
  type: 'rectification.urge',
  action: 'rectification.urge',
  summary: '逾期未整改,催办(电话、上门、消息,或系统)',
  on: 'rectification',
  fields: z.strictObject({ way: z.enum(urgingWays), text: freeText(500) }),
  about: (state) => aboutRectification(existing(state)),
  decide: (state, fields, context) => {
    const open = existing(state);
    if (open.stage !== 'ordered') return wrongStage(open);
    if (context.now <= open.dueBy) return refuse('rectification.not-overdue');
    if (open.urgedAt !== undefined && dayOf(open.urgedAt) === dayOf(context.now))
      return refuse('rectification.urged-today');
    // The house urges once for each date; after that somebody calls or goes there.
    if (context.acting.role === 'system' && open.urgedAt !== undefined)
      return refuse('rectification.urged-today', '系统已催办');
    return done({ type: 'rectification.urged', v: 1, way: fields.way, text: { text: fields.text } });
  },
});

const withdraw: Command = command({
  type: 'rectification.withdraw',
  action: 'rectification.withdraw',
  summary: '撤回开错的整改单;由问题转来的,该问题退回核实',
  on: 'rectification',
  fields: z.strictObject({ reason: freeText(500) }),
  also: (_fields, state) => {
    const from = existing(state).case;
    return from === undefined ? [] : [{ kind: 'case', id: from }];
  },
  about: (state) => aboutRectification(existing(state)),
  decide: (state, fields, context) => {
    const open = existing(state);
    if (open.stage !== 'ordered' && open.stage !== 'done') return wrongStage(open);
    const from = open.case === undefined ? undefined : context.other('case', open.case);
    return ok({
      events: [{ type: 'rectification.withdrawn', v: 1, reason: { text: fields.reason } }],
      also: from
        ? [
            {
              ref: { kind: 'case', id: from.id },
              events: [{ type: 'case.rectificationWithdrawn', v: 1, rectification: open.id }],
            },
          ]
        : [],
    });
  },
});

export const rectificationCommands: Command[] = [order, finish, recheck, strikeOff, urge, withdraw];
