// The HTTP API: who is there, what was asked, what is answered. The same on Lambda and on one machine. Knows the doors
// from shared/wire.ts and no rule of the house; a refusal is told as RFC 9457 says, with its code and what to do next.
import { DynamoDBServiceException } from '@aws-sdk/client-dynamodb';
import type { Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { Hono } from 'hono/tiny';
import * as z from 'zod';
import { fieldWords } from '../shared/field-words.ts';
import { answerHeaders } from './answer-headers.ts';
import type { House } from './house.ts';
import { type Desk, problemType, refused } from './routes/answers.ts';
import { commandRoutes } from './routes/commands.ts';
import { docsRoutes } from './routes/docs.ts';
import type { TokenCheck } from './token.ts';
import { centreHeader, createDoorkeeper } from './visitor.ts';

z.config({ customError: fieldWords });

export interface AppParts {
  house: House;
  checkToken: TokenCheck;
  /** Whether people reach the house by https; then browsers are told to stay with it. */
  secure: boolean;
  /** How long somebody let in is believed before the register is asked again, in milliseconds; 0 when absent. */
  believed?: number;
  /** Takes one line for whatever should never happen. */
  log?: (line: string) => void;
}

const bodyBytes = 4 * 1024 * 1024;

export const createApp = (parts: AppParts): Hono => {
  const { house, checkToken, secure, believed = 0, log = console.error } = parts;
  const app = withRefusals(log);
  app.use(answerHeaders(secure));
  app.use(async (context, next) => {
    await next();
    const { headers } = context.res;
    if (!headers.has('cache-control')) headers.set('cache-control', 'no-store');
  });
  app.use(
    bodyLimit({ maxSize: bodyBytes, onError: (context) => refused(context, { code: 'request.too-large' }) }),
  );
  const doorkeeper = createDoorkeeper(house, checkToken, believed);
  const desk: Desk = {
    house,
    visitor: (context) =>
      doorkeeper.visitor({
        authorization: context.req.header('authorization'),
        centre: context.req.header(centreHeader),
      }),
    registerChanged: doorkeeper.forget,
  };
  commandRoutes(app, desk);
  docsRoutes(app);
  let others: Promise<Hono> | undefined;
  const loadOthers = async (): Promise<Hono> => {
    const { plainRoutes } = await import('./routes/plain.ts');
    const loaded = withRefusals(log);
    plainRoutes(loaded, desk);
    return loaded;
  };
  // Reading needs to know every kind of record; whoever only comes to report need not wait for that.
  app.all('/api/*', async (context) => {
    others ??= loadOthers();
    return (await others).fetch(context.req.raw);
  });
  return app;
};

const withRefusals = (log: (line: string) => void): Hono => {
  const app = new Hono();
  app.notFound((context) => refused(context, { code: 'route.unknown' }));
  app.onError((error, context) => {
    if (isBusy(error)) return refused(context, { code: 'busy.try-again' });
    log(lineOf(error, context));
    return context.json(internal, 500, { 'content-type': problemType });
  });
  return app;
};

/** For what should never happen: says nothing of why. */
const internal = {
  type: '/api/problems#internal',
  title: '系统出现意外错误',
  status: 500,
  code: 'internal',
  detail: '系统出现意外错误',
  next: '请稍后用同一个提交编号重试;仍不成功请联系系统管理员',
  retry: true,
};

/** The table is busy or away for a moment: the same request may be sent again without harm. */
const isBusy = (error: Error): boolean =>
  error instanceof DynamoDBServiceException &&
  (error.$retryable !== undefined || error.$fault === 'server' || throttled.has(error.name));
const throttled = new Set([
  'ThrottlingException',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'TransactionConflictException',
]);

const lineOf = (error: Error, context: Context): string =>
  JSON.stringify({
    level: 'error',
    at: new Date().toISOString(),
    method: context.req.method,
    path: context.req.routePath,
    error: error.name,
    message: error.message,
    stack: error.stack,
  });
