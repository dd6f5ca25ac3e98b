// Which figures a rule book asks to be handed in, and whether a row says what its kind of figure needs. Figures that are
// reckoned (人员平均分、条款次数) are not handed in. Every fault is a Chinese sentence with the member it is about.
import type { FigureRow } from './figure.ts';
import { fen, pointsText } from './price.ts';
import type { RuleBook } from './rulebook.ts';
import type { AwardRule } from './rulebook-award.ts';
import type { FigureRule } from './rulebook-figures.ts';
import type { FrameKind } from './rulebook-terms.ts';

/** A figure that is handed in month by month. */
export interface AskedFigure {
  /** As in the rule book; votes for a title are `<title>.<voters>`; 办件量 and 好评率 need no entry in the book. */
  code: string;
  of: FrameKind;
  title: string;
  rule: HandedRule;
  /** Votes may be told as votes won of votes cast. */
  votes?: true;
}
export type HandedRule = Exclude<FigureRule, { kind: 'people' | 'cases' }>;

/** The kind of frame that the recipients of a title stand in. */
export const recipientKind = ({ recipient }: AwardRule): FrameKind =>
  recipient === undefined || recipient === 'person' ? 'staff' : recipient;

const handled = (of: FrameKind): AskedFigure => ({
  code: 'casesHandled',
  of,
  title: '办件量',
  rule: { kind: 'amount', code: 'casesHandled', title: '办件量', of, unit: '件', except: [] },
});
const rated = (of: FrameKind): AskedFigure => ({
  code: 'goodRating',
  of,
  title: '好评率',
  rule: { kind: 'ratio', code: 'goodRating', title: '好评率', of },
});

/** The most one body's vote can come to: 100 points, in hundredths. */
const fullVote = 10_000;

const votesFor = (award: AwardRule): AskedFigure[] =>
  (award.votes ?? []).map(({ code, title: voters }) => {
    const of = recipientKind(award);
    const name = `${award.code}.${code}`;
    const title = `${award.title}:${voters}`;
    return {
      code: name,
      of,
      title,
      rule: { kind: 'mark', code: name, title, of, most: fullVote, self: false },
      votes: true,
    };
  });

/** Everything that may be handed in under a book: its figures, 办件量 and 好评率 of all who may win a title, its votes. */
export const figuresAsked = (book: RuleBook): AskedFigure[] => {
  const declared = (book.figures ?? []).flatMap((rule): AskedFigure[] =>
    rule.kind === 'people' || rule.kind === 'cases'
      ? []
      : [{ code: rule.code, of: rule.of, title: rule.title, rule }],
  );
  const kinds = new Set<FrameKind>(['staff', ...book.awards.map(recipientKind)]);
  const standing = [...kinds].flatMap((of) => [handled(of), rated(of)]);
  return [
    ...declared,
    ...standing.filter(({ code, of }) => !declared.some((one) => one.code === code && one.of === of)),
    ...book.awards.flatMap(votesFor),
  ];
};

export interface RowFault {
  field: string;
  reason: string;
}
const fault = (field: string, reason: string): RowFault => ({ field, reason });

/** Members that a kind of figure reads; anything else in a row is a slip of the pen. */
const members: Record<HandedRule['kind'], readonly (keyof FigureRow)[]> = {
  mark: ['value', 'self'],
  amount: ['value', 'parts'],
  ratio: ['numerator', 'denominator'],
  rating: ['answers'],
};
const memberNames: Record<Exclude<keyof FigureRow, 'subject'>, string> = {
  value: '数值',
  self: '自评',
  numerator: '分子',
  denominator: '分母',
  parts: '分项',
  answers: '评价',
};

const ratioFaults = ({ numerator, denominator }: FigureRow): RowFault[] => {
  if (numerator === undefined || denominator === undefined)
    return [fault(numerator === undefined ? 'numerator' : 'denominator', '分子、分母都要填写')];
  if (denominator === 0) return [fault('denominator', '分母不能为0;没有办件的不填这一行')];
  return numerator > denominator ? [fault('numerator', '分子大于分母')] : [];
};

const valueFaults = (rule: HandedRule, row: FigureRow, votes: boolean): RowFault[] => {
  switch (rule.kind) {
    case 'mark': {
      if (votes && row.value === undefined && row.numerator !== undefined) return ratioFaults(row);
      if (row.value === undefined)
        return [fault('value', votes ? '请填写得分,或得票数和总票数' : '没有评分')];
      if (row.value > rule.most) return [fault('value', `评分${fen(row.value)},满分${fen(rule.most)}`)];
      if (row.self !== undefined && !rule.self) return [fault('self', '本指标没有自评')];
      return [];
    }
    case 'amount':
      return row.value === undefined && row.parts === undefined
        ? [fault('value', `没有填写数量(单位:${rule.unit},按百分之一计)`)]
        : [];
    case 'ratio':
      return ratioFaults(row);
    case 'rating': {
      if (row.answers === undefined) return [fault('answers', '没有评价')];
      const known = rule.scale.map(({ answer }) => answer);
      return row.answers.flatMap(({ answer }, at) =>
        known.includes(answer)
          ? []
          : [fault(`answers.${at}.answer`, `没有“${answer}”这一档,应为:${known.join('、')}`)],
      );
    }
  }
};

/** Everything wrong with what a row says, by the kind of its figure; empty: it can be reckoned with. */
export const rowFaults = ({ rule, votes }: AskedFigure, row: FigureRow): RowFault[] => {
  const read: readonly (keyof FigureRow)[] = votes
    ? ['value', 'numerator', 'denominator']
    : members[rule.kind];
  const strange = (['value', 'self', 'numerator', 'denominator', 'parts', 'answers'] as const).filter(
    (member) => row[member] !== undefined && !read.includes(member),
  );
  return [
    ...strange.map((member) => fault(member, `“${rule.title}”不填${memberNames[member]}`)),
    ...valueFaults(rule, row, votes === true),
  ];
};

/** What one body's vote came to, in hundredths of a point on a scale of 100. */
export const votePoints = ({ value, numerator, denominator }: FigureRow): number | undefined =>
  value ??
  (numerator === undefined || denominator === undefined || denominator <= 0
    ? undefined
    : Math.round((numerator * fullVote) / denominator));

/** `0.5天`, `满分10分`: what a figure is counted in, for whoever fills in its rows. */
export const figureMeasure = ({ rule, votes }: AskedFigure): string => {
  switch (rule.kind) {
    case 'mark':
      return votes ? '得分(满分100分),或得票数和总票数' : `评分,满分${fen(rule.most)}`;
    case 'amount':
      return `数量,单位${rule.unit}${rule.except.length > 0 ? `,${rule.except.join('、')}分项填写` : ''}`;
    case 'ratio':
      return '分子和分母';
    case 'rating':
      return `各档份数:${rule.scale.map(({ answer, points }) => `${answer}(${pointsText(points)})`).join('、')}`;
  }
};
