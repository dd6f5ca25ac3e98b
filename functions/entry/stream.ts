// What follows from events: what the stream of the table calls.
import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import { houseInTheCloud } from '../cloud.ts';
import { needs, readConfig } from '../config.ts';
import { followRecords } from '../stream-batch.ts';

const house = houseInTheCloud(readConfig(needs.stream));

export const handler = (event: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> =>
  followRecords(house, event.Records);
