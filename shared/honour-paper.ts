// The papers of a title: 公示 of those decided, with how to object, and 表彰通报 once it is theirs. Names stand here because
// they won something and were told (PIPL art. 25); nobody who did not win is named.
import type { AwardState } from './award.ts';
import type { Block, PaperContent, Row } from './paper-content.ts';
import type { PaperTemplate } from './paper-template.ts';
import { recipientUnits, termWords } from './term-words.ts';
import { chineseDate, dayOf, type Instant } from './time.ts';

export interface HonourWords {
  state: AwardState;
  organ: string;
  template: PaperTemplate;
  nameOf(id: string): string;
  /** Of a person or a window; of a department nothing. */
  departmentOf(id: string): string;
}

/** Whoever it is given to: how so many of them are said, spoken to, and what stands over their column. */
const kinds = {
  person: { each: '名同志', all: '同志', head: ['姓名', '所在单位'] },
  window: { each: recipientUnits.window, all: '窗口', head: ['窗口', '所属单位'] },
  department: { each: recipientUnits.department, all: '部门', head: ['部门'] },
} as const;

const widths = [16, 40, 100];
const row = (texts: readonly string[]): Row => ({
  cells: texts.map((text, n) => ({
    text,
    width: widths[n] ?? 1,
    ...(n < 2 ? { align: 'centre' as const } : {}),
  })),
});

type Named = Extract<AwardState, { recipients: unknown }>['recipients'];

const dateOf = (at: Instant | undefined): string =>
  at === undefined ? '　　　　年　月　日' : chineseDate(dayOf(at));

/** Until when one may object, once for all or, where somebody moved up, for each who has days of their own. */
const periodsOf = (list: Named, nameOf: (id: string) => string): string => {
  const groups = new Map<string, string[]>();
  for (const { person, publicity } of list) {
    const period =
      publicity === undefined
        ? '公示期以公布之日起算'
        : `公示期为${dateOf(publicity.from)}至${dateOf(publicity.until)}`;
    groups.set(period, [...(groups.get(period) ?? []), nameOf(person)]);
  }
  const said = [...groups].map(([period, names]) =>
    groups.size === 1 ? period : `${names.join('、')}${period}`,
  );
  return `${said.join('；')}。`;
};

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
  const { each, all, head } = kinds[state.recipient ?? 'person'];
  const shown = list.map(({ person }, n) =>
    row([String(n + 1), words.nameOf(person), words.departmentOf(person)].slice(0, head.length + 1)),
  );
  const table: Block = { kind: 'table', head: row(['序号', ...head]), rows: shown };
  const what = `${termWords(state)}“${state.title}”`;
  const signature = template.signature ?? organ;
  const base = { mark: organ, number: '', annexes: [], copies: [] };
  const asked = template.contact === undefined ? '' : `（${template.contact}）`;
  switch (of) {
    case 'publicity': {
      // Nobody of them is up yet, or somebody who moved up is still to be: the day is written in by hand.
      const waiting = list.some((one) => one.publicity === undefined);
      const from = waiting
        ? undefined
        : list
            .map((one) => one.publicity?.from ?? '')
            .sort()
            .at(-1);
      return {
        ...base,
        format: 'form',
        title: `${organ}关于${what}拟评选名单的公示`,
        blocks: [
          {
            kind: 'paragraph',
            text: `经推荐、审核和会议研究，拟评选下列${list.length}${each}为${what}，现予公示。`,
          },
          table,
          {
            kind: 'paragraph',
            text: `${periodsOf(list, words.nameOf)}对公示人选有异议的，请在公示期内向中心督查科实名反映${asked}，我们将核实并答复。`,
          },
        ],
        signature: { organ: signature, date: dateOf(from), seal: 'space' },
      };
    }
    case 'commendation': {
      const at = list
        .map(({ announcedAt = '' }) => announcedAt)
        .sort()
        .at(-1);
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
            text: `经推荐、审核、会议研究和公示，决定授予下列${list.length}${each}${what}称号，予以通报表彰。`,
          },
          table,
          {
            kind: 'paragraph',
            text: `希望受到表彰的${all}珍惜荣誉，再接再厉。各窗口要以先进为榜样，依法履职，热情服务。`,
          },
          { kind: 'paragraph', text: '特此通报。' },
        ],
        signature: { organ: signature, date: dateOf(at), seal: 'space' },
        imprint: { organ: signature, date: dateOf(at) },
      };
    }
  }
};
