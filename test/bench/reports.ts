// Reports with a photo by the whole path (report, send where the answer says, complete), beside the bare engines doing the
// same transactions and the same PUT in alternating runs; and the same report eight times at once.
import { randomUUID } from 'node:crypto';
import { DynamoDBDocumentClient, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { evidenceKey } from '../../shared/evidence.ts';
import { type BenchHall, centre, type Figure, fileOf, finding, openHall } from './hall.ts';

const put = z.object({ url: z.string(), headers: z.record(z.string(), z.string()) });
const answer = z.object({ id: z.string(), uploads: z.array(z.object({ put })) });

/** The field-data server of the comparison, measured on a machine of this size (one and eight clients). */
const fieldData = { 1: '41-54', 8: '78-90' } as const;

export const wrongAnswers = async (): Promise<Figure[]> => {
  const hall = await openHall();
  try {
    let wrong = 0;
    for (let round = 0; round < 10; round += 1) {
      const body = { commandId: randomUUID(), ...finding() };
      const answers = await Promise.all(
        Array.from({ length: 8 }, () => hall.post('xun', '/api/cases', body)),
      );
      const first = JSON.stringify(answers.find((one) => one.status === 201)?.body);
      wrong += answers.filter((one) => one.status !== 201 || JSON.stringify(one.body) !== first).length;
    }
    const records = (await hall.house.store.month(centre, '2026-06', true)).case.length;
    return [
      { name: 'wrong answers of 80, the same new report 8 times at once', value: String(wrong) },
      { name: 'records of those 10 reports', value: String(records) },
      { name: 'wrong answers of the field-data server', value: '61 of 80' },
    ];
  } finally {
    await hall.close();
  }
};

const photoBytes = 200_000;

const send = async (url: string, headers: Record<string, string>, bytes: Buffer): Promise<void> => {
  const sent = await fetch(url, { method: 'PUT', headers, body: new Uint8Array(bytes) });
  if (!sent.ok) throw new Error(`put: ${sent.status} ${await sent.text()}`);
  await sent.arrayBuffer();
};

/** One report with its photo, as a tablet sends it. */
const whole = async (hall: BenchHall, photo: ReturnType<typeof fileOf>): Promise<void> => {
  const reported = await hall.post('xun', '/api/cases', {
    commandId: randomUUID(),
    ...finding([photo.entry]),
  });
  const { id, uploads } = answer.parse(reported.body);
  for (const { put } of uploads) await send(put.url, put.headers, photo.bytes);
  const completed = await hall.post('xun', `/api/evidence/${id}/1/complete`, {});
  if (completed.status !== 200) throw new Error(JSON.stringify(completed));
};

interface Tape {
  items: unknown[];
  /** What must be new each time: ids, and the speakable numbers of cases. */
  names: string[];
  numbers: string[];
}

/** The transactions of one report, as they went to the table, and the ids in them. */
const taped = async (hall: BenchHall): Promise<Tape[]> => {
  const tapes: Tape[] = [];
  let taping = true;
  // The document client was made from this one, but carries a stack of its own.
  hall.house.store.documents.middlewareStack.add(
    (next, context) => async (args) => {
      if (taping && context.commandName === 'TransactWriteItemsCommand') {
        const { TransactItems: items = [] } = args.input as { TransactItems?: unknown[] };
        const text = JSON.stringify(items);
        const names = [...new Set(text.match(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g) ?? [])];
        tapes.push({ items, names, numbers: [...new Set(text.match(/"\d\d-\d\d-\d{4}"/g) ?? [])] });
      }
      return next(args);
    },
    { step: 'initialize', name: 'tape' },
  );
  await whole(hall, fileOf('photo', photoBytes));
  taping = false;
  if (tapes.length === 0) throw new Error('nothing was taped');
  return tapes;
};

interface Ready {
  transactions: unknown[][];
  put: { url: string; headers: Record<string, string>; bytes: Buffer };
}

/** Made before the clock starts: fresh ids throughout, the URL already signed. */
const ready = async (hall: BenchHall, tapes: readonly Tape[]): Promise<Ready> => {
  const photo = fileOf('photo', photoBytes);
  const fresh = new Map(
    tapes.flatMap(({ names, numbers }) => [
      ...names.map((name) => [name, randomUUID()] as const),
      ...numbers.map((number) => [number, JSON.stringify(randomUUID())] as const),
    ]),
  );
  const key = evidenceKey(centre, `case-2026-06-${randomUUID()}`, { n: 1, sha256: photo.entry.sha256 });
  const put = await hall.house.files.putWhole(key, { ...photo.entry });
  return {
    transactions: tapes.map(({ items }) => {
      let text = JSON.stringify(items);
      for (const [name, other] of fresh) text = text.replaceAll(name, other);
      return JSON.parse(text);
    }),
    put: { ...put, bytes: photo.bytes },
  };
};

const bare = async (documents: DynamoDBDocumentClient, one: Ready): Promise<void> => {
  const [report, ...rest] = one.transactions;
  const write = (items: unknown[]) =>
    documents.send(
      new TransactWriteCommand({
        TransactItems: items as NonNullable<TransactWriteCommand['input']['TransactItems']>,
      }),
    );
  await write(report ?? []);
  await send(one.put.url, one.put.headers, one.put.bytes);
  for (const items of rest) await write(items);
};

/** Jobs by so many clients at once; answers jobs a second. */
const rate = async <T>(
  clients: number,
  jobs: readonly T[],
  work: (job: T) => Promise<void>,
): Promise<number> => {
  const left = [...jobs];
  const start = performance.now();
  await Promise.all(
    Array.from({ length: clients }, async () => {
      for (let job = left.pop(); job !== undefined; job = left.pop()) await work(job);
    }),
  );
  return jobs.length / ((performance.now() - start) / 1000);
};

const median = (numbers: readonly number[]): number =>
  [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;

export const reportRates = async (): Promise<Figure[]> => {
  const hall = await openHall();
  try {
    const documents = DynamoDBDocumentClient.from(hall.machine.client, {
      marshallOptions: { removeUndefinedValues: true },
    });
    const tapes = await taped(hall);
    const figures: Figure[] = [];
    for (const clients of [1, 8] as const) {
      const reports = clients === 1 ? 25 : 60;
      const pairs: { ours: number; engine: number }[] = [];
      for (let round = 0; round < 4; round += 1) {
        const photos = Array.from({ length: reports }, () => fileOf('photo', photoBytes));
        const prepared: Ready[] = [];
        for (let nth = 0; nth < reports; nth += 1) prepared.push(await ready(hall, tapes));
        await hall.machine.settled();
        const ours = await rate(clients, photos, (photo) => whole(hall, photo));
        await hall.machine.settled();
        const engine = await rate(clients, prepared, (one) => bare(documents, one));
        // The first round warms both up.
        if (round > 0) pairs.push({ ours, engine });
      }
      const word = clients === 1 ? '1 client' : `${clients} clients`;
      figures.push(
        {
          name: `reports with a 200 kB photo a second, ${word}`,
          value: median(pairs.map(({ ours }) => ours)).toFixed(1),
        },
        {
          name: `the bare engines, same transactions and PUT, ${word}`,
          value: median(pairs.map(({ engine }) => engine)).toFixed(1),
        },
        { name: `ratio, ${word}`, value: median(pairs.map((one) => one.ours / one.engine)).toFixed(2) },
        { name: `the field-data server, ${word}`, value: fieldData[clients] },
      );
    }
    return figures;
  } finally {
    await hall.close();
  }
};
