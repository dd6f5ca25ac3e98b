// Papers of every kind as their placed blocks, line by line with position, size and face: a change of layout or wording is
// seen in the diff. Published ones are searched for every name of the demonstration centre. The square code is read back out
// of the drawn page by a reader that is none of ours.
import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import { openFonts } from '../../functions/paper-fonts.ts';
import { pdfOf } from '../../functions/paper-pdf.ts';
import { demoCentre } from '../../local/demo-centre.ts';
import { fontsIn, notoFolders } from '../../local/font-folders.ts';
import { layPaper, type PlacedPaper } from '../../shared/letter-layout.ts';
import { type LetterWords, letterPaper } from '../../shared/letter-paper.ts';
import { bodyText, draftText } from '../../shared/letter-wording.ts';
import type { PaperContent } from '../../shared/paper-content.ts';
import { area } from '../../shared/paper-measures.ts';
import { departmentPaper, weeklyPaper, yearPaper } from '../../shared/report-paper.ts';
import { letterWords, someFacts } from '../letter-words-sample.ts';
import { awkwardLetter, sampleLetter } from '../paper-samples.ts';
import { readPdf } from '../pdf-reader.ts';

const fonts = await openFonts(fontsIn(notoFolders));

/** `12.3 145.0 16 仿宋|words`: left end and baseline in millimetres, points, face. */
const linesOf = ({ marks }: PlacedPaper['pages'][number]): string[] => {
  const lines = new Map<string, { x: number; y: number; size: number; face: string; text: string }>();
  for (const mark of marks) {
    if (mark.kind === 'picture' || mark.kind === 'seal')
      lines.set(`${mark.kind}${mark.x}${mark.y}`, {
        x: mark.x,
        y: mark.y,
        size: 0,
        face: mark.kind,
        text: '',
      });
    if (mark.kind !== 'glyphs') continue;
    const key = `${mark.y.toFixed(1)} ${mark.face} ${mark.size}`;
    const before = lines.get(key);
    if (before) before.text += mark.text;
    else lines.set(key, { x: mark.x, y: mark.y, size: mark.size, face: mark.face, text: mark.text });
  }
  return [...lines.values()]
    .toSorted((a, b) => a.y - b.y || a.x - b.x)
    .map(({ x, y, size, face, text }) => `${x.toFixed(1)} ${y.toFixed(1)} ${size} ${face}|${text}`);
};
const placedText = (paper: PaperContent): string =>
  layPaper(paper, fonts.metrics)
    .pages.map((page, n) => `— ${n + 1} —\n${linesOf(page).join('\n')}\n`)
    .join('');

const names = [...demoCentre('https://issuer.example').entries].flatMap((entry) =>
  entry.kind === 'staff' && entry.name.length > 1 ? [entry.name] : [],
);
const departments = [...demoCentre('https://issuer.example').entries].flatMap((entry) =>
  entry.kind === 'department' ? [{ department: entry.id, name: entry.name }] : [],
);

const worded = (kind: LetterWords['state']['kind']): LetterWords => letterWords(kind, departments);
const bar = (key: string, total: number) => ({ key, total, minor: total - 1, evident: 1, serious: 0 });
const some = departments.slice(0, 8);
const charts = {
  total: 20,
  types: [bar('DIS-LATE', 12), bar('DIS-PHONE', 8)],
  grids: [],
  departments: some.map(({ department }, n) => bar(department, 9 - n)),
  hours: [],
  trend: [],
  reviews: [],
};
const called = {
  ...Object.fromEntries(some.map(({ department, name }) => [department, name])),
  'DIS-LATE': '迟到、早退',
  'DIS-PHONE': '上班时间玩手机',
};
const organ = '明窗市政务服务中心';

const closed: Record<string, PaperContent> = {
  letter: letterPaper(worded('violation')),
  monthly: letterPaper(worded('monthly')),
  correction: letterPaper(worded('correction')),
  evidence: letterPaper(worded('evidence')),
  awkward: awkwardLetter,
};
const published: Record<string, PaperContent> = {
  bulletin: letterPaper(worded('bulletin')),
  weekly: weeklyPaper({
    ...{ organ, from: '2026-11-16', until: '2026-11-22', charts, before: { total: 23 } },
    rounds: { rounds: 20, planned: 800, seen: 780 },
    stages: [{ name: '已认定', count: 20 }],
    rectifications: { ordered: 3, struckOff: 2, overdue: 1 },
    letters: [],
    names: called,
  }),
  department: departmentPaper({
    ...{ organ, month: '2026-11', name: some[0]?.name ?? '' },
    board: { people: 9, personTimes: 5, incidents: 1, mean: 9750 },
    types: charts.types,
    windows: [bar('window-a01', 5)],
    trend: ['2026-10', '2026-11'].map((month, n) => bar(month, 4 + n)),
    letters: [
      { documentNumber: '明政服函〔2026〕7号', title: '关于派驻窗口违纪问题的函', standing: '已办结' },
    ],
    rectifications: { ordered: 1, struckOff: 1, overdue: 0 },
    names: { ...called, 'window-a01': 'A01 号窗口' },
  }),
  year: yearPaper({
    ...{ organ, year: 2026 },
    papers: [
      {
        ...{
          number: '明政服函〔2026〕7号',
          by: organ,
          title: '关于派驻窗口违纪问题的函',
          date: '2026-12-05',
        },
        ...{ pages: 3, retention: '10年' as const, note: '' },
      },
    ],
    gaps: ['明政服函〔2026〕6号（已作废）'],
    months: [{ month: '2026-11', frozenOn: '2026-12-04' }],
  }),
};

describe('papers as placed', () => {
  it.each(Object.entries({ ...closed, ...published }))('%s', async (name, paper) => {
    await expect(placedText(paper)).toMatchFileSnapshot(`../golden/paper-${name}.txt`);
    for (const { marks } of layPaper(paper, fonts.metrics).pages)
      for (const mark of marks)
        if (mark.kind === 'glyphs' && paper.format !== 'letter')
          expect(mark.x + mark.width, mark.text).toBeLessThanOrEqual(area.right + 2);
  });

  it.each(Object.entries(published))('%s is published and names nobody', (_name, paper) => {
    const text = placedText(paper).replaceAll(/[\n |]/g, '');
    expect(names.length).toBeGreaterThan(200);
    expect(names.filter((name) => text.includes(name))).toEqual([]);
  });

  it('a name stands in the closed annex, not in the letter itself', () => {
    const [letter, ...annex] = placedText(letterPaper(worded('violation'))).split('— 2 —');
    expect(letter).not.toContain('张㛃');
    expect(annex.join('')).toContain('张㛃');
  });
});

describe('the drawn page', () => {
  it.each(Object.entries({ ...closed, ...published }))(
    'of %s has no glyph over another',
    async (_name, paper) => {
      const facts = { title: paper.title, organ: paper.mark, at: '2026-12-05T02:00:00.000Z' };
      const bytes = await pdfOf(layPaper(paper, fonts.metrics), fonts, facts);
      expect(bytes.length).toBeLessThan(300_000);
      for (const { texts } of readPdf(bytes))
        for (const one of texts)
          for (const other of texts)
            if (Math.abs(one.y - other.y) < 0.01 && one.x < other.x)
              // A mark that gave up its empty half lies under its neighbour's.
              expect(one.right - other.x, `${one.text} · ${other.text}`).toBeLessThan(0.05 + one.size * 0.2);
    },
  );
});

describe('the bulletin', () => {
  it('draws what it says: every figure of its charts stands in its facts', () => {
    const { charts: drawn } = worded('bulletin');
    const said = bodyText(
      draftText({
        kind: 'bulletin',
        centre: organ,
        month: '2026-11',
        facts: someFacts(departments),
        replyWorkingDays: 0,
      }),
    );
    for (const { bars } of drawn)
      for (const { label, text } of bars) expect(said).toContain(`${label}${text}`);
  });
});

describe('the square code', () => {
  it('is read off the drawn page as the address that checks the paper', async () => {
    const wasm = new URL(import.meta.resolve('zxing-wasm/reader/zxing_reader.wasm'));
    const binary = await readFile(wasm);
    prepareZXingModule({ overrides: { wasmBinary: new Uint8Array(binary).buffer } });
    const link = 'https://mingchuang.example.gov.cn/api/paper-checks/7K3M-9QXW-2BTR-4F6H/page';
    const paper = sampleLetter({ check: { link, words: ['校验码 7K3M-9QXW-2BTR-4F6H'] } });
    const facts = { title: paper.title, organ: paper.mark, at: '2026-12-05T02:00:00.000Z' };
    const bytes = await pdfOf(layPaper(paper, fonts.metrics), fonts, facts);
    // 8 dots a millimetre, about 200 dots an inch: what a copying machine makes of it.
    const [dots, page] = [8, readPdf(bytes)[0]];
    const [width, height] = [210 * dots, 297 * dots];
    const data = new Uint8ClampedArray(width * height * 4).fill(255);
    for (const fill of page?.fills ?? [])
      for (let y = Math.round(fill.y * dots); y < Math.round((fill.y + fill.height) * dots); y += 1)
        for (let x = Math.round(fill.x * dots); x < Math.round((fill.x + fill.width) * dots); x += 1)
          data.fill(0, (y * width + x) * 4, (y * width + x) * 4 + 3);
    const read = await readBarcodes({ data, width, height, colorSpace: 'srgb' }, { formats: ['QRCode'] });
    expect(read.map(({ text }) => text)).toEqual([link]);
  });
});

describe('pictures', () => {
  it('are printed with a caption below, never over them', () => {
    const { pages } = layPaper(letterPaper(worded('evidence')), fonts.metrics);
    const page = pages.find(({ marks }) => marks.some(({ kind }) => kind === 'picture'));
    const picture = page?.marks.find((mark) => mark.kind === 'picture');
    const caption = page?.marks.find((mark) => mark.kind === 'glyphs' && mark.text.includes('误差'));
    if (picture?.kind !== 'picture' || caption?.kind !== 'glyphs') throw new Error('picture and caption');
    expect(caption.y).toBeGreaterThan(picture.y + picture.height);
  });
});
