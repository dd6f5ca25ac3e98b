// The frame of the app: who is here, which rooms they may enter, and the screen they are in. Before that, signing in.
import { type ComponentType, lazy, type ReactElement, Suspense, useEffect, useRef, useState } from 'react';
import { chooseCentre, type Refusal } from './client.ts';
import { whenIdle } from './idle.ts';
import { renewed } from './new-version.ts';
import { queueState } from './outbox.ts';
import { unfinishedOf } from './outbox-db.ts';
import { Icon } from './parts/icon.tsx';
import { Icp } from './parts/icp.tsx';
import { Refused, Waiting } from './parts/words.tsx';
import { keptForms } from './patrol/kept-form.ts';
import { QueueMark } from './patrol/queue-mark.tsx';
import { followLink, go, matched, useAddress } from './route.ts';
import { homeOf, openPages, type Screen, type ScreenProps, screens } from './screens.ts';
import { finishSignIn, signedIn, signIn, signOut } from './sign-in.ts';
import { askMe, forgetMe, type Me, rememberedMe } from './visitor-here.ts';

const Welcome = ({ why }: { why?: string }): ReactElement => {
  const [leaving, setLeaving] = useState(false);
  return (
    <main className="welcome">
      <img src="/icon.svg" alt="" width="96" height="96" />
      <h1>明窗</h1>
      <p className="quiet">政务服务大厅窗口监督与考核</p>
      {why === undefined ? null : <p className="notice">{why}</p>}
      <button
        type="button"
        className="button primary"
        disabled={leaving}
        onClick={() => {
          setLeaving(true);
          signIn(`${window.location.pathname}${window.location.search}`).catch(() => setLeaving(false));
        }}
      >
        登录
      </button>
      <Icp />
    </main>
  );
};

/** Coming back from the sign-in page. */
const Returning = (): ReactElement => {
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    finishSignIn().then(
      (to) => go(to === '/signed-in' ? '/' : to, { replace: true }),
      () => setFailed(true),
    );
  }, []);
  return failed ? <Welcome why="登录没有完成,请再登录一次。" /> : <Waiting what="正在登录" />;
};

const loaded = new Map<Screen, ComponentType<ScreenProps>>();

const screenAt = (me: Me, path: string) =>
  screens.flatMap((screen) => {
    const at = screen.open(me) ? matched(screen.path, path) : undefined;
    return at ? [{ screen, at }] : [];
  })[0];

/**
 * Has the screen of this address ready for whoever was here last, with what lies on this device for it: the page is then
 * drawn once, not three times. Never fails; what is missing is loaded as on any other way.
 */
export const firstScreen = async (): Promise<void> => {
  const me = signedIn() === undefined ? undefined : rememberedMe();
  const path = window.location.pathname;
  const found = me && screenAt(me, path === '/' ? homeOf(me) : path);
  if (!found) return;
  const [{ default: component }] = await Promise.all([found.screen.load(), found.screen.prepare?.(me)]);
  loaded.set(found.screen, component);
};

const ScreenHere = ({ screen, ...props }: ScreenProps & { screen: Screen }): ReactElement => {
  const [found, setFound] = useState<ComponentType<ScreenProps> | 'failed' | undefined>(() =>
    loaded.get(screen),
  );
  useEffect(() => {
    let here = true;
    screen.load().then(
      ({ default: component }) => {
        loaded.set(screen, component);
        if (here) setFound(() => component);
      },
      async () => {
        if (!(await renewed()) && here) setFound('failed');
      },
    );
    return () => {
      here = false;
    };
  }, [screen]);
  if (found === undefined) return <Waiting what="正在打开" />;
  if (found === 'failed')
    return <p className="notice bad">这个页面需要网络才能打开。网络恢复后请再点一次。</p>;
  const Component = found;
  return <Component {...props} />;
};

const Rail = ({ me, path }: { me: Me; path: string }): ReactElement => {
  const rail = useRef<HTMLElement>(null);
  const shown = screens.filter(
    (screen) => screen.icon !== undefined && screen.open(me) && (screen.inRail?.(me) ?? true),
  );
  const here = shown.find((screen) => path === screen.path || path.startsWith(`${screen.path}/`));
  useEffect(() => {
    // On a phone it is a strip that is pushed: the room one is in is brought to its middle.
    const current = here && rail.current?.querySelector<HTMLElement>('[aria-current]');
    if (rail.current && current)
      rail.current.scrollLeft = current.offsetLeft - (rail.current.clientWidth - current.offsetWidth) / 2;
  }, [here]);
  return (
    <nav className="shell-rail" aria-label="主要功能" ref={rail}>
      {shown.map((screen) => (
        <a
          key={screen.path}
          href={screen.path}
          onClick={followLink}
          aria-current={screen === here ? 'page' : undefined}
        >
          {screen.icon === undefined ? null : <Icon name={screen.icon} />}
          {screen.title}
        </a>
      ))}
    </nav>
  );
};

/** Nobody leaves without knowing that something is only on this device: in the queue, or not even there yet. */
const leave = async (me: Me): Promise<void> => {
  const { drafts, marks } = await unfinishedOf(me.person);
  if (queueState().count + drafts + marks + keptForms(me.person).length > 0) {
    go('/queue?leave=1');
    return;
  }
  signOut();
  forgetMe();
  window.location.assign('/');
};

const Inside = ({ me, path }: { me: Me; path: string }): ReactElement => {
  const here = screenAt(me, path);
  useEffect(() => {
    document.title = here ? `${here.screen.title} · 明窗` : '明窗';
  }, [here?.screen.title, here]);
  const main = useRef<HTMLElement>(null);
  const came = useRef(path);
  useEffect(() => {
    if (came.current === path) return;
    came.current = path;
    // Whoever goes by the keyboard, or listens, begins the next screen at its content; what it focuses itself stays.
    if (!main.current?.contains(document.activeElement)) main.current?.focus({ preventScroll: true });
  }, [path]);
  return (
    <div className="shell">
      <button type="button" className="skip" onClick={() => main.current?.focus()}>
        跳到正文
      </button>
      <header className="shell-head">
        <a className="shell-mark" href="/" onClick={followLink}>
          <img src="/icon.svg" alt="" />
          明窗
        </a>
        <span className="shell-centre">{me.centre.name}</span>
        <span className="shell-room" />
        <QueueMark />
        <span className="shell-person">
          {me.name}
          <span className="mark">{[...new Set(me.roles.map(({ title }) => title))].join('、')}</span>
        </span>
        <button type="button" className="button bare" onClick={() => void leave(me)}>
          <Icon name="sign-out" />
          退出
        </button>
      </header>
      <Rail me={me} path={path} />
      <main className="shell-screen" ref={main} tabIndex={-1}>
        {here ? (
          <ScreenHere key={here.screen.path} screen={here.screen} me={me} at={here.at} />
        ) : (
          <p className="empty">没有这个页面,或者您没有权限打开。请从左侧选择。</p>
        )}
        <Icp />
      </main>
    </div>
  );
};

/** A page for everybody, without the frame. */
const OpenPage = ({ load }: { load: (typeof openPages)[number]['load'] }): ReactElement => {
  const [Page] = useState(() => lazy(load));
  const nobody = {
    person: '',
    name: '',
    centre: { id: '', name: '' },
    centres: [],
    roles: [],
    abilities: [],
  };
  return (
    <Suspense fallback={<Waiting what="正在打开" />}>
      <Page me={{ ...nobody, now: '' }} at={{}} />
    </Suspense>
  );
};

/** Whoever belongs to several centres says in which one they work now; the record of one is never shown in another. */
const CentreChoice = ({ centres }: { centres: readonly string[] }): ReactElement => (
  <>
    <p>您登记在多个中心,请选择现在要进入的中心:</p>
    {centres.map((centre) => (
      <button
        key={centre}
        type="button"
        className="button"
        onClick={() => {
          chooseCentre(centre);
          forgetMe();
          window.location.assign('/');
        }}
      >
        {centre}
      </button>
    ))}
  </>
);

export const Shell = (): ReactElement => {
  const path = useAddress().split('?')[0] ?? '/';
  const open = openPages.find((page) => page.path === path);
  return open ? <OpenPage key={path} load={open.load} /> : <SignedInShell path={path} />;
};

/** Who was asked for a moment ago, apart from the moment: then nothing is drawn anew. */
const samePerson = (a: Me, b: Me): boolean =>
  JSON.stringify({ ...a, now: '' }) === JSON.stringify({ ...b, now: '' });

const SignedInShell = ({ path }: { path: string }): ReactElement => {
  const [remembered] = useState(rememberedMe);
  const [me, setMe] = useState(remembered);
  const [refusal, setRefusal] = useState<Refusal>();
  const subject = signedIn();
  useEffect(() => {
    if (subject === undefined) return;
    const askAgain = async (): Promise<void> => {
      const answer = await askMe();
      if (answer.ok) setMe((before) => (before && samePerson(before, answer.value) ? before : answer.value));
      // Without network the last known person goes on working; an ended sign-in is told by what needs it.
      else setRefusal(answer.refusal);
    };
    if (remembered) whenIdle(() => void askAgain());
    else void askAgain();
  }, [subject, remembered]);
  useEffect(() => {
    if (me && path === '/') go(homeOf(me), { replace: true });
  }, [me, path]);
  if (path === '/signed-in') return <Returning />;
  if (subject === undefined) return <Welcome />;
  if (me) return <Inside me={me} path={path} />;
  if (refusal?.code === 'signed-out') return <Welcome why="登录已过期,请重新登录。" />;
  return refusal ? (
    <main className="welcome">
      {refusal.code === 'account.several' ? (
        <CentreChoice centres={(refusal.fields ?? []).map(({ reason }) => reason)} />
      ) : (
        <Refused refusal={refusal} again={() => window.location.reload()} />
      )}
      <button
        type="button"
        className="button bare"
        onClick={() => {
          signOut();
          window.location.assign('/');
        }}
      >
        换一个账号登录
      </button>
    </main>
  ) : (
    <Waiting what="正在打开" />
  );
};
