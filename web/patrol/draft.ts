// A form that is being filled in: kept at every stroke, found again after a crash, and made into a record of the queue
// when it is done.
import { useCallback, useEffect, useRef, useState } from 'react';
import { violationType } from '../../shared/catalog.ts';
import { newMonthlyId } from '../../shared/ids.ts';
import { dayOf, monthOf } from '../../shared/time.ts';
import { clockDoubt, houseNow, noteMoment } from '../clock.ts';
import { type Draft, type DraftFields, database, enqueue, isFull, saveDraft } from '../outbox-db.ts';
import type { Me } from '../visitor-here.ts';
import { deeds, type Findable } from './findable.ts';
import { type ShiftWindow, seatedNow, windowTitle } from './shift-kept.ts';

/** Begins a form for a window: who sits there now is filled in when it is one person. */
export const beginDraft = async (
  me: Me,
  kind: Draft['kind'],
  window: ShiftWindow | undefined,
  seen: readonly string[],
  inspection?: string,
): Promise<Draft> => {
  const now = houseNow().toISOString();
  const here = seen.length > 0 ? [...seen] : window ? seatedNow(window, now).here : [];
  const [only, another] = here;
  const persons = only !== undefined && another === undefined ? [only] : [];
  const draft: Draft = {
    ...{ id: crypto.randomUUID(), person: me.person, kind, madeAt: now, changedAt: now },
    noted: noteMoment(),
    ...(window === undefined ? {} : { window: window.id }),
    windowTitle: window ? windowTitle(window) : '未指定窗口',
    ...(inspection === undefined ? {} : { inspection }),
    fields: {
      subject: persons.length > 0 || kind === 'deed' ? 'persons' : 'unidentified',
      persons,
      settled: false,
    },
    files: [],
  };
  await saveDraft(draft);
  return draft;
};

export interface Drafting {
  draft: Draft | 'gone' | undefined;
  /** Shown from the moment it is changed; kept right after. */
  change(next: (draft: Draft) => Draft): void;
  /** The device would not keep the last stroke. */
  full: boolean;
  /** Waits until the last stroke is kept; the draft as it is then. */
  settled(): Promise<Draft | undefined>;
}

export const useDraft = (id: string): Drafting => {
  const [draft, setDraft] = useState<Draft | 'gone'>();
  const [full, setFull] = useState(false);
  const latest = useRef<Draft | undefined>(undefined);
  const keeping = useRef(Promise.resolve());
  useEffect(() => {
    let open = true;
    void database()
      .then((db) => db.get('drafts', id))
      .then((found) => {
        if (!open) return;
        latest.current = found;
        setDraft(found ?? 'gone');
      });
    return () => {
      open = false;
    };
  }, [id]);
  const change = useCallback((next: (draft: Draft) => Draft) => {
    if (!latest.current) return;
    const changed = { ...next(latest.current), changedAt: houseNow().toISOString() };
    latest.current = changed;
    setDraft(changed);
    keeping.current = keeping.current.then(() =>
      saveDraft(changed).then(
        () => setFull(false),
        // Whatever the device has against it, the next stroke is tried again.
        (error: unknown) => {
          setFull(true);
          if (!isFull(error)) reportError(error);
        },
      ),
    );
  }, []);
  const settled = useCallback(async () => {
    await keeping.current;
    return latest.current;
  }, []);
  return { draft, change, full, settled };
};

/** What is still missing before it can be handed in, in words; undefined when nothing is. */
export const missingIn = ({ kind, fields, window }: Draft): string | undefined => {
  if (fields.type === undefined) return kind === 'deed' ? '请选择好人好事的类型' : '请选择发现的问题';
  if (fields.subject === 'persons' && fields.persons.length === 0)
    return kind === 'deed' ? '请选择是谁' : '请选择人员,或改为“人员待核”';
  if (fields.subject === 'window' && window === undefined) return '请选择窗口';
  if (fields.subject === 'contractor' && fields.contractor === undefined) return '请选择外包单位';
  return undefined;
};

const subjectOf = ({ subject, persons, contractor }: DraftFields) => {
  switch (subject) {
    case 'persons':
      return { kind: 'persons' as const, persons };
    case 'unidentified':
      return { kind: 'unidentified' as const };
    case 'window':
      return { kind: 'window' as const };
    case 'contractor':
      return { kind: 'contractor' as const, contractor: contractor ?? '' };
  }
};

/** The words a record bears when nobody wrote any. */
export const plainWords = (draft: Draft): string => {
  const { type = '' } = draft.fields;
  if (draft.kind === 'deed') return `巡查中看到:${deeds.find(({ code }) => code === type)?.name ?? type}`;
  return `巡查发现:${violationType(type)?.name ?? type}`;
};

/** Hands the draft to the queue as a record with its files. */
export const handIn = async (me: Me, draft: Draft, chosen: Findable | undefined): Promise<void> => {
  const id = crypto.randomUUID();
  const { fields, madeAt } = draft;
  const type = fields.type ?? '';
  const description = fields.description?.trim() || plainWords(draft);
  const made = {
    ...{ id, person: me.person, personName: me.name, madeAt },
    ...(draft.noted === undefined ? {} : { noted: draft.noted }),
  };
  const evidence = draft.files.map(({ manifest }) => manifest);
  if (draft.kind === 'deed') {
    const day = dayOf(madeAt);
    await enqueue(
      {
        ...made,
        path: '/api/bonuses',
        body: {
          ...{ type, day, persons: fields.persons, way: 'patrol', description, evidence },
          ...(draft.inspection === undefined ? {} : { inspection: draft.inspection }),
        },
        title: `${draft.windowTitle} · ${deeds.find(({ code }) => code === type)?.name ?? type}`,
        creates: newMonthlyId('bonus', monthOf(madeAt), id),
      },
      draft.files,
      draft.id,
    );
    return;
  }
  const clause = chosen?.clauses.find(({ code }) => code === fields.clause) ?? chosen?.clauses[0];
  const settled = fields.settled && clause !== undefined && fields.subject !== 'unidentified';
  await enqueue(
    {
      ...made,
      path: settled ? '/api/cases/report-settled' : '/api/cases',
      body: {
        ...{ violation: type, source: 'patrol' },
        happened: { from: madeAt, to: madeAt, doubtSeconds: clockDoubt() },
        ...(draft.window === undefined ? {} : { window: draft.window }),
        subject: subjectOf(fields),
        ...(draft.inspection === undefined ? {} : { inspection: draft.inspection }),
        ...(clause === undefined
          ? {}
          : {
              suggested: {
                clause: clause.code,
                severity: clause.severity,
                ...(clause.range && fields.points !== undefined ? { points: fields.points } : {}),
              },
            }),
        description,
        evidence,
        ...(settled ? { settled: { clause: clause.code, said: '当场提醒,已改正' } } : {}),
      },
      title: `${draft.windowTitle} · ${chosen?.name ?? type}`,
      creates: newMonthlyId('case', monthOf(madeAt), id),
    },
    draft.files,
    draft.id,
  );
};

/** Changing a chosen type presets who answers: for the state of a place the window, for conduct the person. */
export const withType = (draft: Draft, one: Findable): Draft => {
  const ofPlace = one.group === 'ENV';
  const subject =
    ofPlace && draft.window !== undefined
      ? 'window'
      : draft.fields.persons.length > 0
        ? 'persons'
        : 'unidentified';
  const clause = one.clauses[0];
  const { clause: _clause, points: _points, ...rest } = draft.fields;
  return {
    ...draft,
    fields: {
      ...rest,
      type: one.type,
      subject,
      settled: false,
      ...(clause === undefined ? {} : { clause: clause.code }),
    },
  };
};
