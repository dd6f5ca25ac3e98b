// A centre's archive, laid down in the bucket of papers: what the operator calls with {"centre":"…"}; see local/archive.ts
// for the same on one machine.
import { S3Client } from '@aws-sdk/client-s3';
import * as z from 'zod';
import { writeArchive } from '../archive.ts';
import { bucketPapers, bucketShelf } from '../bucket-shelf.ts';
import { houseInTheCloud } from '../cloud.ts';
import { needs, readConfig } from '../config.ts';

const config = readConfig(needs.archive);
const house = houseInTheCloud(config);
const wanted = z.object({ centre: z.string().min(1) });

export const handler = async (call: unknown): Promise<{ prefix: string; events: number; head: string }> => {
  const { centre } = wanted.parse(call);
  const client = new S3Client({ requestChecksumCalculation: 'WHEN_REQUIRED' });
  const prefix = `${centre}/archives/${house.clock().replace(/[:.]/g, '-')}/`;
  const papers = bucketPapers(client, config.papers);
  const { journal } = await writeArchive(house, centre, bucketShelf(client, config.papers, prefix), papers);
  return { prefix, ...journal };
};
