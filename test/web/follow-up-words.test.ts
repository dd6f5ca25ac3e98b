// Everything that may follow from an event has words for whoever looks after the house.
import { expect, test } from 'vitest';
import { followUps } from '../../functions/follow-up.ts';
import { followUpSaid } from '../../web/desks/follow-up-words.ts';

test('each follow-up is named in Chinese, with the record it belongs to', () => {
  for (const { name } of followUps) {
    const said = followUpSaid(`letter#letter-2026-06-1#7#${name}`);
    expect(said.what, name).toMatch(/^[\u4e00-\u9fff]+$/);
    expect(said).toMatchObject({ kind: 'letter', id: 'letter-2026-06-1' });
  }
});
