import type { EventInfo } from '../data/api';
import { plural, time } from '../data/words';
import { useMemo } from 'preact/hooks';
import type { Network } from '../data/network';
import { change, type Row } from './columns';

const LATEST = 7;
const BUCKETS = 120;
const HEIGHT = 34;

export const isBad = (e: EventInfo) => e.type === 'fault-localized' || e.type === 'alarm' && e.to !== 'cleared';

/** How much happened when: a bar for each moment, the part that says alarm in its colour. The list below says what. */
export function Timeline({ events }: { events: Row<EventInfo>[] }) {
  if (events.length === 0) return null;
  const times = events.map(e => Date.parse(e.of.time));
  const [first, last] = [times.at(-1)!, times[0]!];
  const span = Math.max(1, last - first);
  const buckets = Array.from({ length: BUCKETS }, () => ({ all: 0, bad: 0 }));
  events.forEach(({ of }, i) => {
    const bucket = buckets[Math.min(BUCKETS - 1, Math.floor((times[i]! - first) / span * BUCKETS))]!;
    bucket.all++;
    if (isBad(of)) bucket.bad++;
  });
  const most = Math.log1p(Math.max(...buckets.map(b => b.all)));
  const height = (n: number) => Math.log1p(n) / most * (HEIGHT - 2);
  const bad = buckets.reduce((n, b) => n + b.bad, 0);
  return (
    <figure class="timeline">
      <svg viewBox={`0 0 ${BUCKETS * 4} ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label={`${plural(events.length, 'event')} from ${time(events.at(-1)!.of.time)} to ${time(events[0]!.of.time)}, ${bad} of them alarms`}>
        {buckets.map((b, i) => b.all > 0 && <g key={i}>
          <rect class="other" x={i * 4} width="3" y={HEIGHT - height(b.all)} height={height(b.all)} />
          {b.bad > 0 && <rect class="bad" x={i * 4} width="3" y={HEIGHT - height(b.bad)} height={height(b.bad)} />}
        </g>)}
      </svg>
      <figcaption><time>{time(events.at(-1)!.of.time)}</time><span>events, alarms in red</span><time>{time(events[0]!.of.time)}</time></figcaption>
    </figure>
  );
}

/** All events, the latest first. */
export const eventsOf = (network: Network): Row<EventInfo>[] => network.servers.flatMap(server => server.events.map(of => ({ server, of })))
  .sort((a, b) => b.of.time.localeCompare(a.of.time) || b.of.id - a.of.id);

/** The timeline of all events and the latest of them; all are in the table. */
export function Latest({ network, all }: { network: Network; all: () => void }) {
  const events = useMemo(() => eventsOf(network), [network.version]);
  return (
    <section class="latest" aria-labelledby="latest-title">
      <h2 id="latest-title">Events</h2>
      <button type="button" class="link" onClick={() => { all(); document.getElementById('tables')?.scrollIntoView(); }}>all, with search</button>
      <Timeline events={events} />
      <ol>{events.slice(0, LATEST).map(({ server, of: e }) => (
        <li key={`${server.base}${e.id}`} class={isBad(e) ? 'bad' : ''}><time dateTime={e.time}>{time(e.time)}</time> {!network.isOne && <b>{server.name}</b>} {e.object} <span>{e.type}</span> {change(e)}{e.text && <small title={e.text}> {e.text}</small>}</li>
      ))}</ol>
    </section>
  );
}
