// Sending a command from a light screen: busy, refused, done; the same meaning keeps its command id until an answer came,
// so that pressing twice does a thing once. Knows no command.
import { useRef, useState } from 'react';
import type { View } from '../shared/views.ts';
import { type Outcome, type Refusal, send } from './client.ts';
import { houseNow } from './clock.ts';

export interface Sender {
  busy: boolean;
  refusal: Refusal | undefined;
  /**
   * Undefined when it was refused. `stamp`: the field that says when; a second press after no answer came says the same
   * moment, or it would mean something else.
   */
  send(path: string, fields: Record<string, unknown>, stamp?: string): Promise<View<'answer'> | undefined>;
}

/** How a command is said: by somebody who signed in, unless told otherwise. */
export type Say = (
  path: string,
  fields: Record<string, unknown>,
  commandId: string,
) => Promise<Outcome<View<'answer'>>>;

export const useSender = (say: Say = send): Sender => {
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal>();
  const meant = useRef<{ what: string; id: string; at: string }>(undefined);
  return {
    busy,
    refusal,
    send: async (path, fields, stamp) => {
      const what = JSON.stringify([path, fields]);
      if (meant.current?.what !== what)
        meant.current = { what, id: crypto.randomUUID(), at: houseNow().toISOString() };
      const { id, at } = meant.current;
      setBusy(true);
      setRefusal(undefined);
      const outcome = await say(path, stamp === undefined ? fields : { ...fields, [stamp]: at }, id);
      setBusy(false);
      if (outcome.ok || !outcome.refusal.retry) meant.current = undefined;
      if (outcome.ok) return outcome.value;
      setRefusal(outcome.refusal);
      return undefined;
    },
  };
};
