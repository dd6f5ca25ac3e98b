// All commands of the house in one list. A command that nobody but the house itself may give has no door: it is kept
// apart by the table of permissions, not by remembering it here.
import { onlyTheHouse } from './access.ts';
import { awardCommands, internalAwardCommands } from './award-decide.ts';
import { bonusCommands } from './bonus-decide.ts';
import { caseCommands } from './case-decide.ts';
import type { Command } from './command.ts';
import { complaintCommands } from './complaint-decide.ts';
import { seeComplainant } from './complaint-feedback-decide.ts';
import { coverCommands } from './cover-decide.ts';
import { delegationCommands } from './delegation-decide.ts';
import { enforcementCommands } from './enforcement-decide.ts';
import { evidenceCommands, lookupCommands } from './evidence-decide.ts';
import { figureCommands } from './figure-decide.ts';
import { inspectionCommands } from './inspection-decide.ts';
import { leaveCommands } from './leave-decide.ts';
import { internalLetterCommands, letterCommands } from './letter-decide.ts';
import { objectionCommands } from './objection-decide.ts';
import { openingCommands } from './opening-decide.ts';
import { takePersonFile } from './person-file-decide.ts';
import { rectificationCommands } from './rectification-decide.ts';
import { registryCommands } from './registry-decide.ts';
import { rollCallCommands } from './roll-call-decide.ts';
import { ruleBookCommands } from './rulebook-enact-decide.ts';
import { talkCommands } from './talk-decide.ts';

/** In the order in which the API page shows them. Months are summed and frozen by functions/month.ts. */
const commands: readonly Command[] = [
  ...inspectionCommands,
  ...rollCallCommands,
  ...caseCommands,
  ...complaintCommands,
  ...bonusCommands,
  ...rectificationCommands,
  ...talkCommands,
  ...enforcementCommands,
  ...letterCommands,
  ...objectionCommands,
  ...awardCommands,
  ...leaveCommands,
  ...coverCommands,
  ...figureCommands,
  ...openingCommands,
  ...ruleBookCommands,
  ...registryCommands,
  ...delegationCommands,
];

/** Commands that have a door of their own. */
export const publicCommands: readonly Command[] = commands.filter(({ type }) => !onlyTheHouse(type));
/** What time, a store or the founding of a centre brings about; a look at evidence goes by functions/evidence.ts. */
const internalCommands: readonly Command[] = [
  ...commands.filter(({ type }) => onlyTheHouse(type)),
  ...lookupCommands,
  seeComplainant,
  takePersonFile,
  ...internalLetterCommands,
  ...internalAwardCommands,
  ...Object.values(evidenceCommands).flat(),
];

const byType = new Map([...publicCommands, ...internalCommands].map((command) => [command.type, command]));
/** A command by its type, for what the house does by itself; throws on a name that is not there. */
export const commandNamed = (type: string): Command => {
  const found = byType.get(type);
  if (!found) throw new Error(`no command ${type}`);
  return found;
};
