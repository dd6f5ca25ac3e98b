// The stage on which the half-year is played: the API as each account reaches it, a clock that can be set, the night job
// and the way files travel. Whoever owns a house in-process or a machine provides it; the player knows nothing else.
import * as z from 'zod';
import type { Instant } from '../shared/time.ts';
import { type View, views } from '../shared/views.ts';

interface Reply {
  status: number;
  body: unknown;
}
/** The API as one account; paths begin with `/api/`. */
interface Client {
  get(path: string): Promise<Reply>;
  post(path: string, body: object): Promise<Reply>;
}
export interface Api {
  as(account: string): Client;
}

export interface Stage {
  api: Api;
  /** The issuer whose accounts the centre knows. */
  issuer: string;
  setClock(at: Instant): void;
  night(): Promise<unknown>;
  /** PUTs bytes to the store; by default over the network. */
  send?(put: { url: string; headers: Record<string, string> }, bytes: Uint8Array): Promise<void>;
  /** Told now and then how far the story is. */
  say?(line: string): void;
}

const problem = z.looseObject({ code: z.string(), detail: z.string().optional() });

/** What the API answered with a refusal; the message says who wanted what. */
class Refused extends Error {
  readonly code: string;
  constructor(what: string, reply: Reply) {
    const told = problem.safeParse(reply.body);
    const { code, detail, fields } = told.success ? told.data : { code: `${reply.status}` };
    super(`${what}: ${code} ${detail ?? ''} ${fields === undefined ? '' : JSON.stringify(fields)}`);
    this.code = code;
  }
}

const expected = async (what: string, reply: Promise<Reply>): Promise<unknown> => {
  const { status, body } = await reply;
  if (status >= 400) throw new Refused(what, { status, body });
  return body;
};

/** Reads and posts, each answer parsed by its view; a refusal is thrown, for the plan knows none. */
export const doorsOf = (api: Api) => {
  const ask = async <S extends z.ZodType>(
    what: string,
    view: S,
    reply: Promise<Reply>,
  ): Promise<z.output<S>> => view.parse(await expected(what, reply));
  return {
    read: <S extends z.ZodType>(by: string, view: S, path: string): Promise<z.output<S>> =>
      ask(`${by} reads ${path}`, view, api.as(by).get(path)),
    post: (by: string, path: string, body: object): Promise<View<'answer'>> =>
      ask(
        `${by} posts ${path} ${JSON.stringify(body).slice(0, 300)}`,
        views.answer,
        api.as(by).post(path, body),
      ),
    ask: <S extends z.ZodType>(by: string, view: S, path: string, body: object): Promise<z.output<S>> =>
      ask(`${by} posts ${path}`, view, api.as(by).post(path, body)),
  };
};
export type Doors = ReturnType<typeof doorsOf>;
