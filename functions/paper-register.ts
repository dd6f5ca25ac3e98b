// The register of outgoing papers (发文登记簿) of a year: every number in order, voided ones and those given elsewhere
// included, with the hash of what was printed. Changes nothing.
import { type Actor, about, may } from '../shared/access.ts';
import { type LetterState, letterKindTitles, letterStageTitles } from '../shared/letter.ts';
import { gapsOf, type Series } from '../shared/letter-numbers.ts';
import { ok, type Result } from '../shared/problems.ts';
import { type Day, dayOf, type Month, monthOf, plusMonths } from '../shared/time.ts';
import type { House } from './house.ts';
import { type Key, letterPartition, paperPartition } from './keys.ts';
import type { PaperEntry } from './letter-file.ts';
import { type PaperFile, spreadsheetFile } from './paper-file.ts';

export interface RegisterRow {
  word: '函' | '通报';
  number: number;
  /** Absent for a number that no paper of this house bears. */
  id?: string;
  documentNumber: string;
  kind?: string;
  title: string;
  to: string;
  signed?: Day;
  issued?: Day;
  standing: string;
  sha256?: string;
}
export interface Register {
  items: RegisterRow[];
  next: null;
}

/** Months whose letters may bear a number of that year: signed up to half a year after their month. */
const monthsOf = (year: number): Month[] =>
  Array.from({ length: 18 }, (_, n) => plusMonths(`${year - 1}-07`, n));

export const readRegister = async (
  house: House,
  centre: string,
  actor: Actor,
  year: number,
): Promise<Result<Register>> => {
  const allowed = may(actor, 'letter.read', about({}), dayOf(house.clock()));
  if (!allowed.ok) return allowed;
  const present = monthOf(house.clock());
  const months = monthsOf(year).filter((month) => month <= present);
  const [desk, papers, ...lists] = await Promise.all([
    house.desk(centre),
    house.store.partition<PaperEntry & Key>('papers', paperPartition(centre)),
    ...months.map((month) => house.store.partitionHeads(centre, 'letter', letterPartition(centre, month))),
  ]);
  // What was set first, what bears the seal's picture after it: the later entry of a letter stands.
  const hashes = new Map<string, string>();
  for (const { record, sha256, sk } of papers.toSorted((a, b) => (a.sk < b.sk ? -1 : 1)))
    if (!hashes.has(record) || sk.endsWith('#sealed')) hashes.set(record, sha256);
  const { registry } = desk;
  const rows: RegisterRow[] = [];
  for (const { state } of lists.flat()) {
    if (!('documentNumber' in state) || state.year !== year) continue;
    const { id, number, documentNumber } = state;
    if (number === undefined || documentNumber === undefined) continue;
    const sha256 = scanOf(state) ?? hashes.get(id);
    rows.push({
      word: state.kind === 'bulletin' ? '通报' : '函',
      ...{ number, id, documentNumber },
      kind: letterKindTitles[state.kind],
      title: state.title,
      to:
        state.department === undefined
          ? '各窗口'
          : (registry.of.department.get(state.department)?.name ?? state.department),
      ...('signed' in state ? { signed: dayOf(state.signed.at) } : {}),
      ...('issuedAt' in state ? { issued: dayOf(state.issuedAt) } : {}),
      standing: letterStageTitles[state.stage],
      ...(sha256 === undefined ? {} : { sha256 }),
    });
  }
  const plans = registry.centre.papers?.numbers ?? [];
  for (const word of ['函', '通报'] as const) {
    const series: Series = { word, year };
    const taken = rows.filter((row) => row.word === word).map((row) => row.number);
    for (const { number, note } of gapsOf(plans, series, taken))
      rows.push({
        ...{ word, number, title: note, to: '' },
        documentNumber: `${registry.centre.codeWord}${word}〔${year}〕${number}号`,
        standing: '外部占用',
      });
  }
  rows.sort((a, b) => (a.word === b.word ? a.number - b.number : a.word < b.word ? -1 : 1));
  return ok({ items: rows, next: null });
};

/** The scan of the sealed paper is the issued copy once it has arrived. */
const scanOf = (state: LetterState): string | undefined => {
  const scan = 'scan' in state ? state.scan : undefined;
  return state.evidence.find((file) => file.n === scan && file.state === 'received')?.sha256;
};

const columns = [
  { title: '文种', width: 8 },
  { title: '发文字号', width: 24 },
  { title: '类别', width: 18 },
  { title: '标题', width: 50 },
  { title: '主送', width: 24 },
  { title: '签发日期', width: 12 },
  { title: '印发日期', width: 12 },
  { title: '状态', width: 18 },
  { title: '纸质件 SHA-256', width: 68 },
];

/** The register as a spreadsheet: as many rows as the list has. */
export const exportRegister = async (
  house: House,
  centre: string,
  actor: Actor,
  year: number,
): Promise<Result<PaperFile>> => {
  const register = await readRegister(house, centre, actor, year);
  if (!register.ok) return register;
  const rows = register.value.items.map((row) => [
    ...[row.word, row.documentNumber, row.kind ?? '', row.title, row.to],
    ...[row.signed ?? '', row.issued ?? '', row.standing, row.sha256 ?? ''],
  ]);
  return ok(await spreadsheetFile(`${year}年发文登记簿`, columns, rows));
};
