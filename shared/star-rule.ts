// Who may win a title and in what order: eligibility, an ordered list of criteria, quotas, ties. The same for stars,
// pacesetters and windows: a candidate is an id with figures. Proposes only; a meeting decides (会议研究).
import { type Severity, severities, severityNames } from './catalog.ts';
import { bandAt, fen, pointsText } from './price.ts';
import type { AwardRule, Criterion } from './rulebook-award.ts';
import { recipientUnits } from './term-words.ts';
import { type Month, plusMonths } from './time.ts';

/** A person (or, for 文明窗口, a window) with the figures of the award's period. */
export interface Candidate {
  id: string;
  hall?: string;
  grid?: string;
  department?: string;
  /** Hundredths. */
  score: number;
  grade?: string;
  /** Confirmed violations that stand, by severity. */
  violations: Record<Severity, number>;
  /** Undecided evident or serious cases: 暂缓评选. */
  heldBack: string[];
  daysOnPost: number;
  /** By the chief representative, with material. */
  nominated: boolean;
  /** 办件量; absent while nothing was imported. */
  casesHandled?: number;
  /** Share of good ratings in hundredths of a per cent; absent without ratings. */
  goodRating?: number;
  /** Praise received (表扬信, 锦旗 …), pieces. */
  praise: number;
  /** Bonus points of the period, hundredths. */
  bonus: number;
  /** Month of the last title of this kind. */
  lastAwarded?: Month;
  /** Titles that count towards this award (月度之星 for the pacesetter). */
  earlierTitles: number;
  /** What old ledgers brought into these figures, each a Chinese sentence (期初). */
  openings?: string[];
  /** Votes and ratings weighted as the book says, hundredths of a point; absent without any. */
  votes?: number;
  /** Figures of the rule book by code, in their hundredths. */
  figures?: Record<string, number>;
  /** Cases of the period by clause. */
  clauses?: Record<string, number>;
  /** Outstanding deeds handed in, and the length of the material in characters. */
  deeds?: number;
  characters?: number;
  /** The hall's words for what kind of person this is (临时顶岗, 大厅主任 …). */
  kinds?: string[];
  /** Anything else that bars: a veto, a kind of people left out, a withdrawn title; each a Chinese sentence. */
  barred: string[];
}

/** Why one stands before the other: the first criterion that told them apart, and both figures (null: no figure). */
export interface Deciding {
  criterion: string;
  over: string;
  mine: number | null;
  theirs: number | null;
}

export interface Standing {
  candidate: string;
  /** Place among the eligible; equals share one. Absent for those who are not eligible. */
  place?: number;
  outcome: 'in' | 'out' | 'undecided';
  /** Why in, why out, in Chinese. */
  why: string[];
  /** What put this candidate before the next one; absent where only a tie or nobody follows. */
  decided?: Deciding;
}

/** Equals that compete for fewer places: for the meeting, or the public draw. */
export interface Tie {
  candidates: string[];
  places: number;
  by: 'meeting' | 'draw';
}

export interface Proposal {
  award: string;
  month: Month;
  quota: number;
  /** Eligible by place (equals by id), then the others by id. */
  standings: Standing[];
  chosen: string[];
  ties: Tie[];
}

const inOrder = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

export const criterionNames: Record<Criterion['by'], string> = {
  nominated: '首席代表推荐',
  score: '月度考核得分',
  casesHandled: '办件量',
  goodRating: '好评率',
  praise: '表扬',
  bonus: '加分',
  daysOnPost: '在岗天数',
  earlierTitles: '已获称号次数',
  notAwardedWithin: '近期未获评',
  votes: '投票和评议',
  figure: '指标',
};

/** The figure a criterion compares, more is better; undefined where there is none. `month` is the award's last month. */
const figureOf = (criterion: Criterion, candidate: Candidate, month: Month): number | undefined => {
  switch (criterion.by) {
    case 'nominated':
      return candidate.nominated ? 1 : 0;
    case 'score':
    case 'casesHandled':
    case 'goodRating':
    case 'praise':
    case 'bonus':
    case 'daysOnPost':
    case 'earlierTitles':
      return candidate[criterion.by];
    case 'notAwardedWithin':
      return candidate.lastAwarded !== undefined &&
        candidate.lastAwarded >= plusMonths(month, -criterion.months)
        ? 0
        : 1;
    case 'votes':
      return candidate.votes;
    case 'figure':
      return candidate.figures?.[criterion.figure];
  }
};

const figureText = (criterion: Criterion, figure: number | undefined): string => {
  if (figure === undefined) return '无数据';
  switch (criterion.by) {
    case 'nominated':
      return figure === 1 ? '有推荐' : '无推荐';
    case 'notAwardedWithin':
      return `近${criterion.months}个月${figure === 1 ? '未' : '已'}获评`;
    case 'score':
    case 'bonus':
    case 'votes':
      return fen(figure);
    case 'figure':
      return pointsText(figure);
    case 'goodRating':
      return `${figure / 100}%`;
    case 'casesHandled':
      return `${figure}件`;
    case 'daysOnPost':
      return `${figure}天`;
    case 'praise':
    case 'earlierTitles':
      return `${figure}次`;
  }
};

/** Everything that keeps a candidate out, each a sentence; empty: eligible. */
const obstacles = ({ eligible, selfNomination }: AwardRule, one: Candidate): string[] => {
  const found = [...one.barred];
  if (one.heldBack.length > 0) found.push(`有${one.heldBack.length}件明显或严重问题尚未了结,暂缓评选`);
  if (eligible.scoreAtLeast !== undefined && one.score < eligible.scoreAtLeast)
    found.push(`得分${fen(one.score)},低于${fen(eligible.scoreAtLeast)}`);
  if (eligible.grades && (one.grade === undefined || !eligible.grades.includes(one.grade)))
    found.push(`等级${one.grade ?? '未定'},要求${eligible.grades.join('、')}`);
  for (const each of severities) {
    const most = eligible.atMost[each];
    if (most !== undefined && one.violations[each] > most)
      found.push(`${severityNames[each]}问题${one.violations[each]}次,最多${most}次`);
  }
  for (const { clauses, atMost } of eligible.clauses ?? []) {
    const times = clauses.reduce((sum, code) => sum + (one.clauses?.[code] ?? 0), 0);
    if (times > atMost) found.push(`条款${clauses.join('、')}的问题共${times}次,最多${atMost}次`);
  }
  for (const { figure, ...band } of eligible.figures ?? []) {
    const value = one.figures?.[figure];
    if (value === undefined) found.push(`没有指标“${figure}”的数据`);
    else if (!bandAt([band], value)) found.push(`指标“${figure}”为${pointsText(value)},不在要求之内`);
  }
  const { material, without } = eligible;
  // Whom nobody put forward has no material either; that says nothing more.
  const awaited = eligible.nominated && !one.nominated;
  if (material && !awaited && (one.deeds ?? 0) < material.deeds)
    found.push(`突出事迹${one.deeds ?? 0}件,要求${material.deeds}件以上`);
  if (material && !awaited && (one.characters ?? 0) < material.characters)
    found.push(`推荐材料${one.characters ?? 0}字,要求不少于${material.characters}字`);
  const kind = one.kinds?.find((each) => without?.includes(each));
  if (kind !== undefined) found.push(`${kind}不参加本项评选`);
  if (one.daysOnPost < eligible.daysOnPostAtLeast)
    found.push(`在岗${one.daysOnPost}天,少于${eligible.daysOnPostAtLeast}天`);
  if (awaited) found.push(`没有首席代表推荐${selfNomination ? ',也没有自荐' : ''}`);
  if (one.earlierTitles < eligible.earlierTitlesAtLeast)
    found.push(`已获称号${one.earlierTitles}次,少于${eligible.earlierTitlesAtLeast}次`);
  return found;
};

interface Apart {
  criterion: Criterion;
  mine: number | undefined;
  theirs: number | undefined;
  /** Negative: the first stands before the second. */
  order: number;
}

/** The first criterion that tells two apart, if any. */
const tellsApart = (award: AwardRule, month: Month, a: Candidate, b: Candidate): Apart | undefined => {
  for (const criterion of award.criteria) {
    const mine = figureOf(criterion, a, month);
    const theirs = figureOf(criterion, b, month);
    if (mine !== theirs)
      return { criterion, mine, theirs, order: (theirs ?? -Infinity) - (mine ?? -Infinity) };
  }
  return undefined;
};

/** Eligible candidates in groups of equals, best group first, each group by id. */
const ranked = (award: AwardRule, month: Month, eligible: readonly Candidate[]): Candidate[][] => {
  const groups: Candidate[][] = [];
  const order = (a: Candidate, b: Candidate): number => tellsApart(award, month, a, b)?.order ?? 0;
  for (const one of eligible.toSorted((a, b) => order(a, b) || inOrder(a.id, b.id))) {
    const last = groups.at(-1);
    const equal = last?.[0];
    if (last && equal && order(equal, one) === 0) last.push(one);
    else groups.push([one]);
  }
  return groups;
};

const placeNames = { hall: '本大厅', grid: '本网格', department: '本部门' } as const;

/** One limit on the number of titles, and how many are still free under it. */
interface Limit {
  holds: (one: Candidate) => boolean;
  free: number;
  full: string;
}

/** How many titles there are for so many assessed: the fixed number, or a share of them, at least one, never more. */
export const quotaOf = ({ quota, quotaShare }: AwardRule, assessed: number): number =>
  quotaShare === undefined
    ? quota
    : Math.min(quota, Math.max(1, Math.floor((assessed * quotaShare) / 10_000)));

const limitsOf = (award: AwardRule, candidates: readonly Candidate[], quota: number): Limit[] => {
  const limits: Limit[] = [{ holds: () => true, free: quota, full: `名额${quota}个已满` }];
  for (const { per, number, only } of award.atMost) {
    const places = new Set(candidates.flatMap((one) => one[per] ?? []));
    for (const place of only === undefined ? places : [only])
      limits.push({
        holds: (one) => one[per] === place,
        free: number,
        full: `${placeNames[per]}最多${number}名,名额已满`,
      });
  }
  return limits;
};

/** What a comparison says in a sentence: `“办件量”优于下一名:120件 / 96件`. */
const compared = (apart: Apart, how: string): string =>
  `“${criterionNames[apart.criterion.by]}”${how}:${figureText(apart.criterion, apart.mine)} / ${figureText(apart.criterion, apart.theirs)}`;

const decidingOf = (apart: Apart, over: Candidate): Deciding => ({
  criterion: apart.criterion.by,
  over: over.id,
  mine: apart.mine ?? null,
  theirs: apart.theirs ?? null,
});

/**
 * First inside the group, then the hall (先组内后全厅): whoever stands behind the best of their own hall, grid or
 * department, with their place there. Equals at the border all go on; those in no group are their own.
 */
const behindInGroup = (
  award: AwardRule,
  month: Month,
  eligible: readonly Candidate[],
): Map<string, number> => {
  const behind = new Map<string, number>();
  const best = award.bestOfEach;
  if (!best) return behind;
  const places = new Set(eligible.flatMap((one) => one[best.per] ?? []));
  for (const place of places) {
    let before = 0;
    for (const group of ranked(
      award,
      month,
      eligible.filter((one) => one[best.per] === place),
    )) {
      if (before >= best.number) for (const one of group) behind.set(one.id, before + 1);
      before += group.length;
    }
  }
  return behind;
};

/** What one body's vote or rating came to, in hundredths of a point on a scale of 100. */
export interface Vote {
  voters: string;
  points: number;
}

/**
 * Votes and ratings weighted as the book says (值班长投票20%、服务对象投票20%, RB08). A body that did not vote leaves its
 * weight to the others; undefined without any vote.
 */
export const votesOf = ({ votes = [] }: AwardRule, cast: readonly Vote[]): number | undefined => {
  let [sum, weight] = [0, 0];
  for (const { code, weight: own } of votes) {
    const found = cast.find(({ voters }) => voters === code);
    if (!found) continue;
    sum += found.points * own;
    weight += own;
  }
  return weight === 0 ? undefined : Math.round(sum / weight);
};

/**
 * The proposal of one award for the period ending with `month`. Takes the best while every limit leaves room; equals
 * who do not all fit are a tie. `order` is what a meeting or a draw decided about ties (ids, first wins): handed in
 * again, it settles them. Never more than the quota, and no place stays open that an eligible candidate could take.
 * Below a tie the proposal assumes its first by id; only the run with the tie's order is final.
 */
export const proposalOf = (
  award: AwardRule,
  month: Month,
  candidates: readonly Candidate[],
  order: readonly string[] = [],
): Proposal => {
  const kept = candidates.map((one) => ({ one, against: obstacles(award, one) }));
  const own = kept.filter(({ against }) => against.length === 0).map(({ one }) => one);
  const outranked = behindInGroup(award, month, own);
  const eligible = own.filter((one) => !outranked.has(one.id));
  const quota = quotaOf(award, candidates.length);
  const groups = ranked(award, month, eligible);
  const limits = limitsOf(award, eligible, quota);
  const rank = new Map(order.map((id, at) => [id, at]));
  const rankOf = (one: Candidate): number => rank.get(one.id) ?? order.length;
  const taken: Candidate[] = [];
  const chosen: string[] = [];
  const ties: Tie[] = [];
  const standings: Standing[] = [];
  let place = 1;
  groups.forEach((group, nth) => {
    const open = group.filter((one) => limits.every((limit) => limit.free > 0 || !limit.holds(one)));
    const tight = limits.filter((limit) => open.filter(limit.holds).length > limit.free);
    const contested = new Set(open.filter((one) => tight.some((limit) => limit.holds(one))));
    const unsettled = [...contested].filter((one) => !rank.has(one.id)).length > 1;
    const next = groups[nth + 1]?.[0];
    let places = 0;
    for (const one of group.toSorted((a, b) => rankOf(a) - rankOf(b) || inOrder(a.id, b.id))) {
      const own = limits.filter((limit) => limit.holds(one));
      const barrier = own.find((limit) => limit.free <= 0);
      const undecided = unsettled && contested.has(one);
      const apart = next && tellsApart(award, month, one, next);
      const lastTaken = barrier && taken.findLast(barrier.holds);
      const behind = lastTaken && tellsApart(award, month, one, lastTaken);
      if (!barrier) {
        for (const limit of own) limit.free -= 1;
        taken.push(one);
        if (undecided) places += 1;
        else chosen.push(one.id);
      }
      const why = undecided
        ? [
            `与另外${contested.size - 1}${recipientUnits[award.recipient ?? 'person']}各项条件相同,由${award.tie === 'draw' ? '公开抽签' : '会议研究'}确定`,
          ]
        : barrier
          ? [
              barrier.full,
              contested.has(one)
                ? '条件相同,所定次序在后'
                : behind
                  ? compared(behind, '不及最后入选的一名')
                  : '',
            ]
          : [
              `第${place}名,符合条件`,
              contested.has(one) ? '条件相同,所定次序在先' : '',
              apart ? compared(apart, '优于下一名') : '',
            ];
      standings.push({
        candidate: one.id,
        place,
        outcome: undecided ? 'undecided' : barrier ? 'out' : 'in',
        why: [...why.filter((sentence) => sentence !== ''), ...(one.openings ?? [])],
        ...(next && apart && { decided: decidingOf(apart, next) }),
      });
    }
    if (unsettled) ties.push({ candidates: [...contested].map(({ id }) => id), places, by: award.tie });
    place += group.length;
  });
  const best = award.bestOfEach;
  const others = kept
    .map(({ one, against }) => {
      const place = outranked.get(one.id);
      return best === undefined || place === undefined
        ? { one, against }
        : { one, against: [`在${placeNames[best.per]}内排第${place}名,每组前${best.number}名参加全厅排名`] };
    })
    .filter(({ against }) => against.length > 0)
    .sort((a, b) => inOrder(a.one.id, b.one.id))
    .map(
      ({ one, against }): Standing => ({
        candidate: one.id,
        outcome: 'out',
        why: [...against, ...(one.openings ?? [])],
      }),
    );
  return { award: award.code, month, quota, standings: [...standings, ...others], chosen, ties };
};
