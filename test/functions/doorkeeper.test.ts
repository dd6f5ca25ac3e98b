// The door remembers whom it let in, and nobody it sent away. What stands in the register counts again a moment later.
import { describe, expect, it } from 'vitest';
import { createDoorkeeper } from '../../functions/visitor.ts';
import { ok, refuse } from '../../shared/problems.ts';
import { openHouse } from '../house.ts';

const hall = await openHouse();

const account = hall.house.desk('mingchuang').then(({ registry }) => {
  const [one] = [...registry.of.account.values()].filter((entry) => entry.person === 'xun');
  if (!one) throw new Error('nobody');
  return one;
});

describe('the door', () => {
  it('asks for everybody each time unless it may believe', async () => {
    const { issuer, subject } = await account;
    let asked = 0;
    const { visitor } = createDoorkeeper(hall.house, async () => {
      asked += 1;
      return ok({ issuer, subject });
    });
    for (let time = 0; time < 2; time += 1) await visitor({ authorization: 'Bearer a', centre: undefined });
    expect(asked).toBe(2);
  });

  it('believes whom it let in, by the whole header they came with', async () => {
    const { issuer, subject } = await account;
    const asked: string[] = [];
    const { visitor } = createDoorkeeper(
      hall.house,
      async (word) => {
        asked.push(word ?? '');
        return word?.startsWith('Bearer') ? ok({ issuer, subject }) : refuse('token.invalid');
      },
      60_000,
    );
    const first = await visitor({ authorization: 'Bearer a', centre: undefined });
    expect(first).toMatchObject({ ok: true, value: { actor: { person: 'xun' } } });
    expect(await visitor({ authorization: 'Bearer a', centre: undefined })).toEqual(first);
    expect(asked).toEqual(['Bearer a']);
    await visitor({ authorization: 'Bearer b', centre: undefined });
    await visitor({ authorization: 'Bearer a', centre: 'elsewhere' });
    expect(asked).toEqual(['Bearer a', 'Bearer b', 'Bearer a']);
  });

  it('never remembers a refusal, and forgets all when told that the register has changed', async () => {
    const { issuer, subject } = await account;
    let known = false;
    const keeper = createDoorkeeper(
      hall.house,
      async () => (known ? ok({ issuer, subject }) : refuse('token.invalid')),
      60_000,
    );
    const card = { authorization: 'Bearer a', centre: undefined };
    expect((await keeper.visitor(card)).ok).toBe(false);
    known = true;
    expect((await keeper.visitor(card)).ok).toBe(true);
    known = false;
    expect((await keeper.visitor(card)).ok).toBe(true);
    keeper.forget();
    expect((await keeper.visitor(card)).ok).toBe(false);
  });

  it('looks again when the moment is over', async () => {
    const { issuer, subject } = await account;
    let asked = 0;
    const { visitor } = createDoorkeeper(
      hall.house,
      async () => {
        asked += 1;
        return ok({ issuer, subject });
      },
      1,
    );
    const card = { authorization: 'Bearer a', centre: undefined };
    await visitor(card);
    const until = performance.now() + 5;
    while (performance.now() < until) await new Promise((resume) => setTimeout(resume, 1));
    await visitor(card);
    expect(asked).toBe(2);
  });
});
