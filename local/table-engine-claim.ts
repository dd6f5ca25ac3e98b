// Which engine holds a data folder: a note beside the database, believed only when the process it names really is our
// Java. Knows processes and one small file; may not know how an engine is started.

import { execFile } from 'node:child_process';
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import * as z from 'zod';

const noteShape = z.object({ engine: z.int().positive(), keeper: z.int().positive() });

/** The process ids of Java and of the keeper that is its parent. */
export type EngineNote = z.infer<typeof noteShape>;

const noteIn = (folder: string): string => join(folder, 'engine.json');

export const writeNote = (folder: string, note: EngineNote): void => {
  const draft = `${noteIn(folder)}.${note.keeper}`;
  writeFileSync(draft, JSON.stringify(note), { mode: 0o600 });
  renameSync(draft, noteIn(folder));
};

const readNote = (folder: string): EngineNote | undefined => {
  try {
    return noteShape.parse(JSON.parse(readFileSync(noteIn(folder), 'utf8')));
  } catch {
    return undefined; // no note, or one torn by a power cut: SQLite's own locks remain
  }
};

/** Removes the keeper's own note; the next engine may already have put its note in the place. */
export const removeNote = (folder: string, keeper: number): void => {
  if (readNote(folder)?.keeper === keeper) rmSync(noteIn(folder), { force: true });
};

interface RunningEngine {
  parent: number;
  /** The words of its command line, a space after each, so that /data is not taken for /data/other. */
  command: string;
}

/**
 * The running DynamoDB Local with this process id, if it is one. /proc before ps, which slim containers lack; where
 * neither exists (Windows) there is no answer and the keeper alone must do.
 */
const engineAt = async (pid: number): Promise<RunningEngine | undefined> => {
  const found = fromProc(pid) ?? (await fromPs(pid));
  return found?.command.includes('DynamoDBLocal.jar') ? found : undefined;
};

const fromProc = (pid: number): RunningEngine | undefined => {
  try {
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
    const parent = /^PPid:\s+(\d+)$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return { parent: Number(parent), command };
  } catch {
    return undefined;
  }
};

const fromPs = async (pid: number): Promise<RunningEngine | undefined> => {
  try {
    const { stdout } = await promisify(execFile)('ps', ['-ww', '-o', 'ppid=,command=', '-p', String(pid)]);
    const [, parent, command] = /^\s*(\d+)\s+(.*)/.exec(stdout) ?? [];
    return command === undefined ? undefined : { parent: Number(parent), command: `${command} ` };
  } catch {
    return undefined;
  }
};

const kill = (pid: number): void => {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // gone by itself in between
  }
};

/** Ends an engine whose keeper died before it, and resolves when it is gone. SIGKILL loses no acknowledged write. */
export const endOrphan = async (engine: number): Promise<void> => {
  while (await engineAt(engine)) {
    kill(engine);
    await pause(50);
  }
};

/**
 * Waits until no engine holds the folder (absolute, without links). One that is still on its way out is waited for;
 * one that lost its keeper is ended; one that has an owner stays.
 * @param patience milliseconds
 * @returns the process id of the engine that stays, or undefined when the folder is free
 */
export const waitForFolder = async (folder: string, patience: number): Promise<number | undefined> => {
  const note = readNote(folder);
  if (note === undefined) return undefined;
  const deadline = Date.now() + patience;
  while (Date.now() < deadline) {
    const engine = await engineAt(note.engine);
    if (!engine?.command.includes(`-dbPath ${folder} `)) return undefined;
    if (engine.parent !== note.keeper) kill(note.engine);
    await pause(50);
  }
  return note.engine;
};
