// What the cast does on sight of the platform's own reads: talks for the measures of a month, the month's letters from
// draft to answer, the stars from the proposal. Nothing here is planned but the dates and how things end.

import { titleOf } from '../shared/letter-wording.ts';
import type { Registry } from '../shared/people.ts';
import { measureNames } from '../shared/rulebook-frame.ts';
import { dayOf, type Instant, type Month, plusDays } from '../shared/time.ts';
import { type View, views } from '../shared/views.ts';
import { demoFile } from './demo-files.ts';
import { months, type PlannedTalk, type Stars } from './half-year-facts.ts';
import { commandIdOf, type PaperStep, type StarStep, type TalkStep } from './half-year-plan.ts';
import type { Doors } from './half-year-stage.ts';

/** This department lets its reply time pass and is urged. */
const slow = 'department-security';

interface Paper {
  id: string;
  kind: View<'letter.read'>['state']['kind'];
  department?: string;
}
type Measure = View<'month.measures'>['measures'][number];
type Upload = (by: string, record: string, n: number, bytes: Uint8Array) => Promise<void>;

export const officeOf = (doors: Doors, registry: Registry, upload: Upload) => {
  const papers = new Map<Month, Paper[]>();
  const talks = new Map<PlannedTalk, string>();
  const lianOf = (department: string): string => department.replace('department-', 'lian-');
  const departmentOf = (person: string): string => registry.of.staff.get(person)?.department ?? '';
  const measuresOf = async (month: Month): Promise<Measure[]> =>
    (await doors.read('ban', views['month.measures'], `/api/months/${month}/measures`)).measures;

  const talk = async (planned: PlannedTalk, step: TalkStep, at: Instant): Promise<void> => {
    const { month, kind, person } = planned;
    const talker = kind === 'section' ? 'ke' : 'chu';
    const key = [month, kind, person];
    const id = talks.get(planned) ?? '';
    switch (step) {
      case 'hold': {
        const wanted = kind === 'section' ? 'sectionTalk' : 'directorTalk';
        const measure = (await measuresOf(month)).find(
          (one) =>
            one.kind === wanted &&
            'person' in one.subject &&
            one.subject.person === person &&
            one.doneBy === undefined,
        );
        if (!measure)
          throw new Error(`no measure asks for ${measureNames[wanted]} with ${person} in ${month}`);
        talks.set(planned, measure.id);
        await doors.post(talker, '/api/talks', {
          commandId: commandIdOf('talk', ...key),
          id: measure.id,
          kind,
          person,
          cases: measure.cases,
          recorder: 'ban-2',
          heldAt: at,
          place: '督查科谈话室',
          reason: measure.reason,
          content: '指出问题及其影响,重申窗口工作纪律',
          statement: '认识到问题,表示改正',
          promise: { text: '严格遵守工作纪律,不再发生类似问题', by: plusDays(dayOf(at), 30) },
          copies: [departmentOf(person)],
        });
        return;
      }
      case 'close':
        return close(planned, id, at, talker);
      case 'file':
        await doors.post('ban', `/api/talks/${id}/file`, { commandId: commandIdOf('file', ...key) });
        return;
    }
  };

  const close = async (planned: PlannedTalk, id: string, at: Instant, talker: string): Promise<void> => {
    const key = [planned.month, planned.kind, planned.person];
    if (planned.end === 'refused') {
      const scan = demoFile('scan', `refused-${key.join('-')}`, at);
      await doors.post(talker, `/api/talks/${id}/refuse`, {
        commandId: commandIdOf('refuse', ...key),
        refusedAt: at,
        witnesses: ['ban', 'ban-2'],
        reason: '本人对认定有不同看法,拒绝签字',
        evidence: [scan.entry],
      });
      return upload(talker, id, 1, scan.bytes);
    }
    if (planned.end === 'paper') {
      const scan = demoFile('scan', `talk-${key.join('-')}`, at);
      await doors.post('ban', `/api/talks/${id}/sign`, {
        commandId: commandIdOf('sign', ...key),
        way: 'paper',
        signedAt: at,
        evidence: [scan.entry],
      });
      return upload('ban', id, 1, scan.bytes);
    }
    const own = registry.of.account.has(planned.person) ? planned.person : 'ban';
    await doors.post(own, `/api/talks/${id}/sign`, {
      commandId: commandIdOf('sign', ...key),
      way: 'tablet',
      signedAt: at,
    });
  };

  const paper = async (month: Month, step: PaperStep, at: Instant): Promise<void> => {
    if (step === 'draft') {
      papers.set(month, await draftAll(month));
      return;
    }
    // One after the other: a document number is taken with each signature, and their order is the drafts'.
    for (const one of papers.get(month) ?? []) await forward(one, step, at);
  };

  const draftAll = async (month: Month): Promise<Paper[]> => {
    const drafted: Paper[] = [];
    const bulletin = await doors.post('ban', '/api/letters/draft-from-month', {
      commandId: commandIdOf('bulletin', month),
      kind: 'bulletin',
      month,
    });
    drafted.push({ id: bulletin.id, kind: 'bulletin' });
    for (const department of await departmentsIn(month)) {
      const { id } = await doors.post('ban', '/api/letters/draft-from-month', {
        commandId: commandIdOf('monthly', month, department),
        kind: 'monthly',
        month,
        department,
      });
      drafted.push({ id, kind: 'monthly', department });
    }
    const measures = await measuresOf(month);
    for (const measure of measures)
      if (
        (measure.kind === 'letter' || measure.kind === 'letterWithEvidence') &&
        measure.doneBy === undefined
      )
        drafted.push(await draftFor(month, measure, measures));
    return drafted;
  };

  /** Departments of what the month's bulletin publishes, late findings of earlier months included. */
  const departmentsIn = async (month: Month): Promise<string[]> => {
    const board = await doors.read('ban', views['month.board'], `/api/months/${month}/board`);
    const published = new Set([...(board.published?.own ?? []), ...(board.published?.late ?? [])]);
    const rows = (await Promise.all(months.filter((one) => one <= month).map(rowsOf))).flat();
    return [...new Set(rows.flatMap((row) => (published.has(row.id) ? (row.department ?? []) : [])))].sort();
  };
  const rowsOf = async (month: Month) =>
    (await doors.read('ban', views['month.board'], `/api/months/${month}/board`)).cases;

  const draftFor = async (month: Month, measure: Measure, all: readonly Measure[]): Promise<Paper> => {
    if (!('department' in measure.subject)) throw new Error(`${measure.id} asks for a letter to nobody`);
    const { department } = measure.subject;
    const kind = measure.kind === 'letterWithEvidence' ? 'evidence' : 'violation';
    const cases = kind === 'evidence' ? await lastingCases(month, department) : measure.cases;
    const talksHeld = all.flatMap((one) =>
      one.doneBy?.startsWith('talk-') &&
      'person' in one.subject &&
      departmentOf(one.subject.person) === department
        ? [one.doneBy]
        : [],
    );
    const { id } = await doors.post('ban', '/api/letters', {
      commandId: commandIdOf('letter', measure.id),
      kind,
      month,
      department,
      measure: measure.id,
      cases,
      talks: talksHeld,
      shares: kind === 'evidence' ? await sharesOf(cases) : [],
      title: titleOf(kind, registry.centre.name, month),
      body: bodies[kind],
    });
    return { id, kind, department };
  };

  /** 持续偏多: everything of the department that counts in the months so far. */
  const lastingCases = async (month: Month, department: string): Promise<string[]> =>
    (await Promise.all(months.filter((one) => one <= month).map(rowsOf)))
      .flat()
      .filter(
        (row) => row.department === department && row.stage === 'counting' && row.review !== 'overturned',
      )
      .map((row) => row.id);

  const sharesOf = async (cases: readonly string[]): Promise<string[]> => {
    const records = await Promise.all(
      cases.map((id) => doors.read('ban', views['case.read'], `/api/cases/${id}`)),
    );
    return records.flatMap(({ id, state }) =>
      state.evidence.filter((entry) => entry.state === 'received').map((entry) => `${id}~${entry.n}`),
    );
  };

  const forward = async (one: Paper, step: PaperStep, at: Instant): Promise<void> => {
    const { id, kind, department } = one;
    const send = (by: string, verb: string, fields: object = {}) =>
      doors.post(by, `/api/letters/${id}/${verb}`, { commandId: commandIdOf(verb, id), ...fields });
    const lian = department === undefined ? undefined : lianOf(department);
    const answers = kind === 'violation' || kind === 'evidence';
    switch (step) {
      case 'draft':
        return;
      case 'check':
        await send('ke', 'check', { opinion: '事实与所列问题一致' });
        return;
      case 'sign':
        await send(kind === 'evidence' ? 'zhang' : 'chu', 'sign');
        return;
      case 'seal':
        await send('ban', 'seal', { way: 'wet' });
        return;
      case 'issue':
        await send('ban', 'issue');
        return;
      case 'receive':
        if (lian === undefined) return;
        await send(lian, 'open');
        await send(lian, 'acknowledge', { receivedAt: at });
        if (kind === 'evidence') await lookAt(id, lian);
        return;
      case 'answer':
        if (answers && lian !== undefined && department !== slow) await answer(send, lian, at);
        return;
      case 'answerLate':
        if (answers && lian !== undefined && department === slow) await answer(send, lian, at);
        return;
    }
  };

  const answer = async (
    send: (by: string, verb: string, fields?: object) => Promise<unknown>,
    lian: string,
    at: Instant,
  ): Promise<void> => {
    await send(lian, 'answer', {
      answer: '收悉。我单位已约谈有关人员,组织窗口全体人员学习纪律规定,并将定期到厅检查。',
      answeredAt: at,
    });
    await send('ban', 'close');
  };

  /** The liaison opens every file that came with the letter; each look is registered. */
  const lookAt = async (letter: string, lian: string): Promise<void> => {
    const { state } = await doors.read(lian, views['letter.read'], `/api/letters/${letter}`);
    for (const { id, shares } of state.cases)
      for (const n of shares)
        await doors.ask(lian, views['evidence.view'], `/api/evidence/${id}/${n}/views`, {
          commandId: commandIdOf('view', letter, id, String(n)),
          reason: '核实函告所列问题',
        });
  };

  const star = async (stars: Stars, step: StarStep): Promise<void> => {
    const { month, objection } = stars;
    const id = `award-${month}-star`;
    const send = (by: string, verb: string, fields: object = {}, key = '') =>
      doors.post(by, `/api/awards/${id}/${verb}`, { commandId: commandIdOf(verb, id, key), ...fields });
    switch (step) {
      case 'open':
        await doors.post('ban', '/api/awards', {
          commandId: commandIdOf('award', month),
          month,
          code: 'star',
        });
        return;
      case 'nominate':
        for (const person of [...stars.list, ...stars.reserve])
          await send(
            departmentOf(person).replace('department-', 'shou-'),
            'nominate',
            { person, material: '当月办件量居窗口前列,群众评价好,无违规问题' },
            person,
          );
        return;
      case 'decide':
        await send('chu', 'decide', await decisionOf(id, stars));
        return;
      case 'publish':
        await send('ban', 'publish');
        return;
      case 'object':
        if (objection)
          await send('shou-centre', 'object', { person: objection.about, grounds: '当月材料与实际不符' });
        return;
      case 'answer':
        if (objection)
          await send('chu', 'answer-objection', {
            n: 1,
            outcome: objection.outcome,
            reason: objection.outcome === 'upheld' ? '经核实,推荐材料有误' : '经核实,材料属实',
          });
        return;
      case 'again':
        await send('ban', 'publish', {}, 'moved-up');
        return;
      case 'announce':
        await send('chu', 'announce');
        return;
      case 'end':
        await send('chu', 'announce', {}, 'moved-up');
        return;
    }
  };

  /** The meeting follows the proposal: the fifteen it chose, those next in order in reserve. */
  const decisionOf = async (id: string, stars: Stars) => {
    const { standings, chosen, ties } = await doors.read(
      'chu',
      views['award.proposal'],
      `/api/awards/${id}/proposal`,
    );
    if (ties.length > 0) throw new Error(`${id}: ${ties.length} ties`);
    const why = new Map(standings.map((one) => [one.candidate, one.why.join(';').slice(0, 200)]));
    const place = (person: string) => ({ person, criterion: why.get(person) ?? '会议研究' });
    return {
      list: chosen.map(place),
      reserve: stars.reserve.map(place),
      minutes: `会议按推荐、表扬和近期获评情况研究,确定${chosen.length}人为本月服务之星,${stars.reserve.length}人依次递补`,
    };
  };

  return { talk, paper, star };
};

const bodies = {
  violation:
    '近期，本中心在日常督查中发现并核实你单位派驻窗口多起违纪问题，详见附件清单。请你单位核实有关情况，对相关人员加强教育管理，督促整改，并将有关情况函复本中心。\n特此函告。',
  evidence:
    '你单位派驻窗口违纪问题持续偏多，现将有关问题清单和音视频资料一并移交。资料仅限核实问题和教育管理使用，不得复制、传播。请你单位约谈相关人员，必要时调整窗口人员，制定整改措施，并函复本中心。\n特此函告。',
} as const;
