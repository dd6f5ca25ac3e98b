// From a batch of the table's stream to the follow-ups: inserted events only, in order; a record that cannot be worked
// is named, so that the batch is not lost with it.
import { followEvent } from './follow-up.ts';
import type { House } from './house.ts';
import { eventOfKey } from './keys.ts';
import type { EventItem } from './store.ts';

interface Attribute {
  S?: string | undefined;
  M?: Record<string, Attribute> | undefined;
}
/** What both the Lambda event and the stream's own API call a record. */
export interface StreamRecord {
  eventName?: string | undefined;
  dynamodb?:
    | { SequenceNumber?: string | undefined; NewImage?: Record<string, Attribute> | undefined }
    | undefined;
}

const text = (image: Record<string, Attribute>, name: string): string => image[name]?.S ?? '';

const eventItem = (image: Record<string, Attribute>): EventItem => {
  const texts = image.texts?.M;
  return {
    pk: text(image, 'pk'),
    sk: text(image, 'sk'),
    body: text(image, 'body'),
    hash: text(image, 'hash'),
    request: text(image, 'request'),
    ...(texts === undefined
      ? {}
      : {
          texts: Object.fromEntries(
            Object.entries(texts).map(([digest, entry]) => [
              digest,
              { salt: entry.M?.salt?.S ?? '', text: entry.M?.text?.S ?? '' },
            ]),
          ),
        }),
  };
};

/**
 * Follows a batch. A follow-up that fails is parked in the table and does not stop the batch; what is answered are the
 * sequence numbers of records the table itself could not be reached for.
 */
export const followRecords = async (
  house: House,
  records: readonly StreamRecord[],
): Promise<{ batchItemFailures: { itemIdentifier: string }[] }> => {
  const batchItemFailures: { itemIdentifier: string }[] = [];
  for (const record of records) {
    const image = record.dynamodb?.NewImage;
    if (record.eventName !== 'INSERT' || !image) continue;
    const item = eventItem(image);
    const found = eventOfKey(item);
    if (!found || item.body === '') continue;
    try {
      await followEvent(house, found.centre, item);
    } catch {
      batchItemFailures.push({ itemIdentifier: record.dynamodb?.SequenceNumber ?? '' });
    }
  }
  return { batchItemFailures };
};
