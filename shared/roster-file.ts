// The register as an office keeps it in Excel: one sheet a kind, one row an entry, names instead of ids. Rows become
// entries or Chinese reasons why not; entries become the same rows again. Reads no file and writes nothing.
import {
  type Centre,
  type EntryKind,
  type RegistryEntry,
  type Role,
  registryEntry,
  roles,
  roleTitles,
} from './people.ts';
import type { Day } from './time.ts';

/** Kinds that come by file, in the order in which they refer to each other. */
export const fileKinds = [
  'hall',
  'grid',
  'department',
  'window',
  'staff',
  'assignment',
  'grant',
  'campaign',
] as const;
export type FileKind = (typeof fileKinds)[number];

type Of<K extends EntryKind> = Extract<RegistryEntry, { kind: K }>;
type FileEntry = Of<FileKind>;

/** What a sheet is called, and its columns; those that must be filled bear a star in the template. */
export const fileSheets: Record<
  FileKind,
  { name: string; columns: readonly string[]; needed: readonly string[] }
> = {
  hall: { name: '大厅', columns: ['名称', '启用日期', '停用日期'], needed: ['名称'] },
  grid: { name: '网格', columns: ['名称', '大厅', '启用日期', '停用日期'], needed: ['名称', '大厅'] },
  department: { name: '部门', columns: ['名称', '性质', '启用日期', '停用日期'], needed: ['名称'] },
  window: {
    name: '窗口',
    columns: ['窗口号', '名称', '网格', '部门', '启用日期', '停用日期'],
    needed: ['窗口号', '网格', '部门'],
  },
  staff: {
    name: '人员',
    columns: ['编号', '姓名', '部门', '岗位', '启用日期', '停用日期'],
    needed: ['姓名', '部门'],
  },
  assignment: {
    name: '岗位安排',
    columns: ['窗口号', '人员', '启用日期', '停用日期'],
    needed: ['窗口号', '人员'],
  },
  grant: {
    name: '角色授权',
    columns: ['人员', '角色', '网格', '部门', '启用日期', '停用日期'],
    needed: ['人员', '角色'],
  },
  campaign: {
    name: '专项检查',
    columns: ['名称', '启用日期', '停用日期'],
    needed: ['名称', '启用日期', '停用日期'],
  },
};

export interface FileRow {
  line: number;
  /** By the title of the column. */
  cells: Record<string, string>;
}
export interface FileSheet {
  kind: FileKind;
  rows: readonly FileRow[];
}
export interface RowFault {
  sheet: string;
  line: number;
  column: string;
  reason: string;
}
export interface RowEntry {
  sheet: string;
  line: number;
  entry: FileEntry;
  /** new: not in the register; changed: it says something else now; same: nothing to do. */
  state: 'new' | 'changed' | 'same';
}

const employers: Record<string, Of<'department'>['employer']> = {
  进驻: 'resident',
  进驻部门: 'resident',
  自聘: 'centre',
  中心自聘: 'centre',
  外包: 'contractor',
  劳务派遣: 'contractor',
  '劳务派遣、外包': 'contractor',
};
const employerNames = { resident: '进驻部门', centre: '中心自聘', contractor: '劳务派遣、外包' } as const;
const posts: Record<string, Of<'staff'>['post']> = { 窗口: 'window', 科室: 'office', 办公室: 'office' };
const postNames = { window: '窗口', office: '科室' } as const;
const roleOf = new Map<string, Role>(roles.map((role) => [roleTitles[role], role]));

/** `2026/3/5`, `2026年3月5日`, `2026-03-05 00:00` → `2026-03-05`; undefined when it is no date. */
export const dayIn = (text: string): Day | undefined => {
  const found = /^(20\d\d)[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T].*)?$/.exec(text.trim());
  const [, year = '', month = '', date = ''] = found ?? [];
  const day = `${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`;
  const real = new Date(`${day}T00:00:00.000Z`);
  return found && !Number.isNaN(real.getTime()) && real.toISOString().startsWith(day) ? day : undefined;
};

/** A short name for what has none of its own: the same text gives the same (FNV-1a, 32 bits). */
const shortOf = (text: string): string => {
  let hash = 0x811c9dc5;
  for (const char of text) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return hash.toString(36).padStart(7, '0');
};
const plainId = (text: string): string | undefined => {
  const id = text.trim().toLowerCase();
  return /^[a-z0-9][a-z0-9-]{0,30}$/.test(id) ? id : undefined;
};

/** The entries known so far: the register's, and those of earlier rows. */
interface Known {
  all: Map<string, RegistryEntry>;
  byName: Map<string, RegistryEntry[]>;
}
/** What a sheet knows an entry by: its name, or whom and what it joins. */
const nameIn = (entry: RegistryEntry): string | undefined => {
  if (entry.kind === 'window') return entry.number;
  if (entry.kind === 'assignment') return seatName(entry.staff, entry.window, entry.from);
  if (entry.kind === 'grant')
    return entry.delegatedBy === undefined
      ? grantName(entry.person, entry.role, entry.grid, entry.department)
      : undefined;
  return 'name' in entry ? entry.name : undefined;
};
const seatName = (staff: string, window: string, from: Day): string => `${staff} ${window} ${from}`;
const grantName = (person: string, role: Role, grid = '', department = ''): string =>
  `${person} ${role} ${grid} ${department}`;
const learn = (known: Known, entry: RegistryEntry): void => {
  known.all.set(`${entry.kind}:${entry.id}`, entry);
  const name = nameIn(entry);
  if (name === undefined) return;
  const key = `${entry.kind}:${name}`;
  const others = (known.byName.get(key) ?? []).filter(({ id }) => id !== entry.id);
  known.byName.set(key, [...others, entry]);
};

interface Reading {
  known: Known;
  row: FileRow;
  sheet: string;
  centreFrom: Day;
  faults: RowFault[];
}

const cell = ({ row }: Reading, column: string): string => (row.cells[column] ?? '').trim();
const fault = (reading: Reading, column: string, reason: string): undefined => {
  reading.faults.push({ sheet: reading.sheet, line: reading.row.line, column, reason });
  return undefined;
};

/** Who or what a cell names; by id, else by name. */
const referred = (reading: Reading, kind: EntryKind, column: string): string | undefined => {
  const text = cell(reading, column);
  if (text === '') return undefined;
  if (reading.known.all.has(`${kind}:${text}`)) return text;
  const [one, other] = reading.known.byName.get(`${kind}:${text}`) ?? [];
  if (!one) return fault(reading, column, `没有登记“${text}”,请核对写法,或先在前面的工作表中登记`);
  return other === undefined ? one.id : fault(reading, column, `有多个“${text}”,请填编号`);
};

const dates = (reading: Reading): { from: Day; until?: Day } => {
  const day = (column: string): Day | undefined => {
    const text = cell(reading, column);
    return text === ''
      ? undefined
      : (dayIn(text) ?? fault(reading, column, `看不懂日期“${text}”,请写作 2026-03-05`));
  };
  const from = day('启用日期') ?? reading.centreFrom;
  const until = day('停用日期');
  if (until !== undefined && until < from) fault(reading, '停用日期', '早于启用日期');
  return { from, ...(until === undefined ? {} : { until }) };
};

/** The id of an entry of this name: the one it has, otherwise a new one. */
const idFor = (reading: Reading, kind: FileKind, name: string, fresh: string): string =>
  reading.known.byName.get(`${kind}:${name}`)?.[0]?.id ?? fresh;

const wordOf = <T>(reading: Reading, column: string, words: Record<string, T>, otherwise: T): T => {
  const text = cell(reading, column);
  const found = words[text];
  if (text !== '' && found === undefined)
    fault(reading, column, `看不懂“${text}”,可填:${Object.keys(words).join('、')}`);
  return found ?? otherwise;
};

const entryIn = (reading: Reading, kind: FileKind): FileEntry | undefined => {
  const name = cell(reading, '名称');
  switch (kind) {
    case 'hall':
      return { kind, id: idFor(reading, kind, name, `hall-${shortOf(name)}`), name, ...dates(reading) };
    case 'grid': {
      const hall = referred(reading, 'hall', '大厅');
      return {
        ...{ kind, id: idFor(reading, kind, name, `grid-${shortOf(name)}`), name, hall: hall ?? '' },
        ...dates(reading),
      };
    }
    case 'department':
      return {
        ...{ kind, id: idFor(reading, kind, name, `department-${shortOf(name)}`), name },
        employer: wordOf(reading, '性质', employers, 'resident'),
        ...dates(reading),
      };
    case 'window': {
      const number = cell(reading, '窗口号');
      return {
        kind,
        id: idFor(reading, kind, number, `window-${plainId(number) ?? shortOf(number)}`),
        number,
        name: name === '' ? `${number} 号窗口` : name,
        grid: referred(reading, 'grid', '网格') ?? '',
        department: referred(reading, 'department', '部门') ?? '',
        ...dates(reading),
      };
    }
    case 'staff':
      return staffIn(reading);
    case 'assignment': {
      const window = referred(reading, 'window', '窗口号') ?? '';
      const staff = referred(reading, 'staff', '人员') ?? '';
      const { from, ...until } = dates(reading);
      const name = seatName(staff, window, from);
      return { kind, id: idFor(reading, kind, name, `seat-${shortOf(name)}`), staff, window, from, ...until };
    }
    case 'grant':
      return grantIn(reading);
    case 'campaign': {
      const { from, until } = dates(reading);
      const id = idFor(reading, kind, name, `campaign-${shortOf(`${name}${from}`)}`);
      return { kind, id, name, from, until: until ?? from };
    }
  }
};

const staffIn = (reading: Reading): Of<'staff'> => {
  const name = cell(reading, '姓名');
  const given = cell(reading, '编号');
  const department = referred(reading, 'department', '部门') ?? '';
  if (given !== '' && plainId(given) === undefined)
    fault(reading, '编号', '编号只能用小写字母、数字和短横线');
  const same = (reading.known.byName.get(`staff:${name}`) ?? []).filter(
    (one) => one.kind === 'staff' && one.department === department,
  );
  if (given === '' && same.length > 1) fault(reading, '编号', `本部门有同名的“${name}”,请填编号`);
  const id =
    given === '' ? (same[0]?.id ?? `staff-${shortOf(`${name} ${department}`)}`) : (plainId(given) ?? '');
  return {
    kind: 'staff',
    id,
    name,
    department,
    post: wordOf(reading, '岗位', posts, 'window'),
    ...dates(reading),
  };
};

const grantIn = (reading: Reading): Of<'grant'> | undefined => {
  const title = cell(reading, '角色');
  const role = roleOf.get(title);
  const person = referred(reading, 'staff', '人员') ?? '';
  const grid = referred(reading, 'grid', '网格');
  const department = referred(reading, 'department', '部门');
  if (role === undefined)
    return fault(reading, '角色', `没有“${title}”这个角色,可填:${[...roleOf.keys()].join('、')}`);
  if (role === 'gridLeader' && grid === undefined) fault(reading, '网格', '格长须填网格');
  const scoped = role === 'chiefRepresentative' || role === 'liaison';
  if (scoped && department === undefined) fault(reading, '部门', `${title}须填部门`);
  const scope = {
    ...(role === 'gridLeader' && grid !== undefined ? { grid } : {}),
    ...(scoped && department !== undefined ? { department } : {}),
  };
  const name = grantName(person, role, scope.grid, scope.department);
  return {
    ...{ kind: 'grant', id: idFor(reading, 'grant', name, `grant-${shortOf(name)}`), person, role },
    ...scope,
    ...dates(reading),
  };
};

/** Keeps what a file does not speak of (earlier names and departments, a successor, rotation), so nothing is lost by it. */
const withUnspoken = (entry: FileEntry, stored: RegistryEntry | undefined): FileEntry => {
  if (stored?.kind !== entry.kind) return entry;
  const parsed = registryEntry.safeParse({ ...stored, ...entry });
  return parsed.success && isFileEntry(parsed.data) ? parsed.data : entry;
};
const isFileEntry = (entry: RegistryEntry): entry is FileEntry =>
  fileKinds.some((kind) => kind === entry.kind);

const ordered = (value: unknown): unknown =>
  value !== null && typeof value === 'object' && !Array.isArray(value)
    ? Object.fromEntries(
        Object.entries(value)
          .filter(([, member]) => member !== undefined)
          .sort(([a], [b]) => (a < b ? -1 : 1)),
      )
    : value;
const equal = (a: RegistryEntry, b: RegistryEntry): boolean =>
  JSON.stringify(ordered(a)) === JSON.stringify(ordered(b));

/**
 * Reads the sheets of one file against what is registered. `from`: the day an entry begins that names none. Every row
 * gives an entry or at least one fault; a row may refer to an earlier row of the same file. The order of sheets does
 * not matter.
 */
export const readRosterFile = (
  sheets: readonly FileSheet[],
  registered: readonly RegistryEntry[],
  from: Day,
): { entries: RowEntry[]; faults: RowFault[] } => {
  const known: Known = { all: new Map(), byName: new Map() };
  for (const entry of registered) learn(known, entry);
  const entries: RowEntry[] = [];
  const faults: RowFault[] = [];
  const seen = new Map<string, number>();
  for (const kind of fileKinds) {
    const { name: sheet, needed } = fileSheets[kind];
    for (const row of sheets.filter((one) => one.kind === kind).flatMap(({ rows }) => rows)) {
      const reading: Reading = { known, row, sheet, centreFrom: from, faults: [] };
      for (const column of needed) if (cell(reading, column) === '') fault(reading, column, '必须填写');
      const read = reading.faults.length > 0 ? undefined : entryIn(reading, kind);
      if (read && reading.faults.length === 0) {
        const stored = known.all.get(`${kind}:${read.id}`);
        const entry = withUnspoken(read, stored);
        const parsed = registryEntry.safeParse(entry);
        const earlier = seen.get(`${kind}:${entry.id}`);
        if (earlier !== undefined) fault(reading, needed[0] ?? '', `与第 ${earlier} 行重复`);
        for (const issue of parsed.success ? [] : parsed.error.issues)
          fault(reading, String(issue.path[0] ?? ''), issue.message);
        if (reading.faults.length === 0) {
          const state = stored === undefined ? 'new' : equal(stored, entry) ? 'same' : 'changed';
          entries.push({ sheet, line: row.line, entry, state });
          seen.set(`${kind}:${entry.id}`, row.line);
          learn(known, entry);
        }
      }
      faults.push(...reading.faults);
    }
  }
  return { entries, faults };
};

/** Which kind a sheet is of, by its name; undefined for any other. */
export const kindOfSheet = (name: string): FileKind | undefined =>
  fileKinds.find((kind) => fileSheets[kind].name === name.trim());

/** The register as rows of the same file: what is written out can be read in again and changes nothing. */
export const rosterRows = (kind: FileKind, registered: readonly RegistryEntry[]): string[][] => {
  const names = new Map(registered.map((entry) => [`${entry.kind}:${entry.id}`, nameIn(entry) ?? entry.id]));
  const called = (of: EntryKind, id: string | undefined): string =>
    id === undefined ? '' : (names.get(`${of}:${id}`) ?? id);
  return (
    registered
      .flatMap((entry) => (isFileEntry(entry) && entry.kind === kind ? [entry] : []))
      // A delegation is its own affair and ends by itself.
      .filter((entry) => entry.kind !== 'grant' || entry.delegatedBy === undefined)
      .map((entry) => {
        const ends = [entry.from, entry.until ?? ''];
        switch (entry.kind) {
          case 'hall':
          case 'campaign':
            return [entry.name, ...ends];
          case 'grid':
            return [entry.name, called('hall', entry.hall), ...ends];
          case 'department':
            return [entry.name, employerNames[entry.employer], ...ends];
          case 'window':
            return [
              ...[
                entry.number,
                entry.name,
                called('grid', entry.grid),
                called('department', entry.department),
              ],
              ...ends,
            ];
          case 'staff':
            return [
              entry.id,
              entry.name,
              called('department', entry.department),
              postNames[entry.post],
              ...ends,
            ];
          case 'assignment':
            return [called('window', entry.window), entry.staff, ...ends];
          case 'grant':
            return [
              ...[entry.person, roleTitles[entry.role]],
              ...[called('grid', entry.grid), called('department', entry.department)],
              ...ends,
            ];
        }
      })
  );
};

/** The earliest day the centre's own hours know: entries without a date begin then. */
export const centreBegins = (centre: Centre): Day =>
  centre.hours.map(({ from }) => from).sort()[0] ?? '2026-01-01';
