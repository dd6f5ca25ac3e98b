// A simulated tablet: the app's own queue, its own way of handing a finding in, its own clock, on a database that may be
// full, a line that breaks and a device clock that jumps. A process of its own, so that it can be killed. Only the run
// tells it when to be calm; what it made is known from the seed.
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import type { Draft } from '../../web/outbox-db.ts';
import { captured, chance } from './capture.ts';
import { installLine } from './tablet-line.ts';
import { installStore } from './tablet-store.ts';

const settings = z
  .object({
    ...{ url: z.string(), token: z.string(), subject: z.string(), folder: z.string() },
    ...{ tablet: z.int(), life: z.int(), paceMs: z.number(), calm: z.boolean() },
    plan: z.object({ seed: z.int(), tablets: z.int(), findings: z.int(), clipEvery: z.int() }),
  })
  .parse(JSON.parse(process.argv[2] ?? ''));
const { folder, tablet, plan } = settings;
const random = chance('tablet', plan.seed, tablet, settings.life);
let calm = settings.calm;

/** What a browser keeps between starts besides its database: each string a member of its own, as in a browser. */
const stringsFile = join(folder, 'strings.json');
class TabletStrings {
  [name: string]: unknown;
  getItem(name: string): string | null {
    return Object.hasOwn(this, name) ? String(this[name]) : null;
  }
  setItem(name: string, value: string): void {
    this[name] = value;
    // In one step: a kill leaves the old strings or the new ones.
    writeFileSync(`${stringsFile}.new`, JSON.stringify(this));
    renameSync(`${stringsFile}.new`, stringsFile);
  }
  removeItem(name: string): void {
    delete this[name];
  }
}
const keptStrings = (): TabletStrings => {
  const strings = new TabletStrings();
  if (existsSync(stringsFile)) Object.assign(strings, JSON.parse(readFileSync(stringsFile, 'utf8')));
  return strings;
};

const onWindow = new EventTarget();
installStore(folder, () => !calm && random() < 0.04);
const strings = keptStrings();
Object.assign(globalThis, {
  ...{ localStorage: strings, document: new EventTarget() },
  window: Object.assign(onWindow, { location: { origin: settings.url } }),
});
const online = (): void => void onWindow.dispatchEvent(new Event('online'));
installLine({
  ...{ url: settings.url, ledger: join(folder, 'ledger'), random },
  ...{ rough: () => !calm, back: online },
});

// The device's clock, wrong by what it jumped so far; also after a restart.
const TrueDate = Date;
let wrong = Number(strings.getItem('wrong') ?? 0);
globalThis.Date = new Proxy(TrueDate, {
  construct: (target, given) =>
    given.length === 0 ? new target(target.now() + wrong) : Reflect.construct(target, given),
  get: (target, name) => (name === 'now' ? () => target.now() + wrong : Reflect.get(target, name)),
});
const jump = (): void => {
  const far = random() < 0.7 ? 120_000 : 36 * 3_600_000;
  wrong += Math.round((random() - 0.5) * 2 * far);
  strings.setItem('wrong', String(wrong));
};

// A browser tells of these and goes on.
process.on('unhandledRejection', () => undefined);
process.on('disconnect', () => process.exit(0));

strings.setItem(
  'oidc.user:chaos',
  JSON.stringify({ access_token: settings.token, profile: { sub: settings.subject } }),
);
const { startOutbox, tryAgain, sendNow } = await import('../../web/outbox.ts');
const { database, readQueue, saveDraft, draftsOf } = await import('../../web/outbox-db.ts');
const { handIn } = await import('../../web/patrol/draft.ts');
const { askMe, rememberedMe } = await import('../../web/visitor-here.ts');
const { houseNow, noteMoment, watchClock } = await import('../../web/clock.ts');

const pause = (milliseconds: number): Promise<void> =>
  new Promise((resume) => setTimeout(resume, milliseconds));
/** Somebody who is told that there is no room frees some and does it again. */
const until = async <T>(work: () => Promise<T>): Promise<T> => {
  for (;;)
    try {
      return await work();
    } catch {
      await pause(20);
    }
};

while (rememberedMe() === undefined) {
  await askMe();
  await pause(100);
}
const me = rememberedMe();
if (!me) throw new Error('nobody is signed in');
startOutbox();
setInterval(watchClock, 1_000);

const capture = async (nth: number): Promise<void> => {
  const { words, files } = captured(plan, tablet, nth);
  const now = houseNow().toISOString();
  const draft: Draft = {
    ...{ id: `draft-${words}`, person: me.person, kind: 'finding', madeAt: now, changedAt: now },
    ...{ noted: noteMoment(), window: 'window-a01', windowTitle: 'A01', files: [] },
    fields: { type: 'DIS-PHONE', description: words, subject: 'unidentified', persons: [], settled: false },
  };
  await until(() => saveDraft(draft));
  for (const { id, bytes, kind, mediaType, sha256, parts } of files) {
    await until(async () =>
      (await database()).put('bytes', new Blob([new Uint8Array(bytes)], { type: mediaType }), id),
    );
    const manifest = {
      ...{ name: `${id}.${kind === 'photo' ? 'jpg' : 'mp4'}`, kind, mediaType, size: bytes.length, sha256 },
      ...{ takenAt: now, ...(parts === undefined ? {} : { parts }) },
    };
    draft.files = [...draft.files, { id, manifest }];
    await until(() => saveDraft(draft));
  }
  strings.setItem('made', String(nth + 1));
  await until(() => handIn(me, draft, undefined));
};

/** Forms found half filled in after a kill: filled in anew, or handed in when they were complete. */
const takeUp = async (): Promise<void> => {
  const made = Number(strings.getItem('made') ?? 0);
  for (const draft of await draftsOf(me.person)) {
    const nth = Number(draft.fields.description?.split('-').at(-1));
    if (nth < made) await until(() => handIn(me, draft, undefined));
  }
};

const tell = async (): Promise<void> => {
  const { records, files } = await readQueue();
  const refused = [...records, ...files].flatMap(({ refusal, state }) =>
    state === 'refused' ? [refusal?.code ?? ''] : [],
  );
  const made = Number(strings.getItem('made') ?? 0);
  process.send?.({ made, records: records.length, files: files.length, refused });
};

process.on('message', (asked) => {
  if (asked === 'calm') {
    calm = true;
    online();
  }
  if (asked === 'again') void tryAgain().then(sendNow, () => undefined);
});

await takeUp();
setInterval(() => void tell().catch(() => undefined), 250);
for (let nth = Number(strings.getItem('made') ?? 0); nth < plan.findings; nth += 1) {
  if (random() < 0.15) jump();
  if (random() < 0.2) await askMe();
  await capture(nth);
  await pause(random() * settings.paceMs);
}
