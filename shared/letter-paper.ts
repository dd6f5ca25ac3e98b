// A letter or bulletin as a paper: its text by the form of its kind, the closed annex with the people, the list of files
// that go along; and the sheet on which drafting, checking and signing are noted (发文稿纸). Published papers name no person.
import { actingName } from './access.ts';
import { labelled } from './form-paper.ts';
import { type Count, countText, type LetterFacts, type LetterKind, type LetterState } from './letter.ts';
import type { AnnexRow } from './letter-wording.ts';
import type { Annex, Block, PaperContent, Row } from './paper-content.ts';
import { type PrintedPicture, pictureBlock } from './paper-pictures.ts';
import type { PaperTemplate } from './paper-template.ts';
import { chineseDate, clockTimeOf, type Day, dayOf, type Instant } from './time.ts';

/** A file that goes with a letter (音视频资料移交清单). */
export interface SharedFile {
  case: string;
  n: number;
  kind: 'photo' | 'video' | 'audio' | 'document';
  takenAt: Instant;
  seconds?: number;
  sha256: string;
  /** Bystanders were masked in a derived copy, which goes along in its place. */
  masked?: boolean;
  /** The watermarked copy that was made for a disc. */
  copy?: string;
}

export interface LetterWords {
  state: LetterState;
  title: string;
  body: string;
  organ: string;
  /** Name of the department addressed; a bulletin goes to the windows. */
  department?: string;
  /** Names of the departments a bulletin is copied to. */
  copies: string[];
  annex: AnnexRow[];
  files: SharedFile[];
  /** Of a bulletin: its own facts, drawn as charts. */
  charts: { title: string; bars: { label: string; value: number; text: string }[] }[];
  /** Photos printed in an annex. */
  pictures: PrintedPicture[];
  template: PaperTemplate;
  nameOf(person: string): string | undefined;
}

const isPublished = (kind: LetterKind): boolean => kind === 'bulletin';

/** The day the paper bears: when its signer signed (7.3.5.4); a draft bears none. */
const signedDay = (state: LetterState): Day | undefined =>
  'signed' in state ? dayOf(state.signed.at) : undefined;
const numberOf = (state: LetterState): string | undefined =>
  'documentNumber' in state ? state.documentNumber : undefined;

/** The paper without its check mark. Before signing it says on every page that it is a preview. */
export const letterPaper = (words: LetterWords): PaperContent => {
  const { state, template, organ } = words;
  const published = isPublished(state.kind);
  const day = signedDay(state);
  const date = day === undefined ? '　　　　年　月　日' : chineseDate(day);
  const number = numberOf(state) ?? `${state.organ}${published ? '通报' : '函'}〔　　〕　号`;
  const addressee = published
    ? '各窗口'
    : (template.salutation ?? '{部门}').replaceAll('{部门}', words.department ?? '');
  return {
    format: published ? 'redHead' : 'letter',
    mark: published ? (template.bulletinMark ?? `${organ}文件`) : (template.letterMark ?? organ),
    number,
    title: words.title,
    addressee,
    blocks: withCharts(bodyBlocks(closed(words.body, template, published)), words.charts),
    annexes: published ? [] : annexesOf(words),
    signature: { organ: template.signature ?? organ, date, seal: 'space' },
    ...(template.contact === undefined ? {} : { note: template.contact }),
    copies: words.copies,
    ...(published ? { imprint: { organ: template.signature ?? organ, date } } : {}),
    ...(state.stage === 'void' || state.stage === 'withdrawn'
      ? { banner: state.stage === 'void' ? '已作废' : '已撤回' }
      : day === undefined
        ? { banner: '预览稿 未签发' }
        : {}),
  };
};

/** The bulletin's facts as bars, the highest first; what its text says in words. */
export const bulletinCharts = ({ clauses, departments }: LetterFacts): LetterWords['charts'] => {
  const bar = (label: string, of: Count) => ({
    label,
    value: of.personTimes + of.incidents,
    text: countText(of),
  });
  return [
    { title: '图1　主要情形', bars: clauses.slice(0, 10).map(({ title, of }) => bar(title, of)) },
    { title: '图2　各派驻部门', bars: departments.slice(0, 15).map(({ name, of }) => bar(name, of)) },
  ];
};

/** Charts stand after the text they belong to, before its closing sentence. */
const withCharts = (blocks: Block[], charts: LetterWords['charts']): Block[] => {
  const drawn = charts.flatMap(({ title, bars }): Block[] =>
    bars.length === 0
      ? []
      : [
          { kind: 'line', text: title, align: 'centre', face: 'hei', size: 12 },
          { kind: 'bars', bars },
        ],
  );
  const last = blocks.at(-1);
  const closing = last?.kind === 'paragraph' && /^特此/.test(last.text);
  return closing ? [...blocks.slice(0, -1), ...drawn, last] : [...blocks, ...drawn];
};

const closed = (body: string, { closing }: PaperTemplate, published: boolean): string =>
  closing === undefined || published ? body : body.replace(/\n特此函告。\s*$/, `\n${closing}`);

/** Text as a clerk writes it: 一、 and （一） begin headings when they stand alone on a short line. */
const bodyBlocks = (body: string): Block[] =>
  body
    .split('\n')
    .map((text) => text.trim())
    .filter((text) => text !== '')
    .map((text): Block => ({ kind: 'paragraph', text, level: levelOf(text) }));

const levelOf = (text: string): 0 | 1 | 2 => {
  if (text.length > 30 || /[，；：]$/.test(text)) return 0;
  if (/^[一二三四五六七八九十]+、/.test(text)) return 1;
  return /^（[一二三四五六七八九十]+）/.test(text) ? 2 : 0;
};

const annexesOf = ({ annex, files, pictures }: LetterWords): Annex[] => [
  ...(annex.length === 0
    ? []
    : [{ name: '违纪问题清单（内部材料，不得公开）', blocks: [violationTable(annex)] }]),
  ...(files.length === 0 ? [] : [{ name: '音视频资料移交清单', blocks: handOverBlocks(files) }]),
  ...(pictures.length === 0
    ? []
    : [{ name: '违纪问题照片（内部材料，不得公开）', blocks: pictures.map(pictureBlock) }]),
];

const row = (texts: readonly string[], widths: readonly number[], centred: readonly number[] = []): Row => ({
  cells: texts.map((text, n) => ({
    text,
    width: widths[n] ?? 1,
    ...(centred.includes(n) ? { align: 'centre' as const } : {}),
  })),
});

const violationWidths = [12, 27, 15, 22, 34, 24, 22];
const violationTable = (rows: readonly AnnexRow[]): Block => ({
  kind: 'table',
  head: row(['序号', '时间', '窗口', '人员', '问题', '条款', '结果'], violationWidths),
  rows: rows.map((one, n) =>
    row(
      [
        String(n + 1),
        one.when.replace(/^\d{4}年/, ''),
        one.window,
        one.persons.join('、'),
        `${one.violation}（${one.severity}）`,
        one.clause,
        one.outcome,
      ],
      violationWidths,
      [0],
    ),
  ),
});

const kinds = { photo: '照片', video: '视频', audio: '音频', document: '文件' } as const;
/** 3′05″ */
const lengthOf = (seconds: number | undefined): string =>
  seconds === undefined
    ? ''
    : `${Math.floor(seconds / 60)}′${String(Math.round(seconds % 60)).padStart(2, '0')}″`;

const grouped = (hash: string): string => hash.match(/.{8}/g)?.join(' ') ?? hash;
const fileWidths = [12, 16, 38, 18, 72];
/** Every file with its length and its hash, so that what was handed over can be told from anything else. */
export const fileTable = (files: readonly SharedFile[]): Block => ({
  kind: 'table',
  head: row(['序号', '类别', '摄录时间', '时长', 'SHA-256'], fileWidths),
  rows: files.map((file, n) =>
    row(
      [
        String(n + 1),
        `${kinds[file.kind]}${file.masked ? '（已遮挡）' : ''}`,
        `${chineseDate(dayOf(file.takenAt))} ${clockTimeOf(file.takenAt)}`,
        lengthOf(file.seconds),
        `${grouped(file.sha256)}${file.copy === undefined ? '' : `\n副本 ${grouped(file.copy)}`}`,
      ],
      fileWidths,
      [0],
    ),
  ),
});

const handOverBlocks = (files: readonly SharedFile[]): Block[] => [
  {
    kind: 'paragraph',
    text: `本清单所列资料共${files.length}份，仅限核实问题和教育管理使用，请指定专人保管，不得复制、传播，用毕按规定销毁。`,
  },
  fileTable(files),
];

/** 移交清单 as a paper of its own, signed by both sides when files are handed over off line. */
export const handOverPaper = (words: LetterWords): PaperContent => ({
  ...formOf(
    '音视频资料移交清单',
    numberOf(words.state) === undefined ? '' : `所附文号：${numberOf(words.state)}`,
  ),
  mark: words.organ,
  blocks: [
    ...handOverBlocks(words.files),
    {
      kind: 'table',
      rows: [
        labelled(['移交方式', '□刻盘移交　□当面播放　□其他：'], [30, 126]),
        labelled(['移交单位', words.organ, '接收单位', words.department ?? ''], [26, 52, 26, 52]),
        labelled(['移交人', '', '接收人', ''], [26, 52, 26, 52], 2),
        labelled(['移交日期', '　　年　月　日', '接收日期', '　　年　月　日'], [26, 52, 26, 52]),
        { ...labelled(['见证或说明', ''], [26, 130]), lines: 3 },
      ],
    },
  ],
});

const formOf = (title: string, number: string): PaperContent => ({
  format: 'form',
  mark: '',
  number,
  title,
  blocks: [],
  annexes: [],
  copies: [],
});

const blankStep = '　　　　年　月　日';
/** 发文稿纸: for signing on paper; what was done in the system already is filled in. */
export const dispatchSheet = (words: LetterWords): PaperContent => {
  const { state, organ } = words;
  const done = (
    step: { by: { person: string; for?: string | undefined }; at: Instant } | undefined,
  ): string =>
    step === undefined ? blankStep : `${actingName(step.by, words.nameOf)}　${chineseDate(dayOf(step.at))}`;
  const to = isPublished(state.kind) ? '各窗口' : (words.department ?? '');
  return {
    ...formOf(`${organ}发文稿纸`, ''),
    mark: organ,
    blocks: [
      {
        kind: 'table',
        rows: [
          labelled(['发文字号', numberOf(state) ?? '', '密级', '', '紧急程度', ''], [26, 50, 16, 20, 24, 20]),
          { ...labelled(['签发', 'signed' in state ? done(state.signed) : ''], [26, 130]), lines: 3 },
          { ...labelled(['核稿', 'checked' in state ? done(state.checked) : ''], [26, 130]), lines: 2 },
          { ...labelled(['会签', ''], [26, 130]), lines: 2 },
          labelled(
            [
              '拟稿',
              `${state.authors.map((person) => words.nameOf(person) ?? '').join('、')}　${chineseDate(dayOf(state.draftedAt))}`,
              '份数',
              '',
            ],
            [26, 90, 16, 24],
          ),
          labelled(['标题', words.title], [26, 130]),
          labelled(['主送', to], [26, 130]),
          labelled(['抄送', words.copies.join('、')], [26, 130]),
          labelled(
            [
              '附件',
              annexesOf(words)
                .map(({ name }) => name)
                .join('；'),
            ],
            [26, 130],
          ),
          { ...labelled(['正文', words.body], [26, 130]) },
          { ...labelled(['用印', '', '印发', ''], [26, 52, 26, 52]), lines: 2 },
        ],
      },
    ],
  };
};
