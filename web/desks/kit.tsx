// What every desk stands on: the kit in the colours of the house, in Chinese, and the answers of the API kept while
// somebody works. Loaded with the first desk, never by the patrol's tablet.
import '../style/desk.css';
import {
  QueryClient,
  QueryClientProvider,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { App, ConfigProvider } from 'antd';
import zhCN from 'antd/locale/zh_CN';
import { type ReactElement, type ReactNode, useRef } from 'react';
import type { View, ViewName } from '../../shared/views.ts';
import { type Outcome, post, type Refusal, read, send } from '../client.ts';

/** A refusal on its way through the query client; it is shown by `Refused`, not logged as a fault. */
export class RefusedAnswer extends Error {
  readonly refusal: Refusal;
  constructor(refusal: Refusal) {
    super(refusal.detail);
    this.refusal = refusal;
  }
}

const given = <T,>(outcome: Outcome<T>): T => {
  if (!outcome.ok) throw new RefusedAnswer(outcome.refusal);
  return outcome.value;
};

const answers = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      refetchOnWindowFocus: true,
      retry: (times, error) => times < 2 && error instanceof RefusedAnswer && error.refusal.retry,
    },
  },
});

/** The colours of style/tokens.css as the kit wants them; it computes shades and cannot read variables. */
const theme = {
  token: {
    colorPrimary: '#a6231c',
    colorInfo: '#1f5a8c',
    colorSuccess: '#1f7044',
    colorWarning: '#8a5a00',
    colorError: '#a6231c',
    colorText: '#22262b',
    colorTextSecondary: '#565c64',
    colorTextDescription: '#565c64',
    colorTextPlaceholder: '#6b7178',
    // What stands in a field that only another may change is still read.
    colorTextDisabled: '#5f656c',
    colorBgLayout: '#faf8f5',
    colorBorder: '#b9b0a3',
    colorBorderSecondary: '#ddd6cc',
    colorLink: '#a6231c',
    borderRadius: 8,
    // Fields a finger finds; where there is a mouse, a little lower.
    controlHeight: window.matchMedia('(pointer: coarse)').matches ? 44 : 40,
    fontSize: 15,
    fontFamily: 'inherit',
    // Whoever asked their machine for less motion gets none.
    motion: !window.matchMedia('(prefers-reduced-motion: reduce)').matches,
  },
} as const;

/** Wraps a desk: `export default () => <Desk>…</Desk>`. */
export const Desk = ({ children }: { children: ReactNode }): ReactElement => (
  // Two characters on a button stand as they are read: 检查, not 检 查.
  <ConfigProvider locale={zhCN} theme={theme} button={{ autoInsertSpace: false }}>
    <App className="desk">
      <QueryClientProvider client={answers}>{children}</QueryClientProvider>
    </App>
  </ConfigProvider>
);

const notTheirs: readonly string[] = ['access.denied', 'thing.not-found'];

/** One view of the API, kept and asked again after a command: `const { data, error } = useView('month.board', path)`. */
export const useView = <Name extends ViewName>(view: Name, path: string, how: { enabled?: boolean } = {}) => {
  const asked = useQuery<View<Name>>({
    queryKey: [path, view],
    queryFn: async () => given(await read(view, path)),
    enabled: how.enabled ?? true,
  });
  // What was read before and may be read no longer leaves the screen, with every step it offered. An ended sign-in or a
  // new version takes nothing from whoever is writing.
  const gone = asked.error instanceof RefusedAnswer && notTheirs.includes(asked.error.refusal.code);
  return gone ? { ...asked, data: undefined } : asked;
};

/** What the screen should say of an error of `useView` or a command. */
export const refusalIn = (error: unknown): Refusal =>
  error instanceof RefusedAnswer
    ? error.refusal
    : { code: 'internal', detail: '页面出现意外错误', next: '请刷新页面后重试', retry: true };

export interface Sending {
  path: string;
  fields: Record<string, unknown>;
}

/**
 * Sends a command and lets everything shown be asked again. The command id is kept until an answer came, so that
 * pressing twice, or again after a lost answer, does the thing once.
 */
export const useCommand = (after?: (answer: View<'answer'>) => void) => {
  const client = useQueryClient();
  const meant = useRef<{ what: string; id: string }>(undefined);
  return useMutation({
    mutationFn: async ({ path, fields }: Sending) => {
      const what = JSON.stringify([path, fields]);
      if (meant.current?.what !== what) meant.current = { what, id: crypto.randomUUID() };
      const outcome = await send(path, fields, meant.current.id);
      if (outcome.ok || !outcome.refusal.retry) meant.current = undefined;
      return given(outcome);
    },
    onSuccess: async (answer) => {
      await client.invalidateQueries();
      after?.(answer);
    },
  });
};

/** Lets everything shown be asked again, after something was changed by other ways than the two below and above. */
export const useFresh = () => {
  const client = useQueryClient();
  return () => client.invalidateQueries();
};

/** Asks a door that is no plain command and changes something: `draft-from-month`, `confirm-batch`, `sum`. */
export const useAsking = <Name extends ViewName>(view: Name, after?: (answer: View<Name>) => void) => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ path, fields }: Sending) => given(await post(view, path, fields)),
    onSuccess: async (answer) => {
      await client.invalidateQueries();
      after?.(answer);
    },
  });
};
