// The same doors as functions/entry/api.ts put up with Express, as most would: every client and every answer at hand
// from the start. Only the bench packs it, to have something to compare the start of the API function with.
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import express from 'express';
import serverless from 'serverless-http';
import { openAward, readProposal, reassessAward } from '../../functions/award-month.ts';
import { readBoard, readMeasures, readScore } from '../../functions/board.ts';
import { docsPage } from '../../functions/docs-page.ts';
import { completeUpload, uploadPlan, viewEvidence } from '../../functions/evidence.ts';
import { createEvidenceStore } from '../../functions/evidence-store.ts';
import { createHouse } from '../../functions/house.ts';
import * as lists from '../../functions/lists.ts';
import { freezeMonth, sumMonth } from '../../functions/month.ts';
import { draftMonthLetter, proposeMonthLetter } from '../../functions/month-letters.ts';
import { readObligations } from '../../functions/obligations.ts';
import { openApi } from '../../functions/openapi.ts';
import { readRecord } from '../../functions/read.ts';
import { run } from '../../functions/run.ts';
import { createStore } from '../../functions/store.ts';
import { createTokenCheck } from '../../functions/token.ts';
import { visitorOf } from '../../functions/visitor.ts';
import { allDoors } from '../../shared/wire.ts';

const clock = (): string => new Date().toISOString();
const s3 = new S3Client({});
const house = createHouse({
  store: createStore({ client: new DynamoDBClient({}), table: process.env.TABLE_NAME ?? '' }),
  files: createEvidenceStore({ client: async () => s3, bucket: process.env.EVIDENCE_BUCKET ?? '' }),
  clock,
});
const checkToken = createTokenCheck({ issuers: JSON.parse(process.env.TOKEN_ISSUERS ?? '[]'), clock });
/** What the other doors answer with; named so that nothing of it is left out of the bundle. */
const answers = [
  ...[openAward, readProposal, reassessAward, readBoard, readMeasures, readScore, completeUpload, uploadPlan],
  ...[viewEvidence, freezeMonth, sumMonth, draftMonthLetter, proposeMonthLetter, readRecord, readObligations],
  ...[...Object.values(lists), docsPage, openApi, getSignedUrl],
];

const app = express();
app.use(express.json({ limit: '4mb' }));
for (const door of allDoors) {
  const path = door.path.replace(/\{(\w+)\}/g, ':$1');
  const method = door.method === 'GET' ? 'get' : 'post';
  app[method](path, async (request, response) => {
    const who = await visitorOf(house, checkToken, {
      authorization: request.header('authorization'),
      centre: request.header('mingchuang-centre'),
    });
    if (!who.ok) return void response.status(401).json(who.problem);
    if (!('command' in door)) return void response.json(answers.length);
    const { commandId, ...fields } = request.body;
    const done = await run(house, who.value.centre, who.value.actor, door.command, {
      commandId,
      fields,
      target: String(request.params.id),
    });
    response.status(door.success).json(done);
  });
}

export const handler = serverless(app);
