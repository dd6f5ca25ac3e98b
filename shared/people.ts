// The registry of a centre: halls, grids, windows, departments, people, who sits where, who may do what, campaigns
// and calendar years. Every entry is dated; nothing is deleted, it ends.
import * as z from 'zod';
import { type Calendar, calendarYear, centreHours, type WorkingHours } from './calendar.ts';
import { oneLine } from './free-text.ts';
import { centreId, day, month, registryId } from './ids.ts';
import { paperTemplate } from './paper-template.ts';
import { type ServiceHours, serviceHours } from './service-hours.ts';
import { type Day, plusDays, weekdayOf } from './time.ts';

const name = oneLine;
const dated = { from: day, until: day.optional() };

export const roles = [
  'inspector',
  'videoSupervisor',
  'thirdParty',
  'gridLeader',
  'chiefRepresentative',
  'staff',
  'clerk',
  'sectionHead',
  'director',
  'chief',
  'liaison',
  'auditor',
  'admin',
] as const;
export type Role = (typeof roles)[number];

export const roleTitles: Record<Role, string> = {
  inspector: '巡查员',
  videoSupervisor: '视频督查员',
  thirdParty: '第三方测评员',
  gridLeader: '格长',
  chiefRepresentative: '首席代表',
  staff: '窗口人员',
  clerk: '督查科内勤',
  sectionHead: '科室负责人',
  director: '分管领导',
  chief: '主要领导',
  liaison: '派出单位联络员',
  auditor: '纪检监察',
  admin: '系统管理员',
};

export const centreEntry = z.strictObject({
  kind: z.literal('centre'),
  id: centreId,
  name: name(60),
  /** Code word of the organ in document numbers: 〔2026〕 is preceded by it (GB/T 9704-2012, 7.2.5). */
  codeWord: name(12),
  hours: centreHours,
  /** The month the hall begins to work here; months before it come from its old ledgers (期初导入). */
  firstMonth: month.exactOptional(),
  /** Hall CCTV may score staff only on a stated legal basis (PIPL art. 26); empty means off. */
  videoLegalBasis: z.string().max(500).optional(),
  /** What its papers say of it; left out, its name and the usual words. */
  papers: paperTemplate.optional(),
  /** Whether photos may also be picked from a device's album; otherwise only what its camera takes there and then. */
  photosFromAlbum: z.boolean().optional(),
});
const hall = z.strictObject({ kind: z.literal('hall'), id: registryId, name: name(40), ...dated });
/** People named for something by date: 区域责任人, 考核人员. */
const named = z
  .array(z.strictObject({ person: registryId, ...dated }))
  .min(1)
  .max(20)
  .optional();
const grid = z.strictObject({
  kind: z.literal('grid'),
  id: registryId,
  name: name(40),
  hall: registryId,
  /** 区域责任人 and 考核人员 of the grid, who may answer along for what happens in it. */
  keepers: named,
  examiners: named,
  ...dated,
});
/** A shared area (公共区域) and who answers for which part of it (区域责任划分). */
const area = z.strictObject({
  kind: z.literal('area'),
  id: registryId,
  name: name(60),
  grid: registryId,
  responsible: z
    .array(z.strictObject({ department: registryId, part: name(60) }))
    .min(1)
    .max(10),
  /** 区域责任人, who may answer along for what happens there. */
  keepers: named,
  ...dated,
});
const department = z.strictObject({
  kind: z.literal('department'),
  id: registryId,
  name: name(60),
  /** resident: 进驻部门; centre: 中心自聘; contractor: 劳务派遣、外包. Letters may go to any. */
  employer: z.enum(['resident', 'centre', 'contractor']),
  /** 考核人员 of this department. */
  examiners: named,
  ...dated,
  /** Who carries on its business after it ended (合并、撤并); letters go there, cases stay. */
  successor: registryId.optional(),
  /** After a split (分立): every successor; `successor` is then the one that takes what no other took over. */
  successors: z.array(registryId).min(2).max(10).exactOptional(),
  /** Earlier names, each with its last day. */
  before: z
    .array(z.strictObject({ name: name(60), until: day }))
    .max(12)
    .optional(),
});
const serviceWindow = z.strictObject({
  kind: z.literal('window'),
  id: registryId,
  number: name(12),
  name: name(60),
  grid: registryId,
  department: registryId,
  ...dated,
  /** Where it stood and whose it was earlier, each with the last day. */
  before: z
    .array(z.strictObject({ grid: registryId, department: registryId, until: day }))
    .max(12)
    .optional(),
});
const staff = z.strictObject({
  kind: z.literal('staff'),
  id: registryId,
  name: name(30),
  department: registryId,
  /** window staff are scored; office people report, decide and sign. */
  post: z.enum(['window', 'office']),
  /** What kind of person in the hall's own words (临时顶岗, 后台审批 …): rule books leave kinds out of scores and titles. */
  kinds: z.array(name(20)).max(8).optional(),
  ...dated,
  /** Earlier departments, each with its last day. */
  before: z
    .array(z.strictObject({ department: registryId, until: day }))
    .max(12)
    .optional(),
});
const assignment = z.strictObject({
  kind: z.literal('assignment'),
  id: registryId,
  staff: registryId,
  window: registryId,
  /** Where windows rotate by a fixed plan: only on these weekdays, only in this half of the day. */
  weekdays: z.array(z.int().min(0).max(6)).min(1).max(7).optional(),
  half: z.enum(['morning', 'afternoon']).optional(),
  ...dated,
});
const grant = z.strictObject({
  kind: z.literal('grant'),
  id: registryId,
  person: registryId,
  role: z.enum(roles),
  /** A grid leader answers for grids, a liaison and a chief representative for a department; others for the centre. */
  grid: registryId.optional(),
  department: registryId.optional(),
  ...dated,
  /** 委托代理: whose role this person holds for the time being; shown as 某某(代). */
  delegatedBy: registryId.optional(),
});
const campaign = z.strictObject({
  kind: z.literal('campaign'),
  id: registryId,
  name: name(60),
  from: day,
  until: day,
});
const calendar = z.strictObject({
  kind: z.literal('calendar'),
  id: registryId,
  year: calendarYear,
});
const account = z.strictObject({
  kind: z.literal('account'),
  id: registryId,
  issuer: z.string().min(1).max(300),
  subject: z.string().min(1).max(200),
  person: registryId,
  ...dated,
});

export const registryEntry = z.discriminatedUnion('kind', [
  centreEntry,
  hall,
  grid,
  area,
  department,
  serviceWindow,
  staff,
  assignment,
  grant,
  campaign,
  calendar,
  serviceHours,
  account,
]);
export type RegistryEntry = z.infer<typeof registryEntry>;
export type EntryKind = RegistryEntry['kind'];
type Entry<K extends EntryKind> = Extract<RegistryEntry, { kind: K }>;
export type Centre = Entry<'centre'>;
export type StaffMember = Entry<'staff'>;
export type Assignment = Entry<'assignment'>;
export type Grant = Entry<'grant'>;
export type Campaign = Entry<'campaign'>;

/** Whether a dated entry holds on a day; both ends are included. */
export const holdsOn = (entry: { from: Day; until?: Day | undefined }, on: Day): boolean =>
  entry.from <= on && (entry.until === undefined || on <= entry.until);

/** The registry of one centre, indexed once per version. Unknown ids give undefined, never a guess. */
export interface Registry {
  version: number;
  centre: Centre;
  of: { [K in EntryKind]: ReadonlyMap<string, Entry<K>> };
  assignmentsByStaff: ReadonlyMap<string, readonly Assignment[]>;
  assignmentsByWindow: ReadonlyMap<string, readonly Assignment[]>;
  grantsByPerson: ReadonlyMap<string, readonly Grant[]>;
}

const grouped = <T>(entries: Iterable<T>, by: (entry: T) => string): Map<string, T[]> => {
  const groups = new Map<string, T[]>();
  for (const entry of entries) {
    const group = groups.get(by(entry));
    if (group) group.push(entry);
    else groups.set(by(entry), [entry]);
  }
  return groups;
};

/** Indexes the entries of one centre; throws when the centre's own entry is missing, for then nothing was founded. */
export const registryOf = (version: number, entries: Iterable<RegistryEntry>): Registry => {
  const of = emptyEntries();
  for (const entry of entries) putIn(of, entry);
  const [own] = of.centre.values();
  if (!own) throw new Error('registry without a centre');
  return {
    version,
    centre: own,
    of,
    assignmentsByStaff: grouped(of.assignment.values(), (entry) => entry.staff),
    assignmentsByWindow: grouped(of.assignment.values(), (entry) => entry.window),
    grantsByPerson: grouped(withInherited(of), (entry) => entry.person),
  };
};

/** Whoever acts for a successor acts for what it took over too, from the day after the old department ended. */
const withInherited = (of: Pick<Registry['of'], 'grant' | 'department'>): Grant[] => {
  const all = [...of.grant.values()];
  const ended = [...of.department.values()].filter((entry) => entry.successor && entry.until !== undefined);
  for (const { id, until = '' } of ended)
    for (const grant of of.grant.values()) {
      const from = grant.from > until ? grant.from : plusDays(until, 1);
      if (
        grant.department !== undefined &&
        grant.department !== id &&
        heirOf(of, id, grant.until ?? '9999-12-31') === grant.department &&
        (grant.until === undefined || from <= grant.until)
      )
        all.push({ ...grant, department: id, from });
    }
  return all;
};

/** The registry before the founding: knows nothing, so that nobody but the house itself may do anything. */
export const emptyRegistry = (centreId: string): Registry => ({
  ...registryOf(0, [{ kind: 'centre', id: centreId, name: centreId, codeWord: '未定', hours: [] }]),
  of: emptyEntries(),
});

const emptyEntries = (): { [K in EntryKind]: Map<string, Entry<K>> } => ({
  centre: new Map(),
  hall: new Map(),
  grid: new Map(),
  area: new Map(),
  department: new Map(),
  window: new Map(),
  staff: new Map(),
  assignment: new Map(),
  grant: new Map(),
  campaign: new Map(),
  calendar: new Map(),
  hours: new Map(),
  account: new Map(),
});

const putIn = (of: { [K in EntryKind]: Map<string, Entry<K>> }, entry: RegistryEntry): void => {
  switch (entry.kind) {
    case 'centre':
      of.centre.set(entry.id, entry);
      return;
    case 'hall':
      of.hall.set(entry.id, entry);
      return;
    case 'grid':
      of.grid.set(entry.id, entry);
      return;
    case 'area':
      of.area.set(entry.id, entry);
      return;
    case 'department':
      of.department.set(entry.id, entry);
      return;
    case 'window':
      of.window.set(entry.id, entry);
      return;
    case 'staff':
      of.staff.set(entry.id, entry);
      return;
    case 'assignment':
      of.assignment.set(entry.id, entry);
      return;
    case 'grant':
      of.grant.set(entry.id, entry);
      return;
    case 'campaign':
      of.campaign.set(entry.id, entry);
      return;
    case 'calendar':
      of.calendar.set(entry.id, entry);
      return;
    case 'hours':
      of.hours.set(entry.id, entry);
      return;
    case 'account':
      of.account.set(entry.id, entry);
      return;
  }
};

/** What held on a day: the earliest of the earlier ones that had not ended, otherwise what holds now. */
const asOn = <T extends { until: Day }>(
  before: readonly T[] | undefined,
  now: Omit<T, 'until'>,
  on: Day,
): Omit<T, 'until'> =>
  [...(before ?? [])].sort((a, b) => (a.until < b.until ? -1 : 1)).find(({ until }) => on <= until) ?? now;

/** Who carries on a department's business on a day: itself, or its successor once it has ended, and so on. */
export const heirOf = (of: Pick<Registry['of'], 'department'>, department: string, on: Day): string => {
  const seen = new Set<string>();
  for (let id = department; ; ) {
    const entry = of.department.get(id);
    if (!entry?.successor || entry.until === undefined || on <= entry.until || seen.has(id)) return id;
    seen.add(id);
    id = entry.successor;
  }
};

/** The department a person belongs to on a day; undefined for somebody unknown. */
export const departmentOn = (registry: Registry, person: string, on: Day): string | undefined => {
  const entry = registry.of.staff.get(person);
  return entry && heirOf(registry.of, asOn(entry.before, entry, on).department, on);
};

/** What a department was called on a day; its id when it is unknown. */
export const departmentNameOn = (registry: Registry, department: string, on: Day): string => {
  const entry = registry.of.department.get(department);
  return entry ? asOn(entry.before, entry, on).name : department;
};

/** Grid and department of a window on a day; undefined when there is no such window then. */
export const placeOn = (
  registry: Registry,
  window: string,
  on: Day,
): { grid: string; department: string } | undefined => {
  const entry = registry.of.window.get(window);
  if (!entry || !holdsOn(entry, on)) return undefined;
  const { grid, department } = asOn(entry.before, entry, on);
  return { grid, department: heirOf(registry.of, department, on) };
};

/** Grids that a person's windows stood in on a day, sorted. */
export const gridsOn = (registry: Registry, person: string, on: Day): string[] =>
  [
    ...new Set(
      windowsOf(registry, person, on).flatMap((window) => placeOn(registry, window, on)?.grid ?? []),
    ),
  ].sort();

/** Whether an assignment names a seat on a day, in whichever half of it. */
export const sitsOn = (entry: Assignment, on: Day): boolean =>
  holdsOn(entry, on) && (entry.weekdays === undefined || entry.weekdays.includes(weekdayOf(on)));

/** Ids of the windows a person is assigned to on a day. */
export const windowsOf = (registry: Registry, person: string, on: Day): string[] =>
  (registry.assignmentsByStaff.get(person) ?? [])
    .filter((entry) => sitsOn(entry, on))
    .map((entry) => entry.window);

/** Ids of the people assigned to a window on a day. */
export const staffAt = (registry: Registry, window: string, on: Day): string[] =>
  (registry.assignmentsByWindow.get(window) ?? [])
    .filter((entry) => sitsOn(entry, on))
    .map((entry) => entry.staff);

/** The campaign (专项检查期间) that a day falls into, the latest begun if several do. */
export const campaignOn = (registry: Registry, on: Day): Campaign | undefined =>
  [...registry.of.campaign.values()]
    .filter((entry) => holdsOn(entry, on))
    .sort((a, b) => b.from.localeCompare(a.from) || a.id.localeCompare(b.id))[0];

/** Window staff in service on at least one day from `from` to `to`, sorted by id: the people a month is scored for. */
export const scoredStaff = (registry: Registry, from: Day, to: Day): StaffMember[] =>
  [...registry.of.staff.values()]
    .filter((entry) => entry.post === 'window' && entry.from <= to && (entry.until ?? to) >= from)
    .sort((a, b) => (a.id < b.id ? -1 : 1));

/** The working calendar a centre has entered: its years, its own hours and the regular ones of narrower scopes. */
export const calendarOf = (registry: Registry): Calendar => ({
  years: [...registry.of.calendar.values()].map((entry) => entry.year),
  hours: [
    ...registry.centre.hours,
    ...[...registry.of.hours.values()].flatMap((entry) =>
      entry.service === 'regular' ? [regularHours(entry)] : [],
    ),
  ],
});

const regularHours = ({ from, until, spans, weekdays, scope }: ServiceHours): WorkingHours => ({
  from,
  ...(until === undefined ? {} : { until }),
  spans,
  ...(weekdays === undefined ? {} : { weekdays }),
  scope,
});
