// Who may do and see what: one table that fails shut. An action that is not in the table, a role without a fitting
// scope, a grant outside its days: no. The whole table is printed as a golden file (test/golden/access.txt).
import { type Grant, holdsOn, type Role, roles } from './people.ts';
import { ok, type Result, refuse } from './problems.ts';
import type { Day } from './time.ts';

/** What a permission is asked about, as facts of the loaded thing. */
export interface About {
  /** Grids, departments and people the thing concerns; empty means it concerns the centre as a whole. */
  grids: readonly string[];
  departments: readonly string[];
  persons: readonly string[];
  /** Who reported it, and who has decided on it so far: reporter, confirmer and reviewer are three people. */
  reporters: readonly string[];
  deciders: readonly string[];
  /** Who reviewed it: nobody verifies what they reviewed, nor reviews it twice. */
  reviewers?: readonly string[];
  /** Who was asked to look into it. */
  assigned?: readonly string[];
  /** An integrity lead that was transferred: invisible to all but the auditor. */
  sealed: boolean;
  /** The days it is of, where it is read by who held a role then. */
  days?: { from: Day; until: Day };
}

export const about = (facts: Partial<About>): About => ({
  grids: facts.grids ?? [],
  departments: facts.departments ?? [],
  persons: facts.persons ?? [],
  reporters: facts.reporters ?? [],
  deciders: facts.deciders ?? [],
  ...(facts.reviewers === undefined ? {} : { reviewers: facts.reviewers }),
  ...(facts.assigned === undefined ? {} : { assigned: facts.assigned }),
  sealed: facts.sealed ?? false,
  ...(facts.days === undefined ? {} : { days: facts.days }),
});

/** centre: anything of the centre; grid, department: inside the grant's scope; gridThen: of that grid on a day the grant held; self: about the person; own: reported by the person; assigned: given to the person. */
type Within = 'centre' | 'grid' | 'gridThen' | 'department' | 'self' | 'own' | 'assigned';
/** notParty: it is not about them; notReporter: nor did they report it; fresh: nor decide on it. */
type Apart = 'notParty' | 'notReporter' | 'fresh';

export interface Permit {
  role: Role | 'system';
  within: Within;
  apart?: Apart;
  /** Holds only while nobody eligible by these remains: no decision waits for one absent person. */
  insteadOf?: readonly Permit[];
}

const p = (role: Permit['role'], within: Within = 'centre', apart?: Apart): Permit =>
  apart === undefined ? { role, within } : { role, within, apart };

const standsIn = (permit: Permit, insteadOf: readonly Permit[]): Permit => ({ ...permit, insteadOf });

const heads = [p('sectionHead'), p('director'), p('chief')];
const reporters = [
  p('inspector'),
  p('videoSupervisor'),
  p('thirdParty'),
  p('gridLeader'),
  p('sectionHead'),
  p('director'),
  p('clerk'),
];
// A case goes from the grid's own leader to another grid leader, to a section head, to the director.
const ownLeader = p('gridLeader', 'grid', 'notReporter');
const anyLeader = p('gridLeader', 'centre', 'notReporter');
const anyHead = p('sectionHead', 'centre', 'notReporter');
const verifiers = [
  ownLeader,
  standsIn(anyLeader, [ownLeader]),
  anyHead,
  standsIn(p('director', 'centre', 'notReporter'), [ownLeader, anyHead]),
];
const freshHead = p('sectionHead', 'centre', 'fresh');
const freshDirector = p('director', 'centre', 'fresh');
const reviewers = [
  freshHead,
  freshDirector,
  standsIn(p('chief', 'centre', 'fresh'), [freshHead, freshDirector]),
];
const answerers = [
  anyHead,
  p('director', 'centre', 'notReporter'),
  standsIn(p('chief', 'centre', 'notReporter'), [anyHead, p('director', 'centre', 'notReporter')]),
];
const notifiers = [
  p('gridLeader', 'grid'),
  p('clerk'),
  p('sectionHead'),
  p('chiefRepresentative', 'department'),
];
const caseReaders = [
  ...heads,
  p('clerk'),
  p('auditor'),
  p('gridLeader', 'grid'),
  p('gridLeader', 'own'),
  standsIn(p('gridLeader'), [ownLeader]),
  p('chiefRepresentative', 'department'),
  p('staff', 'self'),
  p('inspector', 'own'),
  p('videoSupervisor', 'own'),
  p('thirdParty', 'own'),
];
const rosterKeepers = [p('chiefRepresentative', 'department'), p('clerk')];
const inquirers = [
  p('gridLeader', 'grid', 'notReporter'),
  p('sectionHead', 'centre', 'notReporter'),
  p('director', 'centre', 'notReporter'),
];
const officeReaders = [...heads, p('clerk'), p('auditor')];
const forDepartment = p('liaison', 'department');

/** Everybody of themselves; the auditor writes nothing, not even this, and has it entered by the admin. */
const delegators = roles.filter((role) => role !== 'auditor').map((role) => p(role, 'self'));

/** The table. Commands first, then reads; the names are the commands' own. */
export const permits = {
  'registry.enter': [p('clerk'), p('admin')],
  'registry.change': [p('clerk'), p('admin')],
  'registry.enterAccounts': [p('admin')],
  'account.firstPasswords': [p('admin')],
  'registry.delegate': delegators,
  'registry.endDelegation': [...delegators, p('admin')],
  'centre.found': [p('system')],
  'registry.rebindAccounts': [p('system')],
  'rulebook.enact': [p('clerk')],
  'leave.file': rosterKeepers,
  'leave.correct': rosterKeepers,
  'leave.withdraw': rosterKeepers,
  'leave.import': [p('clerk')],
  'cover.file': rosterKeepers,
  'cover.correct': rosterKeepers,
  'cover.withdraw': rosterKeepers,
  'opening.enter': [p('clerk')],
  'opening.import': [p('clerk')],
  'opening.strikeOut': [p('clerk'), p('sectionHead')],
  'inspection.open': [p('inspector'), p('gridLeader', 'grid'), p('clerk')],
  'inspection.openVideo': [p('videoSupervisor')],
  'inspection.openThirdParty': [p('thirdParty'), p('clerk')],
  'inspection.record': [
    p('inspector', 'own'),
    p('videoSupervisor', 'own'),
    p('thirdParty', 'own'),
    p('gridLeader', 'own'),
    p('clerk', 'own'),
  ],
  'inspection.close': [
    p('inspector', 'own'),
    p('videoSupervisor', 'own'),
    p('thirdParty', 'own'),
    p('gridLeader', 'own'),
    p('clerk', 'own'),
  ],
  'inspection.rollCall': [p('inspector'), p('gridLeader', 'grid'), p('clerk')],
  'inspection.import': [p('clerk')],
  'case.report': reporters,
  'case.reportSettled': [p('inspector', 'own'), p('gridLeader', 'grid'), p('sectionHead')],
  'case.import': [p('clerk')],
  'case.addEvidence': [
    p('inspector', 'own'),
    p('videoSupervisor', 'own'),
    p('thirdParty', 'own'),
    p('gridLeader', 'grid'),
    p('clerk'),
    p('sectionHead'),
  ],
  'case.identify': [p('gridLeader', 'grid'), p('clerk'), p('sectionHead')],
  'case.reassign': [p('gridLeader', 'grid', 'notParty'), p('sectionHead', 'centre', 'notParty')],
  'case.confirm': verifiers,
  'case.dismiss': verifiers,
  'case.withdraw': [
    p('inspector', 'own'),
    p('videoSupervisor', 'own'),
    p('thirdParty', 'own'),
    p('gridLeader', 'own'),
    p('sectionHead', 'own'),
    p('director', 'own'),
    p('clerk', 'own'),
  ],
  'case.settleOnSpot': [p('inspector', 'own'), p('gridLeader', 'grid'), p('sectionHead')],
  'case.merge': [p('gridLeader', 'grid'), p('sectionHead')],
  'case.transfer': [p('gridLeader', 'grid'), p('sectionHead'), p('director')],
  'case.notify': notifiers,
  'case.openNotice': [p('staff', 'self')],
  'case.answer': [
    p('staff', 'self'),
    p('chiefRepresentative', 'department'),
    p('clerk'),
    p('gridLeader', 'grid', 'fresh'),
  ],
  'case.appeal': [p('staff', 'self'), p('chiefRepresentative', 'department'), p('clerk')],
  'case.decideAppeal': reviewers,
  'case.attachPaper': [
    p('chiefRepresentative', 'department'),
    p('clerk'),
    p('gridLeader', 'grid'),
    p('sectionHead'),
  ],
  'case.settle': [p('system')],
  'evidence.upload': [
    p('inspector', 'own'),
    p('videoSupervisor', 'own'),
    p('thirdParty', 'own'),
    p('gridLeader', 'own'),
    p('gridLeader', 'grid'),
    p('staff', 'own'),
    p('chiefRepresentative', 'own'),
    p('chiefRepresentative', 'department'),
    p('liaison', 'department'),
    p('sectionHead'),
    p('director'),
    p('clerk', 'own'),
    p('clerk'),
  ],
  'evidence.receive': [p('system')],
  'evidence.purge': [p('system')],
  'complaint.receive': [p('clerk'), p('sectionHead')],
  'complaint.accept': [p('clerk'), p('sectionHead')],
  'complaint.decline': [p('sectionHead', 'centre', 'notReporter'), p('director', 'centre', 'notReporter')],
  'complaint.assign': [p('clerk'), p('sectionHead')],
  'complaint.place': [p('clerk'), p('sectionHead'), p('gridLeader', 'grid')],
  'complaint.explain': [p('chiefRepresentative', 'department')],
  'complaint.investigate': inquirers,
  'complaint.extend': [p('director'), p('chief'), p('sectionHead')],
  'complaint.decide': [
    p('gridLeader', 'grid', 'fresh'),
    p('sectionHead', 'centre', 'fresh'),
    p('director', 'centre', 'fresh'),
  ],
  'complaint.join': [p('clerk'), p('sectionHead')],
  'complaint.transfer': [p('clerk'), p('gridLeader', 'grid'), p('sectionHead'), p('director')],
  'complaint.urge': [p('clerk'), p('sectionHead'), p('system')],
  'complaint.answer': [p('clerk'), p('sectionHead')],
  'complaint.cannotAnswer': [p('clerk'), p('sectionHead')],
  'complaint.revisit': [p('clerk'), p('sectionHead')],
  'complaint.reopen': [p('sectionHead'), p('director')],
  'complaint.archive': [p('clerk')],
  'complaint.purgeComplainant': [p('system')],
  'bonus.report': [...reporters, p('chiefRepresentative', 'department')],
  'bonus.reportRecords': [p('clerk'), p('sectionHead')],
  'bonus.confirm': verifiers,
  'bonus.dismiss': verifiers,
  'bonus.merge': verifiers,
  'bonus.revoke': [p('sectionHead', 'centre', 'fresh'), p('director', 'centre', 'fresh')],
  'rectification.order': [p('gridLeader', 'grid'), p('clerk'), p('sectionHead')],
  'rectification.finish': [
    p('chiefRepresentative', 'department'),
    p('liaison', 'department'),
    p('clerk'),
    p('gridLeader', 'grid'),
  ],
  'rectification.recheck': [
    p('inspector', 'centre', 'notReporter'),
    p('gridLeader', 'grid', 'notReporter'),
    p('sectionHead', 'centre', 'notReporter'),
  ],
  'rectification.strikeOff': [p('gridLeader', 'grid'), p('clerk'), p('sectionHead')],
  'rectification.urge': [p('gridLeader', 'grid'), p('clerk'), p('sectionHead'), p('system')],
  'rectification.withdraw': [p('gridLeader', 'grid'), p('sectionHead')],
  'talk.hold': [p('sectionHead'), p('director'), p('chief')],
  'talk.holdDirector': [p('director'), p('chief')],
  'talk.enter': [p('clerk')],
  'talk.sign': [p('staff', 'self'), p('clerk'), ...heads],
  'talk.refuse': [p('clerk'), ...heads],
  'talk.file': [p('clerk')],
  'talk.withdraw': [p('system'), p('clerk'), ...heads],
  'enforcement.carryOut': [p('clerk'), ...heads],
  'enforcement.carryOutByLeader': [p('director'), p('chief')],
  'enforcement.carryOutOnPaper': [p('clerk')],
  'enforcement.answer': [p('chiefRepresentative', 'department'), forDepartment, p('clerk')],
  'enforcement.withdraw': [p('clerk'), ...heads],
  'letter.draft': [p('clerk'), p('sectionHead')],
  'letter.revise': [p('clerk'), p('sectionHead')],
  'letter.check': [p('sectionHead', 'centre', 'notReporter')],
  'letter.return': [...heads],
  'letter.sign': [p('director', 'centre', 'notReporter'), p('chief', 'centre', 'notReporter')],
  'letter.signOnPaper': [p('clerk')],
  'letter.mask': [p('clerk'), p('sectionHead')],
  'letter.seal': [p('clerk')],
  'letter.addScan': [p('clerk')],
  'registry.keepSeal': [p('admin')],
  'registry.noteNumber': [p('clerk'), p('admin')],
  'letter.issue': [p('clerk')],
  'letter.void': [p('clerk'), p('director'), p('chief')],
  'letter.withdraw': [p('director'), p('chief')],
  'letter.prepareDisc': [p('clerk')],
  'letter.shareLink': [p('clerk')],
  'letter.renewCode': [p('clerk')],
  'letter.withdrawLink': [p('clerk')],
  'letter.tryLink': [p('system')],
  'letter.handOver': [p('clerk')],
  'letter.open': [forDepartment],
  'letter.acknowledge': [forDepartment, p('clerk')],
  'letter.answer': [forDepartment, p('clerk')],
  'letter.urge': [p('clerk'), p('system')],
  'letter.close': [p('clerk'), p('sectionHead')],
  'month.sum': [p('clerk'), p('system')],
  'month.freeze': [p('director'), p('chief')],
  'objection.raise': [p('staff', 'self')],
  'objection.enter': [p('chiefRepresentative', 'department'), forDepartment, p('clerk')],
  'objection.answer': answerers,
  'objection.withdraw': [p('staff', 'self'), p('clerk')],
  'figure.enter': [p('clerk')],
  'figure.correct': [p('clerk')],
  'figure.withdraw': [p('clerk')],
  'award.open': [p('clerk'), p('system')],
  'award.nominate': [p('chiefRepresentative', 'department')],
  'award.nominateSelf': [p('staff', 'self')],
  'award.takeBackNomination': [p('chiefRepresentative', 'department'), p('staff', 'self')],
  'award.callCommittee': [p('clerk')],
  'award.drawCommittee': [p('clerk')],
  'award.decide': [p('director'), p('chief')],
  'award.draw': [p('clerk')],
  'award.publish': [p('clerk')],
  'award.object': [p('staff'), p('chiefRepresentative'), p('clerk')],
  'award.answerObjection': [p('director'), p('chief')],
  'award.withdraw': [p('director'), p('chief')],
  'award.announce': [p('director'), p('chief')],
  // reads
  'registry.read': [
    ...officeReaders,
    p('admin'),
    p('gridLeader'),
    p('inspector'),
    p('videoSupervisor'),
    p('thirdParty'),
    p('chiefRepresentative'),
  ],
  'registry.readAccounts': [p('admin'), p('auditor')],
  'rulebook.rehearse': officeReaders,
  'rulebook.read': [
    ...officeReaders,
    p('admin'),
    p('gridLeader'),
    p('inspector'),
    p('videoSupervisor'),
    p('thirdParty'),
    p('chiefRepresentative'),
    p('staff'),
  ],
  'inspection.read': [
    ...officeReaders,
    p('gridLeader', 'grid'),
    p('inspector', 'own'),
    p('videoSupervisor', 'own'),
    p('thirdParty', 'own'),
  ],
  'leave.read': [
    ...officeReaders,
    p('gridLeader', 'grid'),
    p('chiefRepresentative', 'department'),
    p('staff', 'self'),
  ],
  'opening.read': [
    ...officeReaders,
    p('gridLeader', 'grid'),
    p('chiefRepresentative', 'department'),
    p('staff', 'self'),
  ],
  'presence.read': [
    ...officeReaders,
    p('gridLeader', 'grid'),
    p('chiefRepresentative', 'department'),
    p('inspector'),
    p('videoSupervisor'),
  ],
  // A tablet's day: what a patrol takes along, how evenly it walked, and what became of one's own reports.
  'shift.read': [p('inspector'), p('gridLeader', 'grid'), p('clerk')],
  'shift.coverage': [...officeReaders, p('gridLeader', 'grid'), p('inspector')],
  'shift.reports': reporters,
  // Who led the grid that day reads on what became of it; nothing else of those days, and decides nothing.
  'case.read': [...caseReaders, p('gridLeader', 'gridThen')],
  'bonus.read': caseReaders,
  'complaint.read': [...officeReaders, p('gridLeader', 'grid'), p('chiefRepresentative', 'department')],
  'complaint.viewEvidence': [...officeReaders, p('gridLeader', 'grid')],
  'complaint.readFigures': officeReaders,
  'complaint.readRegister': [...heads, p('auditor')],
  'complaint.readComplainant': [
    p('clerk', 'centre', 'notParty'),
    p('gridLeader', 'assigned', 'notParty'),
    p('sectionHead', 'assigned', 'notParty'),
    p('director', 'assigned', 'notParty'),
    p('auditor'),
  ],
  // The house itself prints the photos of a letter's annex; that look is entered like any other.
  'evidence.view': [...caseReaders, forDepartment, p('system')],
  'person.takeFile': [p('staff', 'self'), p('clerk'), p('sectionHead'), p('auditor')],
  'lookup.read': [...heads, p('auditor'), p('staff', 'self')],
  'score.read': [
    ...officeReaders,
    p('gridLeader', 'grid'),
    p('chiefRepresentative', 'department'),
    p('staff', 'self'),
  ],
  'objection.read': [
    ...officeReaders,
    p('chiefRepresentative', 'department'),
    forDepartment,
    p('staff', 'self'),
  ],
  'obligation.read': [...officeReaders, p('gridLeader', 'grid'), p('chiefRepresentative', 'department')],
  'rectification.read': [
    ...officeReaders,
    p('gridLeader', 'grid'),
    p('inspector'),
    p('chiefRepresentative', 'department'),
    p('liaison', 'department'),
  ],
  'enforcement.read': [
    ...officeReaders,
    p('chiefRepresentative', 'department'),
    forDepartment,
    p('staff', 'self'),
  ],
  'talk.read': [...officeReaders, p('staff', 'self')],
  'letter.read': [...officeReaders, forDepartment, p('system')],
  'letter.readPrints': officeReaders,
  // Comparisons of grids and departments are the office's; a grid leader has the board.
  'chart.read': officeReaders,
  'month.read': [...officeReaders, p('gridLeader'), p('chiefRepresentative'), p('gridLeader', 'gridThen')],
  'figure.read': officeReaders,
  'award.readProposal': officeReaders,
  'award.read': [...officeReaders, p('gridLeader'), p('chiefRepresentative'), p('staff')],
  'followUp.read': [...officeReaders, p('admin')],
  // Only in a centre that the operator made the office of a province; its rows carry no person and no department.
  'province.read': [p('director'), p('chief'), p('auditor')],
  'journal.read': [p('auditor'), p('admin')],
  'journal.export': [p('auditor')],
} as const satisfies Record<string, readonly Permit[]>;

export type Action = keyof typeof permits;
export const isAction = (name: string): name is Action => name in permits;
/** What time, a store or the founding of a centre brings about: no person may, so there is no door. */
export const onlyTheHouse = (action: string): boolean =>
  isAction(action) && permits[action].every((permit) => permit.role === 'system');

/** Who acts: a person with the grants of the day, or the house itself for what time alone brings about. */
export interface Actor {
  person: string;
  grants: readonly Grant[];
  system: boolean;
  /** All grants of the centre, to tell whether somebody nearer remains; without them nothing passes on. */
  everybody?: ReadonlyMap<string, Grant>;
  /** Who is on leave at this moment, where that was asked for: they are not left to decide. */
  away?: ReadonlySet<string>;
}

/** The role in which something is done; `for` names the absent one in a delegation (某某(代)). */
export interface Acting {
  person: string;
  role: Role | 'system';
  for?: string;
}

/** Who acted, as screens and papers name them: 某某, or 某某(代) under a delegation. */
export const actingName = (
  { person, for: absent }: { person: string; for?: string | undefined },
  nameOf: (person: string) => string | undefined,
): string => `${nameOf(person) ?? person}${absent === undefined ? '' : '(代)'}`;

export const system: Actor = { person: 'system', grants: [], system: true };

const reaches = (permit: Permit, grant: Grant, actor: Actor, facts: About): boolean => {
  switch (permit.within) {
    case 'centre':
      return true;
    case 'grid':
      return grant.grid !== undefined && facts.grids.includes(grant.grid);
    case 'gridThen':
      return (
        grant.grid !== undefined &&
        facts.grids.includes(grant.grid) &&
        facts.days !== undefined &&
        grant.from <= facts.days.until &&
        (grant.until === undefined || facts.days.from <= grant.until)
      );
    case 'department':
      return grant.department !== undefined && facts.departments.includes(grant.department);
    case 'self':
      return facts.persons.includes(actor.person);
    case 'own':
      return facts.reporters.includes(actor.person);
    case 'assigned':
      return facts.assigned?.includes(actor.person) ?? false;
  }
};

/** Behind a delegated grant stand two people; neither may have taken part, nor may it be about one of them. */
const apartFrom = (apart: Apart | undefined, actor: Actor, grant: Grant, facts: About): Result<true> => {
  if (apart === undefined) return ok(true);
  const behind = [actor.person, ...(grant.delegatedBy === undefined ? [] : [grant.delegatedBy])];
  if (behind.some((person) => facts.persons.includes(person))) return refuse('access.own-matter');
  if (apart !== 'notParty' && behind.some((person) => facts.reporters.includes(person)))
    return refuse('access.own-report');
  if (apart !== 'notParty' && behind.some((person) => facts.reviewers?.includes(person)))
    return refuse('access.took-part');
  if (apart === 'fresh' && behind.some((person) => facts.deciders.includes(person)))
    return refuse('access.took-part');
  return ok(true);
};

/**
 * Whether nobody is left who may do it by one of these permits: in office on the day and not on leave, with a scope that
 * reaches, and apart from the matter. What lies in no grid has no grid leader of its own and passes to none.
 */
const nobodyLeft = (permits: readonly Permit[], actor: Actor, facts: About, on: Day): boolean => {
  if (actor.everybody === undefined) return false;
  for (const permit of permits) {
    if (permit.within === 'grid' && facts.grids.length === 0) return false;
    for (const grant of actor.everybody.values()) {
      if (grant.role !== permit.role || !holdsOn(grant, on) || actor.away?.has(grant.person)) continue;
      const other: Actor = { person: grant.person, grants: [grant], system: false };
      if (reaches(permit, grant, other, facts) && apartFrom(permit.apart, other, grant, facts).ok)
        return false;
    }
  }
  return true;
};

/** Into the seal, not out of it: who reported an integrity lead may still hand in the files announced with it. */
const handsIn = (action: Action, permit: Permit): boolean =>
  action === 'evidence.upload' && permit.within === 'own';

/**
 * Asks permission. `on` is the working day on which the grants must hold.
 * Refuses with `access.denied`, or says which separation of duties stands in the way when only that does.
 */
export const may = (actor: Actor, action: Action, facts: About, on: Day): Result<Acting> => {
  let refusal: Result<never> = refuse('access.denied');
  const table: readonly Permit[] = permits[action];
  for (const permit of table) {
    if (permit.role === 'system') {
      if (actor.system) return ok({ person: actor.person, role: 'system' });
      continue;
    }
    for (const grant of actor.grants) {
      // A past role reaches back into its own days by its own dates; any other must hold today.
      if (grant.role !== permit.role || (permit.within !== 'gridThen' && !holdsOn(grant, on))) continue;
      if (facts.sealed && permit.role !== 'auditor' && !handsIn(action, permit)) continue;
      if (!reaches(permit, grant, actor, facts)) continue;
      if (permit.insteadOf && !nobodyLeft(permit.insteadOf, actor, facts, on)) continue;
      const apart = apartFrom(permit.apart, actor, grant, facts);
      if (!apart.ok) {
        refusal = apart;
        continue;
      }
      return ok(
        grant.delegatedBy === undefined
          ? { person: actor.person, role: permit.role }
          : { person: actor.person, role: permit.role, for: grant.delegatedBy },
      );
    }
  }
  return refusal;
};
