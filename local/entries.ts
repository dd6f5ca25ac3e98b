// The functions of the deployment, on this machine: the very files that are packed for the cloud, with the environment the
// cloud would set, called with the events the cloud would send. Knows what an event looks like; nothing of what is done.
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import * as z from 'zod';
import { environment } from '../functions/config.ts';
import { type Ground, standOn } from '../functions/ground.ts';
import type { StreamRecord } from '../functions/stream-batch.ts';

type Handler<Event, Result> = (event: Event) => Promise<Result>;

export interface Entries {
  api: Handler<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>;
  web: Handler<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2> | undefined;
  stream: Handler<{ Records: StreamRecord[] }, { batchItemFailures: { itemIdentifier: string }[] }>;
  night: Handler<object, void>;
  morning: Handler<object, void>;
  month: Handler<object, void>;
}

const handling = <Event, Result>() =>
  z.object({ handler: z.custom<Handler<Event, Result>>((value) => typeof value === 'function') });

/** One machine after the other: an entry reads its surroundings while it is loaded. */
let before: Promise<unknown> = Promise.resolve();
let machines = 0;

/** Loads every entry anew for one machine; `variables` are named as functions/config.ts names them. */
export const loadEntries = (
  ground: Ground,
  variables: Partial<Record<keyof typeof environment, string>>,
): Promise<Entries> => {
  const load = async (): Promise<Entries> => {
    machines += 1;
    const own = `machine=${machines}`; // a file is loaded once for each query
    const entry = async (name: string): Promise<unknown> => {
      const path = `../functions/entry/${name}.ts?${own}`;
      return import(/* @vite-ignore */ path);
    };
    for (const [name, value] of Object.entries(variables)) {
      const known = Object.entries(environment).find(([field]) => field === name);
      if (known) process.env[known[1]] = value;
    }
    standOn(ground);
    try {
      const door = handling<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>();
      const job = handling<object, void>();
      return {
        api: door.parse(await entry('api')).handler,
        web: ground.web === undefined ? undefined : door.parse(await entry('web')).handler,
        stream: handling<
          { Records: StreamRecord[] },
          { batchItemFailures: { itemIdentifier: string }[] }
        >().parse(await entry('stream')).handler,
        night: job.parse(await entry('night')).handler,
        morning: job.parse(await entry('morning')).handler,
        month: job.parse(await entry('month')).handler,
      };
    } finally {
      standOn(undefined);
    }
  };
  const loaded = before.then(load);
  before = loaded.catch(() => undefined);
  return loaded;
};

/** As EventBridge rings. */
export const ringing = (at: string): object => ({
  ...{ version: '0', id: at, 'detail-type': 'Scheduled Event', source: 'aws.events' },
  ...{ account: 'local', time: at, region: 'local', resources: [], detail: {} },
});
