// Sending a command from a light screen: busy, refused, done; the same meaning keeps its command id until an answer came,
// so that pressing twice does a thing once. Knows no command.
import { useRef, useState } from 'react';
import type { View } from '../shared/views.ts';
import { type Refusal, send } from './client.ts';

export interface Sender {
  busy: boolean;
  refusal: Refusal | undefined;
  /** Undefined when it was refused. */
  send(path: string, fields: Record<string, unknown>): Promise<View<'answer'> | undefined>;
}

export const useSender = (): Sender => {
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal>();
  const meant = useRef<{ what: string; id: string }>(undefined);
  return {
    busy,
    refusal,
    send: async (path, fields) => {
      const what = JSON.stringify([path, fields]);
      if (meant.current?.what !== what) meant.current = { what, id: crypto.randomUUID() };
      setBusy(true);
      setRefusal(undefined);
      const outcome = await send(path, fields, meant.current.id);
      setBusy(false);
      if (outcome.ok || !outcome.refusal.retry) meant.current = undefined;
      if (outcome.ok) return outcome.value;
      setRefusal(outcome.refusal);
      return undefined;
    },
  };
};
