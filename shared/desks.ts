// Where each kind of stream has its desk in the API: the word in the address, the shape of its ids, what its commands
// may refuse besides what bears their own name.
import * as z from 'zod';
import type { Command } from './command.ts';
import {
  awardId,
  enforcementId,
  figureId,
  inspectionId,
  monthlyId,
  objectionId,
  type StreamKind,
  talkId,
} from './ids.ts';

const registryStream = z.string().min(1).max(200);
const ruleBookId = z.string().regex(/^rulebook-20\d\d-(0[1-9]|1[0-2])$/, '编号格式不对');

export interface Desk {
  plural: string;
  group: string;
  id: z.ZodType<string>;
  /** The command behind a plain `POST /api/<plural>`. */
  first: string;
  /** Codes its commands may answer besides those of their own name. */
  refuses: readonly string[];
  /** Its commands, read on first asking: to take a report no letter need be known. */
  commands(): Promise<readonly Command[]>;
}

/** Where the commands of each kind of stream have their doors. */
export const desks: Partial<Record<StreamKind, Desk>> = {
  inspection: {
    plural: 'inspections',
    group: '巡查与督查',
    id: inspectionId,
    first: 'inspection.open',
    refuses: ['time', 'registry', 'evidence', 'assignment', 'video', 'violation', 'case'],
    commands: async () => {
      const [{ inspectionCommands }, { rollCallCommands }] = await Promise.all([
        import('./inspection-decide.ts'),
        import('./roll-call-decide.ts'),
      ]);
      return [...inspectionCommands, ...rollCallCommands];
    },
  },
  case: {
    plural: 'cases',
    group: '违规问题',
    id: monthlyId('case'),
    first: 'case.report',
    refuses: [
      'time',
      'registry',
      'assignment',
      'violation',
      'clause',
      'rulebook',
      'video',
      'evidence',
      'inspection',
    ],
    commands: async () => (await import('./case-decide.ts')).caseCommands,
  },
  complaint: {
    plural: 'complaints',
    group: '投诉受理',
    id: monthlyId('complaint'),
    first: 'complaint.receive',
    refuses: ['time', 'registry', 'assignment', 'violation', 'rulebook', 'video', 'evidence', 'case'],
    commands: async () => (await import('./complaint-decide.ts')).complaintCommands,
  },
  bonus: {
    plural: 'bonuses',
    group: '加分事项',
    id: monthlyId('bonus'),
    first: 'bonus.report',
    refuses: ['time', 'registry', 'assignment', 'clause', 'rulebook', 'evidence', 'inspection'],
    commands: async () => (await import('./bonus-decide.ts')).bonusCommands,
  },
  rectification: {
    plural: 'rectifications',
    group: '整改单',
    id: monthlyId('rectification'),
    first: 'rectification.order',
    refuses: ['time', 'registry', 'evidence', 'rulebook'],
    commands: async () => (await import('./rectification-decide.ts')).rectificationCommands,
  },
  talk: {
    plural: 'talks',
    group: '谈话',
    id: talkId,
    first: 'talk.hold',
    refuses: ['time', 'registry', 'evidence', 'assignment', 'rulebook'],
    commands: async () => (await import('./talk-decide.ts')).talkCommands,
  },
  letter: {
    plural: 'letters',
    group: '函告与通报',
    id: monthlyId('letter'),
    first: 'letter.draft',
    refuses: ['time', 'registry', 'evidence', 'rulebook', 'month', 'case'],
    commands: async () => (await import('./letter-decide.ts')).letterCommands,
  },
  enforcement: {
    plural: 'enforcements',
    group: '措施落实',
    id: enforcementId,
    first: 'enforcement.carryOut',
    refuses: ['time', 'registry', 'evidence', 'rulebook'],
    commands: async () => (await import('./enforcement-decide.ts')).enforcementCommands,
  },
  objection: {
    plural: 'objections',
    group: '月度',
    id: objectionId,
    first: 'objection.raise',
    refuses: ['time', 'registry', 'evidence'],
    commands: async () => (await import('./objection-decide.ts')).objectionCommands,
  },
  award: {
    plural: 'awards',
    group: '评选',
    id: awardId,
    first: 'award.open',
    refuses: ['time', 'registry', 'evidence', 'rulebook', 'month'],
    commands: async () => (await import('./award-decide.ts')).awardCommands,
  },
  leave: {
    plural: 'leaves',
    group: '请假与顶岗',
    id: monthlyId('leave'),
    first: 'leave.file',
    refuses: ['slip', 'registry', 'assignment', 'time', 'evidence'],
    commands: async () => (await import('./leave-decide.ts')).leaveCommands,
  },
  cover: {
    plural: 'covers',
    group: '请假与顶岗',
    id: monthlyId('cover'),
    first: 'cover.file',
    refuses: ['slip', 'registry', 'assignment'],
    commands: async () => (await import('./cover-decide.ts')).coverCommands,
  },
  figure: {
    plural: 'figures',
    group: '月度',
    id: figureId,
    first: 'figure.enter',
    refuses: ['time', 'registry', 'evidence', 'rulebook'],
    commands: async () => (await import('./figure-decide.ts')).figureCommands,
  },
  opening: {
    plural: 'openings',
    group: '期初导入',
    id: monthlyId('opening'),
    first: 'opening.enter',
    refuses: ['time', 'registry', 'violation', 'clause', 'rulebook', 'award'],
    commands: async () => (await import('./opening-decide.ts')).openingCommands,
  },
  rulebook: {
    plural: 'rulebooks',
    group: '考核办法',
    id: ruleBookId,
    first: 'rulebook.enact',
    refuses: ['clause'],
    commands: async () => (await import('./rulebook-enact-decide.ts')).ruleBookCommands,
  },
  registry: {
    plural: 'registry',
    group: '名册',
    id: registryStream,
    first: 'registry.enter',
    refuses: ['time', 'centre'],
    commands: async () => {
      const [{ registryCommands }, { delegationCommands }] = await Promise.all([
        import('./registry-decide.ts'),
        import('./delegation-decide.ts'),
      ]);
      return [...registryCommands, ...delegationCommands];
    },
  },
};
