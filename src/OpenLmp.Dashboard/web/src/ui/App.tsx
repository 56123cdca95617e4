import { useEffect, useMemo, useState } from 'preact/hooks';
import { alarmGroupsOf, pictureOf } from '../data/model';
import type { Network } from '../data/network';
import { Alarms } from './Alarms';
import { Detail } from './Detail';
import { Header } from './Header';
import { Map } from './Map';
import { Tables } from './Tables';
import { Latest } from './Timeline';

/** What is shown beside the whole: a data link in detail, a tab, a search. It is in the URL's fragment, so that it can be passed on. */
export interface View { tab: string; search: string; link: { server: string; name: string } | null }

const viewOf = (hash: string): View => {
  const p = new URLSearchParams(hash.slice(1));
  const name = p.get('link');
  return { tab: p.get('tab') ?? 'data-links', search: p.get('search') ?? '', link: name ? { server: p.get('at') ?? '', name } : null };
};

const hashOf = (view: View) => {
  const p = new URLSearchParams();
  if (view.tab !== 'data-links') p.set('tab', view.tab);
  if (view.search) p.set('search', view.search);
  if (view.link) {
    p.set('at', view.link.server);
    p.set('link', view.link.name);
  }
  return p.toString();
};

export function App({ network }: { network: Network }) {
  const [version, setVersion] = useState(0);
  const [view, setView] = useState(() => viewOf(location.hash));
  useEffect(() => network.subscribe(() => setVersion(network.version)), [network]);
  useEffect(() => {
    const changed = () => setView(viewOf(location.hash));
    addEventListener('hashchange', changed);
    return () => removeEventListener('hashchange', changed);
  }, []);
  const show = (change: Partial<View>) => {
    const next = { ...view, ...change };
    setView(next);
    history.replaceState(null, '', `#${hashOf(next)}`);
  };
  const picture = useMemo(() => pictureOf(network), [network, version]);
  const groups = useMemo(() => alarmGroupsOf(network), [network, version]);
  const detail = view.link && network.servers.find(s => s.name === view.link!.server);
  const link = detail && detail.dataLinks.get(view.link!.name);

  return (
    <>
      <a class="skip" href="#tables" onClick={e => { e.preventDefault(); document.getElementById('tables')?.focus(); }}>To the tables</a>
      <Header network={network} groups={groups} />
      <main>
        <Map picture={picture} groups={groups} open={end => show({ link: { server: end.server.name, name: end.link.name } })} select={search => show({ search })} />
        <Alarms network={network} groups={groups} open={(server, name) => show({ link: { server: server.name, name } })} />
        <Latest network={network} all={() => show({ tab: 'events', search: '' })} />
        <Tables network={network} view={view} show={show} />
      </main>
      {detail && link && <Detail key={`${detail.base} ${link.name}`} network={network} end={{ server: detail, link }} go={end => show({ link: { server: end.server.name, name: end.link.name } })} close={() => show({ link: null })} />}
    </>
  );
}
