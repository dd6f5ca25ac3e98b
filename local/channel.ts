// `npm run channel -- …`: where a centre's messages go. Addresses and secrets are read from a file or the environment, not
// from the command line, where others on the machine could read them.
//   npm run channel -- enter --centre jiangyin --file 群机器人.json [--stage world]
//   npm run channel -- try --centre jiangyin   sends one test sentence to every channel
//   npm run channel -- morning --centre jiangyin   prints the list of the morning
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { channel, channelsFor, enterChannel, send, topics } from '../functions/channels.ts';
import { morningList } from '../functions/messages.ts';
import { openPlace, type Place } from './place.ts';
import { StartProblem } from './table-engine.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { stage: { type: 'string' }, centre: { type: 'string' }, file: { type: 'string' } },
});

const enter = async ({ house, name }: Place, centre: string): Promise<void> => {
  if (values.file === undefined)
    throw new StartProblem('请给出 --file:渠道设置(JSON),写法见 docs/operations.md');
  const read = channel.safeParse(JSON.parse(readFileSync(values.file, 'utf8')));
  if (!read.success)
    throw new StartProblem(
      `渠道设置不对:${read.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`).join(';')}`,
    );
  await enterChannel(house, centre, read.data);
  console.log(`✓ ${centre} 的渠道 ${read.data.name} 已登记:${name}。文件里有密钥,请删除`);
};

const tryAll = async ({ house }: Place, centre: string): Promise<void> => {
  const all = new Map<string, Awaited<ReturnType<typeof channelsFor>>[number]>();
  for (const topic of topics)
    for (const one of await channelsFor(house, centre, topic)) all.set(one.name, one);
  for (const one of all.values()) {
    await send(one, { id: `try-${randomUUID()}`, text: '【明窗】这是一条测试消息' }, Date.now());
    console.log(`✓ ${one.name}`);
  }
};

const work: Record<string, (place: Place, centre: string) => Promise<void>> = {
  enter,
  try: tryAll,
  morning: async ({ house }, centre) => console.log(await morningList(house, centre)),
};

const main = async (): Promise<void> => {
  const chosen = work[positionals[0] ?? ''];
  if (chosen === undefined || values.centre === undefined)
    throw new StartProblem(`npm run channel -- ${Object.keys(work).join(' | ')} --centre <编号>`);
  const place = await openPlace(values.stage);
  try {
    await chosen(place, values.centre);
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
