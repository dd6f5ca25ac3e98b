// The papers of a title: 公示 of those decided, with how to object, and 表彰通报 once it is theirs. Names stand here because
// they won something and were told (PIPL art. 25); nobody who did not win is named.
import type { AwardState } from './award.ts';
import type { Block, PaperContent, Row } from './paper-content.ts';
import type { PaperTemplate } from './paper-template.ts';
import { chineseDate, chineseMonth, dayOf, type Instant } from './time.ts';

export interface HonourWords {
  state: AwardState;
  organ: string;
  template: PaperTemplate;
  nameOf(id: string): string;
  departmentOf(person: string): string;
}

const widths = [16, 40, 100];
const row = (texts: readonly string[]): Row => ({
  cells: texts.map((text, n) => ({
    text,
    width: widths[n] ?? 1,
    ...(n < 2 ? { align: 'centre' as const } : {}),
  })),
});

/** Undefined before a meeting has decided: there is nobody to be named. */
export const honourPaper = (
  words: HonourWords,
  of: 'publicity' | 'commendation',
): PaperContent | undefined => {
  const { state, organ, template } = words;
  if (!('recipients' in state)) return undefined;
  const list = state.recipients.filter((one) =>
    of === 'publicity'
      ? one.publicity !== undefined || state.stage === 'decided'
      : one.announcedAt !== undefined,
  );
  if (list.length === 0) return undefined;
  const shown = list.map(({ person }, n) =>
    row([String(n + 1), words.nameOf(person), words.departmentOf(person)]),
  );
  const table: Block = { kind: 'table', head: row(['序号', '姓名', '所在单位']), rows: shown };
  const what = `${chineseMonth(state.month)}“${state.title}”`;
  const signature = template.signature ?? organ;
  const date = (at: Instant | undefined): string =>
    at === undefined ? '　　　　年　月　日' : chineseDate(dayOf(at));
  const base = { mark: organ, number: '', annexes: [], copies: [] };
  const asked = template.contact === undefined ? '' : `（${template.contact}）`;
  switch (of) {
    case 'publicity': {
      const publicity = list.find((one) => one.publicity)?.publicity;
      const period = publicity
        ? `公示期为${date(publicity.from)}至${date(publicity.until)}。`
        : '公示期以公布之日起算。';
      return {
        ...base,
        format: 'form',
        title: `${organ}关于${what}拟评选名单的公示`,
        blocks: [
          {
            kind: 'paragraph',
            text: `经推荐、审核和会议研究，拟评选下列${list.length}名同志为${what}，现予公示。`,
          },
          table,
          {
            kind: 'paragraph',
            text: `${period}对公示人选有异议的，请在公示期内向中心督查科实名反映${asked}，我们将核实并答复。`,
          },
        ],
        signature: { organ: signature, date: date(publicity?.from), seal: 'space' },
      };
    }
    case 'commendation': {
      const at = list.find((one) => one.announcedAt)?.announcedAt;
      return {
        ...base,
        format: 'redHead',
        mark: template.bulletinMark ?? `${organ}文件`,
        number: '　',
        title: `${organ}关于表彰${what}的通报`,
        addressee: '各窗口',
        blocks: [
          {
            kind: 'paragraph',
            text: `经推荐、审核、会议研究和公示，决定授予下列${list.length}名同志${what}称号，予以通报表彰。`,
          },
          table,
          {
            kind: 'paragraph',
            text: '希望受到表彰的同志珍惜荣誉，再接再厉。各窗口要以先进为榜样，依法履职，热情服务。',
          },
          { kind: 'paragraph', text: '特此通报。' },
        ],
        signature: { organ: signature, date: date(at), seal: 'space' },
        imprint: { organ: signature, date: date(at) },
      };
    }
  }
};
