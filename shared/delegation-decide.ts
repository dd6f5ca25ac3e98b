// Delegation (委托代理): somebody hands on one of their own roles, with its scope, for some days, and may end it. What the
// deputy does is shown as 某某(代). Those without an account have it entered by the admin as any other grant.
import * as z from 'zod';
import { about } from './access.ts';
import { type Command, command, happened as done } from './command.ts';
import { day, registryId } from './ids.ts';
import { type Grant, holdsOn, type RegistryEntry, roles } from './people.ts';
import { refuse } from './problems.ts';
import { entered } from './registry.ts';
import { delegationFaults, scopeFaults } from './registry-decide.ts';
import { dayOf, plusDays } from './time.ts';

const delegate: Command = command({
  type: 'registry.delegate',
  action: 'registry.delegate',
  summary: '委托代理:把本人的一项职责在一段时间内委托他人,显示为“某某(代)”',
  on: 'registry',
  fields: z.strictObject({
    to: registryId,
    role: z.enum(roles),
    grid: registryId.optional(),
    department: registryId.optional(),
    from: day,
    until: day,
  }),
  creates: (_fields, sent) => `grant:delegation-${sent.command}`,
  about: (_state, _fields, context) => about({ persons: [context.actor.person] }),
  decide: (state, fields, context) => {
    if (state) return refuse('thing.exists', state.id);
    if (fields.until < fields.from) return refuse('time.order', '截止日期早于起始日期');
    // What somebody did without the right does not become right afterwards.
    if (fields.from < dayOf(context.now)) return refuse('time.order', '委托不能从过去的日期开始');
    const deputy = context.registry.of.staff.get(fields.to);
    if (!deputy || !holdsOn(deputy, fields.from)) return refuse('registry.unknown', `受托人 ${fields.to}`);
    const grant: Grant = {
      kind: 'grant',
      id: `delegation-${context.command}`,
      person: fields.to,
      role: fields.role,
      ...(fields.grid === undefined ? {} : { grid: fields.grid }),
      ...(fields.department === undefined ? {} : { department: fields.department }),
      from: fields.from,
      until: fields.until,
      delegatedBy: context.acting.person,
    };
    const [fault] = [...scopeFaults(grant), ...delegationFaults(grant, context.registry)];
    return fault ? refuse(fault.code, fault.reason) : done(entered(grant));
  },
});

const delegationOf = (state: RegistryEntry | undefined): Grant | undefined =>
  state?.kind === 'grant' && state.delegatedBy !== undefined ? state : undefined;

const endDelegation: Command = command({
  type: 'registry.endDelegation',
  action: 'registry.endDelegation',
  summary: '提前结束委托代理:最后一天(含);即刻结束填前一天',
  on: 'registry',
  fields: z.strictObject({ until: day }),
  about: (state) => about({ persons: [delegationOf(state)?.delegatedBy ?? ''] }),
  decide: (state, fields, context) => {
    const grant = delegationOf(state);
    if (!grant) return refuse('registry.no-delegation');
    if (fields.until < plusDays(dayOf(context.now), -1)) return refuse('time.order', '不能结束在过去');
    if (grant.until !== undefined && fields.until >= grant.until)
      return refuse('time.order', '只能提前结束;延长请另行委托');
    return done(entered({ ...grant, until: fields.until }));
  },
});

export const delegationCommands: Command[] = [delegate, endDelegation];
