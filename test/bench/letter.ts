// What a letter costs: the first and the warm one, its size without photos, the memory of a process that does nothing else;
// and the forty letters of a month, drafted in one go and set one after the other.
import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import * as z from 'zod';
import { readLetterPaper } from '../../functions/letter-file.ts';
import { freezeMonth, sumMonth } from '../../functions/month.ts';
import { draftMailing } from '../../functions/month-mailing.ts';
import { centre, type Figure, month, openHall, value } from './hall.ts';
import { copyOf, countedHead } from './units.ts';

const measured = z.object({
  first: z.number(),
  warm: z.number(),
  size: z.int(),
  pages: z.int(),
  memory: z.number(),
});

/** In a process of its own, so that its memory is what a function would need. */
const oneLetter = (): Figure[] => {
  const told = execFileSync(process.execPath, [join(import.meta.dirname, 'letter-process.ts')], {
    encoding: 'utf8',
  });
  const { first, warm, size, pages, memory } = measured.parse(JSON.parse(told));
  return [
    {
      name: `letter of ${pages} pages, PDF and .docx, first / warm, ms`,
      value: `${first.toFixed(0)} / ${warm.toFixed(0)}`,
    },
    { name: 'letter, PDF without photos, kB', value: (size / 1000).toFixed(0) },
    { name: 'letter, memory of the process, MB', value: memory.toFixed(0) },
  ];
};

const letters = 40;
const monthOfLetters = async (): Promise<Figure[]> => {
  const hall = await openHall();
  try {
    const { house } = hall;
    const template = await countedHead(hall);
    const { registry } = await house.desk(centre);
    const departments = [...registry.of.department.keys()].slice(0, letters);
    const own = z.string().parse(/department-[a-z]+/.exec(JSON.stringify(template))?.[0]);
    await house.store.putAll(
      departments.flatMap((department, nth) =>
        [0, 1, 2].map((again) => {
          const person = `chuang-${String(nth * 3 + again + 1).padStart(4, '0')}`;
          const copy = copyOf(template, { centre, month, person, nth: nth * 3 + again });
          return JSON.parse(JSON.stringify(copy).replaceAll(own, department));
        }),
      ),
    );
    hall.clock.set('2026-07-08T02:00:00.000Z');
    const [clerk, director] = [await hall.actor('ban'), await hall.actor('chu')];
    await hall.machine.settled();
    value(await sumMonth(house, centre, clerk, { commandId: randomUUID(), month }));
    value(await freezeMonth(house, centre, director, { commandId: randomUUID(), month }));
    const start = performance.now();
    let calls = 0;
    let mailing = value(await draftMailing(house, centre, clerk, { month }));
    for (calls = 1; mailing.done < mailing.total && calls < 10; calls += 1)
      mailing = value(await draftMailing(house, centre, clerk, { month }));
    const drafted = performance.now();
    for (const { letter } of mailing.items)
      if (letter !== undefined)
        value(await readLetterPaper(house, centre, clerk, { id: letter, form: 'pdf', of: 'paper' }));
    const set = performance.now();
    return [
      {
        name: `letters of a month: drafted / calls`,
        value: `${mailing.done} of ${mailing.total} / ${calls}`,
      },
      {
        name: 'of it drafting / setting, s',
        value: `${((drafted - start) / 1000).toFixed(1)} / ${((set - drafted) / 1000).toFixed(1)}`,
      },
    ];
  } finally {
    await hall.close();
  }
};

export const letterFigures = async (): Promise<Figure[]> => [...oneLetter(), ...(await monthOfLetters())];
