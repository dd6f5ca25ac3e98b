// Cover (顶岗, AB岗): who sat at a window instead of, or besides, those assigned to it, as filed and corrected. Knows no
// permissions and nothing of findings.
import type { EventMeta, FreeText } from './events.ts';
import { entryOf, type Slip, type Stretch } from './slip.ts';
import type { Month } from './time.ts';

/** abRole: the standing deputy of the AB岗 rule; standIn: whoever was asked. */
export const coverWays = ['abRole', 'standIn'] as const;
export type CoverWay = (typeof coverWays)[number];
export const coverTitles: Record<CoverWay, string> = { abRole: 'AB岗', standIn: '顶岗' };

export interface CoverEntry {
  /** Who sat there. */
  person: string;
  stretch: Stretch;
}

export interface CoverState extends Slip<CoverEntry> {
  stage: 'standing' | 'withdrawn';
  window: string;
  grid: string;
  /** The window's department on the first day. */
  department: string;
  way: CoverWay;
  /** For whom; absent when the window was simply reinforced. */
  absent?: string;
}

export type CoverEvent =
  | {
      type: 'cover.filed';
      v: 1;
      window: string;
      grid: string;
      department: string;
      way: CoverWay;
      person: string;
      absent?: string;
      stretch: Stretch;
      months: Month[];
      reason?: FreeText;
    }
  | { type: 'cover.corrected'; v: 1; person: string; stretch: Stretch; reason: FreeText }
  | { type: 'cover.withdrawn'; v: 1; reason: FreeText };

/** The cover after one more event. Throws on an event that cannot follow: that is a bug or a broken journal. */
export const foldCover = (state: CoverState | undefined, event: CoverEvent, meta: EventMeta): CoverState => {
  const filing = { at: meta.at, by: meta.by.person };
  if (event.type === 'cover.filed')
    return {
      id: meta.stream,
      stage: 'standing',
      window: event.window,
      grid: event.grid,
      department: event.department,
      way: event.way,
      ...(event.absent === undefined ? {} : { absent: event.absent }),
      months: event.months,
      filings: [{ ...filing, entry: { person: event.person, stretch: event.stretch } }],
    };
  if (!state || entryOf(state) === undefined) throw new Error(`${event.type} out of place in ${meta.stream}`);
  switch (event.type) {
    case 'cover.corrected': {
      const entry = { person: event.person, stretch: event.stretch };
      return { ...state, filings: [...state.filings, { ...filing, entry }] };
    }
    case 'cover.withdrawn':
      return { ...state, stage: 'withdrawn', filings: [...state.filings, { ...filing, entry: null }] };
  }
};

/** Whose record it stands in: who sat there. */
export const coverSubject = (state: CoverState): string | undefined =>
  state.filings.findLast(({ entry }) => entry !== null)?.entry?.person;
