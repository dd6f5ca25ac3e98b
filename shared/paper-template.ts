// What a centre's papers say of the centre, as data: letterhead, signature, contact, closing, where a paper can be checked.
// Everything may be left out; then the centre's own name and the usual words stand.
import * as z from 'zod';
import { oneLine } from './free-text.ts';
import { numberPlan } from './letter-numbers.ts';

export const paperTemplate = z.strictObject({
  /** 发文机关标志 of the 函: full or standard short name, never with 文件 (GB/T 9704-2012, 10.1). */
  letterMark: oneLine(60)
    .refine((text) => !text.endsWith('文件'), '信函格式的发文机关标志不加“文件”')
    .optional(),
  /** 发文机关标志 of the 通报, usually with 文件 (7.2.4). */
  bulletinMark: oneLine(60).optional(),
  /** 发文机关署名, where it is not the name of the centre. */
  signature: oneLine(60).optional(),
  /** 附注: whom to ask. */
  contact: oneLine(80)
    .refine((text) => !/^（.*）$/.test(text), '圆括号由系统加上')
    .optional(),
  /** 主送机关, with {部门} for the department's name. */
  salutation: oneLine(80)
    .refine((text) => text.includes('{部门}'), '应含有“{部门}”')
    .refine((text) => !/[：:]$/.test(text), '冒号由系统加上')
    .optional(),
  /** The last sentence, instead of 特此函告。 */
  closing: oneLine(40)
    .refine((text) => text.endsWith('。'), '应以句号结尾')
    .optional(),
  /** Numbers of this year and the next: where they begin, and which were given elsewhere. */
  numbers: z
    .array(numberPlan)
    .max(12)
    .refine(
      (plans) => new Set(plans.map(({ word, year }) => `${word}${year}`)).size === plans.length,
      '同一文种同一年只写一条',
    )
    .optional(),
  /** 电子印章: left out, papers are sealed wet. The picture (PNG with a clear ground) lies with the papers, under its hash. */
  seal: z
    .strictObject({
      sha256: z.string().regex(/^[0-9a-f]{64}$/, 'SHA-256 写作 64 位小写十六进制'),
      /** Millimetres; 42 is the round seal of a county's organ. */
      diameter: z.number().min(30).max(60).default(42),
    })
    .optional(),
  /** 保管期限, where the office's own list differs from the usual one. */
  retention: z
    .partialRecord(
      z.enum(['violation', 'evidence', 'correction', 'monthly', 'bulletin']),
      z.enum(['永久', '30年', '10年']),
    )
    .optional(),
  /** Where the square code leads: the address of this platform as the addressee reaches it. */
  checkAt: z
    .url({ protocol: /^https?$/ })
    .max(60)
    .refine((url) => !url.endsWith('/'), '结尾不加斜杠')
    .optional(),
});
export type PaperTemplate = z.infer<typeof paperTemplate>;
