// Which font file draws which typeface: the office's own folder first, then the open 仿宋 and 楷体 that `npm run fonts`
// fetched, then Noto, which is always there. Says which official face was substituted. Files are read once, when needed.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
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

export interface PaperFonts {
  metrics: FontMetrics;
  /** The file of a font that `metrics` named. */
  bytes(font: string): Buffer;
  /** By face: what stands in for the official typeface. Empty where the office's own files are used. */
  substituted: Partial<Record<Face, string>>;
}

/**
 * Looks for every face in the folders, in order of folders within each candidate.
 * @throws when a folder holds no font at all for a face: the program is not installed whole
 */
export const openFonts = (folders: readonly string[]): PaperFonts => {
  const read = new Map<string, FontFile>();
  const pathOf = ({ file }: Candidate): string | undefined =>
    folders.map((folder) => join(folder, file)).find((path) => existsSync(path));
  const load = (path: string): FontFile => {
    const known = read.get(path);
    if (known) return known;
    const fresh = readFont(readFileSync(path));
    read.set(path, fresh);
    return fresh;
  };
  const substituted: Partial<Record<Face, string>> = {};
  const chosen = (face: Face): string => {
    for (const candidate of candidates[face]) {
      const path = pathOf(candidate);
      if (path === undefined) continue;
      if (!candidate.official) substituted[face] = candidate.name;
      return path;
    }
    throw new Error(`no font for ${face} in ${folders.join(', ')}`);
  };
  const byFace: Record<Face, string> = {
    title: chosen('title'),
    fangsong: chosen('fangsong'),
    kai: chosen('kai'),
    hei: chosen('hei'),
    song: chosen('song'),
  };
  const fallbacks = rare.flatMap((candidate) => pathOf(candidate) ?? []);
  const known = new Map<string, ReturnType<FontMetrics>>();
  const measured = (face: Face, character: string): ReturnType<FontMetrics> => {
    for (const path of [byFace[face], ...fallbacks]) {
      const advance = load(path).advance(character);
      if (advance !== undefined) return { font: path, advance };
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
    bytes: (font) => load(font).bytes,
    substituted,
  };
};
