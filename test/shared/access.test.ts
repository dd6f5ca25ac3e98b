import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type About,
  type Action,
  type Actor,
  about,
  isAction,
  may,
  permits,
  system,
} from '../../shared/access.ts';
import { publicCommands } from '../../shared/commands.ts';
import { type Grant, type Role, roles, roleTitles } from '../../shared/people.ts';
import { actorOf, Chuang, everybody, Ge, Ji, Ke, Lian, Shou, Wai, Xun } from '../cast.ts';

const today = '2026-11-18';
const actions = Object.keys(permits).filter(isAction);

const grantOf = (person: string, role: Role, change: Partial<Grant> = {}): Grant => ({
  kind: 'grant',
  id: `${person}-${role}`,
  person,
  role,
  from: '2026-01-01',
  ...change,
});
const holding = (person: string, ...grants: Grant[]): Actor => ({ person, grants, system: false });
const outcome = (actor: Actor, action: Action, facts: Partial<About> = {}, on = today): string => {
  const answer = may(actor, action, about(facts), on);
  return answer.ok ? answer.value.role : answer.problem.code;
};

const withins = {
  centre: '全中心',
  grid: '本网格',
  gridThen: '任职当日的本网格',
  department: '本部门',
  self: '本人',
  own: '本人上报的',
  assigned: '指定承办的',
};
const aparts = { notParty: '不涉及本人', notReporter: '非本人上报', fresh: '未参与上报与核实' };

describe('the table of permissions', () => {
  it('is printed whole, so that a change of rights is seen', async () => {
    const rows = actions.map((action) => {
      const sentences = permits[action].map((permit) => {
        const who = permit.role === 'system' ? '系统' : roleTitles[permit.role];
        const apart = 'apart' in permit && permit.apart !== undefined ? `,${aparts[permit.apart]}` : '';
        const left =
          'insteadOf' in permit && permit.insteadOf !== undefined ? ',其他有权人员均不能办理时' : '';
        return permit.role === 'system' ? who : `${who}(${withins[permit.within]}${apart}${left})`;
      });
      return `${action}: ${sentences.join(' ')}`;
    });
    await expect(`${rows.join('\n')}\n`).toMatchFileSnapshot('../golden/access.txt');
  });

  it('lets the house alone do what nobody should do by hand', () => {
    const own = actions.filter((action) => permits[action].every(({ role }) => role === 'system'));
    for (const action of own)
      for (const actor of Object.values(everybody)) expect(outcome(actor, action)).toBe('access.denied');
    expect(own).toEqual(
      expect.arrayContaining(['centre.found', 'case.settle', 'evidence.receive', 'evidence.purge']),
    );
  });

  it('gives the auditor eyes and no hands', () => {
    const theirs = actions.filter((action) => permits[action].some(({ role }) => role === 'auditor'));
    const commands: string[] = publicCommands.map(({ type }) => type);
    expect(theirs.filter((action) => commands.includes(action))).toEqual([]);
  });

  it('lets nobody decide on his own report: every permit to verify or review stands apart', () => {
    for (const action of ['case.confirm', 'case.dismiss', 'bonus.confirm', 'bonus.dismiss'] as const)
      expect(permits[action].map((permit) => ('apart' in permit ? permit.apart : undefined))).not.toContain(
        undefined,
      );
    for (const permit of permits['case.decideAppeal']) expect(permit).toMatchObject({ apart: 'fresh' });
  });

  it('keeps the admin out of every decision', () => {
    const theirs = actions.filter((action) => permits[action].some(({ role }) => role === 'admin'));
    expect(theirs.filter((action) => /^(case|bonus|talk|letter|month|award)\./.test(action))).toEqual([]);
  });
});

describe('a scope', () => {
  it('of a grid leader is the own grid, and without a grid there is none', () => {
    expect(outcome(Ge, 'case.confirm', { grids: ['grid-a'] })).toBe('gridLeader');
    expect(outcome(Ge, 'case.confirm', { grids: ['grid-b'] })).toBe('access.denied');
    expect(outcome(Ge, 'case.confirm', {})).toBe('access.denied');
    const loose = holding('loose', grantOf('loose', 'gridLeader'));
    expect(outcome(loose, 'case.confirm', { grids: ['grid-a'] })).toBe('access.denied');
  });

  it('of chief representative and liaison is the own department', () => {
    expect(outcome(Shou, 'case.read', { departments: ['department-tax'] })).toBe('chiefRepresentative');
    expect(outcome(Shou, 'case.read', { departments: ['department-social'] })).toBe('access.denied');
    expect(outcome(Lian, 'letter.read', { departments: ['department-tax'] })).toBe('liaison');
    expect(outcome(Lian, 'letter.read', { departments: [] })).toBe('access.denied');
    expect(outcome(Lian, 'case.read', { departments: ['department-tax'] })).toBe('access.denied');
  });

  it('of staff is themselves, of an inspector what they reported', () => {
    expect(outcome(Chuang, 'case.read', { persons: ['chuang'] })).toBe('staff');
    expect(outcome(Chuang, 'case.read', { persons: ['staff-0102'] })).toBe('access.denied');
    expect(outcome(Xun, 'case.read', { reporters: ['xun'] })).toBe('inspector');
    expect(outcome(Xun, 'case.read', { reporters: ['shi'] })).toBe('access.denied');
    expect(outcome(Xun, 'score.read', { persons: ['xun'] })).toBe('access.denied');
  });
});

describe('a grant', () => {
  it('holds on its days, both ends included', () => {
    const dated = holding('x', grantOf('x', 'clerk', { from: '2026-11-10', until: '2026-11-20' }));
    expect(
      ['2026-11-09', '2026-11-10', '2026-11-20', '2026-11-21'].map((on) =>
        outcome(dated, 'rulebook.enact', {}, on),
      ),
    ).toEqual(['access.denied', 'clerk', 'clerk', 'access.denied']);
  });

  it('held by delegation names the absent one', () => {
    const deputy = holding('wai', grantOf('wai', 'sectionHead', { delegatedBy: 'ke' }));
    expect(may(deputy, 'case.confirm', about({}), today)).toEqual({
      ok: true,
      value: { person: 'wai', role: 'sectionHead', for: 'ke' },
    });
  });

  it('serves where another of the same person does not reach', () => {
    const twoHats = holding('x', grantOf('x', 'gridLeader', { grid: 'grid-b' }), grantOf('x', 'sectionHead'));
    expect(outcome(twoHats, 'case.confirm', { grids: ['grid-a'] })).toBe('sectionHead');
    expect(outcome(twoHats, 'case.confirm', { grids: ['grid-b'] })).toBe('gridLeader');
  });
});

describe('separation of duties', () => {
  it('stands between reporter, confirmer and reviewer, and between anybody and his own matter', () => {
    expect(outcome(Ke, 'case.confirm', { reporters: ['ke'] })).toBe('access.own-report');
    expect(outcome(Ke, 'case.confirm', { deciders: ['ke'] })).toBe('sectionHead');
    expect(outcome(Ke, 'case.decideAppeal', { deciders: ['ke'] })).toBe('access.took-part');
    expect(outcome(Ke, 'case.decideAppeal', { reporters: ['ke'] })).toBe('access.own-report');
    expect(outcome(Ke, 'case.confirm', { persons: ['ke'] })).toBe('access.own-matter');
    expect(outcome(Ke, 'case.decideAppeal', { persons: ['ke'] })).toBe('access.own-matter');
  });

  it('looks at both people behind a delegation', () => {
    const deputy = holding('wai', grantOf('wai', 'sectionHead', { delegatedBy: 'ke' }));
    expect(outcome(deputy, 'case.confirm', { reporters: ['ke'] })).toBe('access.own-report');
    expect(outcome(deputy, 'case.confirm', { reporters: ['wai'] })).toBe('access.own-report');
    expect(outcome(deputy, 'case.decideAppeal', { deciders: ['ke'] })).toBe('access.took-part');
    expect(outcome(deputy, 'case.confirm', { persons: ['ke'] })).toBe('access.own-matter');
  });
});

describe('a sealed thing', () => {
  it('is open to the auditor’s eyes alone', () => {
    for (const action of actions)
      for (const actor of Object.values(everybody)) {
        if (actor === Ji) continue;
        const facts = {
          sealed: true,
          grids: ['grid-a'],
          departments: ['department-tax'],
          persons: [actor.person],
        };
        expect([action, actor.person, outcome(actor, action, facts)]).toEqual([
          action,
          actor.person,
          'access.denied',
        ]);
      }
    expect(outcome(Ji, 'case.read', { sealed: true })).toBe('auditor');
  });

  it('still takes in the files its reporter announced', () => {
    expect(outcome(Xun, 'evidence.upload', { sealed: true, reporters: ['xun'] })).toBe('inspector');
    expect(outcome(Xun, 'evidence.upload', { sealed: true, reporters: ['shi'] })).toBe('access.denied');
    expect(outcome(Xun, 'case.read', { sealed: true, reporters: ['xun'] })).toBe('access.denied');
    expect(outcome(Ke, 'evidence.upload', { sealed: true, reporters: ['ke'] })).toBe('access.denied');
  });
});

describe('whoever asks for whatever', () => {
  const people = ['xun', 'ge', 'ke', 'wai', 'chuang'];
  const some = (...of: string[]) => fc.subarray(of);
  const facts = fc.record({
    grids: some('grid-a', 'grid-b'),
    departments: some('department-tax', 'department-social'),
    persons: some(...people),
    reporters: some(...people),
    deciders: some(...people),
    sealed: fc.boolean(),
  });
  const grant = fc
    .record({
      role: fc.constantFrom(...roles),
      grid: fc.option(fc.constantFrom('grid-a', 'grid-b')),
      department: fc.option(fc.constantFrom('department-tax', 'department-social')),
      delegatedBy: fc.option(fc.constantFrom(...people)),
      until: fc.option(fc.constantFrom('2026-11-17', '2026-11-18', '2026-12-31')),
    })
    .map(({ role, grid, department, delegatedBy, until }) =>
      grantOf('wai', role, {
        ...(grid === null ? {} : { grid }),
        ...(department === null ? {} : { department }),
        ...(delegatedBy === null ? {} : { delegatedBy }),
        ...(until === null ? {} : { until }),
      }),
    );
  const action = fc.constantFrom(...actions);

  it('no grant, no right', () => {
    fc.assert(
      fc.property(action, facts, (asked, of) => {
        expect(may(actorOf('nobody'), asked, of, today).ok).toBe(false);
        expect(may(Wai, asked, of, today).ok).toBe(false);
      }),
    );
  });

  it('the role answered is held that day, stands in the table for the action, and reaches that far', () => {
    fc.assert(
      fc.property(fc.array(grant, { maxLength: 4 }), action, facts, (grants, asked, of) => {
        const answer = may(holding('wai', ...grants), asked, of, today);
        if (!answer.ok) return;
        const { role } = answer.value;
        const held = grants.filter(
          (one) => one.role === role && (one.until === undefined || one.until >= today),
        );
        expect(held.length).toBeGreaterThan(0);
        const permit = permits[asked].filter((one) => one.role === role);
        expect(permit.length).toBeGreaterThan(0);
        if (permit.every(({ within }) => within === 'grid'))
          expect(held.some(({ grid }) => grid !== undefined && of.grids.includes(grid))).toBe(true);
        if (permit.every(({ within }) => within === 'department'))
          expect(
            held.some(({ department }) => department !== undefined && of.departments.includes(department)),
          ).toBe(true);
        if (of.sealed && asked !== 'evidence.upload') expect(role).toBe('auditor');
      }),
      { numRuns: 2000 },
    );
  });

  it('a grant more never takes a right away, and the house’s own hands are not for people', () => {
    fc.assert(
      fc.property(fc.array(grant, { maxLength: 3 }), grant, action, facts, (grants, more, asked, of) => {
        if (may(holding('wai', ...grants), asked, of, today).ok)
          expect(may(holding('wai', ...grants, more), asked, of, today).ok).toBe(true);
        expect(may(system, asked, of, today).ok).toBe(permits[asked].some(({ role }) => role === 'system'));
      }),
      { numRuns: 1000 },
    );
  });
});
