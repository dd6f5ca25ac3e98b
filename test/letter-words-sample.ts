// A letter of each kind with all its words, made from one set of facts as the house words them: for looking at its paper.
import { type LetterFacts, type LetterKind, type LetterState, linkedFacts } from '../shared/letter.ts';
import { bulletinCharts, type LetterWords } from '../shared/letter-paper.ts';
import { bodyText, draftText } from '../shared/letter-wording.ts';

const count = (personTimes: number, incidents = 0) => ({ personTimes, incidents });

export const someFacts = (departments: readonly { department: string; name: string }[]): LetterFacts => ({
  period: { from: '2026-11-01', to: '2026-11-30' },
  cases: 12,
  earlier: 1,
  total: count(11, 1),
  severities: { minor: count(4, 1), evident: count(6), serious: count(1) },
  clauses: [
    { clause: '2', title: '迟到、早退', of: count(6) },
    { clause: '3', title: '上班时间使用手机、做与工作无关的事', of: count(5) },
    { clause: '9', title: '窗口环境不整洁', of: count(0, 1) },
  ],
  measures: { reminded: count(4, 1), deducted: count(7), sectionTalks: 2, directorTalks: 1 },
  underReview: 1,
  reduced: 1,
  overturned: 1,
  departments: departments.slice(0, 6).map((one, n) => ({ ...one, of: count(4 - Math.min(n, 3)) })),
});

/** The words of a numbered letter of a kind, to the first of these departments. */
export const letterWords = (
  kind: LetterKind,
  departments: readonly { department: string; name: string }[],
): LetterWords => {
  const organ = '明窗市政务服务中心';
  const facts = someFacts(kind === 'bulletin' ? departments : []);
  const name = departments[0]?.name ?? '';
  const draft = draftText({
    ...{ kind, centre: organ, department: name, month: '2026-11', facts },
    replyWorkingDays: kind === 'violation' || kind === 'evidence' ? 10 : 0,
    ...(kind === 'evidence' ? { shares: 2 } : {}),
    ...(kind === 'correction'
      ? { corrects: { documentNumber: '明政服函〔2026〕7号', issuedOn: '2026-12-05' } }
      : {}),
  });
  const by = { person: 'chu', role: 'director' as const };
  const state: LetterState = {
    ...{ id: 'letter-2026-11-0190a1b2-0000-4000-8000-000000000004', kind, month: '2026-11' },
    ...{ organ: '明政服', title: draft.title, department: departments[0]?.department ?? '' },
    ...{
      cases: [],
      talks: [],
      facts: linkedFacts(facts),
      replyWorkingDays: 10,
      copies: [],
      authors: ['ban'],
    },
    ...{ draftedAt: '2026-12-04T02:00:00.000Z', evidence: [], stage: 'numbered' },
    checked: { by: { person: 'ke', role: 'sectionHead' }, at: '2026-12-04T06:00:00.000Z' },
    signed: { by, at: '2026-12-05T02:00:00.000Z' },
    ...{ number: 8, year: 2026, documentNumber: `明政服${kind === 'bulletin' ? '通报' : '函'}〔2026〕8号` },
  };
  const shared = kind === 'evidence';
  const file = { case: 'case-1', takenAt: '2026-11-05T01:32:00.000Z', sha256: 'ab12'.repeat(16) };
  return {
    ...{ state, title: draft.title, body: bodyText(draft), organ, department: name },
    copies: kind === 'bulletin' ? departments.slice(0, 12).map((one) => one.name) : [],
    annex:
      kind === 'bulletin'
        ? []
        : Array.from({ length: 6 }, (_, n) => ({
            ...{
              case: `case-${n}`,
              when: `2026年11月${n + 3}日 9:32`,
              window: `A0${n + 1}`,
              persons: ['张㛃'],
            },
            ...{ violation: '上班时间玩手机', clause: '第3条 上班时间使用手机', severity: '明显' },
            ...{ outcome: '已认定', files: 0 },
          })),
    files: shared
      ? [
          { ...file, n: 1, kind: 'photo', masked: true },
          { ...file, n: 2, kind: 'video', seconds: 185 },
        ]
      : [],
    charts: kind === 'bulletin' ? bulletinCharts(facts) : [],
    pictures: shared
      ? [
          {
            ...{ picture: 'one', width: 1600, height: 1200, takenAt: file.takenAt, sha256: file.sha256 },
            ...{ window: 'A01', doubtSeconds: 2, masked: true },
          },
        ]
      : [],
    template: { contact: '联系人：督查科，电话：0000-0000000' },
    nameOf: () => undefined,
  };
};
