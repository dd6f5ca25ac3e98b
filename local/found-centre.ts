// How a centre comes to be: its own entry, its office as a department, its first administrator with an account, and the
// calendar years that are known. Everything else the administrator enters, or the accounts' file brings.
import { derivedCommandId } from '../functions/derived-id.ts';
import type { House } from '../functions/house.ts';
import { run } from '../functions/run.ts';
import type { Answer } from '../functions/store.ts';
import { system } from '../shared/access.ts';
import { calendarYears } from '../shared/calendar-years.ts';
import { commandNamed } from '../shared/commands.ts';
import type { RegistryEntry } from '../shared/people.ts';
import type { Result } from '../shared/problems.ts';
import type { Day } from '../shared/time.ts';

export interface Founding {
  /** Small letters, digits and hyphens; stays for ever. */
  id: string;
  name: string;
  /** Code word of the organ in document numbers, such as 澄政服. */
  codeWord: string;
  /** The first administrator's name, and how the issuer calls them. */
  admin: string;
  issuer: string;
  subject: string;
  from: Day;
}

const office = 'department-centre';

/** The hours most halls keep; the administrator changes them. */
const usualHours = [
  { from: '09:00', to: '12:00' },
  { from: '13:30', to: '17:00' },
];

const entriesOf = ({ name, admin, issuer, subject, from }: Founding): RegistryEntry[] => [
  { kind: 'department', id: office, name, employer: 'centre', from },
  { kind: 'staff', id: 'admin', name: admin, department: office, post: 'office', from },
  { kind: 'grant', id: 'admin-admin', person: 'admin', role: 'admin', from },
  { kind: 'account', id: 'admin', issuer, subject, person: 'admin', from },
  ...calendarYears.map((year) => ({ kind: 'calendar' as const, id: `calendar-${year.year}`, year })),
];

/** Founds a centre beside those already there. The same again gives the same answer; another by that id is refused. */
export const foundCentre = (house: House, founding: Founding): Promise<Result<Answer>> =>
  run(house, founding.id, system, commandNamed('centre.found'), {
    commandId: derivedCommandId('centre.found', founding.id),
    fields: {
      centre: {
        kind: 'centre',
        id: founding.id,
        name: founding.name,
        codeWord: founding.codeWord,
        hours: [{ from: founding.from, spans: usualHours }],
      },
      entries: entriesOf(founding),
    },
  });
