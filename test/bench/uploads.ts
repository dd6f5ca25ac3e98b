// Large files on a bad line: what is sent twice after a cut, and how little of them the API process holds in memory.
import { fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { request } from 'node:http';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import { type Figure, fileOf, finding, openHall } from './hall.ts';

const part = 8 * 1024 * 1024;
const answer = z.object({ id: z.string() });
const plan = z.object({
  state: z.literal('parts'),
  parts: z.array(
    z.object({
      n: z.int(),
      size: z.int(),
      have: z.boolean(),
      put: z.object({ url: z.string(), headers: z.record(z.string(), z.string()) }).optional(),
    }),
  ),
});

/** Sends so many bytes of a part, then breaks the line; answers what was handed to the line. */
const sendPart = (
  { url, headers }: { url: string; headers: Record<string, string> },
  bytes: Buffer,
  until = bytes.length,
): Promise<number> =>
  new Promise((resolve, reject) => {
    const cut = until < bytes.length;
    const sending = request(url, { method: 'PUT', headers }, (response) => {
      response.resume();
      response.on('end', () =>
        response.statusCode === 200 ? resolve(bytes.length) : reject(new Error(`${response.statusCode}`)),
      );
    });
    sending.on('error', (error) => (cut ? resolve(until) : reject(error)));
    if (!cut) sending.end(bytes);
    else sending.write(bytes.subarray(0, until), () => setTimeout(() => sending.destroy(), 100));
  });

type Post = (path: string, body: object) => Promise<{ status: number; body: unknown }>;

const report = async (post: Post, file: ReturnType<typeof fileOf>): Promise<string> => {
  const reported = await post('/api/cases', { commandId: randomUUID(), ...finding([file.entry]) });
  return answer.parse(reported.body).id;
};

/** Sends what the server says is missing; `cutAt` breaks off in the middle of that part. */
const sendMissing = async (post: Post, id: string, bytes: Buffer, cutAt?: number): Promise<number> => {
  let sent = 0;
  const { parts } = plan.parse((await post(`/api/evidence/${id}/1/upload`, {})).body);
  for (const { n, size, have, put } of parts) {
    if (have || !put) continue;
    const piece = bytes.subarray((n - 1) * part, (n - 1) * part + size);
    sent += await sendPart(put, piece, n === cutAt ? size / 2 : size);
    if (n === cutAt) break;
  }
  return sent;
};

export const bytesSentTwice = async (): Promise<Figure[]> => {
  const hall = await openHall();
  try {
    const post: Post = (path, body) => hall.post('xun', path, body);
    const clip = fileOf('video', 3 * part);
    const id = await report(post, clip);
    const sent = (await sendMissing(post, id, clip.bytes, 2)) + (await sendMissing(post, id, clip.bytes));
    const completed = await post(`/api/evidence/${id}/1/complete`, {});
    if (completed.status !== 200) throw new Error(JSON.stringify(completed));
    return [
      {
        name: 'bytes sent twice after a cut in the second of 3 parts of 8388608',
        value: String(sent - clip.bytes.length),
      },
    ];
  } finally {
    await hall.close();
  }
};

const told = z.object({ url: z.string(), token: z.string() });
const memory = z.object({ rss: z.number(), peak: z.number() });

/** The platform in a process of its own, so that the tablets' 200 MB are not counted with it. */
export const memoryWhileUploading = async (): Promise<Figure[]> => {
  const child = fork(fileURLToPath(new URL('./hall-process.ts', import.meta.url)), [], { execArgv: [] });
  const next = (): Promise<unknown> => new Promise((resolve) => child.once('message', resolve));
  const ask = async (what: string) => {
    const answered = next();
    child.send(what);
    return memory.parse(await answered);
  };
  try {
    const { url, token } = told.parse(await next());
    const post: Post = async (path, body) => {
      const got = await fetch(`${url}${path}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      const read: unknown = await got.json();
      return { status: got.status, body: read };
    };
    const clips = Array.from({ length: 4 }, () => fileOf('video', 50_000_000));
    const ids: string[] = [];
    for (const clip of clips) ids.push(await report(post, clip));
    const before = await ask('memory');
    const start = performance.now();
    await Promise.all(
      clips.map(async (clip, nth) => {
        const id = ids[nth] ?? '';
        await sendMissing(post, id, clip.bytes);
        const completed = await post(`/api/evidence/${id}/1/complete`, {});
        if (completed.status !== 200) throw new Error(JSON.stringify(completed));
      }),
    );
    const seconds = (performance.now() - start) / 1000;
    const during = await ask('settled');
    const mega = (bytes: number): string => (bytes / 1_000_000).toFixed(0);
    return [
      {
        name: 'memory of the process with API and object store, 4 clips of 50 MB at once, MB before / most / after',
        value: `${mega(before.rss)} / ${mega(during.peak)} / ${mega(during.rss)}`,
      },
      { name: 'seconds for those 4 clips', value: seconds.toFixed(1) },
      { name: 'the field-data server, MB before / most', value: '348 / 656, in 2.4 to 3.9 s' },
    ];
  } finally {
    const gone = new Promise((resolve) => child.once('exit', resolve));
    if (child.connected) child.send('stop');
    await gone;
  }
};
