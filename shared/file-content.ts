// What a file is by its own bytes, whatever its device called it: so that nothing travels under a picture's name that a
// browser, an office or an unpacker would run. Signatures after the WHATWG MIME Sniffing standard (mimesniff.spec.whatwg.org).
// Pure; reads the first kibibyte and the end.

type Content = 'jpeg' | 'png' | 'webp' | 'mp4' | 'webm' | 'mpeg' | 'wav' | 'pdf' | 'active' | 'packed';

const expected: Record<string, Content> = {
  'image/jpeg': 'jpeg',
  'image/png': 'png',
  'image/webp': 'webp',
  'video/mp4': 'mp4',
  'video/quicktime': 'mp4',
  'audio/mp4': 'mp4',
  'video/webm': 'webm',
  'audio/webm': 'webm',
  'audio/mpeg': 'mpeg',
  'audio/wav': 'wav',
  'application/pdf': 'pdf',
};

const latin = (bytes: Uint8Array): string => {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
};

/** Begins like a page or a drawing with scripts, after blanks and byte-order marks. */
const page = /^[\s\uFEFF\u00ef\u00bb\u00bf]*<(!doctype|html|head|body|script|svg|\?xml|iframe)/i;
/** Programs and scripts of some system: a shell's, DOS and Windows, ELF, Java and Mach-O. */
const programs = ['#!', 'MZ', '\u007fELF', '\u00ca\u00fe\u00ba\u00be'];
/** Archives: zip (also office files), gzip, 7z, rar, bzip2, xz. */
const archives = [
  ...['PK\u0003\u0004', 'PK\u0005\u0006', 'PK\u0007\u0008', '\u001f\u008b', '7z\u00bc\u00af'],
  ...['Rar!', 'BZh', '\u00fd7zXZ'],
];

const beginsAs = (head: string): Content | undefined => {
  const begins = (sign: string): boolean => head.startsWith(sign);
  if (page.test(head) || programs.some(begins)) return 'active';
  if (archives.some(begins)) return 'packed';
  if (head.startsWith('\u00ff\u00d8\u00ff')) return 'jpeg';
  if (head.startsWith('\u0089PNG\r\n\u001a\n')) return 'png';
  if (head.startsWith('RIFF') && head.slice(8, 12) === 'WEBP') return 'webp';
  if (head.startsWith('RIFF') && head.slice(8, 12) === 'WAVE') return 'wav';
  if (head.slice(4, 8) === 'ftyp') return 'mp4';
  if (head.startsWith('\u001aE\u00df\u00a3')) return 'webm';
  if (head.startsWith('ID3')) return 'mpeg';
  return head.startsWith('%PDF-') ? 'pdf' : undefined;
};

/** Bytes at each end that tell. The end holds an archive's directory with the longest comment (PKWARE APPNOTE 4.3.16). */
export const headBytes = 1_024;
export const tailBytes = 65_557;

/**
 * Whether the bytes are something else than announced, or carry something else along (a polyglot): a page within a
 * picture's first bytes, an archive behind its last. What is not recognised at all is believed: nothing runs it.
 */
export const isOther = (mediaType: string, first: Uint8Array, last: Uint8Array): boolean => {
  const head = latin(first.subarray(0, headBytes));
  const found = beginsAs(head);
  if (found !== undefined && found !== expected[mediaType]) return true;
  if (/<script|<html|<svg|<\?php/i.test(head)) return true;
  // The directory of an archive on one disk; by chance one picture in hundreds of millions of millions ends so.
  return latin(last).includes('PK\u0005\u0006\0\0\0\0');
};
