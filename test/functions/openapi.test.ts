// The contract: it is whole, it is what the house really does, and its page explains it without help from elsewhere.
import { randomUUID } from 'node:crypto';
import { Script } from 'node:vm';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { type OpenApi, type Operation, openApi } from '../../functions/openapi.ts';
import { verifyCentre } from '../../local/verification.ts';
import { commandNamed } from '../../shared/commands.ts';
import { pathNames } from '../../shared/doors.ts';
import { problems } from '../../shared/problems.ts';
import { allDoors, commandDoors, rolesOf } from '../../shared/wire.ts';
import { centreId } from '../cast.ts';
import { noteFigures, times } from '../figures.ts';
import { openHouse, type TestHouse, told } from '../house.ts';

const contract: OpenApi = openApi();
const operations = Object.entries(contract.paths).flatMap(([path, item]) =>
  Object.entries(item).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
);
const refsIn = (value: unknown): string[] =>
  value !== null && typeof value === 'object'
    ? Object.entries(value).flatMap(([key, member]) =>
        key === '$ref' && typeof member === 'string' ? [member] : refsIn(member),
      )
    : [];
const find = (ref: string): unknown =>
  ref
    .slice(2)
    .split('/')
    .reduce<unknown>(
      (value, key) => (value !== null && typeof value === 'object' ? Reflect.get(value, key) : undefined),
      contract,
    );

describe('the contract', () => {
  test('tells every door once, by its own name', () => {
    expect(operations).toHaveLength(allDoors.length);
    expect(new Set(operations.map(({ operation }) => operation.operationId)).size).toBe(allDoors.length);
  });

  test('refers to nothing that is not there, and declares every parameter of a path', () => {
    const refs = refsIn(contract);
    expect(refs.length).toBeGreaterThan(100);
    expect(refs.filter((ref) => find(ref) === undefined)).toEqual([]);
    for (const { path, operation } of operations) {
      const declared = operation.parameters.flatMap((one) =>
        'in' in one && one.in === 'path' ? [one.name] : [],
      );
      expect(declared.sort(), path).toEqual(pathNames(path).sort());
    }
  });

  test('gives an example that its own command takes', () => {
    for (const { operation } of operations) {
      const example = operation.requestBody?.content['application/json'].example;
      if (!commandDoors.some((door) => door.name === operation.operationId)) continue;
      const { commandId: _id, ...fields } = Object(example);
      expect(commandNamed(operation.operationId).bind(fields), operation.operationId).toMatchObject({
        ok: true,
      });
    }
  });

  test('uses only refusals that exist, and every refusal of the house stands somewhere', () => {
    const said = new Set(operations.flatMap(({ operation }) => operation['x-refusals']));
    const known = Object.keys(problems);
    expect([...said].filter((code) => !known.includes(code))).toEqual([]);
    expect(known.filter((code) => !said.has(code))).toEqual([
      'route.unknown',
      'text.control-characters',
      'command.unknown',
    ]);
  });

  test('is printed, so that a changed door is seen in the diff', async () => {
    const lines = operations.map(({ path, method, operation }) => {
      const door = allDoors.find(({ name }) => name === operation.operationId);
      const body = operation.requestBody?.content['application/json'].schema;
      return [
        `${method} ${path}  ${operation.operationId}`,
        `  who: ${door ? rolesOf(door.access).join(' ') || door.access : ''}`,
        ...(body ? [`  body: ${fieldNames(body).join(' ')}`] : []),
      ].join('\n');
    });
    await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot('../golden/doors.txt');
  });
});

/** Names of a body's members; `*` marks those that must be there. */
const fieldNames = (body: { anyOf?: unknown; properties?: object; required?: string[] }): string[] =>
  Array.isArray(body.anyOf)
    ? [...new Set(body.anyOf.flatMap(fieldNames))]
    : Object.keys(body.properties ?? {}).map((name) => (body.required?.includes(name) ? `${name}*` : name));

describe('the house and the contract', () => {
  let hall: TestHouse;
  beforeAll(async () => {
    hall = await openHouse();
  });

  test('every door is there', async () => {
    for (const { path, method } of operations) {
      const address = path.replace(/\{\w+\}/g, 'x');
      const answer = await told(await hall.app.request(address, { method }));
      expect(answer.body.code, `${method} ${path}`).not.toBe('route.unknown');
    }
  });

  const ajv = new Ajv2020({ strict: false, validateFormats: false });
  ajv.addSchema({ $id: 'contract', ...contract });
  const fits = (operation: Operation, body: unknown): boolean => {
    const schema = operation.requestBody?.content['application/json'].schema;
    if (schema === undefined) return true;
    const absolute: object = JSON.parse(JSON.stringify(schema).replaceAll('"#/', '"contract#/'));
    return ajv.validate(absolute, body);
  };

  test('a body the contract forbids is never accepted, and nothing a stranger sends breaks the house', async () => {
    const posts = operations.filter(({ method }) => method === 'POST');
    const junk = fc.oneof(
      fc.constantFrom(null, '', ' ', -1, 1.5, 1e308, true, [], {}, '长'.repeat(5_000), '\u0000', '__proto__'),
      fc.jsonValue({ maxDepth: 2 }),
    );
    const change = fc.record({ at: fc.nat(20), how: fc.constantFrom('replace', 'drop', 'add'), junk });
    const people = fc.constantFrom('ban', 'xun', 'ge', 'chu', 'guan', 'lian', 'wai');
    await fc.assert(
      fc.asyncProperty(
        fc.nat(posts.length - 1),
        fc.array(change, { maxLength: 3 }),
        people,
        async (nth, changes, who) => {
          const post = posts[nth];
          if (!post) return;
          const body = { ...Object(post.operation.requestBody?.content['application/json'].example) };
          body.commandId = randomUUID();
          for (const { at, how, junk: value } of changes) {
            const name = Object.keys(body)[at % Object.keys(body).length] ?? 'x';
            if (how === 'drop') delete body[name];
            else body[how === 'add' ? `x${at}` : name] = value;
          }
          const answer = await hall.as(who).post(addressOf(post.path, post.operation), body);
          expect(answer.status, JSON.stringify([post.path, body, answer.body])).toBeLessThan(500);
          if (!fits(post.operation, { commandId: randomUUID(), ...body }))
            expect(answer.status, JSON.stringify([post.path, body])).toBeGreaterThanOrEqual(400);
        },
      ),
      { numRuns: times(400, 14_000) },
    );
    expect(hall.log).toEqual([]);
  }, 3_600_000);

  test('no address or question breaks the house either', async () => {
    const gets = operations.filter(({ method }) => method === 'GET');
    const word = fc.oneof(
      fc.string({ maxLength: 30, unit: 'binary' }).filter((text) => !/\p{Cs}/u.test(text)),
      fc.constantFrom(
        '',
        '0',
        '-1',
        '1e9',
        '2026-11',
        '2026-13',
        '2026-11-31',
        '2026-02-29',
        '..',
        '%00',
        '#',
        'chuang',
      ),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.nat(gets.length - 1),
        fc.array(word, { minLength: 6, maxLength: 6 }),
        async (nth, words) => {
          const get = gets[nth];
          if (!get) return;
          let at = 0;
          const next = (): string => encodeURIComponent(words[at++ % words.length] ?? '');
          const path = get.path.replace(/\{\w+\}/g, () => next().replace(/^\.*$/, 'x'));
          const query = get.operation.parameters.flatMap((one) =>
            'in' in one && one.in === 'query' ? [`${one.name}=${next()}`] : [],
          );
          const answer = await hall.as('ji').get(query.length === 0 ? path : `${path}?${query.join('&')}`);
          expect(answer.status, path).toBeLessThan(500);
        },
      ),
      { numRuns: times(300, 7_000) },
    );
    expect(hall.log).toEqual([]);
  }, 3_600_000);

  test('and nothing half-written is left of all that', async () => {
    const found = await verifyCentre(hall.house.store, centreId, hall.clock.now());
    expect(found.bad).toEqual([]);
    noteFigures('fuzz', {
      operations: operations.length,
      requests: times(700, 21_000),
      'answers of 500 or more': 0,
      'bodies the contract forbids and the house took': 0,
      'records bad afterwards': found.bad.length,
      'events written': found.events,
    });
  });

  test('an unknown question is refused like an unknown field', async () => {
    expect((await hall.as('ji').get('/api/registry?colour=red')).body.code).toBe('request.invalid');
  });

  const page = (path: string) => hall.app.request(path);

  test('the contract and its page come from our own origin, and the page holds no script', async () => {
    expect(await (await page('/api/openapi.json')).json()).toEqual(JSON.parse(JSON.stringify(contract)));
    const docs = await page('/api/docs');
    expect(docs.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(docs.headers.get('content-security-policy')).toContain("script-src 'self'");
    const html = await docs.text();
    for (const { operation } of operations) expect(html).toContain(`<article id="${operation.operationId}">`);
    expect(html.match(/<script[^>]*>/g)).toEqual(['<script src="/api/docs/page.js" defer>']);
    expect(html).not.toMatch(/ on\w+=|style=|https?:/);
    expect(html).not.toContain('undefined');
    for (const [path, type] of [
      ['/api/docs/page.css', 'text/css'],
      ['/api/docs/page.js', 'text/javascript'],
    ] as const) {
      const part = await page(path);
      expect(part.headers.get('content-type')).toContain(type);
      expect(part.status).toBe(200);
    }
    const script = await (await page('/api/docs/page.js')).text();
    expect(() => new Script(script)).not.toThrow();
  });
});

const addressOf = (path: string, operation: Operation): string => {
  const values: Record<string, string> = {
    record: 'case-2026-11-0190a1b2-0000-4000-8000-000000000002',
    n: '1',
    month: '2026-10',
  };
  return path.replace(/\{(\w+)\}/g, (_whole, name: string) => {
    const kind = operation.operationId.split('.')[0] ?? '';
    const uuid = '0190a1b2-0000-4000-8000-000000000001';
    const ids: Record<string, string> = {
      inspection: `inspection-2026-11-18-${uuid}`,
      talk: 'talk-2026-11-section-staff-0101-1',
      award: 'award-2026-10-star',
    };
    return values[name] ?? ids[kind] ?? `${kind}-2026-11-${uuid}`;
  });
};
