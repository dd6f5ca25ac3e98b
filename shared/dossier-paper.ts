// The dossier of one case (问题档案): what was found, every step with who and when, the pictures with a caption below each,
// and all files with their hashes. For the file of the case, never for publication.
import { severityNames, violationType } from './catalog.ts';
import { type CaseWords, form, happenedText, labelled, momentText } from './form-paper.ts';
import { fileTable, type SharedFile } from './letter-paper.ts';
import type { Block, PaperContent, Row } from './paper-content.ts';
import { type PrintedPicture, pictureBlock } from './paper-pictures.ts';
import type { Instant } from './time.ts';

export interface DossierStep {
  at: Instant;
  by: string;
  /** What was done, in words of the house. */
  what: string;
  words: string;
}
/** Titles of what can happen to a case, for its history. */
const stepTitles: Record<string, string> = {
  'case.reported': '上报',
  'case.evidenceAdded': '补充证据',
  'case.identified': '确定人员',
  'case.reassigned': '更正责任对象',
  'case.settledOnSpot': '当场提醒、已改正',
  'case.confirmed': '核实属实',
  'case.dismissed': '核实不属实',
  'case.merged': '并入其他问题',
  'case.joined': '并入本问题',
  'case.withdrawn': '撤回',
  'case.noticed': '送达告知单',
  'case.answered': '陈述申辩',
  'case.settled': '答复期满',
  'case.appealed': '申请复核',
  'case.appealDecided': '复核决定',
  'case.reopened': '重新核实',
  'case.paperAttached': '补录纸质材料',
  'case.rectificationOrdered': '开具整改单',
  'case.rectificationWithdrawn': '撤回整改单',
};
export const stepTitle = (type: string): string | undefined => stepTitles[type];

export const dossierPaper = (
  { state, context, clause }: CaseWords,
  persons: readonly string[],
  steps: readonly DossierStep[],
  pictures: readonly PrintedPicture[],
  files: readonly SharedFile[],
): PaperContent => {
  const row = (label: string, text: string): Row => labelled([label, text], [28, 128]);
  const window = state.window === undefined ? '' : context.nameOf(state.window);
  const blocks: Block[] = [
    {
      kind: 'table',
      rows: [
        row('问题编号', state.number ?? state.id),
        row('问题类别', violationType(state.type)?.name ?? state.type),
        row('发生时间', happenedText(state)),
        row('窗　　口', window),
        row('所在单位', state.department === undefined ? '' : context.nameOf(state.department)),
        row('责任对象', persons.map(context.nameOf).join('、')),
        row('事　　实', context.said('case.reported', 'description')),
        row(
          '认　　定',
          'verdict' in state ? `${severityNames[state.verdict.severity]}　${clause ?? ''}` : '未认定',
        ),
      ],
    },
    { kind: 'paragraph', text: '一、办理经过', level: 1 },
    {
      kind: 'table',
      head: stepRow(['时间', '经办人', '事项', '内容']),
      rows: steps.map((step) => stepRow([momentText(step.at), step.by, step.what, step.words])),
    },
  ];
  if (pictures.length > 0) {
    blocks.push({ kind: 'paragraph', text: '二、照片', level: 1 });
    blocks.push(...pictures.map(pictureBlock));
  }
  if (files.length > 0) {
    blocks.push({ kind: 'paragraph', text: `${pictures.length > 0 ? '三' : '二'}、证据清单`, level: 1 });
    blocks.push(fileTable(files));
  }
  return form('窗口违规问题档案', '', context.organ, blocks);
};

const stepRow = (texts: readonly string[]): Row => ({
  cells: texts.map((text, n) => ({ text, width: [30, 22, 28, 76][n] ?? 1 })),
});
