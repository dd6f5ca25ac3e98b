// The doors that are no plain commands: each parsed by its description in shared/plain-doors.ts and handed to the
// function that answers it. A door without an answer does not compile.
import type { Hono } from 'hono';
import * as z from 'zod';
import { type PlainDoor, pathNames } from '../../shared/doors.ts';
import { type PlainDoorName, plainDoors } from '../../shared/plain-doors.ts';
import { invalid, ok, problems, type Result, refuse } from '../../shared/problems.ts';
import type { View, ViewName } from '../../shared/views.ts';

import { completeUpload, uploadPlan, viewEvidence } from '../evidence.ts';
import { forRequest, type House } from '../house.ts';
import {
  listAwards,
  listBonuses,
  listInspections,
  listLetters,
  listLookups,
  listOpenings,
  listRegistry,
  listRuleBooks,
  listTalks,
  readMe,
  readOwnRecord,
  readRuleBook,
} from '../lists.ts';
import { findByNumber, readRecord } from '../read.ts';
import type { Visitor } from '../visitor.ts';
import { answered, bodyOf, type Desk, refused, routeOf } from './answers.ts';

// What a month is read and closed with is loaded on first asking: a function that starts to take a report needs none.
const board = () => import('../board.ts');
const closing = () => import('../month.ts');
const batch = () => import('../confirm-batch.ts');
const complaints = () => import('../complaints.ts');
const monthLetters = () => import('../month-letters.ts');
const registers = () => import('../paper-register.ts');
const prints = () => import('../print-register.ts');
const formFiles = () => import('../form-file.ts');
const reports = () => import('../report-file.ts');
const links = () => import('../letter-links.ts');
const letterFiles = () => import('../letter-file.ts');
const drafts = () => import('../rulebook-desk.ts');
const shift = () => import('../shift.ts');
const awards = () => import('../award-month.ts');
const seals = () => import('../seal-desk.ts');

/** A door with what answers it; `raw` is what came in by path, query and body. */
interface Served {
  door: PlainDoor;
  answer(house: House, who: Visitor | undefined, raw: Record<string, unknown>): Promise<Result<unknown>>;
}

/** Binds a door to its answer: the input is parsed by the door's own schema, the answer has the shape of its view. */
const at = <Input extends z.ZodObject, Name extends ViewName>(
  door: PlainDoor<Input> & { view: Name },
  answer: (house: House, who: Visitor, input: z.output<Input>) => Promise<Result<View<Name>>>,
): Served => ({
  door,
  answer: async (house, who, raw) => {
    if (!who) throw new Error(`${door.name} was answered to nobody`);
    const input = parsed(door, raw);
    return input.ok ? answer(house, who, input.value) : input;
  },
});

/** A door that asks nobody who they are. */
const open = <Input extends z.ZodObject, Name extends ViewName>(
  door: PlainDoor<Input> & { view: Name },
  answer: (house: House, input: z.output<Input>) => Promise<Result<View<Name>>>,
): Served => ({
  door,
  answer: async (house, _who, raw) => {
    const input = parsed(door, raw);
    return input.ok ? answer(house, input.value) : input;
  },
});

/** What the path names wrongly is not there; anything else wrong is told field by field. */
const parsed = <Input extends z.ZodObject>(
  door: PlainDoor<Input>,
  raw: Record<string, unknown>,
): Result<z.output<Input>> => {
  const found = door.input.safeParse(raw);
  if (found.success) return ok(found.data);
  const named = pathNames(door.path);
  const outside = found.error.issues.some((issue) => named.includes(String(issue.path[0])));
  return outside ? refuse('thing.not-found') : invalid(found.error);
};

const problemItems = Object.entries(problems).map(([code, kind]) => ({ code, ...kind }));

const served: Record<PlainDoorName, Served> = {
  'me.read': at(plainDoors['me.read'], (house, { centre, actor, centres }) =>
    readMe(house, centre, actor, centres),
  ),
  'inspection.read': at(plainDoors['inspection.read'], (house, { centre, actor }, { id }) =>
    readRecord(house, centre, actor, 'inspection', id),
  ),
  'case.read': at(plainDoors['case.read'], (house, { centre, actor }, { id }) =>
    readRecord(house, centre, actor, 'case', id),
  ),
  'case.confirmBatch': at(plainDoors['case.confirmBatch'], async (house, { centre, actor }, input) =>
    (await batch()).confirmBatch(house, centre, actor, input),
  ),
  'case.byNumber': at(plainDoors['case.byNumber'], (house, { centre, actor }, { number }) =>
    findByNumber(house, centre, actor, number),
  ),
  'bonus.read': at(plainDoors['bonus.read'], (house, { centre, actor }, { id }) =>
    readRecord(house, centre, actor, 'bonus', id),
  ),
  'bonus.list': at(plainDoors['bonus.list'], (house, { centre, actor }, input) =>
    listBonuses(house, centre, actor, input),
  ),
  'complaint.list': at(plainDoors['complaint.list'], async (house, { centre, actor }, input) =>
    (await complaints()).listComplaints(house, centre, actor, input),
  ),
  'complaint.read': at(plainDoors['complaint.read'], (house, { centre, actor }, { id }) =>
    readRecord(house, centre, actor, 'complaint', id),
  ),
  'complaint.sameIncident': at(
    plainDoors['complaint.sameIncident'],
    async (house, { centre, actor }, input) => (await complaints()).proposeSame(house, centre, actor, input),
  ),
  'complaint.complainant': at(plainDoors['complaint.complainant'], async (house, { centre, actor }, input) =>
    (await complaints()).tellComplainant(house, centre, actor, input),
  ),
  'complaint.complainantRegister': at(
    plainDoors['complaint.complainantRegister'],
    async (house, { centre, actor }, input) =>
      (await complaints()).readComplainantRegister(house, centre, actor, input),
  ),
  'complaint.figures': at(plainDoors['complaint.figures'], async (house, { centre, actor }, input) =>
    (await complaints()).readFigures(house, centre, actor, input),
  ),
  'rectification.read': at(plainDoors['rectification.read'], (house, { centre, actor }, { id }) =>
    readRecord(house, centre, actor, 'rectification', id),
  ),
  'talk.read': at(plainDoors['talk.read'], (house, { centre, actor }, { id }) =>
    readRecord(house, centre, actor, 'talk', id),
  ),
  'letter.read': at(plainDoors['letter.read'], (house, { centre, actor }, { id }) =>
    readRecord(house, centre, actor, 'letter', id),
  ),
  'award.read': at(plainDoors['award.read'], (house, { centre, actor }, { id }) =>
    readRecord(house, centre, actor, 'award', id),
  ),
  'inspection.list': at(plainDoors['inspection.list'], (house, { centre, actor }, input) =>
    listInspections(house, centre, actor, input),
  ),
  'talk.list': at(plainDoors['talk.list'], (house, { centre, actor }, input) =>
    listTalks(house, centre, actor, input),
  ),
  'award.list': at(plainDoors['award.list'], (house, { centre, actor }, input) =>
    listAwards(house, centre, actor, input),
  ),
  'month.list': at(plainDoors['month.list'], async (house, { centre, actor }) =>
    (await import('../month-list.ts')).listMonths(house, centre, actor),
  ),
  'case.sameIncident': at(plainDoors['case.sameIncident'], async (house, { centre, actor }, input) =>
    (await import('../same-case.ts')).proposeSameCases(house, centre, actor, input),
  ),
  'enforcement.read': at(plainDoors['enforcement.read'], (house, { centre, actor }, { id }) =>
    readRecord(house, centre, actor, 'enforcement', id),
  ),
  'objection.read': at(plainDoors['objection.read'], (house, { centre, actor }, { id }) =>
    readRecord(house, centre, actor, 'objection', id),
  ),
  'objection.list': at(plainDoors['objection.list'], async (house, { centre, actor }, input) =>
    (await import('../objections.ts')).listObjections(house, centre, actor, input),
  ),
  'letter.list': at(plainDoors['letter.list'], (house, { centre, actor }, input) =>
    listLetters(house, centre, actor, input),
  ),
  'month.board': at(plainDoors['month.board'], async (house, { centre, actor }, input) =>
    (await board()).readBoard(house, centre, actor, input),
  ),
  'month.score': at(plainDoors['month.score'], async (house, { centre, actor }, input) =>
    (await board()).readScore(house, centre, actor, input),
  ),
  'month.unitScore': at(plainDoors['month.unitScore'], async (house, { centre, actor }, input) =>
    (await board()).readUnitScore(house, centre, actor, input),
  ),
  'month.measures': at(plainDoors['month.measures'], async (house, { centre, actor }, input) =>
    (await board()).readMeasures(house, centre, actor, input),
  ),
  'obligation.list': at(plainDoors['obligation.list'], async (house, { centre, actor }) =>
    (await import('../obligations.ts')).readObligations(house, centre, actor),
  ),
  'followUp.list': at(plainDoors['followUp.list'], async (house, { centre, actor }) =>
    (await import('../follow-up.ts')).readParked(house, centre, actor),
  ),
  'month.export': at(plainDoors['month.export'], async (house, { centre, actor }, input) =>
    (await import('../month-export.ts')).exportMonth(house, centre, actor, input),
  ),
  'seal.list': at(plainDoors['seal.list'], async (house, { centre, actor }, input) =>
    (await seals()).listSeals(house, centre, actor, input),
  ),
  'seal.read': at(plainDoors['seal.read'], async (house, { centre, actor }, input) =>
    (await seals()).readOneSeal(house, centre, actor, input),
  ),
  'leave.read': at(plainDoors['leave.read'], (house, { centre, actor }, { id }) =>
    readRecord(house, centre, actor, 'leave', id),
  ),
  'cover.read': at(plainDoors['cover.read'], (house, { centre, actor }, { id }) =>
    readRecord(house, centre, actor, 'cover', id),
  ),
  'leave.import': at(plainDoors['leave.import'], async (house, { centre, actor }, input) =>
    (await import('../attendance-import.ts')).importAttendance(house, centre, actor, input),
  ),
  'month.attendance': at(plainDoors['month.attendance'], async (house, { centre, actor }, input) =>
    (await import('../attendance-month.ts')).readAttendance(house, centre, actor, input),
  ),
  'opening.read': at(plainDoors['opening.read'], (house, { centre, actor }, { id }) =>
    readRecord(house, centre, actor, 'opening', id),
  ),
  'opening.list': at(plainDoors['opening.list'], (house, { centre, actor }, input) =>
    listOpenings(house, centre, actor, input),
  ),
  'opening.import': at(plainDoors['opening.import'], async (house, { centre, actor }, input) =>
    (await import('../opening-import.ts')).importOpenings(house, centre, actor, input),
  ),
  'presence.at': at(plainDoors['presence.at'], async (house, { centre, actor }, input) =>
    (await import('../day-roster.ts')).readPresence(house, centre, actor, input),
  ),
  'shift.read': at(plainDoors['shift.read'], async (house, { centre, actor }) =>
    (await shift()).readShift(house, centre, actor),
  ),
  'shift.coverage': at(plainDoors['shift.coverage'], async (house, { centre, actor }, input) =>
    (await shift()).readCoverage(house, centre, actor, input),
  ),
  'shift.reports': at(plainDoors['shift.reports'], async (house, { centre, actor }, input) =>
    (await shift()).readOwnReports(house, centre, actor, input),
  ),
  'case.presence': at(plainDoors['case.presence'], async (house, { centre, actor }, input) =>
    (await import('../day-roster.ts')).readCasePresence(house, centre, actor, input),
  ),
  'leave.list': at(plainDoors['leave.list'], async (house, { centre, actor }, input) =>
    (await import('../day-roster.ts')).listRoster(house, centre, actor, input),
  ),
  'rulebook.list': at(plainDoors['rulebook.list'], (house, { centre, actor }, input) =>
    listRuleBooks(house, centre, actor, input),
  ),
  'rulebook.check': at(plainDoors['rulebook.check'], async (house, { centre, actor }, input) =>
    (await drafts()).checkDraft(house, centre, actor, input),
  ),
  'rulebook.rehearse': at(plainDoors['rulebook.rehearse'], async (house, { centre, actor }, input) =>
    (await drafts()).rehearseDraft(house, centre, actor, input),
  ),
  'rulebook.read': at(plainDoors['rulebook.read'], (house, { centre, actor }, input) =>
    readRuleBook(house, centre, actor, input),
  ),
  'registry.list': at(plainDoors['registry.list'], (house, { centre, actor }, input) =>
    listRegistry(house, centre, actor, input),
  ),
  'account.firstPasswords': at(
    plainDoors['account.firstPasswords'],
    async (house, { centre, actor }, input) =>
      (await import('../first-passwords.ts')).giveFirstPasswords(house, centre, actor, input),
  ),
  'province.overview': at(plainDoors['province.overview'], async (house, { centre, actor }, input) =>
    (await import('../province.ts')).readOverview(house, centre, actor, input),
  ),
  'person.record': at(plainDoors['person.record'], (house, { centre, actor }, input) =>
    readOwnRecord(house, centre, actor, input),
  ),
  'person.takeFile': at(plainDoors['person.takeFile'], async (house, { centre, actor }, input) =>
    (await import('../person-file.ts')).takePersonFile(house, centre, actor, input),
  ),
  'person.fileRegister': at(plainDoors['person.fileRegister'], async (house, { centre, actor }, input) =>
    (await import('../person-file.ts')).readPersonFileRegister(house, centre, actor, input),
  ),
  'evidence.upload': at(plainDoors['evidence.upload'], (house, { centre, actor }, input) =>
    uploadPlan(house, centre, actor, input),
  ),
  'evidence.complete': at(plainDoors['evidence.complete'], (house, { centre, actor }, input) =>
    completeUpload(house, centre, actor, input),
  ),
  'evidence.view': at(plainDoors['evidence.view'], (house, { centre, actor }, input) =>
    viewEvidence(house, centre, actor, input),
  ),
  'evidence.register': at(plainDoors['evidence.register'], (house, { centre, actor }, input) =>
    listLookups(house, centre, actor, input),
  ),
  'figure.list': at(plainDoors['figure.list'], async (house, { centre, actor }, input) =>
    (await import('../month-figures.ts')).listFigures(house, centre, actor, input),
  ),
  'figure.read': at(plainDoors['figure.read'], (house, { centre, actor }, { id }) =>
    readRecord(house, centre, actor, 'figure', id),
  ),
  'month.sum': at(plainDoors['month.sum'], async (house, { centre, actor }, input) =>
    (await closing()).sumMonth(house, centre, actor, input),
  ),
  'month.freeze': at(plainDoors['month.freeze'], async (house, { centre, actor }, input) =>
    (await closing()).freezeMonth(house, centre, actor, input),
  ),
  'letter.draftFromMonth': at(plainDoors['letter.draftFromMonth'], async (house, { centre, actor }, input) =>
    (await monthLetters()).draftMonthLetter(house, centre, actor, input),
  ),
  'letter.caseProposal': at(plainDoors['letter.caseProposal'], async (house, { centre, actor }, input) =>
    (await import('../case-letters.ts')).proposeCaseLetter(house, centre, actor, input),
  ),
  'letter.proposal': at(plainDoors['letter.proposal'], async (house, { centre, actor }, input) =>
    (await monthLetters()).proposeMonthLetter(house, centre, actor, input),
  ),
  'letter.paper': at(plainDoors['letter.paper'], async (house, { centre, actor }, input) =>
    (await letterFiles()).readLetterPaper(house, centre, actor, input),
  ),
  'letter.facts': at(plainDoors['letter.facts'], async (house, { centre, actor }, { id }) =>
    (await import('../letter-facts-now.ts')).readFactsNow(house, centre, actor, id),
  ),
  'letter.prints': at(plainDoors['letter.prints'], async (house, { centre, actor }, { id }) =>
    (await prints()).readPrints(house, centre, actor, id),
  ),
  'letter.printRegister': at(plainDoors['letter.printRegister'], async (house, { centre, actor }, { year }) =>
    (await prints()).readPrintRegister(house, centre, actor, year),
  ),
  'letter.printRegisterExport': at(
    plainDoors['letter.printRegisterExport'],
    async (house, { centre, actor }, { year }) =>
      (await prints()).exportPrintRegister(house, centre, actor, year),
  ),
  'registry.keepSeal': at(plainDoors['registry.keepSeal'], async (house, { centre, actor }, input) =>
    (await letterFiles()).keepSeal(house, centre, actor, input),
  ),
  'link.open': open(plainDoors['link.open'], async (house, input) => (await links()).openLink(house, input)),
  'link.read': open(plainDoors['link.read'], async (house, input) =>
    (await links()).readLinked(house, input),
  ),
  'link.paper': open(plainDoors['link.paper'], async (house, input) =>
    (await links()).readLinkedPaper(house, input),
  ),
  'link.view': open(plainDoors['link.view'], async (house, input) =>
    (await links()).viewLinked(house, input),
  ),
  'link.acknowledge': open(plainDoors['link.acknowledge'], async (house, { receivedAt, ...input }) =>
    (await links()).actLinked(house, input, 'acknowledge', { receivedAt }),
  ),
  'link.answer': open(plainDoors['link.answer'], async (house, { answer, answeredAt, evidence, ...input }) =>
    (await links()).actLinked(house, input, 'answer', { answer, answeredAt, evidence }),
  ),
  'link.upload': open(plainDoors['link.upload'], async (house, input) =>
    (await links()).uploadLinked(house, input),
  ),
  'link.complete': open(plainDoors['link.complete'], async (house, input) =>
    (await links()).completeLinked(house, input),
  ),
  'letter.draftMailing': at(plainDoors['letter.draftMailing'], async (house, { centre, actor }, input) =>
    (await import('../month-mailing.ts')).draftMailing(house, centre, actor, input),
  ),
  'letter.register': at(plainDoors['letter.register'], async (house, { centre, actor }, { year }) =>
    (await registers()).readRegister(house, centre, actor, year),
  ),
  'letter.registerExport': at(
    plainDoors['letter.registerExport'],
    async (house, { centre, actor }, { year }) =>
      (await registers()).exportRegister(house, centre, actor, year),
  ),
  'chart.summary': at(plainDoors['chart.summary'], async (house, { centre, actor }, input) =>
    (await import('../summary-file.ts')).readSummary(house, centre, actor, input),
  ),
  'chart.daily': at(plainDoors['chart.daily'], async (house, { centre, actor }, input) =>
    (await reports()).readDaily(house, centre, actor, input),
  ),
  'chart.weekly': at(plainDoors['chart.weekly'], async (house, { centre, actor }, input) =>
    (await reports()).readWeekly(house, centre, actor, input),
  ),
  'chart.department': at(plainDoors['chart.department'], async (house, { centre, actor }, input) =>
    (await reports()).readDepartmentReport(house, centre, actor, input),
  ),
  'chart.yearFile': at(plainDoors['chart.yearFile'], async (house, { centre, actor }, input) =>
    (await reports()).readYearFile(house, centre, actor, input),
  ),
  'case.notice': at(plainDoors['case.notice'], async (house, { centre, actor }, input) =>
    (await formFiles()).readNotice(house, centre, actor, input),
  ),
  'case.dossier': at(plainDoors['case.dossier'], async (house, { centre, actor }, input) =>
    (await formFiles()).makeDossier(house, centre, actor, input),
  ),
  'talk.paper': at(plainDoors['talk.paper'], async (house, { centre, actor }, input) =>
    (await formFiles()).readTalkPaper(house, centre, actor, input),
  ),
  'rectification.paper': at(plainDoors['rectification.paper'], async (house, { centre, actor }, input) =>
    (await formFiles()).readRectificationPaper(house, centre, actor, input),
  ),
  'award.paper': at(plainDoors['award.paper'], async (house, { centre, actor }, input) =>
    (await formFiles()).readHonourPaper(house, centre, actor, input),
  ),
  'inspection.paper': at(plainDoors['inspection.paper'], async (house, { centre, actor }, input) =>
    (await formFiles()).readPatrolSheet(house, centre, actor, input),
  ),
  'paper.check': open(plainDoors['paper.check'], async (house, input) =>
    (await letterFiles()).checkPaper(house, input),
  ),
  'paper.checkPage': open(plainDoors['paper.checkPage'], async (house, { code }) => {
    const checked = await (await letterFiles()).checkPaper(house, { code });
    return checked.ok ? ok((await import('../paper-check-page.ts')).checkPage(code, checked.value)) : checked;
  }),
  'award.open': at(plainDoors['award.open'], async (house, { centre, actor }, input) =>
    (await awards()).openAward(house, centre, actor, input),
  ),
  'award.reassess': at(plainDoors['award.reassess'], async (house, { centre, actor }, input) =>
    (await awards()).reassessAward(house, centre, actor, input),
  ),
  'award.proposal': at(plainDoors['award.proposal'], async (house, { centre, actor }, input) =>
    (await awards()).readProposal(house, centre, actor, input),
  ),
  'honour.wall': open(plainDoors['honour.wall'], async (house, input) =>
    (await import('../honour.ts')).readHonour(house, input),
  ),
  'presence.day': at(plainDoors['presence.day'], async (house, { centre, actor }, input) =>
    (await import('../day-roster.ts')).readDay(house, centre, actor, input),
  ),
  'chart.read': at(plainDoors['chart.read'], async (house, { centre, actor }, input) =>
    (await import('../charts.ts')).readCharts(house, centre, actor, input),
  ),
  'problem.list': open(plainDoors['problem.list'], async () => ok({ items: problemItems, next: null })),
  health: open(plainDoors.health, async (house) => {
    await house.store.get({ pk: 'CENTRES', sk: '-' }, 'health', false);
    return ok({ status: 'ready' });
  }),
};

export const plainRoutes = (app: Hono, { house, visitor }: Desk): void => {
  for (const { door, answer } of Object.values(served))
    app.on(door.method, routeOf(door), async (context) => {
      const who = door.access === 'anyone' ? undefined : await visitor(context);
      if (who && !who.ok) return refused(context, who.problem);
      const sent = door.method === 'GET' ? ok(context.req.query()) : await bodyOf(context);
      if (!sent.ok) return refused(context, sent.problem);
      const rest = anyObject.safeParse(sent.value);
      if (!rest.success) return answered(context, invalid(rest.error), door.success);
      const raw = { ...rest.data, ...context.req.param() };
      const at = who ? forRequest(house, who.value.centre, who.value.desk) : house;
      return answered(context, await answer(at, who?.value, raw), door.success);
    });
};

const anyObject = z.looseObject({});
