import { useEffect, useRef, useState } from 'preact/hooks';
import type { AlarmGroup } from '../data/model';
import type { Network } from '../data/network';
import { plural } from '../data/words';
import { TokenForm } from './TokenForm';

const THEMES = ['auto', 'light', 'dark'] as const;
type Theme = typeof THEMES[number];
const THEME_KEY = 'openlmp-theme';

const stored = (): Theme => {
  try {
    return THEMES.find(t => t === localStorage.getItem(THEME_KEY)) ?? 'auto';
  } catch {
    return 'auto'; // Storage is forbidden: the page works without.
  }
};

export function Header({ network, groups }: { network: Network; groups: AlarmGroup[] }) {
  const servers = network.servers;
  const lost = servers.filter(s => s.status === 'lost');
  const sum = (of: (n: NonNullable<typeof servers[0]['node']>) => { up: number; total: number }) =>
    servers.reduce((t, s) => s.node ? { up: t.up + of(s.node).up, total: t.total + of(s.node).total } : t, { up: 0, total: 0 });
  const count = (word: 'controlChannels' | 'teLinks' | 'dataLinks', isUp: (state: string) => boolean) => {
    const all = servers.flatMap(s => [...s[word].values()] as { state: string }[]);
    return { up: all.filter(x => isUp(x.state)).length, total: all.length };
  };
  const one = network.isOne ? servers[0]!.node : null;
  const raised = groups.filter(g => g.said.length > 0).length;
  const suppressed = groups.reduce((n, g) => n + g.suppressed.length, 0);
  useEffect(() => { document.title = `${raised > 0 ? `(${raised}) ` : ''}${one ? one.name : plural(servers.length, 'node')} · OpenLMP`; });
  const isReading = servers.some(s => s.status === 'connecting');

  return (
    <header>
      <h1>{one ? <>{one.name} <small>Node_Id {one.nodeId}</small></> : network.isOne ? 'OpenLMP' : <>Network <small>{plural(servers.length, 'node')}</small></>}</h1>
      <p class={`status ${lost.length > 0 ? 'bad' : isReading ? '' : 'good'}`} role="status" title={lost.map(s => `${s.name}: ${s.problem}`).join('\n')}>
        {lost.length > 0 ? `not reached: ${lost.map(s => s.name).join(', ')}; trying again` : isReading ? 'reading' : 'live'}
      </p>
      {servers.some(s => s.wantsToken) && <TokenForm />}
      <dl class="counts">
        <Count what="Neighbors" {...sum(n => n.neighbors)} />
        <Count what="Control channels" {...count('controlChannels', s => s === 'Up')} />
        <Count what="TE links" {...count('teLinks', s => s === 'Up')} />
        <Count what="Data links" {...count('dataLinks', s => s.startsWith('Up'))} />
        <div class={raised > 0 ? 'bad' : 'good'}><dt>Alarms</dt><dd>{raised}{suppressed > 0 && <small> +{suppressed} suppressed</small>}</dd></div>
      </dl>
      <ThemeChoice />
      <Announcer groups={groups} isReading={isReading} />
    </header>
  );
}

function Count({ what, up, total }: { what: string; up: number; total: number }) {
  return <div class={up < total ? 'warn' : ''}><dt>{what}</dt><dd>{up}<small> of {total} up</small></dd></div>;
}

function ThemeChoice() {
  const [theme, setTheme] = useState(stored);
  useEffect(() => {
    document.documentElement.dataset['theme'] = theme;
    try {
      localStorage.setItem(THEME_KEY, theme);
    } catch {
      // As above.
    }
  }, [theme]);
  return (
    <label class="theme">Colours <select value={theme} onChange={e => setTheme(e.currentTarget.value as Theme)}>
      {THEMES.map(t => <option key={t} value={t}>{t}</option>)}
    </select></label>
  );
}

// What a screen reader is told by itself: conditions that begin and end, not each change.
function Announcer({ groups, isReading }: { groups: AlarmGroup[]; isReading: boolean }) {
  const known = useRef<Map<string, string> | null>(null);
  const [text, setText] = useState('');
  useEffect(() => {
    if (isReading) return;
    const now = new Map(groups.filter(g => g.said.length > 0).map(g => [g.key, g.said[0]!.alarm.text]));
    const before = known.current;
    known.current = now;
    if (!before) return;
    const news = [...[...now].filter(([k]) => !before.has(k)).map(([, t]) => `Alarm: ${t}`), ...[...before].filter(([k]) => !now.has(k)).map(([, t]) => `Cleared: ${t}`)];
    if (news.length > 0) setText(news.length > 3 ? `${news.length} alarms have changed` : news.join('. '));
  }, [groups, isReading]);
  return <p class="unseen" role="log" aria-live="polite">{text}</p>;
}
