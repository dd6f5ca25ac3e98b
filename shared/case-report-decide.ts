// Reporting a violation, naming who it was, adding files: what brings facts to a case. Decides nothing about them.
import * as z from 'zod';
import { type About, about } from './access.ts';
import { canonical } from './canonical.ts';
import { type CaseEvent, type CaseState, foldCase, type Subject, sources } from './case.ts';
import { aboutCase, isClosed, personsField, wrongStage } from './case-facts.ts';
import { caseNumberOf } from './case-number.ts';
import { settledOnSpot, settleFields } from './case-settle.ts';
import { severity, violationType } from './catalog.ts';
import { type Command, type Context, command, happened as done, existing } from './command.ts';
import { manifest } from './evidence.ts';
import { freeText, optionalText } from './free-text.ts';
import { inspectionId, instant, newMonthlyId, registryId } from './ids.ts';
import { campaignOn, departmentOn, holdsOn, placeOn, type Registry, windowsOf } from './people.ts';
import { ok, type Result, refuse } from './problems.ts';
import { type Day, dayOf, isAhead, monthOf, plusMinutes } from './time.ts';

export const happenedField = z
  .strictObject({
    from: instant,
    to: instant,
    doubtSeconds: z
      .int()
      .min(0)
      .max(7 * 86_400),
  })
  .refine((span) => span.from <= span.to, { path: ['to'], message: '结束时间早于开始时间' });

export const subjectField = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('persons'), persons: personsField }),
  z.strictObject({ kind: z.literal('unidentified') }),
  z.strictObject({ kind: z.literal('window') }),
  z.strictObject({ kind: z.literal('department') }),
  /** Absent departments: all who answer for a part of the area on that day. */
  z.strictObject({
    kind: z.literal('area'),
    area: registryId,
    departments: z
      .array(registryId)
      .min(1)
      .max(10)
      .refine((ids) => new Set(ids).size === ids.length, '部门重复')
      .optional(),
  }),
  z.strictObject({ kind: z.literal('contractor'), contractor: registryId }),
]);
type SubjectField = z.infer<typeof subjectField>;

const reportFields = z.strictObject({
  violation: z.string().min(1).max(30),
  source: z.enum(sources),
  happened: happenedField,
  window: registryId.optional(),
  grid: registryId.optional(),
  department: registryId.optional(),
  subject: subjectField,
  inspection: inspectionId.optional(),
  suggested: z
    .strictObject({
      clause: z.string().min(1).max(40),
      severity,
      points: z.int().min(0).max(1_000_000).exactOptional(),
    })
    .exactOptional(),
  description: freeText(2000),
  place: optionalText(100),
  camera: registryId.optional(),
  /** Who found it, when it is entered from a patrol sheet for somebody (补录). */
  foundBy: registryId.optional(),
  evidence: manifest.default([]),
});
type ReportFields = z.infer<typeof reportFields>;

/** The window's grid and department on the day fill what the reporter left out; what contradicts them is refused. */
const whereOf = (
  fields: ReportFields,
  registry: Registry,
): Result<{ window?: string; grid?: string; department?: string }> => {
  const on = dayOf(fields.happened.from);
  if (fields.window === undefined) {
    if (fields.grid !== undefined && !registry.of.grid.has(fields.grid))
      return refuse('registry.unknown', `网格 ${fields.grid}`);
    if (fields.department !== undefined && !registry.of.department.has(fields.department))
      return refuse('registry.unknown', `部门 ${fields.department}`);
    return ok({
      ...(fields.grid === undefined ? {} : { grid: fields.grid }),
      ...(fields.department === undefined ? {} : { department: fields.department }),
    });
  }
  // A window stays with the grid and the department it had on that day.
  const place = placeOn(registry, fields.window, on);
  if (!place) return refuse('registry.unknown', `窗口 ${fields.window}`);
  if (fields.grid !== undefined && fields.grid !== place.grid)
    return refuse('assignment.outside', '该窗口不属于所报网格');
  if (fields.department !== undefined && fields.department !== place.department)
    return refuse('assignment.outside', '该窗口不属于所报部门');
  return ok({ window: fields.window, ...place });
};

/** People named must be in service, and at the window or in the department they are named for, on that day. */
const checkPersons = (
  persons: readonly string[],
  where: { window?: string; department?: string },
  on: string,
  registry: Registry,
): Result<{ department?: string }> => {
  let department = where.department;
  for (const id of persons) {
    const person = registry.of.staff.get(id);
    if (!person) return refuse('registry.unknown', `人员 ${id}`);
    if (!holdsOn(person, on)) return refuse('assignment.outside', `${person.name}当日不在岗位名册`);
    const own = departmentOn(registry, id, on);
    const windows = windowsOf(registry, id, on);
    if (where.window !== undefined && !windows.includes(where.window) && own !== where.department)
      return refuse('assignment.outside', `${person.name}当日不在该窗口,也不属于该窗口的部门`);
    if (where.window === undefined && department !== undefined && own !== department)
      return refuse('assignment.outside', '人员不属于所报部门,或分属不同部门;请分别上报');
    department ??= own;
  }
  return ok(department === undefined ? {} : { department });
};

interface Place {
  window?: string;
  grid?: string;
  department?: string;
}
/** Whose fault it is, as the registry has it on that day, and whose record it therefore stands in. */
interface Answerable {
  subject: Subject;
  department?: string;
  grid?: string;
}

const answerable = (subject: SubjectField, place: Place, on: Day, registry: Registry): Result<Answerable> => {
  const here = place.department === undefined ? {} : { department: place.department };
  switch (subject.kind) {
    case 'persons': {
      const who = checkPersons(subject.persons, place, on, registry);
      if (!who.ok) return who;
      // Without a window, the grid where the persons sit on that day answers for them, if it is one.
      const grid = onlyGridOf(subject.persons, on, registry);
      return ok({ subject, ...who.value, ...(grid === undefined ? {} : { grid }) });
    }
    case 'unidentified':
      return ok({ subject, ...here });
    case 'window':
      return place.window === undefined
        ? refuse('case.subject-incomplete', '请选择窗口')
        : ok({ subject, ...here });
    case 'department':
      return place.department === undefined
        ? refuse('case.subject-incomplete', '请选择部门')
        : ok({ subject, ...here });
    case 'area':
      return areaOf(subject, on, registry);
    case 'contractor': {
      const contractor = registry.of.department.get(subject.contractor);
      if (!contractor || !holdsOn(contractor, on))
        return refuse('registry.unknown', `外包单位 ${subject.contractor}`);
      return contractor.employer === 'contractor'
        ? ok({ subject, department: contractor.id })
        : refuse('case.subject-incomplete', `${contractor.name}不是外包、派遣单位`);
    }
  }
};

/** A shared area is split by its division of responsibility; it is one incident, whoever shares it. */
const areaOf = (
  { area: id, departments }: SubjectField & { kind: 'area' },
  on: Day,
  registry: Registry,
): Result<Answerable> => {
  const area = registry.of.area.get(id);
  if (!area || !holdsOn(area, on)) return refuse('registry.unknown', `公共区域 ${id}`);
  const all = [...new Set(area.responsible.map(({ department }) => department))];
  const stranger = departments?.find((department) => !all.includes(department));
  if (stranger !== undefined) return refuse('assignment.outside', `${stranger} 不承担${area.name}的责任`);
  const concerned = departments ?? all;
  const [only, another] = concerned;
  return ok({
    subject: { kind: 'area', area: id, departments: concerned },
    grid: area.grid,
    ...(only !== undefined && another === undefined ? { department: only } : {}),
  });
};

/** What a finding is in the end: the event and the number it asks for. `nth`: of several cases of one command. */
export const findingOf = (
  fields: ReportFields,
  context: Context,
  nth?: number,
): Result<{ id: string; number: string; reported: Extract<CaseEvent, { type: 'case.reported' }> }> => {
  const type = violationType(fields.violation);
  if (!type) return refuse('violation.unknown', fields.violation);
  // A device may run ahead by the doubt it states.
  const latest = plusMinutes(context.now, fields.happened.doubtSeconds / 60);
  if (isAhead(fields.happened.to, latest)) return refuse('time.future');
  if (fields.evidence.some((file) => isAhead(file.takenAt, latest)))
    return refuse('time.future', '证据的拍摄时间晚于现在');
  if (fields.source === 'video' && context.registry.centre.videoLegalBasis === undefined)
    return refuse('video.no-legal-basis');
  if (fields.source === 'video' && fields.camera === undefined) return refuse('video.camera-missing');
  const on = dayOf(fields.happened.from);
  const where = whereOf(fields, context.registry);
  if (!where.ok) return where;
  const place = where.value;
  const who = answerable(fields.subject, place, on, context.registry);
  if (!who.ok) return who;
  const grid = place.grid ?? who.value.grid;
  const campaign = campaignOn(context.registry, on);
  // The signed sheet goes with the finding, or with the round it was written on.
  const scanned = fields.evidence.length > 0 || fields.inspection !== undefined;
  const finder = finderOf(fields.foundBy, scanned, context);
  if (!finder.ok) return finder;
  const month = monthOf(fields.happened.from);
  const number = caseNumberOf(month, context.command, context.attempt ?? 0, nth);
  return ok({
    id: newMonthlyId('case', month, context.command, nth),
    number,
    reported: {
      type: 'case.reported',
      v: 1,
      number,
      ...(finder.value === undefined ? {} : { foundBy: finder.value }),
      violation: type.code,
      source: fields.source,
      happened: fields.happened,
      ...(place.window === undefined ? {} : { window: place.window }),
      ...(grid === undefined ? {} : { grid }),
      ...(who.value.department === undefined ? {} : { department: who.value.department }),
      subject: who.value.subject,
      ...(fields.inspection === undefined ? {} : { inspection: fields.inspection }),
      lead: fields.source === 'machine' || fields.source === 'import',
      ...(campaign === undefined ? {} : { campaign: campaign.id }),
      ...(fields.suggested === undefined ? {} : { suggested: fields.suggested }),
      description: { text: fields.description },
      ...(fields.place === undefined ? {} : { place: { text: fields.place } }),
      ...(fields.camera === undefined ? {} : { camera: fields.camera }),
      evidence: fields.evidence,
    },
  });
};

const report: Command = command({
  type: 'case.report',
  action: 'case.report',
  summary: '上报一条问题(巡查、视频、第三方、投诉等),附证据清单',
  on: 'case',
  fields: reportFields,
  creates: (fields, sent) => newMonthlyId('case', monthOf(fields.happened.from), sent.command),
  about: (_state, fields, context) => aboutReport(fields, context),
  decide: (state, fields, context) => {
    if (state) return refuse('thing.exists', state.id);
    const found = findingOf(fields, context);
    if (!found.ok) return found;
    const { id, number, reported } = found.value;
    return ok({ events: [reported], claims: [{ number, case: id }] });
  },
});

const reportSettled: Command = command({
  type: 'case.reportSettled',
  action: 'case.reportSettled',
  summary: '发现轻微问题,当场提醒、已改正:上报与办结一次完成,不扣分',
  on: 'case',
  fields: reportFields.extend({ settled: settleFields }),
  creates: (fields, sent) => newMonthlyId('case', monthOf(fields.happened.from), sent.command),
  months: (fields) => [monthOf(fields.happened.from)],
  rosters: (fields) => [...new Set([monthOf(fields.happened.from), monthOf(fields.happened.to)])],
  about: (_state, fields, context) => aboutReport(fields, context),
  decide: (state, { settled: settling, ...fields }, context) => {
    if (state) return refuse('thing.exists', state.id);
    if (violationType(fields.violation)?.sealed === true) return refuse('case.not-minor');
    const found = findingOf(fields, context);
    if (!found.ok) return found;
    const { id, number, reported } = found.value;
    const meta = { stream: id, version: 1, at: context.now, by: context.acting, command: context.command };
    const settled = settledOnSpot(foldCase(undefined, reported, meta), settling, context);
    if (!settled.ok) return settled;
    return ok({ events: [reported, settled.value], claims: [{ number, case: id }] });
  },
});

/** The clerk enters for others what they found and signed on paper; everybody else reports what they found themselves. */
const finderOf = (
  foundBy: string | undefined,
  scanned: boolean,
  context: Context,
): Result<string | undefined> => {
  if (foundBy === undefined || foundBy === context.actor.person) return ok(undefined);
  const today = dayOf(context.now);
  if (!context.actor.grants.some((grant) => grant.role === 'clerk' && holdsOn(grant, today)))
    return refuse('case.found-by-other');
  if (!context.registry.of.staff.has(foundBy)) return refuse('registry.unknown', `发现人 ${foundBy}`);
  return scanned ? ok(foundBy) : refuse('case.scan-missing', '请附巡查记录表的扫描件,或关联补录的巡查');
};

const onlyGridOf = (persons: readonly string[], on: Day, registry: Registry): string | undefined => {
  const windows = persons.flatMap((id) => windowsOf(registry, id, on));
  const [grid, other] = new Set(windows.flatMap((id) => placeOn(registry, id, on)?.grid ?? []));
  return other === undefined ? grid : undefined;
};

const aboutReport = (fields: ReportFields, context: Context): About => {
  const window = fields.window === undefined ? undefined : context.registry.of.window.get(fields.window);
  const grid = window?.grid ?? fields.grid;
  const department = window?.department ?? fields.department;
  return about({
    grids: grid === undefined ? [] : [grid],
    departments: department === undefined ? [] : [department],
    persons: fields.subject.kind === 'persons' ? fields.subject.persons : [],
    reporters: [context.actor.person, ...(fields.foundBy === undefined ? [] : [fields.foundBy])],
  });
};

const identify: Command = command({
  type: 'case.identify',
  action: 'case.identify',
  summary: '查明人员待核的问题是谁',
  on: 'case',
  fields: z.strictObject({ persons: personsField, reason: freeText(500) }),
  about: (state) => aboutCase(existing(state)),
  decide: (state, fields, context) => {
    const open = existing(state);
    if (open.stage !== 'reported' || open.subject.kind !== 'unidentified') return wrongStage(open);
    const where = {
      ...(open.window === undefined ? {} : { window: open.window }),
      ...(open.department === undefined ? {} : { department: open.department }),
    };
    const who = checkPersons(fields.persons, where, dayOf(open.happened.from), context.registry);
    if (!who.ok) return who;
    return done({
      type: 'case.identified',
      v: 1,
      persons: fields.persons,
      ...(who.value.department === undefined ? {} : { department: who.value.department }),
      reason: { text: fields.reason },
    });
  },
});

const sameAs = (a: Subject, b: Subject): boolean => canonical(a) === canonical(b);

const reassign: Command = command({
  type: 'case.reassign',
  action: 'case.reassign',
  summary: '更正责任对象:原登记有误,改为实际的人员、窗口、部门、公共区域或外包单位;已核实的重新核实、告知',
  on: 'case',
  fields: z.strictObject({ subject: subjectField, reason: freeText(500) }),
  about: (state) => aboutCase(existing(state)),
  decide: (state, fields, context) => {
    const open = existing(state);
    if (isClosed(open)) return wrongStage(open);
    const then = placeOn(context.registry, open.window ?? '', dayOf(open.happened.from));
    const department = then?.department ?? departmentOfSubject(open);
    const place = {
      ...(open.window === undefined ? {} : { window: open.window }),
      ...(open.grid === undefined ? {} : { grid: open.grid }),
      ...(department === undefined ? {} : { department }),
    };
    const who = answerable(fields.subject, place, dayOf(open.happened.from), context.registry);
    if (!who.ok) return who;
    if (sameAs(who.value.subject, open.subject)) return refuse('case.same-subject');
    return done({
      type: 'case.reassigned',
      v: 1,
      from: open.subject,
      subject: who.value.subject,
      ...(who.value.department === undefined ? {} : { department: who.value.department }),
      reason: { text: fields.reason },
    });
  },
});

/** Without a window only what was said of a department as such holds on; a person's goes with the person. */
const departmentOfSubject = ({ subject, department }: CaseState): string | undefined =>
  subject.kind === 'department' || subject.kind === 'unidentified' ? department : undefined;

/** A head holds every file of its record and stays small. */
const mostFiles = 12;

const addEvidence: Command = command({
  type: 'case.addEvidence',
  action: 'case.addEvidence',
  summary: '补充证据:新文件是新的条目;尚未认定的问题退回重新核实',
  on: 'case',
  fields: z.strictObject({ evidence: manifest.min(1), reason: freeText(500) }),
  about: (state) => aboutCase(existing(state)),
  decide: (state, fields, context) => {
    const open = existing(state);
    if (isClosed(open)) return wrongStage(open);
    // What already counts was heard on its files; only an undecided review may still see new ones.
    if (open.stage === 'counting' && open.review?.state !== 'asked') return wrongStage(open);
    if (fields.evidence.some((file) => isAhead(file.takenAt, context.now)))
      return refuse('time.future', '证据的拍摄时间晚于现在');
    if (open.evidence.length + fields.evidence.length > mostFiles)
      return refuse('evidence.too-many', `一条问题最多 ${mostFiles} 个文件`);
    const added = {
      type: 'case.evidenceAdded' as const,
      v: 1 as const,
      evidence: fields.evidence,
      reason: { text: fields.reason },
    };
    return open.stage === 'confirmed' || open.stage === 'noticed'
      ? done(added, { type: 'case.reopened', v: 1, reason: { text: '核实后补充了新证据' } })
      : done(added);
  },
});

export const caseReportCommands: Command[] = [report, reportSettled, addEvidence, identify, reassign];
