// A list of people as an office keeps it in Excel (or WPS): one row a person, Chinese headings. Becomes entries of the
// registry: departments that are new, people, accounts, roles. Reads a file and a registry; writes nothing.
import { createHash } from 'node:crypto';
import { readXlsxObjects } from 'hucre';
import type { RegistryEntry, Role } from '../shared/people.ts';
import { roles, roleTitles } from '../shared/people.ts';
import type { Day } from '../shared/time.ts';

/** Column headings, as the template has them. */
export const columns = ['姓名', '账号', '部门', '岗位', '角色', '网格'] as const;

export interface AccountsRead {
  entries: RegistryEntry[];
  /** One sentence a row that cannot be taken: 第 3 行:… */
  faults: string[];
}

/** A file of a few kilobytes may inflate to gigabytes; the zip's own directory tells before anything is read. */
const largest = 50 * 1024 * 1024;
export const inflatedSize = (file: Buffer): number => {
  let size = 0;
  for (
    let at = file.indexOf('PK\u0001\u0002', 0, 'latin1');
    at >= 0;
    at = file.indexOf('PK\u0001\u0002', at + 46, 'latin1')
  )
    size += at + 28 <= file.length ? file.readUInt32LE(at + 24) : 0;
  return size;
};

const shortOf = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 10);
/** Ids are small letters and digits; whatever else an account is called by leaves a digest of it. */
const idOf = (kind: string, text: string): string => {
  const plain = text.toLowerCase();
  return /^[a-z0-9][a-z0-9-]{0,30}$/.test(plain) ? `${kind}-${plain}` : `${kind}-${shortOf(text)}`;
};

const roleNamed = (title: string): Role | undefined => roles.find((role) => roleTitles[role] === title);
const byDepartment: readonly Role[] = ['chiefRepresentative', 'liaison'];

interface Known {
  departments: ReadonlyMap<string, string>;
  grids: ReadonlyMap<string, string>;
  ids: ReadonlySet<string>;
}
const knownFrom = (entries: readonly RegistryEntry[]): Known => {
  const named = (kind: 'department' | 'grid') =>
    new Map(entries.flatMap((one) => (one.kind === kind ? [[one.name, one.id]] : [])));
  return {
    departments: named('department'),
    grids: named('grid'),
    ids: new Set(entries.flatMap((one) => ('id' in one ? [`${one.kind}:${one.id}`] : []))),
  };
};

/**
 * Reads the first sheet. Whoever is in the registry already is left out, so the same file may come again with more
 * people in it. `issuer` is who signs their tokens, `from` the first day of all that is new.
 */
export const readAccounts = async (
  file: Buffer,
  known: readonly RegistryEntry[],
  { issuer, from }: { issuer: string; from: Day },
): Promise<AccountsRead> => {
  if (inflatedSize(file) > largest) return { entries: [], faults: ['文件展开后超过 50 MB,不像是人员表'] };
  const { data, headers } = await readXlsxObjects(file, { maxRows: 5_000 });
  const missing = columns.slice(0, 4).filter((column) => !headers.includes(column));
  if (missing.length > 0) return { entries: [], faults: [`缺少列:${missing.join('、')}`] };
  const { departments, grids, ids } = knownFrom(known);
  const all = new Map(departments);
  const entries: RegistryEntry[] = [];
  const faults: string[] = [];
  const add = (entry: RegistryEntry): void => {
    if (!ids.has(`${entry.kind}:${'id' in entry ? entry.id : ''}`)) entries.push(entry);
  };
  for (const [at, row] of data.entries()) {
    const cell = (column: (typeof columns)[number]): string => String(row[column] ?? '').trim();
    const fault = (reason: string) => faults.push(`第 ${at + 2} 行:${reason}`);
    const [name, subject, place, post] = [cell('姓名'), cell('账号'), cell('部门'), cell('岗位')];
    const wanted = cell('角色')
      .split(/[、,,;;\s]+/)
      .filter(Boolean);
    const unknown = wanted.filter((title) => roleNamed(title) === undefined);
    const grid = grids.get(cell('网格'));
    if (name === '' || subject === '' || place === '') fault('姓名、账号、部门须填');
    else if (post !== '窗口' && post !== '办公') fault('岗位填“窗口”或“办公”');
    else if (unknown.length > 0) fault(`没有这个角色:${unknown.join('、')}`);
    else if (wanted.includes(roleTitles.gridLeader) && grid === undefined) fault('格长须填已登记的网格');
    else {
      const department = all.get(place) ?? idOf('department', place);
      if (!all.has(place))
        add({ kind: 'department', id: department, name: place, employer: 'resident', from });
      all.set(place, department);
      const person = idOf('staff', subject);
      add({ kind: 'staff', id: person, name, department, post: post === '窗口' ? 'window' : 'office', from });
      add({ kind: 'account', id: person, issuer, subject, person, from });
      const granted = new Set(wanted.flatMap((title) => roleNamed(title) ?? []));
      if (post === '窗口') granted.add('staff');
      for (const role of granted)
        add({
          ...{ kind: 'grant', id: `${person}-${role.toLowerCase()}`.slice(0, 48), person, role },
          ...(byDepartment.includes(role) ? { department } : {}),
          ...(role === 'gridLeader' && grid !== undefined ? { grid } : {}),
          from,
        });
    }
  }
  return { entries, faults };
};
