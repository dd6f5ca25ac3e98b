// Doors that are no plain commands: reads, the steps of an upload, and what is computed before it is decided. Path
// parameters and the rest (query of a GET, body of a POST) are described, and parsed, as one object.
import * as z from 'zod';
import type { Action } from './access.ts';
import { desks } from './desks.ts';
import type { PlainDoor } from './doors.ts';
import {
  awardId,
  commandId,
  day,
  inspectionId,
  month,
  monthlyId,
  registryId,
  type StreamKind,
  talkId,
} from './ids.ts';
import { registryEntry } from './people.ts';
import type { ViewName } from './views.ts';

const entryKinds = registryEntry.options.map((option) => option.shape.kind.value);

/** Records that carry evidence. */
const evidenceRecord = z.union([
  monthlyId('case'),
  monthlyId('bonus'),
  monthlyId('letter'),
  talkId,
  awardId,
  inspectionId,
]);

/** A page of a list: at most `limit` items, those after the one named by `after`. */
const paging = {
  limit: z.coerce.number().int().min(1).max(200).default(50),
  after: z.string().min(1).max(200).exactOptional(),
};
/** What a letter about a frozen month says of itself. */
const monthLetter = {
  month,
  kind: z.enum(['monthly', 'bulletin']),
  department: registryId.exactOptional(),
  replyWorkingDays: z.coerce.number().int().min(0).max(60).exactOptional(),
};
const evidencePath = { record: evidenceRecord, n: z.coerce.number().int().min(1).max(999) };

const door = <const D extends Omit<PlainDoor, 'success'>>(described: D): D & { success: 200 } => ({
  ...described,
  success: 200,
});
const creating = <const D extends Omit<PlainDoor, 'success'>>(described: D): D & { success: 201 } => ({
  ...described,
  success: 201,
});

const byId = <Name extends ViewName>(
  name: Name,
  kind: StreamKind,
  access: Action,
  summary: string,
): PlainDoor<z.ZodObject<{ id: z.ZodType<string> }>> & { view: Name; method: 'GET' } => {
  const desk = desks[kind];
  if (!desk) throw new Error(`${kind} has no desk`);
  return {
    name,
    group: desk.group,
    method: 'GET',
    path: `/api/${desk.plural}/{id}`,
    summary,
    access,
    input: z.strictObject({ id: desk.id }),
    view: name,
    success: 200,
  };
};

export const plainDoors = {
  'me.read': door({
    name: 'me.read',
    group: '本人与系统',
    method: 'GET',
    path: '/api/me',
    summary: '我是谁:所在中心、角色和可以办理的事项',
    access: 'account',
    input: z.strictObject({}),
    view: 'me.read',
  }),
  'inspection.list': door({
    name: 'inspection.list',
    group: '巡查与督查',
    method: 'GET',
    path: '/api/inspections',
    summary: '某日的巡查、视频督查和测评',
    access: 'inspection.read',
    input: z.strictObject({ day, ...paging }),
    view: 'inspection.list',
  }),
  'inspection.read': byId('inspection.read', 'inspection', 'inspection.read', '一次巡查及其记录'),
  'case.read': byId('case.read', 'case', 'case.read', '一条问题:状态、经过、缺少的证据和可以办理的事项'),
  'bonus.read': byId('bonus.read', 'bonus', 'bonus.read', '一件加分事项及其经过'),
  'talk.read': byId('talk.read', 'talk', 'talk.read', '一次谈话及其经过'),
  'letter.list': door({
    name: 'letter.list',
    group: '函告与通报',
    method: 'GET',
    path: '/api/letters',
    summary: '某月的函告与通报',
    access: 'letter.read',
    input: z.strictObject({ month, ...paging }),
    view: 'letter.list',
  }),
  'letter.draftFromMonth': creating({
    name: 'letter.draftFromMonth',
    group: '函告与通报',
    method: 'POST',
    path: '/api/letters/draft-from-month',
    summary: '按已定稿月份拟稿:月度考核情况函或月度通报',
    access: 'letter.draft',
    input: z.strictObject({
      commandId,
      ...monthLetter,
      copies: z.array(registryId).max(60).exactOptional(),
      title: z.string().max(200).exactOptional(),
      body: z.string().max(20_000).exactOptional(),
    }),
    view: 'answer',
  }),
  'letter.proposal': door({
    name: 'letter.proposal',
    group: '函告与通报',
    method: 'GET',
    path: '/api/months/{month}/letter-proposal',
    summary: '已定稿月份的函告或通报的事实与建议文字,不写入',
    access: 'letter.draft',
    input: z.strictObject(monthLetter),
    view: 'letter.proposal',
  }),
  'letter.read': byId('letter.read', 'letter', 'letter.read', '一份函告或通报及其经过'),
  'award.open': creating({
    name: 'award.open',
    group: '评选',
    method: 'POST',
    path: '/api/awards',
    summary: '启动一项评选:由定稿得分算出符合条件的人员,开始推荐',
    access: 'award.open',
    input: z.strictObject({ commandId, month, code: z.string().min(1).max(24) }),
    view: 'answer',
  }),
  'award.reassess': door({
    name: 'award.reassess',
    group: '评选',
    method: 'POST',
    path: '/api/awards/{id}/reassess',
    summary: '推荐期间重新审核资格:暂缓评选的问题可能已办结',
    access: 'award.open',
    input: z.strictObject({ commandId, id: awardId }),
    view: 'answer',
  }),
  'award.proposal': door({
    name: 'award.proposal',
    group: '评选',
    method: 'GET',
    path: '/api/awards/{id}/proposal',
    summary: '供会议研究的排序名单:入选、未入选及决定性指标',
    access: 'award.readProposal',
    input: z.strictObject({ id: awardId }),
    view: 'award.proposal',
  }),
  'award.read': byId('award.read', 'award', 'award.read', '一次评选及其经过'),
  'month.board': door({
    name: 'month.board',
    group: '月度',
    method: 'GET',
    path: '/api/months/{month}/board',
    summary: '月度看板:问题、加分和得分',
    access: 'month.read',
    input: z.strictObject({ month }),
    view: 'month.board',
  }),
  'month.score': door({
    name: 'month.score',
    group: '月度',
    method: 'GET',
    path: '/api/months/{month}/scores/{person}',
    summary: '一个人当月得分,逐条列明',
    access: 'score.read',
    input: z.strictObject({ month, person: registryId }),
    view: 'month.score',
  }),
  'month.measures': door({
    name: 'month.measures',
    group: '月度',
    method: 'GET',
    path: '/api/months/{month}/measures',
    summary: '当月应采取的措施:提醒、扣分、谈话、函告',
    access: 'month.read',
    input: z.strictObject({ month }),
    view: 'month.measures',
  }),
  'month.sum': door({
    name: 'month.sum',
    group: '月度',
    method: 'POST',
    path: '/api/months/{month}/sum',
    summary: '汇总一个月,公布汇总供核对和异议',
    access: 'month.sum',
    input: z.strictObject({ month, commandId, expectedVersion: z.int().min(0).exactOptional() }),
    view: 'answer',
  }),
  'month.freeze': door({
    name: 'month.freeze',
    group: '月度',
    method: 'POST',
    path: '/api/months/{month}/freeze',
    summary: '月度定稿:固定最后一次汇总',
    access: 'month.freeze',
    input: z.strictObject({ month, commandId, expectedVersion: z.int().min(0).exactOptional() }),
    view: 'answer',
  }),
  'obligation.list': door({
    name: 'obligation.list',
    group: '月度',
    method: 'GET',
    path: '/api/obligations',
    summary: '待办:应核实、告知、谈话、发函、答复的事项及期限',
    access: 'obligation.read',
    input: z.strictObject({}),
    view: 'obligation.list',
  }),
  'followUp.list': door({
    name: 'followUp.list',
    group: '本人与系统',
    method: 'GET',
    path: '/api/follow-ups',
    summary: '未能完成、等待重做的后续处理',
    access: 'followUp.read',
    input: z.strictObject({}),
    view: 'followUp.list',
  }),
  'rulebook.list': door({
    name: 'rulebook.list',
    group: '考核办法',
    method: 'GET',
    path: '/api/rulebooks',
    summary: '各版考核办法及其生效月份',
    access: 'rulebook.read',
    input: z.strictObject({ ...paging }),
    view: 'rulebook.list',
  }),
  'rulebook.read': byId('rulebook.read', 'rulebook', 'rulebook.read', '一版考核办法全文'),
  'registry.list': door({
    name: 'registry.list',
    group: '名册',
    method: 'GET',
    path: '/api/registry',
    summary: '名册条目:大厅、网格、部门、窗口、人员、岗位、授权等',
    access: 'registry.read',
    input: z.strictObject({ kind: z.enum(entryKinds).exactOptional(), ...paging }),
    view: 'registry.list',
  }),
  'person.record': door({
    name: 'person.record',
    group: '本人与系统',
    method: 'GET',
    path: '/api/people/{id}/record',
    summary: '一个人的记录:问题、加分和谈话,从近到远,每页三个月',
    access: 'score.read',
    input: z.strictObject({ id: registryId, after: month.exactOptional() }),
    view: 'person.record',
  }),
  'evidence.upload': door({
    name: 'evidence.upload',
    group: '证据',
    method: 'POST',
    path: '/api/evidence/{record}/{n}/upload',
    summary: '证据上传到哪里了:已有哪些分片,接下来把什么送到哪个地址',
    access: 'evidence.upload',
    input: z.strictObject(evidencePath),
    view: 'evidence.upload',
  }),
  'evidence.complete': door({
    name: 'evidence.complete',
    group: '证据',
    method: 'POST',
    path: '/api/evidence/{record}/{n}/complete',
    summary: '证据上传完毕,请核对收妥',
    access: 'evidence.upload',
    input: z.strictObject(evidencePath),
    view: 'evidence.complete',
  }),
  'evidence.view': door({
    name: 'evidence.view',
    group: '证据',
    method: 'POST',
    path: '/api/evidence/{record}/{n}/views',
    summary: '调阅一份证据:先登记调阅事由,再给出短时有效的地址',
    access: 'evidence.view',
    input: z.strictObject({ ...evidencePath, commandId, reason: z.string().max(500) }),
    view: 'evidence.view',
  }),
  'evidence.register': door({
    name: 'evidence.register',
    group: '证据',
    method: 'GET',
    path: '/api/evidence/{record}/{n}/views',
    summary: '调阅登记:谁、何时、为何调阅过这份证据',
    access: 'lookup.read',
    input: z.strictObject({ ...evidencePath, ...paging }),
    view: 'evidence.register',
  }),
  'problem.list': door({
    name: 'problem.list',
    group: '本人与系统',
    method: 'GET',
    path: '/api/problems',
    summary: '所有拒绝代码:含义、下一步、能否原样重试',
    access: 'anyone',
    input: z.strictObject({}),
    view: 'problem.list',
  }),
  health: door({
    name: 'health',
    group: '本人与系统',
    method: 'GET',
    path: '/api/health',
    summary: '系统是否就绪',
    access: 'anyone',
    input: z.strictObject({}),
    view: 'health',
  }),
} as const satisfies Record<string, PlainDoor>;

export type PlainDoorName = keyof typeof plainDoors;
