// Time limits of the complaint desk. Working days, except the one in which personal data are kept. Figures without a
// source are settings of ours, which the hall sees in its rule book and may change.
import * as z from 'zod';

const workingDays = (days: number) => z.int().min(0).max(60).default(days);

export const complaintTerms = z.strictObject({
  /** 当日或次日受理: simple complaints are taken up the same or the next day in published centre rules. */
  acceptWorkingDays: workingDays(1),
  /** The department concerned explains itself within so many; our figure, that of an answer to a notice. */
  explainWorkingDays: workingDays(2),
  /** From receipt to the feedback: 7 working days in published centre rules (GB/T 36113-2018, 7, sets none). */
  answerWorkingDays: workingDays(7),
  /** A bad rating (差评) is corrected and answered within 15 days in two provinces' rules on 好差评. */
  ratingAnswerWorkingDays: workingDays(15),
  /** Extensions as for 12345 tickets: at most two, the first up to 5 days, the second up to 10 by the leader in charge. */
  extendWorkingDays: workingDays(5),
  extendAgainWorkingDays: workingDays(10),
  /** 回访 after the feedback, filing after the 回访; our figures. */
  revisitWorkingDays: workingDays(5),
  archiveWorkingDays: workingDays(5),
  /** Days for which the complainant's name and contact are kept after filing (PIPL art. 19); our figure. */
  keepComplainantDays: z.int().min(30).max(3650).default(180),
});
export type ComplaintTerms = z.infer<typeof complaintTerms>;

const standing = complaintTerms.parse({});

/** Those of a rule book; one enacted before the desk had its terms goes by the standing ones. */
export const termsOf = ({ complaint }: { complaint?: ComplaintTerms | undefined }): ComplaintTerms =>
  complaint ?? standing;

/** The house rests so many working days between two urgings of its own (RB37); a person may urge again the next day. */
export const urgeRest = 5;
