// The door for people: what API Gateway calls.
import { answering } from '../api-event.ts';
import { houseInTheCloud, now } from '../cloud.ts';
import { needs, readConfig } from '../config.ts';
import { createApp } from '../http.ts';
import { createTokenCheck } from '../token.ts';
import { believed } from '../visitor.ts';

const config = readConfig(needs.api);

const app = createApp({
  house: houseInTheCloud(config),
  checkToken: createTokenCheck({ issuers: config.issuers, clock: now }),
  secure: true,
  believed,
});

export const handler = answering((request) => app.fetch(request));
