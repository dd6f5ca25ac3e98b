// The house as the functions stand in it: the table at once, the files on first use, the real clock; on one machine, its
// own engines.
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { S3Client } from '@aws-sdk/client-s3';
import type { Issuer } from './config.ts';
import { createEvidenceStore } from './evidence-store.ts';
import { groundHere } from './ground.ts';
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
  const ground = groundHere();
  const client = ground?.client ?? new DynamoDBClient({});
  const clock = ground?.clock ?? now;
  const files = ground === undefined ? s3Client : async () => ground.s3;
  const signed = ground === undefined ? {} : { signingClient: async () => ground.signing };
  const own = issuers.find((issuer) => issuer.builtIn);
  return createHouse({
    store: createStore({ client, table, ...(ground?.meter === undefined ? {} : { meter: ground.meter }) }),
    files: createEvidenceStore({
      bucket: evidence ?? '',
      client: async () => {
        if (evidence === undefined) throw new Error('this door handles no files');
        return files();
      },
      ...signed,
    }),
    seals: createSealStore({ client: files, bucket: papers, ...signed }),
    papers: createPaperStore({
      bucket: papers,
      client: files,
      ...(ground === undefined ? {} : { fonts: ground.fonts }),
    }),
    ...(own === undefined
      ? {}
      : {
          builtIn: {
            issuer: own.issuer,
            book: async () => (await import('./sign-in-book.ts')).openSignInBook({ client, table, clock }),
          },
        }),
    clock,
  });
};
