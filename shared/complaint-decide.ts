// What may be done with a complaint, in the order of its life.
import type { Command } from './command.ts';
import { complaintDeskCommands } from './complaint-desk-decide.ts';
import { complaintFeedbackCommands } from './complaint-feedback-decide.ts';
import { complaintInquiryCommands } from './complaint-inquiry-decide.ts';

export const complaintCommands: Command[] = [
  ...complaintDeskCommands,
  ...complaintInquiryCommands,
  ...complaintFeedbackCommands,
];
