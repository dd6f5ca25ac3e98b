// What a shift was given along: read from the house when it can be reached, from this device otherwise. Answers who sits
// where now. Changes nothing in the house.
import { useEffect, useState } from 'react';
import { seatsNow } from '../../shared/shift.ts';
import { type Refusal, read } from '../client.ts';
import { houseNow } from '../clock.ts';
import { database, type Shift } from '../outbox-db.ts';
import type { Me } from '../visitor-here.ts';

export type { Shift };
export type ShiftWindow = Shift['windows'][number];

export interface ShiftHere {
  shift: Shift;
  /** Device clock when it was read. */
  at: number;
}

const remembered = new Map<string, ShiftHere>();

/** From the device only, for what must not wait. */
const keptShift = async (person: string): Promise<ShiftHere | undefined> =>
  remembered.get(person) ?? (await database()).get('shifts', person);

/** Has the shift of this device at hand when a screen is first drawn. */
export const prepareShift = async (person: string): Promise<void> => {
  const kept = await keptShift(person);
  if (kept) remembered.set(person, kept);
};

const refreshShift = async (person: string): Promise<ShiftHere | Refusal> => {
  const answer = await read('shift.read', '/api/shift');
  if (!answer.ok) return answer.refusal;
  const here = { shift: answer.value, at: Date.now() };
  remembered.set(person, here);
  await (await database()).put('shifts', { person, ...here });
  return here;
};

/** A shift read less than so long ago is not read again when a screen opens. Milliseconds. */
const fresh = 60_000;

export const useShift = (me: Me): { here: ShiftHere | undefined; refusal: Refusal | undefined } => {
  const [here, setHere] = useState<ShiftHere | undefined>(() => remembered.get(me.person));
  const [refusal, setRefusal] = useState<Refusal>();
  useEffect(() => {
    let open = true;
    void (async () => {
      const kept = await keptShift(me.person);
      if (kept && open) {
        remembered.set(me.person, kept);
        setHere(kept);
      }
      if (kept && Date.now() - kept.at < fresh) return;
      const found = await refreshShift(me.person);
      if (!open) return;
      if ('shift' in found) setHere(found);
      else setRefusal(found);
    })();
    return () => {
      open = false;
    };
  }, [me.person]);
  return { here, refusal };
};

export interface Seated {
  open: boolean;
  notice?: string;
  /** Who should be there and is not away, and who covers. */
  here: string[];
  /** On leave, or covering elsewhere. */
  away: { person: string; why: 'leave' | 'elsewhere' }[];
}

/** Who sits at a window now by all that was entered. On another day than the shift's nobody knows: everybody assigned. */
export const seatedNow = (window: ShiftWindow, at: string = houseNow().toISOString()): Seated => {
  const span = seatsNow(window.seats, at) ?? window.seats[0];
  if (!span) return { open: true, here: [], away: [] };
  return {
    open: span.open,
    ...(span.notice === undefined ? {} : { notice: span.notice }),
    here: [...span.should.flatMap(({ person, away }) => (away ? [] : [person])), ...span.covering],
    away: span.should.flatMap(({ person, away }) => (away ? [{ person, why: away }] : [])),
  };
};

export const personName = (shift: Shift, id: string): string =>
  shift.staff.find((one) => one.id === id)?.name ?? id;
export const departmentName = (shift: Shift, id: string): string =>
  shift.departments.find((one) => one.id === id)?.name ?? id;
export const windowTitle = (window: ShiftWindow): string =>
  window.name.startsWith(window.number) ? window.name : `${window.number} ${window.name}`;
/** People of the window's department, for changing who sits there. */
export const colleaguesOf = (shift: Shift, window: ShiftWindow): Shift['staff'] =>
  shift.staff.filter((one) => one.post === 'window' && one.department === window.department);
