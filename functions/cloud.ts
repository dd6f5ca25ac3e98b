// The house as the functions in the cloud stand in it: the table at once, the files on first use, the real clock.
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { S3Client } from '@aws-sdk/client-s3';
import type { Issuer } from './config.ts';
import { createEvidenceStore } from './evidence-store.ts';
import { createHouse, type House } from './house.ts';
import { createPaperStore } from './paper-store.ts';
import { createSealStore } from './seal-store.ts';
import { createStore } from './store.ts';

export const now = (): string => new Date().toISOString();

const s3Client = async (): Promise<S3Client> => {
  const { S3Client } = await import('@aws-sdk/client-s3');
  return new S3Client({ requestChecksumCalculation: 'WHEN_REQUIRED' });
};

/** `evidence` is left out by a door that handles no files. Checksums only where asked: they are signed into URLs. */
export const houseInTheCloud = ({
  table,
  evidence,
  papers,
  issuers = [],
}: {
  table: string;
  evidence?: string;
  papers: string;
  issuers?: readonly Issuer[];
}): House => {
  const client = new DynamoDBClient({});
  const own = issuers.find((issuer) => issuer.builtIn);
  return createHouse({
    store: createStore({ client, table }),
    files: createEvidenceStore({
      bucket: evidence ?? '',
      client: async () => {
        if (evidence === undefined) throw new Error('this door handles no files');
        return s3Client();
      },
    }),
    seals: createSealStore({ client: s3Client, bucket: papers }),
    papers: createPaperStore({
      bucket: papers,
      client: s3Client,
    }),
    ...(own === undefined
      ? {}
      : {
          builtIn: {
            issuer: own.issuer,
            book: async () =>
              (await import('./sign-in-book.ts')).openSignInBook({ client, table, clock: now }),
          },
        }),
    clock: now,
  });
};
