import type { TargetedKeyboardEvent } from 'preact';
import { useEffect, useMemo, useState } from 'preact/hooks';
import type { EventInfo } from '../data/api';
import type { Network } from '../data/network';
import type { Server } from '../data/server';
import { channelTone, stateText, teLinkTone, toneOf } from '../data/words';
import type { View } from './App';
import * as columns from './columns';
import type { Row } from './columns';
import { Grid, type Column } from './Grid';
import { eventsOf, isBad, Timeline } from './Timeline';

/** One tab: where its rows come from, and what they can be narrowed down by beside any text. */
interface Table<T> { id: string; name: string; rows: (server: Server) => T[]; columns: Column<Row<T>>[]; facet: { name: string; of: (row: T) => string }; tone: (row: T) => string; keyOf: (row: T) => string }

const table = <T,>(t: Table<T>) => t as unknown as Table<unknown>;

const TABLES: Table<unknown>[] = [
  table({ id: 'data-links', name: 'Data links', rows: s => [...s.dataLinks.values()], columns: columns.dataLinks, facet: { name: 'State', of: l => stateText(l.state) }, tone: l => `r-${toneOf(l)}`, keyOf: l => l.name }),
  table({ id: 'te-links', name: 'TE links', rows: s => [...s.teLinks.values()], columns: columns.teLinks, facet: { name: 'State', of: l => l.state }, tone: l => `r-${teLinkTone(l.state)}`, keyOf: l => l.name }),
  table({ id: 'control-channels', name: 'Control channels', rows: s => [...s.controlChannels.values()], columns: columns.controlChannels, facet: { name: 'State', of: c => c.state }, tone: c => `r-${channelTone(c.state)}`, keyOf: c => c.name }),
  table({ id: 'neighbors', name: 'Neighbors', rows: s => [...s.neighbors.values()], columns: columns.neighbors, facet: { name: 'State', of: n => n.state }, tone: n => n.state === 'Up' ? '' : 'r-down', keyOf: n => n.name }),
  table({ id: 'alarms', name: 'Alarms', rows: s => s.alarms, columns: columns.alarms, facet: { name: 'State', of: a => a.state }, tone: a => a.state === 'raised' ? 'r-down' : '', keyOf: a => `${a.kind} ${a.object}` }),
  table({ id: 'events', name: 'Events', rows: s => s.events, columns: columns.events, facet: { name: 'Event', of: e => e.type }, tone: e => isBad(e) ? 'r-down' : '', keyOf: e => String(e.id) }),
];

/** Everything as tables, narrowed down by node, by state and by any text. */
export function Tables({ network, view, show }: { network: Network; view: View; show: (change: Partial<View>) => void }) {
  const table = TABLES.find(t => t.id === view.tab) ?? TABLES[0]!;
  const [node, setNode] = useState('');
  const [facet, setFacet] = useState('');
  const narrow = useNarrow();
  useEffect(() => setFacet(''), [table.id]);
  const all = useMemo(() => {
    return table.id === 'events' ? eventsOf(network) as Row<unknown>[] : network.servers.flatMap(server => table.rows(server).map(of => ({ server, of })));
  }, [network.version, table]);
  const facets = useMemo(() => [...new Set(all.map(r => table.facet.of(r.of)))].sort(), [all]);
  const rows = useMemo(() => {
    const words = view.search.toLowerCase().split(/\s+/).filter(Boolean);
    return all.filter(r => {
      if (node && r.server.name !== node || facet && table.facet.of(r.of) !== facet) return false;
      if (words.length === 0) return true;
      const text = table.columns.map(c => c.value(r)).join(' ').toLowerCase();
      return words.every(w => text.includes(w));
    });
  }, [all, view.search, node, facet]);
  const shown = useMemo(() => table.columns.filter(c => !network.isOne || c.name !== 'Node'), [table, network.isOne]);

  const move = (e: TargetedKeyboardEvent<HTMLDivElement>) => {
    const step = ({ ArrowRight: 1, ArrowLeft: -1 } as Record<string, number>)[e.key];
    if (!step) return;
    e.preventDefault();
    const next = TABLES[(TABLES.indexOf(table) + step + TABLES.length) % TABLES.length]!;
    show({ tab: next.id });
    document.getElementById(`tab-${next.id}`)?.focus();
  };

  return (
    <section class="tables" id="tables" tabIndex={-1} aria-label="Tables">
      <div class="tabs" role="tablist" aria-label="Tables" onKeyDown={move}>
        {TABLES.map(t => (
          <button key={t.id} id={`tab-${t.id}`} type="button" role="tab" aria-selected={t === table} aria-controls="panel" tabIndex={t === table ? 0 : -1} onClick={() => show({ tab: t.id })}>
            {t.name} <small>{network.servers.reduce((n, s) => n + t.rows(s).length, 0)}</small>
          </button>
        ))}
      </div>
      <div id="panel" role="tabpanel" aria-labelledby={`tab-${table.id}`}>
        <form role="search" onSubmit={e => e.preventDefault()}>
          <label><span class="unseen">Search</span><input type="search" placeholder="Search in all columns" value={view.search} onInput={e => show({ search: e.currentTarget.value })} /></label>
          {!network.isOne && <label>Node <select value={node} onChange={e => setNode(e.currentTarget.value)}><option value="">all</option>{network.servers.map(s => <option key={s.base}>{s.name}</option>)}</select></label>}
          <label>{table.facet.name} <select value={facet} onChange={e => setFacet(e.currentTarget.value)}><option value="">all</option>{facets.map(f => <option key={f}>{f}</option>)}</select></label>
          <output>{rows.length} of {all.length}</output>
        </form>
        {table.id === 'events' && <Timeline events={rows as Row<EventInfo>[]} />}
        <Grid key={table.id} label={table.name} rows={rows} columns={shown} narrow={narrow} unsorted={table.id === 'events'}
          keyOf={r => `${r.server.base} ${table.keyOf(r.of)}`} toneOf={r => table.tone(r.of)}
          open={table.id === 'data-links' ? r => show({ link: { server: r.server.name, name: table.keyOf(r.of) } }) : undefined}
          empty={all.length === 0 ? 'There are none.' : 'None fits the search.'} />
      </div>
    </section>
  );
}

function useNarrow(): boolean {
  const [query] = useState(() => matchMedia('(max-width: 700px)'));
  const [narrow, setNarrow] = useState(query.matches);
  useEffect(() => {
    const changed = () => setNarrow(query.matches);
    query.addEventListener('change', changed);
    return () => query.removeEventListener('change', changed);
  }, [query]);
  return narrow;
}
