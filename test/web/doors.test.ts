// The web app asks only at doors that are there: every address of the API spelled in web/ is held against the list of
// doors, so that a renamed command is seen before a person presses the button.
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { allDoors } from '../../shared/wire.ts';

const room = resolve(import.meta.dirname, '../../web');
const sources = readdirSync(room, { recursive: true, encoding: 'utf8' }).filter((path) =>
  /\.tsx?$/.test(path),
);

/** `/api/cases/${id}/confirm?x=1` → ['api', 'cases', undefined, 'confirm']; what is filled in may be anything. */
const segmentsOf = (address: string): (string | undefined)[] =>
  address
    .replace(/\?.*$/, '')
    .split('/')
    .slice(1)
    .map((segment) => (/[{$}]/.test(segment) ? undefined : segment));

const leadsTo = (address: (string | undefined)[], door: (string | undefined)[]): boolean =>
  address.length === door.length &&
  address.every((segment, at) => {
    const wanted = door[at];
    return segment === undefined || wanted === undefined || segment === wanted;
  });

const doors = allDoors.map(({ path }) => segmentsOf(path));
const asked = sources.flatMap((path) =>
  [...readFileSync(join(room, path), 'utf8').matchAll(/[`'"](\/api\/(?:\$\{[^}]*\}|[^`'"$\s])*)[`'"]/g)].map(
    ([, address = '']) => ({ path, address }),
  ),
);

describe('the doors the web app knocks at', () => {
  it('are all there', () => {
    expect(asked.length).toBeGreaterThan(1);
    expect(asked.filter(({ address }) => !doors.some((door) => leadsTo(segmentsOf(address), door)))).toEqual(
      [],
    );
  });

  // biome-ignore-start lint/suspicious/noTemplateCurlyInString: addresses as the sources spell them
  it('would be missed if they were not', () => {
    expect(doors.some((door) => leadsTo(segmentsOf('/api/cases/${id}/confirm'), door))).toBe(true);
    expect(doors.some((door) => leadsTo(segmentsOf('/api/cases/${id}/approve'), door))).toBe(false);
  });
  // biome-ignore-end lint/suspicious/noTemplateCurlyInString: until here
});
