// `npm run bench`: the figures of the design, one `name: value` a line. `npm run bench -- units report` runs some only.
import { noteFigures } from '../figures.ts';
import type { Figure } from './hall.ts';

/** In this order; each loads what it measures only when it is run. */
const benches: Record<string, () => Promise<Figure[]>> = {
  score: async () => (await import('./score-fold.ts')).scoreFold(),
  units: async () => (await import('./units.ts')).units(),
  province: async () => (await import('./province.ts')).province(),
  month: async () => (await import('./month-close.ts')).monthClose(),
  letter: async () => (await import('./letter.ts')).letterFigures(),
  wrong: async () => (await import('./reports.ts')).wrongAnswers(),
  report: async () => (await import('./reports.ts')).reportRates(),
  resume: async () => (await import('./uploads.ts')).bytesSentTwice(),
  memory: async () => (await import('./uploads.ts')).memoryWhileUploading(),
  web: async () => (await import('./web-load.ts')).webFirstLoad(),
  speed: async () => (await import('./web-speed.ts')).webSpeed(),
  bundle: async () => (await import('./api-start.ts')).apiStart(),
};

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in benches));
if (unknown.length > 0) {
  console.error(`no bench ${unknown.join(', ')}; there are: ${Object.keys(benches).join(', ')}`);
  process.exit(1);
}
const figures: Figure[] = [];
for (const [name, bench] of Object.entries(benches)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  for (const figure of await bench()) {
    figures.push(figure);
    console.log(`${figure.name}: ${figure.value}`);
  }
}
// Only a whole run makes the table of docs/proof.md.
if (wanted.length === 0)
  noteFigures('bench', Object.fromEntries(figures.map(({ name, value }) => [name, value])));
process.exit(0);
