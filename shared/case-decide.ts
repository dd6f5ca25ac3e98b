// What may be done with a violation case, in the order of its life.
import { caseHearingCommands } from './case-hearing-decide.ts';
import { caseReportCommands } from './case-report-decide.ts';
import { caseVerifyCommands } from './case-verify-decide.ts';
import type { Command } from './command.ts';

export const caseCommands: Command[] = [...caseReportCommands, ...caseVerifyCommands, ...caseHearingCommands];
