// The check code of a paper: sixteen signs that follow from its number, its date and every word it says, so that one
// altered character gives another code. Pure: the digest is handed in.
import { canonical } from './canonical.ts';
import { type PaperContent, wordsOf } from './paper-content.ts';

/** Without I, L, O, U: what is read off a paper is not mistaken (Crockford's base 32). */
const signs = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** The text whose SHA-256 is the content hash of a paper. */
export const checkedText = (paper: PaperContent): string =>
  canonical({ number: paper.number, date: paper.signature?.date ?? '', words: wordsOf(paper) });

/** `7K3M-9QXW-2BTR-4F6H`: the first 80 bits of a hexadecimal digest. */
export const checkCode = (digest: string): string => {
  const code = Array.from({ length: 16 }, (_, n) => {
    const bits = (at: number): number => {
      const nibble = Number.parseInt(digest[at >> 2] ?? '0', 16);
      return (nibble >> (3 - (at & 3))) & 1;
    };
    const value = Array.from({ length: 5 }, (_none, bit) => bits(n * 5 + bit)).reduce(
      (sum, bit) => sum * 2 + bit,
      0,
    );
    return signs[value] ?? '';
  });
  return (code.join('').match(/.{4}/g) ?? []).join('-');
};

/** As somebody types it: small letters, no hyphens, O for 0 and I or L for 1. */
export const readCheckCode = (typed: string): string =>
  (
    typed
      .slice(0, 60)
      .toUpperCase()
      .replace(/[^0-9A-Z]/g, '')
      .replaceAll('O', '0')
      .replace(/[IL]/g, '1')
      .match(/.{1,4}/g) ?? []
  ).join('-');
