// What a file is by its own bytes, whatever its device called it: only what the hall takes is taken (pictures, clips, voice,
// PDF), and only under its own name, so that nothing travels as a picture that a browser, an office or an unpacker would
// run. Signatures after the WHATWG MIME Sniffing standard (mimesniff.spec.whatwg.org). Pure; reads the first kibibyte and
// the end.

type Content = 'jpeg' | 'png' | 'webp' | 'mp4' | 'mov' | 'webm' | 'mpeg' | 'wav' | 'pdf';

const expected = new Map<string, readonly Content[]>([
  ['image/jpeg', ['jpeg']],
  ['image/png', ['png']],
  ['image/webp', ['webp']],
  ['video/mp4', ['mp4']],
  ['video/quicktime', ['mp4', 'mov']],
  ['audio/mp4', ['mp4']],
  ['video/webm', ['webm']],
  ['audio/webm', ['webm']],
  ['audio/mpeg', ['mpeg']],
  ['audio/wav', ['wav']],
  ['application/pdf', ['pdf']],
]);

const latin = (bytes: Uint8Array): string => {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
};

/** Brands of a pictures' container, which browsers do not show and nobody announces (ISO/IEC 23008-12, AVIF). */
const pictureBrands = /^(he[im]|hev|mif|msf|avi)/;
/** Older recorders begin a film without a brand (QuickTime File Format). */
const filmBoxes = ['moov', 'mdat', 'wide', 'free', 'skip'];
/** A frame of MPEG audio, layer III: eleven bits set, a version, the layer (ISO/IEC 11172-3, 2.4.2.3). */
const mpegFrame = /^\u00ff[\u00fa\u00fb\u00f2\u00f3\u00e2\u00e3]/;

const contentOf = (head: string): Content | undefined => {
  const begins = (sign: string): boolean => head.startsWith(sign);
  const inside = head.slice(8, 12);
  if (begins('\u00ff\u00d8\u00ff')) return 'jpeg';
  if (begins('\u0089PNG\r\n\u001a\n')) return 'png';
  if (begins('RIFF')) return inside === 'WEBP' ? 'webp' : inside === 'WAVE' ? 'wav' : undefined;
  if (head.slice(4, 8) === 'ftyp') return pictureBrands.test(inside) ? undefined : 'mp4';
  if (filmBoxes.includes(head.slice(4, 8))) return 'mov';
  // Matroska shares the signature and names itself otherwise.
  if (begins('\u001aE\u00df\u00a3')) return head.slice(4, 64).includes('webm') ? 'webm' : undefined;
  if (begins('ID3') || mpegFrame.test(head)) return 'mpeg';
  return begins('%PDF-') ? 'pdf' : undefined;
};

/** Bytes at each end that tell. The end holds an archive's directory with the longest comment (PKWARE APPNOTE 4.3.16). */
export const endSizes = { head: 1_024, tail: 65_557 };

/**
 * Whether the bytes are not what was announced, or carry something else along (a polyglot): a page or a second document
 * within the first bytes, an archive behind the last. Of what nobody read nothing is known, and it is not taken.
 */
export const isOther = (mediaType: string, first?: Uint8Array, last?: Uint8Array): boolean => {
  if (!first || !last) return true;
  const head = latin(first.subarray(0, endSizes.head));
  const found = contentOf(head);
  if (found === undefined || expected.get(mediaType)?.includes(found) !== true) return true;
  if (/<script|<html|<svg|<\?php/i.test(head)) return true;
  if (head.includes('%PDF-', 1)) return true;
  // The directory of an archive on one disk; by chance one picture in hundreds of millions of millions ends so.
  return latin(last).includes('PK\u0005\u0006\0\0\0\0');
};
