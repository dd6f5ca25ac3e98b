// The register of prints (打印登记簿): who printed which copy of a numbered paper, and when; of one letter, or of every
// number of a year. Changes nothing.
import { type Actor, about, may } from '../shared/access.ts';
import { copyTitles } from '../shared/evidence.ts';
import { printRegister } from '../shared/evidence-decide.ts';
import { aboutLetter } from '../shared/letter-decide.ts';
import type { Registry } from '../shared/people.ts';
import { ok, type Result } from '../shared/problems.ts';
import { clockTimeOf, dayOf } from '../shared/time.ts';
import type { View } from '../shared/views.ts';
import type { House } from './house.ts';
import { type PaperFile, spreadsheetFile } from './paper-file.ts';
import { readRegister } from './paper-register.ts';
import { byName, readRecord } from './read.ts';
import { readEvent } from './store.ts';

type Print = View<'letter.prints'>['items'][number];
type Row = View<'letter.printRegister'>['items'][number];

const printsOf = async (house: House, centre: string, registry: Registry, id: string): Promise<Print[]> =>
  (await house.store.events(centre, { kind: 'lookup', id: printRegister(id) }))
    .map(readEvent)
    .flatMap(({ at, by, event }): Print[] =>
      event.type === 'paper.printed'
        ? [{ at, by: byName(registry, by), copy: event.copy, sha256: event.sha256 }]
        : [],
    );

export const readPrints = async (
  house: House,
  centre: string,
  actor: Actor,
  id: string,
): Promise<Result<View<'letter.prints'>>> => {
  const view = await readRecord(house, centre, actor, 'letter', id);
  if (!view.ok) return view;
  const allowed = may(actor, 'letter.readPrints', aboutLetter(view.value.state), dayOf(house.clock()));
  if (!allowed.ok) return allowed;
  const { registry } = await house.desk(centre);
  return ok({ items: await printsOf(house, centre, registry, id), next: null });
};

/** Streams asked for at a time. */
const atOnce = 16;

export const readPrintRegister = async (
  house: House,
  centre: string,
  actor: Actor,
  year: number,
): Promise<Result<View<'letter.printRegister'>>> => {
  const allowed = may(actor, 'letter.readPrints', about({}), dayOf(house.clock()));
  if (!allowed.ok) return allowed;
  const register = await readRegister(house, centre, actor, year);
  if (!register.ok) return register;
  const { registry } = await house.desk(centre);
  const papers = register.value.items.flatMap(({ id, documentNumber, title }) =>
    id === undefined ? [] : [{ id, documentNumber, title }],
  );
  const rows: Row[] = [];
  for (let start = 0; start < papers.length; start += atOnce) {
    const some = papers.slice(start, start + atOnce);
    const prints = await Promise.all(some.map(({ id }) => printsOf(house, centre, registry, id)));
    for (const [n, paper] of some.entries())
      for (const [nth, print] of (prints[n] ?? []).entries()) rows.push({ ...paper, ...print, nth: nth + 1 });
  }
  return ok({ items: rows.toSorted((a, b) => (a.at < b.at ? -1 : 1)), next: null });
};

const columns = [
  { title: '时间', width: 18 },
  { title: '打印人', width: 14 },
  { title: '发文字号', width: 24 },
  { title: '标题', width: 50 },
  { title: '第几次', width: 8 },
  { title: '哪一份', width: 16 },
  { title: '文件 SHA-256', width: 68 },
];

/** As many rows as the list has. */
export const exportPrintRegister = async (
  house: House,
  centre: string,
  actor: Actor,
  year: number,
): Promise<Result<PaperFile>> => {
  const register = await readPrintRegister(house, centre, actor, year);
  if (!register.ok) return register;
  const rows = register.value.items.map(({ at, by, documentNumber, title, nth, copy, sha256 }) => [
    ...[`${dayOf(at)} ${clockTimeOf(at)}`, by, documentNumber, title, nth, copyTitles[copy], sha256],
  ]);
  return ok(await spreadsheetFile(`${year}年打印登记簿`, columns, rows));
};
