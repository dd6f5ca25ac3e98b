// The line of a simulated tablet: a `fetch` that breaks. It loses requests before, in the middle of and after being sent,
// sends some twice and late, and is gone for a while. Counts every byte of a body that leaves, also of those in vain.
import { appendFileSync } from 'node:fs';
import { type IncomingMessage, request } from 'node:http';

export interface LineSettings {
  url: string;
  /** Bytes that left, a line each; read after the tablet was killed too. */
  ledger: string;
  random: () => number;
  /** Whether the line may break now. */
  rough: () => boolean;
  /** The line is back after it broke. */
  back: () => void;
}

const chunk = 65_536;
const pause = (milliseconds: number): Promise<void> =>
  new Promise((resume) => setTimeout(resume, milliseconds));

const bytesOf = async (body: unknown): Promise<Buffer> => {
  if (body instanceof Blob) return Buffer.from(await body.arrayBuffer());
  return typeof body === 'string' ? Buffer.from(body) : Buffer.alloc(0);
};

/** Sends; breaks off after `until` bytes of the body when that is less than all. */
const travel = (
  { ledger }: LineSettings,
  url: URL,
  init: RequestInit,
  body: Buffer,
  until: number,
): Promise<Response> =>
  new Promise((resolve, reject) => {
    const lost = (): void => reject(new TypeError('fetch failed'));
    const headers = Object.fromEntries(new Headers(init.headers));
    const length = body.length > 0 ? { 'content-length': String(body.length) } : {};
    const asking = request(url, { method: init.method ?? 'GET', headers: { ...headers, ...length } });
    asking.on('error', lost);
    asking.on('response', (answer: IncomingMessage) => {
      const parts: Buffer[] = [];
      answer.on('data', (part: Buffer) => parts.push(part));
      answer.on('error', lost);
      answer.on('aborted', lost);
      answer.on('end', () => {
        const status = answer.statusCode ?? 500;
        const told = new Headers();
        for (const [name, value] of Object.entries(answer.headers))
          if (typeof value === 'string') told.set(name, value);
        resolve(
          new Response(status === 204 || status === 304 ? null : Buffer.concat(parts), {
            ...{ status, headers: told },
          }),
        );
      });
    });
    const send = (from: number): void => {
      if (from >= until && until < body.length) {
        asking.destroy();
        lost();
        return;
      }
      if (from >= body.length) {
        asking.end();
        return;
      }
      const part = body.subarray(from, Math.min(from + chunk, body.length, Math.max(until, from + 1)));
      appendFileSync(ledger, `${part.length}\n`);
      asking.write(part, () => send(from + part.length));
    };
    send(0);
  });

/** Puts the breaking line where the app looks for `fetch`. */
export const installLine = (settings: LineSettings): void => {
  const { random } = settings;
  let goneUntil = 0;
  const broken = async (milliseconds: number): Promise<never> => {
    goneUntil = Math.max(goneUntil, performance.now() + milliseconds);
    setTimeout(settings.back, milliseconds + 20);
    throw new TypeError('fetch failed');
  };
  const line = async (to: unknown, init: RequestInit = {}): Promise<Response> => {
    const url = new URL(String(to), settings.url);
    const body = await bytesOf(init.body);
    if (performance.now() < goneUntil) throw new TypeError('fetch failed');
    const all = (): Promise<Response> =>
      travel(settings, url, init, body, body.length).catch(() => broken(300));
    if (!settings.rough()) return all();
    const fate = random();
    if (fate < 0.03) return broken(200 + random() * 1_500);
    if (fate < 0.07) {
      await travel(settings, url, init, body, Math.floor(random() * body.length)).catch(() => undefined);
      return broken(100 + random() * 400);
    }
    if (fate < 0.11) {
      await all();
      return broken(100 + random() * 400); // the answer is lost
    }
    if (fate < 0.15) {
      // Twice, the second one late: it comes after what was asked later.
      setTimeout(
        () => void travel(settings, url, init, body, body.length).catch(() => undefined),
        random() * 2_000,
      );
      return all();
    }
    if (fate < 0.25) await pause(random() * 300);
    return all();
  };
  Object.assign(globalThis, { fetch: line });
};
