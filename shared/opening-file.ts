// Rows of an old ledger (期初台账) as offices keep them: Chinese kinds and severities, names or numbers of people, windows
// and departments, codes or names of types and awards. Each row becomes one opening fact, or a Chinese reason why not.
import * as z from 'zod';
import { canonical } from './canonical.ts';
import { type Severity, severities, severityNames, violationType, violationTypes } from './catalog.ts';
import { plainText } from './free-text.ts';
import type { OpeningFact } from './opening.ts';
import type { Registry } from './people.ts';
import type { RuleBook } from './rulebook.ts';
import { type MeasureKind, measureKinds, measureNames } from './rulebook-frame.ts';
import type { Day } from './time.ts';

const cell = plainText(100);

export const openingRow = z.strictObject({
  /** Its line in the file; the place in the list when absent. */
  line: z.int().min(1).max(1_000_000).exactOptional(),
  /** 问题、措施 or 称号. */
  kind: cell,
  /** `2026-03-12`, `2026/3/12`, `2026年3月12日`; of a title `2026-03`, `2026年3月` too. */
  day: cell,
  /** Numbers or names, `、` between several. */
  persons: plainText(300).exactOptional(),
  department: cell.exactOptional(),
  window: cell.exactOptional(),
  /** Code or name of the violation type; code of the clause. */
  violation: cell.exactOptional(),
  clause: cell.exactOptional(),
  /** 轻微、明显 or 严重. */
  severity: cell.exactOptional(),
  /** Points as the ledger has them (2 or 0.5). */
  points: z.number().min(0).max(100).exactOptional(),
  /** 提醒、扣分、科室负责人谈话、分管领导谈话、函告 … */
  measure: cell.exactOptional(),
  /** Code or title of the award. */
  award: cell.exactOptional(),
  reference: plainText(40).exactOptional(),
  note: plainText(200).exactOptional(),
});
export type OpeningRow = z.infer<typeof openingRow>;
export type OpeningRowRead = { ok: true; fact: OpeningFact } | { ok: false; reason: string };

/** Thrown inside, caught in `readOpeningRow`: a cell that cannot be read. */
class Unreadable extends Error {}
const no = (reason: string): never => {
  throw new Unreadable(reason);
};

const filled = (text: string | undefined): string | undefined =>
  text === undefined || text.trim() === '' ? undefined : text.trim();

const date = /^(20\d\d)[-/.年](\d{1,2})(?:[-/.月](\d{1,2})日?|月)?$/;

const dayIn = (text: string, monthOnly: boolean): Day => {
  const [, year = '', month = '', on] = date.exec(text.trim()) ?? [];
  const day = `${year}-${month.padStart(2, '0')}-${(on ?? '1').padStart(2, '0')}`;
  return (on !== undefined || monthOnly) && z.iso.date().safeParse(day).success
    ? day
    : no(`看不懂日期“${text}”`);
};

const byNameOrId = (
  all: ReadonlyMap<string, { id: string; name: string; number?: string }>,
  what: string,
  word: string,
): string => {
  if (all.has(word)) return word;
  const [one, other] = [...all.values()].filter((each) => each.name === word || each.number === word);
  if (!one) return no(`名册中没有${what}“${word}”`);
  return other === undefined ? one.id : no(`“${word}”有同名的${what},请填编号`);
};

const severityIn = (text: string | undefined): Severity => {
  const word = filled(text);
  const found = severities.find((each) => each === word || severityNames[each] === word);
  return found ?? no(word === undefined ? '没有填写严重程度' : `看不懂严重程度“${word}”`);
};

const measureWords = new Map<string, MeasureKind>([
  ...measureKinds.flatMap((kind): [string, MeasureKind][] => [
    [kind, kind],
    [measureNames[kind], kind],
  ]),
  ['科室谈话', 'sectionTalk'],
  ['领导谈话', 'directorTalk'],
  ['函告', 'letter'],
  ['函告附音视频', 'letterWithEvidence'],
]);
const measureIn = (word: string): MeasureKind => measureWords.get(word) ?? no(`看不懂措施“${word}”`);

const violationIn = (word: string): string =>
  violationType(word)?.code ??
  violationTypes.find(({ name }) => name === word)?.code ??
  no(`没有违纪行为类型“${word}”`);

const caseIn = (registry: Registry, row: OpeningRow): OpeningFact => {
  const { department, window, violation, clause, measure } = namedIn(registry, row);
  return {
    kind: 'case',
    day: dayIn(row.day, false),
    persons: personsIn(registry, row),
    ...(department === undefined ? {} : { department }),
    ...(window === undefined ? {} : { window }),
    ...(violation === undefined ? {} : { violation }),
    ...(clause === undefined ? {} : { clause }),
    severity: severityIn(row.severity),
    ...(row.points === undefined ? {} : { points: Math.round(row.points * 100) }),
    ...(measure === undefined ? {} : { measure }),
  };
};

const namedIn = (registry: Registry, row: OpeningRow) => {
  const read = <T>(text: string | undefined, as: (word: string) => T): T | undefined => {
    const word = filled(text);
    return word === undefined ? undefined : as(word);
  };
  return {
    department: read(row.department, (word) => byNameOrId(registry.of.department, '部门', word)),
    window: read(row.window, (word) => byNameOrId(registry.of.window, '窗口', word)),
    violation: read(row.violation, violationIn),
    clause: read(row.clause, (word) => word.replace(/^第|条$/g, '')),
    measure: read(row.measure, measureIn),
  };
};

const personsIn = (registry: Registry, row: OpeningRow): string[] =>
  (filled(row.persons) ?? '')
    .split(/[、,,;;\s]+/)
    .filter((word) => word !== '')
    .map((word) => byNameOrId(registry.of.staff, '人员', word));

const onlyPerson = (registry: Registry, row: OpeningRow): string | undefined => {
  const [one, other] = personsIn(registry, row);
  return other === undefined ? one : no('措施和称号每行填一名人员');
};

const measureRow = (registry: Registry, row: OpeningRow): OpeningFact => {
  const { department, measure } = namedIn(registry, row);
  const person = onlyPerson(registry, row);
  return {
    kind: 'measure',
    day: dayIn(row.day, false),
    measure: measure ?? no('没有填写措施'),
    ...(person === undefined ? {} : { person }),
    ...(department === undefined || person !== undefined ? {} : { department }),
  };
};

const titleRow = (registry: Registry, book: RuleBook, row: OpeningRow): OpeningFact => {
  const word = filled(row.award) ?? no('没有填写称号');
  const award = book.awards.find(({ code, title }) => code === word || title === word);
  return {
    kind: 'title',
    month: dayIn(row.day, true).slice(0, 7),
    award: award?.code ?? no(`考核办法中没有称号“${word}”`),
    person: onlyPerson(registry, row) ?? no('没有填写人员'),
  };
};

/** One row as an opening fact, or why it cannot be one. */
export const readOpeningRow = (registry: Registry, book: RuleBook, row: OpeningRow): OpeningRowRead => {
  try {
    switch (row.kind.trim()) {
      case '问题':
        return { ok: true, fact: caseIn(registry, row) };
      case '措施':
        return { ok: true, fact: measureRow(registry, row) };
      case '称号':
        return { ok: true, fact: titleRow(registry, book, row) };
      default:
        return { ok: false, reason: `看不懂种类“${row.kind}”,应为问题、措施或称号` };
    }
  } catch (error) {
    if (error instanceof Unreadable) return { ok: false, reason: error.message };
    throw error;
  }
};

/** Its number in the old ledger, as it tells one entry from another; empty where it has none. */
export const referenceOf = ({ reference }: OpeningRow): string => reference?.trim() ?? '';

/** What tells one entry from another: what it says and its number in the old ledger; notes tell nothing apart. */
export const openingKey = (fact: object, reference: string): string => canonical([fact, reference]);

/**
 * Goes along the rows of one file, first to last, and says of each whether a row before it says the same under the same
 * ledger number: the Chinese reason, undefined for the first of its kind.
 */
export const twinWatch = (): ((line: number, fact: OpeningFact, row: OpeningRow) => string | undefined) => {
  const seen = new Map<string, number>();
  return (line, fact, row) => {
    const key = openingKey(fact, referenceOf(row));
    const twin = seen.get(key);
    if (twin === undefined) seen.set(key, line);
    return twin === undefined ? undefined : `与第${twin}行相同;如确为两件,请分别填写原台账编号`;
  };
};
