// What the functions stand on instead of the cloud when one machine runs them: its engines, its clock, its folders. Handed in
// before an entry is loaded (local/entries.ts); in the cloud nobody hands anything in, and clients find everything there.
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { S3Client } from '@aws-sdk/client-s3';
import type { Instant } from '../shared/time.ts';
import type { FontSource } from './paper-fonts.ts';
import type { Meter } from './store.ts';

export interface Ground {
  client: DynamoDBClient;
  s3: S3Client;
  /** Signs URLs for the address at which people reach the files. */
  signing: S3Client;
  clock(): Instant;
  fonts: FontSource;
  meter?: Meter;
  /** Where the built web app lies. */
  web?: string;
}

let ground: Ground | undefined;

export const standOn = (other: Ground | undefined): void => {
  ground = other;
};
export const groundHere = (): Ground | undefined => ground;
