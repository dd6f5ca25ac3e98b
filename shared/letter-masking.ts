// Photos that go with a letter may show people who have nothing to do with it: the clerk masks them in a derived copy, which
// goes along in the original's place. The original stays as it was taken; the copy says whose copy it is by that one's hash.
import * as z from 'zod';
import { type Command, command, happened as done, existing } from './command.ts';
import { manifestEntry } from './evidence.ts';
import { aboutLetter, sharesOf, wrongStage } from './letter-drafting.ts';
import { refuse } from './problems.ts';
import { isAhead } from './time.ts';

const mask: Command = command({
  type: 'letter.mask',
  action: 'letter.mask',
  summary: '遮挡随函照片中的无关人员:附遮挡后的副本,原件不动,按原件校验值对应',
  on: 'letter',
  fields: z.strictObject({
    /** `<case>~<n>` of the photo that was masked. */
    of: z.string().regex(/^case-[0-9a-f.-]{40,50}~[1-9]\d?$/, '证据编号写作 问题编号~序号'),
    /** SHA-256 of the original that the device worked on. */
    original: z.string().regex(/^[0-9a-f]{64}$/, 'SHA-256 写作 64 位小写十六进制'),
    evidence: z
      .array(manifestEntry.refine(({ kind }) => kind === 'photo', '遮挡后的副本应为照片'))
      .length(1, '请附一份遮挡后的照片'),
  }),
  also: (fields) => [{ kind: 'case', id: fields.of.split('~')[0] ?? '' }],
  about: (state) => aboutLetter(existing(state)),
  decide: (state, fields, context) => {
    const open = existing(state);
    if (open.stage !== 'draft' && open.stage !== 'returned') return wrongStage(open);
    const [record = '', n = ''] = fields.of.split('~');
    const photo = context.other('case', record)?.evidence.find((entry) => entry.n === Number(n));
    const fits =
      sharesOf(open).includes(fields.of) &&
      photo?.kind === 'photo' &&
      photo.state === 'received' &&
      photo.sha256 === fields.original &&
      fields.evidence.every(({ sha256 }) => sha256 !== fields.original);
    if (!fits) return refuse('letter.mask-unfit');
    if (fields.evidence.some((file) => isAhead(file.takenAt, context.now))) return refuse('time.future');
    return done({
      type: 'letter.masked',
      v: 1,
      of: fields.of,
      original: fields.original,
      evidence: fields.evidence,
    });
  },
});

export const maskingCommands: Command[] = [mask];
