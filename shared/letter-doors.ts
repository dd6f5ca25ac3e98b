// Doors to one letter besides its commands: its facts side by side, its register of prints, the seal's picture, and what a
// liaison without an account does with a link. Secrets travel in bodies only, never in an address.
import * as z from 'zod';
import { door } from './doors.ts';
import { manifest } from './evidence.ts';
import { freeText } from './free-text.ts';
import { centreId, commandId, instant, monthlyId } from './ids.ts';

const letter = { id: monthlyId('letter') };
const year = z.coerce.number().int().min(2020).max(2099);
const linkTo = { centre: centreId, letter: monthlyId('letter') };
const inside = { ...linkTo, pass: z.string().regex(/^[A-Za-z0-9_-]{20,80}$/, '凭据格式不对') };
const group = '函告与通报';
const common = {
  group,
  method: 'POST',
  access: 'anyone',
  refuses: ['letter', 'time', 'evidence', 'access'],
} as const;

export const letterDoors = {
  'letter.facts': door({
    name: 'letter.facts',
    group,
    method: 'GET',
    path: '/api/letters/{id}/facts',
    summary: '函件的事实:拟稿时与现在逐项对照,并给出按现在事实改好的正文',
    access: 'letter.read',
    input: z.strictObject(letter),
    view: 'letter.facts',
  }),
  'letter.prints': door({
    name: 'letter.prints',
    group,
    method: 'GET',
    path: '/api/letters/{id}/prints',
    summary: '函件的打印登记:谁、何时、打印了哪一份',
    access: 'letter.readPrints',
    input: z.strictObject(letter),
    view: 'letter.prints',
  }),
  'letter.printRegister': door({
    name: 'letter.printRegister',
    group,
    method: 'GET',
    path: '/api/print-registers/{year}',
    summary: '一年文号的打印登记簿:每次打印、加印的文号、哪一份、谁、何时',
    access: 'letter.readPrints',
    input: z.strictObject({ year }),
    view: 'letter.printRegister',
  }),
  'letter.printRegisterExport': door({
    name: 'letter.printRegisterExport',
    group,
    method: 'GET',
    path: '/api/print-registers/{year}/spreadsheet',
    summary: '打印登记簿导出为表格,行数与登记簿一致',
    access: 'letter.readPrints',
    input: z.strictObject({ year }),
    view: 'file',
  }),
  'registry.keepSeal': door({
    name: 'registry.keepSeal',
    group,
    method: 'POST',
    path: '/api/seal-pictures',
    summary: '存入电子印章图片(正方形透明底 PNG);在中心资料的公文设置中填写其校验值后启用',
    access: 'registry.keepSeal',
    input: z.strictObject({ commandId: commandId.exactOptional(), picture: z.base64().min(1).max(700_000) }),
    view: 'letter.keptSeal',
  }),
  'link.open': door({
    ...common,
    name: 'link.open',
    path: '/api/letter-links/open',
    summary: '联络员凭链接和一次性验证码进入一份函件,无需账号;错五次即锁定',
    input: z.strictObject({
      ...linkTo,
      secret: z.string().min(16).max(80),
      code: z.string().regex(/^\d{6,8}$/, '验证码为 6 至 8 位数字'),
    }),
    view: 'link.open',
  }),
  'link.read': door({
    ...common,
    name: 'link.read',
    path: '/api/letter-links/read',
    summary: '凭链接查看函件',
    input: z.strictObject(inside),
    view: 'link.read',
  }),
  'link.paper': door({
    ...common,
    name: 'link.paper',
    path: '/api/letter-links/paper',
    summary: '凭链接取得函件的印发件(登记)',
    input: z.strictObject(inside),
    view: 'file',
  }),
  'link.view': door({
    ...common,
    name: 'link.view',
    path: '/api/letter-links/views',
    summary: '凭链接查看随函证据:登记事由,取得限时地址',
    input: z.strictObject({ ...inside, nth: z.int().min(1).max(12), reason: freeText(200) }),
    view: 'evidence.view',
  }),
  'link.acknowledge': door({
    ...common,
    name: 'link.acknowledge',
    path: '/api/letter-links/acknowledge',
    summary: '凭链接签收',
    input: z.strictObject({ ...inside, commandId, receivedAt: instant }),
    view: 'answer',
  }),
  'link.answer': door({
    ...common,
    name: 'link.answer',
    path: '/api/letter-links/answer',
    summary: '凭链接复函、反馈整改',
    input: z.strictObject({
      ...inside,
      commandId,
      answer: freeText(5000),
      answeredAt: instant,
      evidence: manifest.default([]),
    }),
    view: 'answer',
  }),
  'link.upload': door({
    ...common,
    name: 'link.upload',
    path: '/api/letter-links/uploads',
    summary: '凭链接上传复函附件:取得上传地址',
    input: z.strictObject({ ...inside, n: z.int().min(1).max(100) }),
    view: 'evidence.upload',
  }),
  'link.complete': door({
    ...common,
    name: 'link.complete',
    path: '/api/letter-links/uploads/complete',
    summary: '凭链接上传复函附件:已传完',
    input: z.strictObject({ ...inside, n: z.int().min(1).max(100) }),
    view: 'evidence.complete',
  }),
};
