// The web app: what the API's address answers to everything outside /api.
import { join } from 'node:path';
import { answering } from '../api-event.ts';
import { needs, readConfig } from '../config.ts';
import { groundHere } from '../ground.ts';
import { createWebPages } from '../web-pages.ts';

const { pages, origins } = readConfig(needs.web);

export const handler = answering(
  createWebPages({
    folder: groundHere()?.web ?? join(import.meta.dirname, 'web'),
    ...{ settings: pages, origins, secure: true },
  }),
);
