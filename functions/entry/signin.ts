// Where people sign in with a password, when the stage has the built-in accounts: what API Gateway calls for /oidc.
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { Hono } from 'hono';
import { answering } from '../api-event.ts';
import { now } from '../cloud.ts';
import { needs, readConfig, secretsEndpoint } from '../config.ts';
import { createIssuerApp, ownAudience, ownClientId } from '../issuer-app.ts';
import { passwordGate } from '../password-gate.ts';
import { readSecret } from '../secret.ts';
import { openSecretKeys } from '../secret-keys.ts';
import { openSignInBook } from '../sign-in-book.ts';

const { table, signInIssuer, signInSecret } = readConfig(needs.signin);
const client = new DynamoDBClient({});
const { region, credentials } = client.config;
const book = openSignInBook({ client, table, clock: now });

const { app } = createIssuerApp({
  ...{ issuer: signInIssuer, audience: ownAudience, clientId: ownClientId, clock: now },
  ...{ gate: passwordGate(book, now), grants: book.grants },
  signing: openSecretKeys(() =>
    readSecret({ secret: signInSecret, region, credentials, endpoint: secretsEndpoint() }),
  ),
});
const root = new Hono().route('/oidc', app);

export const handler = answering((request) => root.fetch(request));
