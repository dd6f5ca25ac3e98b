// `npm run bench`: the figures of the design, one `name: value` a line. `npm run bench -- units report` runs some only.
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
  bundle: async () => (await import('./api-start.ts')).apiStart(),
};

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in benches));
if (unknown.length > 0) {
  console.error(`no bench ${unknown.join(', ')}; there are: ${Object.keys(benches).join(', ')}`);
  process.exit(1);
}
for (const [name, bench] of Object.entries(benches)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  for (const figure of await bench()) console.log(`${figure.name}: ${figure.value}`);
}
process.exit(0);
