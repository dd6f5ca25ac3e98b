// What may be done with an inspection. Each command: its fields, whom it concerns, the decision.
import * as z from 'zod';
import { type About, type Action, about } from './access.ts';
import { type Command, command, happened as done, existing } from './command.ts';
import { manifest } from './evidence.ts';
import { freeText, plainText } from './free-text.ts';
import { instant, newInspectionId, registryId } from './ids.ts';
import { type InspectionState, lookResults, seenTimes } from './inspection.ts';
import { holdsOn, type Registry } from './people.ts';
import { ok, type Result, refuse } from './problems.ts';
import { type Day, dayOf, isAhead } from './time.ts';
import { mayHaveWalked } from './walkers.ts';

/** Files of the round itself (paper sheet, watch log). Proof of a finding travels with its case, so few are needed. */
const mostFiles = 6;

const windows = z
  .array(registryId)
  .min(1)
  .max(300)
  .refine((ids) => new Set(ids).size === ids.length, '窗口重复');
const round = plainText(20).min(1);
/** Whose sheet the clerk enters (补录); everybody else opens their own round. */
const walkedBy = registryId.optional();
const openFields = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('patrol'),
    grid: registryId.optional(),
    startedAt: instant,
    walkedBy,
    /** Absent: every window of the grid, or of the centre. */
    windows: windows.optional(),
  }),
  z.strictObject({
    kind: z.literal('video'),
    grid: registryId.optional(),
    startedAt: instant,
    walkedBy,
    windows: windows.optional(),
  }),
  z.strictObject({
    kind: z.literal('thirdParty'),
    grid: registryId.optional(),
    startedAt: instant,
    walkedBy,
    windows: windows.optional(),
    /** Round of the contract, as the third party numbers it. */
    round,
  }),
]);
type OpenFields = z.infer<typeof openFields>;

const note = freeText(200).optional();
const recordFields = z
  .strictObject({
    looks: z
      .array(
        z.strictObject({
          window: registryId,
          at: instant,
          result: z.enum(lookResults),
          staffSeen: z.array(registryId).max(10).default([]),
          note,
        }),
      )
      .max(100)
      .default([]),
    views: z
      .array(
        z
          .strictObject({ camera: registryId, from: instant, to: instant, purpose: freeText(200) })
          .refine((view) => view.from <= view.to, { path: ['to'], message: '结束时间早于开始时间' }),
      )
      .max(100)
      .default([]),
    items: z
      .array(
        z
          .strictObject({
            item: freeText(60),
            window: registryId.optional(),
            points: z.int().min(0).max(100_000),
            outOf: z.int().min(1).max(100_000),
            note,
          })
          .refine((item) => item.points <= item.outOf, { path: ['points'], message: '得分高于满分' }),
      )
      .max(100)
      .default([]),
    evidence: manifest.default([]),
  })
  .refine((all) => all.looks.length + all.views.length + all.items.length + all.evidence.length > 0, {
    message: '没有可记录的内容',
  });
type RecordFields = z.infer<typeof recordFields>;

/** Facts of an inspection for the permission; `reporters` is who carries it out. */
export const aboutInspection = (state: InspectionState): About =>
  about({
    grids: state.grid === undefined ? [] : [state.grid],
    reporters: [
      state.openedBy.person,
      ...(state.openedBy.for === undefined ? [] : [state.openedBy.for]),
      ...(state.walkedBy === undefined ? [] : [state.walkedBy]),
    ],
  });

const optional = <T>(text: string | undefined, as: (text: string) => T): T | Record<string, never> =>
  text === undefined ? {} : as(text);

/** Windows in service on a day: those asked for, or all of the grid or the centre. */
const plannedWindows = (fields: OpenFields, on: Day, registry: Registry): Result<string[]> => {
  if (fields.windows === undefined)
    return ok(
      [...registry.of.window.values()]
        .filter((entry) => holdsOn(entry, on) && (fields.grid === undefined || entry.grid === fields.grid))
        .map((entry) => entry.id)
        .sort(),
    );
  const outside = firstOutside(fields.windows, fields.grid, on, registry);
  return outside.ok ? ok(fields.windows) : outside;
};

export const firstOutside = (
  ids: readonly string[],
  grid: string | undefined,
  on: Day,
  registry: Registry,
): Result<true> => {
  for (const id of ids) {
    const window = registry.of.window.get(id);
    if (!window || !holdsOn(window, on)) return refuse('registry.unknown', `窗口 ${id}`);
    if (grid !== undefined && window.grid !== grid) return refuse('inspection.outside-grid', window.number);
  }
  return ok(true);
};

const openActions = {
  patrol: 'inspection.open',
  video: 'inspection.openVideo',
  thirdParty: 'inspection.openThirdParty',
} as const satisfies Record<OpenFields['kind'], Action>;

const open: Command = command({
  type: 'inspection.open',
  action: (fields) => openActions[fields.kind],
  summary: '开始一次巡查、视频督查或第三方测评',
  on: 'inspection',
  fields: openFields,
  creates: (fields, sent) => newInspectionId(dayOf(fields.startedAt), sent.command),
  about: (_state, fields, context) =>
    about({
      grids: fields.grid === undefined ? [] : [fields.grid],
      reporters: [context.actor.person],
    }),
  decide: (state, fields, context) => {
    if (state) return refuse('thing.exists', state.id);
    if (isAhead(fields.startedAt, context.now)) return refuse('time.future');
    if (fields.kind === 'video' && context.registry.centre.videoLegalBasis === undefined)
      return refuse('video.no-legal-basis');
    const on = dayOf(fields.startedAt);
    if (fields.walkedBy !== undefined) {
      if (context.acting.role !== 'clerk') return refuse('inspection.walked-by-other');
      const walker = context.registry.of.staff.get(fields.walkedBy);
      if (!walker) return refuse('registry.unknown', `巡查人 ${fields.walkedBy}`);
      const round = { walking: openActions[fields.kind], grid: fields.grid, on };
      if (
        fields.walkedBy !== context.actor.person &&
        !mayHaveWalked(context.registry, { person: fields.walkedBy, ...round })
      )
        return refuse('inspection.not-a-walker', `${walker.name} ${on}`);
    }
    if (fields.grid !== undefined) {
      const grid = context.registry.of.grid.get(fields.grid);
      if (!grid || !holdsOn(grid, on)) return refuse('registry.unknown', `网格 ${fields.grid}`);
    }
    const planned = plannedWindows(fields, on, context.registry);
    if (!planned.ok) return planned;
    return done({
      type: 'inspection.opened',
      v: 1,
      kind: fields.kind,
      ...(fields.grid === undefined ? {} : { grid: fields.grid }),
      startedAt: fields.startedAt,
      ...(fields.walkedBy === undefined ? {} : { walkedBy: fields.walkedBy }),
      ...(fields.kind === 'thirdParty' ? { round: fields.round } : {}),
      windows: planned.value,
    });
  },
});

/** What was recorded must fit the kind, the grid, the roster of that day, and lie between the start and now. */
const checkRecord = (
  state: InspectionState,
  fields: RecordFields,
  now: string,
  registry: Registry,
): Result<true> => {
  if (fields.views.length > 0 && state.kind !== 'video') return refuse('inspection.other-kind', '视频时段');
  if (fields.items.length > 0 && state.kind !== 'thirdParty')
    return refuse('inspection.other-kind', '评分项');
  if (seenTimes(fields).some((at) => isAhead(at, now))) return refuse('time.future');
  if (fields.looks.some((look) => look.at < state.startedAt)) return refuse('time.order', '早于本次巡查开始');
  if (fields.evidence.some((file) => isAhead(file.takenAt, now)))
    return refuse('time.future', '证据的拍摄时间晚于现在');
  if (state.evidence.length + fields.evidence.length > mostFiles)
    return refuse('evidence.too-many', `一次巡查最多 ${mostFiles} 个文件,问题的证据请随问题上报`);
  const on = dayOf(state.startedAt);
  for (const id of fields.looks.flatMap((look) => look.staffSeen))
    if (!registry.of.staff.has(id)) return refuse('registry.unknown', `人员 ${id}`);
  const named = [
    ...fields.looks.map((look) => look.window),
    ...fields.items.flatMap((item) => item.window ?? []),
  ];
  return firstOutside(named, state.grid, on, registry);
};

const record: Command = command({
  type: 'inspection.record',
  action: 'inspection.record',
  summary: '分批记录逐窗结果;视频督查记摄像头、时段与目的,第三方测评记评分项',
  on: 'inspection',
  fields: recordFields,
  about: (state) => aboutInspection(existing(state)),
  decide: (state, fields, context) => {
    const going = existing(state);
    if (going.stage !== 'open') return refuse('inspection.closed');
    const fits = checkRecord(going, fields, context.now, context.registry);
    if (!fits.ok) return fits;
    return done({
      type: 'inspection.recorded',
      v: 1,
      looks: fields.looks.map((look) => ({
        window: look.window,
        at: look.at,
        result: look.result,
        staffSeen: look.staffSeen,
        ...optional(look.note, (text) => ({ note: { text } })),
      })),
      views: fields.views.map((view) => ({
        camera: view.camera,
        from: view.from,
        to: view.to,
        purpose: { text: view.purpose },
      })),
      items: fields.items.map((item) => ({
        item: item.item,
        ...optional(item.window, (window) => ({ window })),
        points: item.points,
        outOf: item.outOf,
        ...optional(item.note, (text) => ({ note: { text } })),
      })),
      evidence: fields.evidence,
    });
  },
});

const close: Command = command({
  type: 'inspection.close',
  action: 'inspection.close',
  summary: '结束一次巡查;未记录的窗口即为未查',
  on: 'inspection',
  fields: z.strictObject({ endedAt: instant }),
  about: (state) => aboutInspection(existing(state)),
  decide: (state, fields, context) => {
    const going = existing(state);
    if (going.stage !== 'open') return refuse('inspection.closed');
    if (isAhead(fields.endedAt, context.now)) return refuse('time.future');
    if (fields.endedAt < going.seenUntil) return refuse('time.order', '结束时间早于最后一条记录');
    // Entered from somebody's sheet, the round rests on that sheet.
    if (
      going.walkedBy !== undefined &&
      going.walkedBy !== going.openedBy.person &&
      going.evidence.length === 0
    )
      return refuse('inspection.scan-missing');
    return done({ type: 'inspection.closed', v: 1, endedAt: fields.endedAt });
  },
});

const importFile: Command = command({
  type: 'inspection.import',
  action: 'inspection.import',
  summary: '登记一份导入的巡查文件(来源文件名与行数),问题另行逐条导入',
  on: 'inspection',
  fields: z
    .strictObject({
      grid: registryId.optional(),
      startedAt: instant,
      endedAt: instant,
      sourceFile: freeText(120),
      rows: z.int().min(1).max(100_000),
    })
    .refine((fields) => fields.startedAt <= fields.endedAt, {
      path: ['endedAt'],
      message: '结束时间早于开始时间',
    }),
  creates: (fields, sent) => newInspectionId(dayOf(fields.startedAt), sent.command),
  about: (_state, fields, context) =>
    about({
      grids: fields.grid === undefined ? [] : [fields.grid],
      reporters: [context.actor.person],
    }),
  decide: (state, fields, context) => {
    if (state) return refuse('thing.exists', state.id);
    if (isAhead(fields.endedAt, context.now)) return refuse('time.future');
    if (fields.grid !== undefined && !context.registry.of.grid.has(fields.grid))
      return refuse('registry.unknown', `网格 ${fields.grid}`);
    return done({
      type: 'inspection.imported',
      v: 1,
      ...(fields.grid === undefined ? {} : { grid: fields.grid }),
      startedAt: fields.startedAt,
      endedAt: fields.endedAt,
      sourceFile: { text: fields.sourceFile },
      rows: fields.rows,
    });
  },
});

export const inspectionCommands: Command[] = [open, record, close, importFile];
