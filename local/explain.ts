// `npm run explain -- <month> <staff|window|department>`: how a month came about for one of them, recomputed from what was
// counted: every line with its clause, cases and arithmetic, what was cut by what, and the measures that follow. Reads a
// data folder whose platform is stopped; takes ids, or names as they stand in the registry.
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { createEvidenceStore } from '../functions/evidence-store.ts';
import { createHouse, type House } from '../functions/house.ts';
import { measuresIn } from '../functions/ladder.ts';
import { pastMonth } from '../functions/rulebook-desk.ts';
import { createStore } from '../functions/store.ts';
import { explainCases, explainMeasures, explainScore } from '../shared/explanation.ts';
import type { UnitScore } from '../shared/month.ts';
import { unitScores } from '../shared/month-sums.ts';
import type { Registry } from '../shared/people.ts';
import type { PastMonth } from '../shared/rehearsal.ts';
import { scoreMonth, scoreOf } from '../shared/score.ts';
import type { Month } from '../shared/time.ts';
import { engineKeys, tableName } from './machine.ts';
import { StartProblem, startTableEngine } from './table-engine.ts';

const folder = resolve(process.env.DATA_DIR || '.data');
const kinds = ['staff', 'window', 'department'] as const;
type Kind = (typeof kinds)[number];

/** Who is meant by an id or a name: people first, then windows, then departments. */
const subjectOf = (registry: Registry, asked: string): { kind: Kind; id: string } | undefined => {
  for (const kind of kinds) {
    const all = [...registry.of[kind].values()];
    const found =
      all.find(({ id }) => id === asked) ??
      all.find((entry) => entry.name === asked || (entry.kind === 'window' && entry.number === asked));
    if (found) return { kind, id: found.id };
  }
  return undefined;
};

const namesIn =
  (registry: Registry) =>
  (id: string): string =>
    kinds.map((kind) => registry.of[kind].get(id)?.name).find((name) => name !== undefined) ?? id;

/** The scores of windows and departments, as the month's board has them. */
const unitsOf = (past: PastMonth): UnitScore[] =>
  unitScores(past.book, {
    units: past.units ?? {},
    people: past.scored ?? [],
    cases: past.cases,
    scores: scoreMonth(past.book, past.people, past.cases, past.bonuses, [], past.beside),
    carried: past.carried,
    beside: past.beside ?? {},
  });

/** The whole explanation; undefined where this centre knows nobody of that name. */
const explained = async (
  house: House,
  centre: string,
  month: Month,
  asked: string,
): Promise<string[] | undefined> => {
  const desk = await house.desk(centre);
  const subject = subjectOf(desk.registry, asked);
  if (!subject) return undefined;
  const past = await pastMonth(house, centre, desk, month);
  if (!past) return [`${month} 没有生效的考核办法 · no rule book in force`];
  const { kind, id } = subject;
  const names = namesIn(desk.registry);
  const all = await measuresIn(house, centre, past.book, month, past.cases);
  const measures = all.filter((measure) =>
    kind === 'staff'
      ? 'person' in measure.subject && measure.subject.person === id
      : kind === 'window'
        ? 'window' in measure.subject && measure.subject.window === id
        : 'department' in measure.subject && measure.subject.department === id,
  );
  const scores =
    kind === 'staff'
      ? past.people.includes(id)
        ? [scoreOf(past.book, id, past.cases, past.bonuses, past.carried, past.beside)]
        : []
      : past.book.frames[kind]
        ? unitsOf(past).filter((one) => one.of === kind && one.person === id)
        : [];
  return [
    `${month} ${names(id)}`,
    ...scores.flatMap((score) => explainScore(past.book, score, names)),
    ...(kind === 'staff' ? [] : explainCases(past.book, kind, id, past.cases, names)),
    ...explainMeasures(measures),
  ];
};

const main = async ([month, asked]: readonly string[]): Promise<number> => {
  if (month === undefined || !/^\d{4}-(0[1-9]|1[0-2])$/.test(month) || asked === undefined) {
    console.error('用法 · usage: npm run explain -- 2026-11 <人员、窗口或部门的编号或名称>');
    return 2;
  }
  if (!existsSync(join(folder, 'engine-keys.json')))
    throw new StartProblem(`${folder} 中没有数据 · holds no data, name the folder with DATA_DIR`);
  const credentials = engineKeys(folder);
  const engine = await startTableEngine({
    folder: join(folder, 'table'),
    accessKeyId: credentials.accessKeyId,
  });
  const client = new DynamoDBClient({ endpoint: engine.url, region: 'local', credentials });
  try {
    const store = createStore({ client, table: tableName });
    const files = createEvidenceStore({
      client: async () => {
        throw new Error('an explanation opens no file');
      },
      bucket: 'none',
    });
    const house = createHouse({ store, files, clock: () => new Date().toISOString() });
    for (const { sk: centre } of await store.centres()) {
      const told = await explained(house, centre, month, asked);
      if (!told) continue;
      console.log(told.join('\n'));
      return 0;
    }
    console.error(`名册中没有“${asked}” · nobody of that name`);
    return 1;
  } finally {
    client.destroy();
    await engine.stop();
  }
};

main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error instanceof StartProblem ? error.message : error);
    process.exit(1);
  },
);
