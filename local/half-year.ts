// The reference hall's half-year, January to June 2026 with its six closings, played by the cast through the API alone:
// the centre is entered, the rule book enacted, and every deed of the plan done at its time by the one who would do it.

import { partSize } from '../shared/evidence.ts';
import type { RegistryEntry } from '../shared/people.ts';
import { referenceHall } from '../shared/rulebooks/reference-hall.ts';
import type { Instant } from '../shared/time.ts';
import { views } from '../shared/views.ts';
import { demoCentre } from './demo-centre.ts';
import { demoFile } from './demo-files.ts';
import { type Figures, readFigures } from './half-year-figures.ts';
import { officeOf } from './half-year-papers.ts';
import { commandIdOf, type Deed, plannedHalfYear } from './half-year-plan.ts';
import { type Doors, doorsOf, type Stage } from './half-year-stage.ts';

/** The evening before: the centre is founded and everything entered. */
export const eve: Instant = '2025-12-29T01:00:00.000Z';

const overTheNetwork: NonNullable<Stage['send']> = async ({ url, headers }, bytes) => {
  // The length is the body's own; fetch sets it.
  const { 'content-length': _length, ...rest } = headers;
  const answer = await fetch(url, { method: 'PUT', headers: rest, body: Buffer.from(bytes) });
  if (!answer.ok) throw new Error(`the store answered ${answer.status}: ${await answer.text()}`);
};

const uploaderOf = (doors: Doors, send: NonNullable<Stage['send']>) => {
  return async (by: string, record: string, n: number, bytes: Uint8Array): Promise<void> => {
    const path = `/api/evidence/${record}/${n}`;
    const plan = await doors.ask(by, views['evidence.upload'], `${path}/upload`, {});
    if (plan.state === 'put') await send(plan.put, bytes);
    if (plan.state === 'parts')
      for (const part of plan.parts)
        if (part.put) await send(part.put, bytes.subarray((part.n - 1) * partSize, part.n * partSize));
    if (plan.state !== 'received') await doors.ask(by, views['evidence.complete'], `${path}/complete`, {});
  };
};

/** The story plays in 2026 whenever it is told: a store's lock must not find its files' time over already. */
const book = { ...referenceHall, settings: { ...referenceHall.settings, evidenceKeepDays: 3650 } };

/** Enters the roster and enacts the rule book. The founding itself has no door: whoever owns the house has done it. */
const settleIn = async (doors: Doors, batches: readonly RegistryEntry[][]): Promise<void> => {
  for (const [at, entries] of batches.entries())
    await doors.post('guan', '/api/registry', { commandId: commandIdOf('batch', String(at)), entries });
  await doors.post('ban', '/api/rulebooks', {
    commandId: commandIdOf('rulebook'),
    from: '2026-01',
    book,
  });
};

/** Plays the whole story on a founded centre and answers what the platform itself says of it afterwards. */
export const playHalfYear = async (stage: Stage): Promise<Figures> => {
  const doors = doorsOf(stage.api);
  const { registry, plan } = plannedHalfYear(stage.issuer);
  const upload = uploaderOf(doors, stage.send ?? overTheNetwork);
  const office = officeOf(doors, registry, upload);
  const play = async (deed: Deed): Promise<unknown> => {
    switch (deed.do) {
      case 'post':
        return doors.post(deed.by, deed.path, deed.body);
      case 'upload':
        return upload(deed.by, deed.record, deed.n, demoFile(deed.file, deed.name, deed.at).bytes);
      case 'talk':
        return office.talk(deed.talk, deed.step, deed.at);
      case 'papers':
        return office.paper(deed.month, deed.step, deed.at);
      case 'stars':
        return office.star(deed.stars, deed.step);
      case 'night':
        return stage.night();
    }
  };
  stage.setClock(eve);
  await settleIn(doors, demoCentre(stage.issuer).batches);
  stage.say?.('the centre is entered and its rule book enacted');
  let month = '';
  for (const deed of plan.deeds) {
    if (deed.at.slice(0, 7) !== month) {
      month = deed.at.slice(0, 7);
      stage.say?.(month);
    }
    stage.setClock(deed.at);
    await play(deed);
  }
  return readFigures(doors);
};
