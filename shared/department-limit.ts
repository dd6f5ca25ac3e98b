// How many of one department a title takes. Apart from the award, for the pages that show it before anybody is put forward.

/** At most so many titles per department; `only` names a single one. */
export interface DepartmentLimit {
  number: number;
  only?: string | undefined;
}

/** How many of a department may be put forward or win; undefined where the rule book sets no limit. */
export const mostOf = (
  { limits }: { limits: readonly DepartmentLimit[] },
  department: string,
): number | undefined => {
  const own = limits.filter(({ only = department }) => only === department);
  return own.length === 0 ? undefined : Math.min(...own.map(({ number }) => number));
};
