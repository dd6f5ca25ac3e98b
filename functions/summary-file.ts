// The summary of a period as a file: the charts' own figures, with the letters issued and the titles given in its months.
import type { Actor } from '../shared/access.ts';
import type { Result } from '../shared/problems.ts';
import { periodOf, summaryPaper } from '../shared/summary-paper.ts';
import { dayOf, type Month, monthOf, plusMonths } from '../shared/time.ts';
import { readCharts } from './charts.ts';
import type { House } from './house.ts';
import { letterPartition } from './keys.ts';
import { type PaperFile, printedFile } from './paper-file.ts';

export const readSummary = async (
  house: House,
  centre: string,
  actor: Actor,
  { from, until, form }: { from: Month; until: Month; form: 'pdf' | 'docx' },
): Promise<Result<PaperFile>> => {
  const figures = await readCharts(house, centre, actor, { from, until });
  if (!figures.ok) return figures;
  const months: Month[] = [];
  for (let month = from; month <= until; month = plusMonths(month, 1)) months.push(month);
  const [desk, letters, partitions] = await Promise.all([
    house.desk(centre),
    // A letter about an earlier month may go out in this period; half a year back holds them all.
    Promise.all(
      [...Array.from({ length: 6 }, (_, n) => plusMonths(from, n - 6)), ...months].map((month) =>
        house.store.partitionHeads(centre, 'letter', letterPartition(centre, month)),
      ),
    ),
    Promise.all(months.map((month) => house.store.month(centre, month))),
  ]);
  const within = (at: string): boolean => from <= monthOf(at) && monthOf(at) <= until;
  const out = letters
    .flat()
    .flatMap(({ state }) =>
      'issuedAt' in state && state.stage !== 'withdrawn' && within(state.issuedAt) ? [state] : [],
    );
  const told = out.flatMap(({ department }) => department ?? []);
  const honours = new Map<string, number>();
  for (const partition of partitions)
    for (const { state } of partition.award) {
      if (!('recipients' in state)) continue;
      const number = state.recipients.filter((one) => one.announcedAt !== undefined).length;
      if (number > 0) honours.set(state.title, (honours.get(state.title) ?? 0) + number);
    }
  const content = summaryPaper({
    figures: figures.value,
    organ: desk.registry.centre.name,
    honours: [...honours].map(([title, number]) => ({ title, number })),
    letters: { issued: told.length, departments: new Set(told).size },
    bulletins: out.filter(({ kind }) => kind === 'bulletin').length,
  });
  return printedFile(house, content, form, {
    name: `${periodOf(figures.value)}窗口监督工作情况`,
    // The figures are of the day they were asked for.
    at: `${dayOf(house.clock())}T00:00:00.000Z`,
  });
};
