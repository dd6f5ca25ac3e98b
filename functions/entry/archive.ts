// A centre's archive in the bucket of papers: what the operator calls; see functions/archive-call.ts.
import { S3Client } from '@aws-sdk/client-s3';
import { answerArchiveCall } from '../archive-call.ts';
import { houseInTheCloud } from '../cloud.ts';
import { needs, readConfig } from '../config.ts';

const config = readConfig(needs.archive);
const house = houseInTheCloud(config);

export const handler = async (call: unknown) =>
  answerArchiveCall(
    house,
    { ...config, client: new S3Client({ requestChecksumCalculation: 'WHEN_REQUIRED' }) },
    call,
  );
