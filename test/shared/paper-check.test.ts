// The code on a paper follows from every character of it.
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { checkCode, checkedText, readCheckCode } from '../../shared/paper-check.ts';
import { wordsOf } from '../../shared/paper-content.ts';
import { paragraphs, sampleAnnex, sampleBulletin, sampleLetter, samplePerson } from '../paper-samples.ts';

const digest = (text: string): string => createHash('sha256').update(text).digest('hex');
const codeOf = (paper: Parameters<typeof checkedText>[0]): string => checkCode(digest(checkedText(paper)));

it('is another one when a single character of number, date or text is another', () => {
  const body = '本中心核实你单位派驻窗口违纪问题5人次。';
  const one = codeOf(sampleLetter({ blocks: paragraphs(body) }));
  expect(one).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}$/);
  fc.assert(
    fc.property(fc.nat(body.length - 1), (at) => {
      const altered = `${body.slice(0, at)}改${body.slice(at + 1)}`;
      expect(codeOf(sampleLetter({ blocks: paragraphs(altered) }))).not.toBe(one);
    }),
  );
  expect(codeOf(sampleLetter({ blocks: paragraphs(body), number: '某政务函〔2026〕8号' }))).not.toBe(one);
});

it('is read as it is typed off the paper', () => {
  expect(readCheckCode('7k3m 9qxw2btr-4f6h')).toBe('7K3M-9QXW-2BTR-4F6H');
  expect(readCheckCode('OIL0-0000-0000-0000')).toBe('0110-0000-0000-0000');
});

it('covers the people in the annex, whom no published paper names', () => {
  expect(wordsOf(sampleLetter({ annexes: [sampleAnnex(1)] }))).toContain(samplePerson);
  expect(wordsOf(sampleBulletin())).not.toContain(samplePerson);
});
