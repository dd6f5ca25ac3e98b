// `npm run province -- 2026-10 [--stage world]`: the overview of a province, one line a centre, for a spreadsheet.
import { parseArgs } from 'node:util';
import { readProvince } from '../functions/province.ts';
import { openPlace } from './place.ts';
import { StartProblem } from './table-engine.ts';

const { values, positionals } = parseArgs({ allowPositionals: true, options: { stage: { type: 'string' } } });
const points = (hundredths: number): string => (hundredths / 100).toFixed(2);

const main = async (): Promise<void> => {
  const [month] = positionals;
  if (month === undefined || !/^20\d\d-(0[1-9]|1[0-2])$/.test(month))
    throw new StartProblem('npm run province -- 2026-10');
  const place = await openPlace(values.stage);
  try {
    console.log(['中心', '人数', '平均分', '轻微', '明显', '严重', '人次', '起', '函件'].join('\t'));
    for (const row of await readProvince(place.house, month))
      console.log(
        [
          ...[row.name, row.people, points(row.meanScore), row.minor, row.evident, row.serious],
          ...[row.personTimes, row.incidents, row.letters],
        ].join('\t'),
      );
  } finally {
    await place.close();
  }
};

main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error instanceof StartProblem ? error.message : error);
    process.exit(1);
  },
);
