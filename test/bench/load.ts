// `npm run load`: eight tablets report with photos and read their day without a pause for ten minutes; what the platform
// holds in memory must not grow. The platform is a process of its own, and what it holds is counted after a collection.
import { fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import { noteFigures } from '../figures.ts';
import { fileOf, finding } from './hall.ts';

const minutes = Number(process.env.LOAD_MINUTES ?? 10);
const clients = 8;
const told = z.object({ url: z.string(), token: z.string() });
const held = z.object({ rss: z.number(), heap: z.number() });
const put = z.object({ url: z.string(), headers: z.record(z.string(), z.string()) });
const answer = z.object({ id: z.string(), uploads: z.array(z.object({ put })) });

const child = fork(fileURLToPath(new URL('./hall-process.ts', import.meta.url)), [], {
  execArgv: ['--expose-gc'],
});
const next = (): Promise<unknown> => new Promise((resolve) => child.once('message', resolve));
const look = async (): Promise<z.infer<typeof held>> => {
  const answered = next();
  child.send('held');
  return held.parse(await answered);
};

const { url, token } = told.parse(await next());
const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
const failures: string[] = [];
const read = async (told: Response): Promise<unknown> => {
  const body: unknown = await told.json();
  if (!told.ok) failures.push(`${told.status} ${JSON.stringify(body).slice(0, 200)}`);
  return body;
};
const post = async (path: string, body: object): Promise<unknown> =>
  read(await fetch(`${url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) }));

const reportOnce = async (): Promise<void> => {
  const photo = fileOf('photo', 60_000);
  const { id, uploads } = answer.parse(
    await post('/api/cases', { commandId: randomUUID(), ...finding([photo.entry]) }),
  );
  for (const one of uploads)
    await fetch(one.put.url, {
      ...{ method: 'PUT', headers: one.put.headers, body: new Uint8Array(photo.bytes) },
    });
  await post(`/api/evidence/${id}/1/complete`, {});
  await read(await fetch(`${url}/api/cases/${id}`, { headers }));
};

const end = performance.now() + minutes * 60_000;
let reports = 0;
const working = Array.from({ length: clients }, async () => {
  while (performance.now() < end) {
    await reportOnce();
    reports += 1;
  }
});
/** Megabytes held, a figure a minute. */
const heap: number[] = [];
const rss: number[] = [];
const mega = (bytes: number): number => Math.round(bytes / 1e5) / 10;
while (performance.now() < end) {
  await new Promise((resume) => setTimeout(resume, Math.min(60_000, (minutes * 60_000) / 10)));
  const now = await look();
  heap.push(mega(now.heap));
  rss.push(mega(now.rss));
}
await Promise.all(working);
const middle = (figures: readonly number[]): number =>
  [...figures].sort((a, b) => a - b)[Math.floor(figures.length / 2)] ?? Number.NaN;
const third = Math.max(1, Math.floor(heap.length / 3));
// The first third warms up; what is held in the second and in the last third must be the same.
const [before, after] = [middle(heap.slice(third, 2 * third)), middle(heap.slice(-third))];
const figures = {
  minutes,
  clients,
  'reports, each with a photo, completed and read again': reports,
  'requests refused or failed': failures.length,
  'heap held, MB, minute by minute': heap.join(' '),
  'resident, MB, minute by minute': rss.join(' '),
  'heap of the last third against the second': (after / before).toFixed(3),
};
for (const [name, value] of Object.entries(figures)) console.log(`${name}: ${value}`);
noteFigures('load', figures);
const gone = new Promise((resolve) => child.once('exit', resolve));
child.send('stop');
await gone;
if (failures.length > 0) console.error(failures.slice(0, 5).join('\n'));
process.exit(failures.length === 0 && after / before < 1.1 ? 0 : 1);
