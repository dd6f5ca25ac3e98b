// The hall the bench works in: the demonstration's roster filled up to 300 window staff, the reference rule book, on the
// platform as one machine runs it. Everything lies in a temporary folder that goes with it.
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { House } from '../../functions/house.ts';
import { run } from '../../functions/run.ts';
import type { Answer } from '../../functions/store.ts';
import { demoCentre } from '../../local/demo-centre.ts';
import { type Machine, startMachine } from '../../local/machine.ts';
import { type Actor, system } from '../../shared/access.ts';
import { commandNamed } from '../../shared/commands.ts';
import type { RegistryEntry } from '../../shared/people.ts';
import type { Result } from '../../shared/problems.ts';
import { referenceHall } from '../../shared/rulebooks/reference-hall.ts';
import type { Instant } from '../../shared/time.ts';

export interface Figure {
  name: string;
  value: string;
}

export const centre = 'demo';
export const month = '2026-06';
/** A Wednesday morning of that month. */
const opening = '2026-06-17T02:00:00.000Z';

export interface BenchHall {
  machine: Machine;
  house: House;
  clock: { set(at: Instant): void };
  actor(person: string): Promise<Actor>;
  /** Over HTTP as a person of the demonstration; tokens are made once. */
  post(person: string, path: string, body: object): Promise<{ status: number; body: unknown }>;
  get(person: string, path: string): Promise<{ status: number; body: unknown }>;
  close(): Promise<void>;
}

export const value = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.problem));
  return result.value;
};

/** `web`: where the built app lies, for what is measured in a browser. */
export const openHall = async ({ web }: { web?: string } = {}): Promise<BenchHall> => {
  const folder = mkdtempSync(join(tmpdir(), 'mingchuang-bench-'));
  let at: Instant = opening;
  let machine: Machine;
  try {
    machine = await startMachine({
      folder,
      port: 0,
      clock: () => at,
      ...(web === undefined ? {} : { web }),
      accounts: async () => [
        { subject: 'xun', name: '荀立群', title: '巡查员' },
        { subject: 'ban', name: '班玉洁', title: '经办' },
      ],
    });
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
  const { house } = machine;
  const actor = async (person: string): Promise<Actor> => ({
    person,
    grants: (await house.desk(centre)).registry.grantsByPerson.get(person) ?? [],
    system: false,
  });
  await enter(house, `${machine.url}/oidc`, actor);
  const tokens = new Map<string, string>();
  const ask = async (person: string, path: string, init: RequestInit) => {
    const token = tokens.get(person) ?? value(await machine.issuer.mintToken(person));
    tokens.set(person, token);
    const answer = await fetch(`${machine.url}${path}`, {
      ...init,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    });
    const body: unknown = await answer.json();
    return { status: answer.status, body };
  };
  return {
    machine,
    house,
    actor,
    clock: {
      set: (to) => {
        at = to;
      },
    },
    post: (person, path, body) => ask(person, path, { method: 'POST', body: JSON.stringify(body) }),
    get: (person, path) => ask(person, path, {}),
    close: async () => {
      await machine.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};

/** 268 window staff of the demonstration and 32 more. */
const enter = async (
  house: House,
  issuer: string,
  actor: (person: string) => Promise<Actor>,
): Promise<void> => {
  const { founding, batches } = demoCentre(issuer);
  const more = Array.from({ length: 32 }, (_, nth): RegistryEntry[] => {
    const id = `chuang-${1001 + nth}`;
    const from = '2025-01-01';
    return [
      { kind: 'staff', id, name: `增${nth}`, department: 'department-centre', post: 'window', from },
      { kind: 'grant', id: `${id}-staff`, person: id, role: 'staff', from },
    ];
  }).flat();
  await does(house, system, 'centre.found', founding);
  const admin = await actor('guan');
  for (const entries of [...batches, more.slice(0, 30), more.slice(30, 60), more.slice(60)])
    await does(house, admin, 'registry.enter', { entries });
  await does(house, await actor('ban'), 'rulebook.enact', { from: '2026-01', book: referenceHall });
};

export const does = async (
  house: House,
  actor: Actor,
  type: string,
  fields: unknown,
  target?: string,
): Promise<Answer> =>
  value(
    await run(house, centre, actor, commandNamed(type), {
      commandId: randomUUID(),
      fields,
      ...(target === undefined ? {} : { target }),
    }),
  );

/** A finding about the first of the window staff, with files when there are any. */
export const finding = (evidence: readonly object[] = []) => ({
  violation: 'DIS-OFFPOST',
  source: 'patrol',
  happened: { from: '2026-06-17T01:50:00.000Z', to: '2026-06-17T01:55:00.000Z', doubtSeconds: 2 },
  window: 'window-a01',
  subject: { kind: 'persons', persons: ['chuang-0001'] },
  description: '工作时间离开窗口超过二十分钟,未放置暂停服务牌,现场有三位群众等候',
  evidence,
});

export const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** How such files begin; a door looks. */
const heads = {
  photo: Buffer.from('ffd8ffe000104a46494600010100000100010000', 'hex'),
  video: Buffer.from('0000001c6674797069736f6d0000020069736f6d69736f32', 'hex'),
};

/** Noise of a size under its right beginning, and how a device announces it. */
export const fileOf = (kind: 'photo' | 'video', size: number) => {
  const bytes = randomBytes(size);
  heads[kind].copy(bytes);
  const parts: string[] = [];
  const part = 8 * 1024 * 1024;
  if (size > part) for (let at = 0; at < size; at += part) parts.push(hashOf(bytes.subarray(at, at + part)));
  return {
    bytes,
    entry: {
      name: kind === 'photo' ? '现场.jpg' : '现场.mp4',
      kind,
      mediaType: kind === 'photo' ? 'image/jpeg' : 'video/mp4',
      size,
      sha256: hashOf(bytes),
      takenAt: '2026-06-17T01:51:00.000Z',
      ...(parts.length === 0 ? {} : { parts }),
    },
  };
};
