// Writes shared/calendar-years.ts from the npm package chinese-days (MIT), by hand once a year, when the State Council has
// published its notice and the package carries it: add the notice below, `npx node test/write-calendar-years.ts`, and
// compare the result with the notice before committing it.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { type CalendarYear, calendarYear } from '../shared/calendar.ts';
import { daysFrom } from '../shared/time.ts';

/** The notices to write, by year: their document numbers. */
const notices = new Map([
  [2024, '国办发明电〔2023〕7号'],
  [2025, '国办发明电〔2024〕12号'],
  [2026, '国办发明电〔2025〕7号'],
]);

// The package asks the machine's zone and errs west of Greenwich.
process.env.TZ = 'Asia/Shanghai';
const chineseDays: typeof import('chinese-days') = createRequire(import.meta.url)('chinese-days');

// The package shortens three of the names in the notices.
const fullNames = new Map([
  ['清明', '清明节'],
  ['端午', '端午节'],
  ['中秋', '中秋节'],
]);

// Its detail of a day in a notice reads "Spring Festival,春节,4"; of an ordinary day it is a weekday's English name.
const noticeOf = (year: number): CalendarYear => {
  const listed = daysFrom(`${year}-01-01`, `${year}-12-31`).flatMap((day) => {
    const { work, name } = chineseDays.getDayDetail(day);
    const chinese = name.split(',')[1];
    return chinese === undefined ? [] : [{ day, name: fullNames.get(chinese) ?? chinese, work }];
  });
  const named = (work: boolean) =>
    listed.filter((each) => each.work === work).map(({ day, name }) => ({ day, name }));
  return calendarYear.parse({ year, holidays: named(false), makeUpDays: named(true) });
};

const rows = [...notices.keys()].map((year) => JSON.stringify(noticeOf(year)));
const sources = [...notices].map(([year, number]) => `//   ${year}: ${number}`);
const target = fileURLToPath(new URL('../shared/calendar-years.ts', import.meta.url));
writeFileSync(
  target,
  `// Public holidays and make-up working days (调休), from the notices of the General Office of the State Council:
${sources.join('\n')}
// Written by test/write-calendar-years.ts; a centre loads its years into its registry and may correct them there.
import type { CalendarYear } from './calendar.ts';

export const calendarYears: readonly CalendarYear[] = [${rows.join(',')}];
`,
);
execFileSync('npx', ['biome', 'format', '--write', target], { stdio: 'inherit' });
