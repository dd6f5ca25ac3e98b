// The API as a stranger meets it: who is let in, what is refused and how, and that a refusal leaves no trace.

import { beforeAll, describe, expect, test } from 'vitest';
import { finding, openHouse, type TestHouse } from '../house.ts';

let hall: TestHouse;
beforeAll(async () => {
  hall = await openHouse();
});

describe('a finding', () => {
  test('is reported and read back by the one who reported it', async () => {
    const answer = await hall.as('xun').post('/api/cases', finding());
    expect(answer).toMatchObject({ status: 201, body: { version: 1, at: hall.clock.now() } });
    const read = await hall.as('xun').get(`/api/cases/${answer.body.id}`);
    expect(read.body).toMatchObject({ id: answer.body.id, state: { stage: 'reported' } });
  });
});
