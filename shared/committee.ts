// A committee drawn by lot (评审组抽签产生): from those who may sit, none of a candidate's own department, by the same draw as
// the public one, so that anybody with the list and the seed gets the same seats. Decides nothing about titles.
import { drawOf } from './draw.ts';

export interface Sitting {
  id: string;
  department?: string;
}

export interface Committee {
  seats: string[];
  /** Next in the order drawn, for whoever cannot come. */
  reserve: string[];
  /** Barred for a conflict of interest, with the sentence that says so. */
  barred: { id: string; why: string }[];
}

/** Why somebody may not sit over these candidates; undefined: they may. */
export const barredBy = (candidates: readonly Sitting[]): ((one: Sitting) => string | undefined) => {
  const departments = new Set(candidates.flatMap(({ department }) => department ?? []));
  const standing = new Set(candidates.map(({ id }) => id));
  return ({ id, department }) => {
    if (standing.has(id)) return '本人参评,回避';
    return department !== undefined && departments.has(department) ? '本部门有人参评,回避' : undefined;
  };
};

/** The seats drawn from a list fixed beforehand; fewer where not enough may sit. */
export const committeeOf = (
  list: readonly Sitting[],
  candidates: readonly Sitting[],
  seats: number,
  seed: string,
): Committee => {
  const whyNot = barredBy(candidates);
  const barred = list.flatMap((one) => {
    const why = whyNot(one);
    return why === undefined ? [] : [{ id: one.id, why }];
  });
  const out = new Set(barred.map(({ id }) => id));
  const order = drawOf(
    list.flatMap(({ id }) => (out.has(id) ? [] : [id])),
    seed,
  );
  return {
    seats: order.slice(0, seats),
    reserve: order.slice(seats),
    barred: barred.sort((a, b) => (a.id < b.id ? -1 : 1)),
  };
};
