// A newcomer follows the README to the letter: starts the platform in an empty folder and pastes the commands that
// take a finding from the patrol to an issued letter.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
const commandsOf = (readme: string): string =>
  /```bash\n(.*?)```/s.exec(readFileSync(join(root, readme), 'utf8'))?.[1] ?? '';

const folder = mkdtempSync(join(tmpdir(), 'newcomer-'));
const patience = 420_000;
let platform: ChildProcess;
let url = '';

/** Everything a child prints until it ends, or until `enough` finds what it looks for. */
const printed = (child: ChildProcess, enough?: RegExp): Promise<{ text: string; code: number | null }> =>
  new Promise((done) => {
    let text = '';
    for (const pipe of [child.stdout, child.stderr])
      pipe?.setEncoding('utf8').on('data', (piece: string) => {
        text += piece;
        if (enough?.test(text)) done({ text, code: null });
      });
    child.once('close', (code) => done({ text, code }));
  });

beforeAll(async () => {
  platform = spawn(process.execPath, ['local/start.ts'], {
    cwd: root,
    env: { ...process.env, PORT: '0', DATA_DIR: folder },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const { text } = await printed(platform, /ready: \S+\n/);
  url = /ready: (\S+)\n/.exec(text)?.[1] ?? `not started: ${text}`;
}, patience);

afterAll(async () => {
  const ended = platform.exitCode === null ? printed(platform) : undefined;
  platform.kill('SIGTERM');
  await ended;
  rmSync(folder, { recursive: true, force: true });
}, patience);

it(
  'takes a finding from the patrol to a letter by the commands of the README',
  async () => {
    expect(url).toMatch(/^http:\/\/localhost:\d+$/);
    const shell = spawn('bash', ['-euo', 'pipefail', '-c', commandsOf('README.md')], {
      cwd: root,
      env: { ...process.env, BASE: url, DATA_DIR: folder },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const { text, code } = await printed(shell);
    expect(code, text).toBe(0);
    expect(text).toContain('{"state":"received"}');
    expect(text).toMatch(/"stage":"frozen".*"total":9900.*违规使用手机.*扣1分/);
    expect(text.trim().split('\n').at(-1)).toMatch(/^明政务函〔20\d\d〕1号$/);
  },
  patience,
);

it('reads the same commands in Chinese', () => {
  const bare = (readme: string): string => commandsOf(readme).replace(/\s*# .*$/gm, '');
  expect(bare('README.zh-CN.md')).toBe(bare('README.md'));
});
