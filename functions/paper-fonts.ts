// Which font file draws which typeface: the office's own folder first, then the open 仿宋 and 楷体 that `npm run fonts`
// fetched, then Noto, which is always there. Says which official face was substituted. Where files lie is not known here.
import type { Face } from '../shared/paper-content.ts';
import type { FontMetrics } from '../shared/paper-lines.ts';
import { type FontFile, readFont } from './font-file.ts';

interface Candidate {
  file: string;
  /** What it is called in the record of a paper. */
  name: string;
  /** The face the standard asks for, not one like it. */
  official?: true;
}

const noto = (weight: string): Candidate => ({ file: `NotoSerifSC_${weight}.ttf`, name: 'Noto Serif SC' });
const sans: Candidate = { file: 'NotoSansSC_500Medium.ttf', name: 'Noto Sans SC' };
const serif = noto('400Regular');

/** First found wins. The official names are those under which offices keep their licensed files. */
const candidates: Record<Face, readonly Candidate[]> = {
  title: [
    { file: 'FZXBSJW.TTF', name: '方正小标宋简体', official: true },
    { file: '方正小标宋简体.ttf', name: '方正小标宋简体', official: true },
    noto('700Bold'),
  ],
  fangsong: [
    { file: 'simfang.ttf', name: '仿宋', official: true },
    { file: '仿宋_GB2312.ttf', name: '仿宋_GB2312', official: true },
    { file: 'FandolFang-Regular.otf', name: 'FandolFang' },
    serif,
  ],
  kai: [
    { file: 'simkai.ttf', name: '楷体', official: true },
    { file: '楷体_GB2312.ttf', name: '楷体_GB2312', official: true },
    { file: 'LXGWWenKai-Regular.ttf', name: '霞鹜文楷' },
    serif,
  ],
  hei: [{ file: 'simhei.ttf', name: '黑体', official: true }, sans],
  song: [{ file: 'simsun.ttf', name: '宋体', official: true }, serif],
};
/** Where a face lacks a rare character, these are asked in turn. */
const rare: readonly Candidate[] = [serif, sans];

/** Every file that may be asked for. */
export const fontFiles: readonly string[] = [
  ...new Set([...Object.values(candidates).flat(), ...rare].map(({ file }) => file)),
];

export interface PaperFonts {
  metrics: FontMetrics;
  /** The file of a font that `metrics` named. */
  bytes(font: string): Buffer;
  /** By face: what stands in for the official typeface. Empty where the office's own files are used. */
  substituted: Partial<Record<Face, string>>;
}

/** Gives the bytes of a font file by its name; undefined where there is no such file. */
export type FontSource = (file: string) => Promise<Buffer | undefined>;

/**
 * Looks for every face and keeps what it found in memory (some 60 MB).
 * @throws when there is no font at all for a face: the program is not installed whole
 */
export const openFonts = async (source: FontSource): Promise<PaperFonts> => {
  const read = new Map<string, FontFile>();
  const load = async ({ file }: Candidate): Promise<boolean> => {
    if (read.has(file)) return true;
    const bytes = await source(file);
    if (bytes) read.set(file, readFont(bytes));
    return bytes !== undefined;
  };
  const substituted: Partial<Record<Face, string>> = {};
  const chosen = async (face: Face): Promise<string> => {
    for (const candidate of candidates[face]) {
      if (!(await load(candidate))) continue;
      if (!candidate.official) substituted[face] = candidate.name;
      return candidate.file;
    }
    throw new Error(`no font for ${face}`);
  };
  const byFace: Record<Face, string> = {
    title: await chosen('title'),
    fangsong: await chosen('fangsong'),
    kai: await chosen('kai'),
    hei: await chosen('hei'),
    song: await chosen('song'),
  };
  const fallbacks: string[] = [];
  for (const candidate of rare) if (await load(candidate)) fallbacks.push(candidate.file);
  const known = new Map<string, ReturnType<FontMetrics>>();
  const measured = (face: Face, character: string): ReturnType<FontMetrics> => {
    for (const file of [byFace[face], ...fallbacks]) {
      const advance = read.get(file)?.advance(character);
      if (advance !== undefined) return { font: file, advance };
    }
    // Nobody has it: the face's own empty box, so that a reader sees that something stands there.
    return { font: byFace[face], advance: 1 };
  };
  return {
    metrics: (face, character) => {
      const key = `${face}${character}`;
      const before = known.get(key);
      if (before) return before;
      const fresh = measured(face, character);
      known.set(key, fresh);
      return fresh;
    },
    bytes: (font) => {
      const file = read.get(font);
      if (!file) throw new Error(`${font} was never opened`);
      return file.bytes;
    },
    substituted,
  };
};
