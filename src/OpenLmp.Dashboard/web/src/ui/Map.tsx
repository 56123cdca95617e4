import type { JSX, TargetedKeyboardEvent } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { bundleWidth, gapOf, MAX_STRANDS, place, shapeOf, widthOf, type Point } from '../data/layout';
import type { Id } from '../data/api';
import type { AlarmGroup, Bundle, ChannelView, End, NodeView, Picture, Strand, TeView } from '../data/model';
import { channelTone, plural, stateText, TONES, toneText, type Tone } from '../data/words';
import { usePanZoom } from './panZoom';

interface Props { picture: Picture; groups: AlarmGroup[]; open: (end: End) => void; select: (search: string) => void }

/** The nodes and what joins them. Everything here is in the tables too; by keyboard the map is one stop, and the arrow keys go from thing to thing. */
export function Map({ picture, groups, open, select }: Props) {
  const frame = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(() => innerWidth);
  useEffect(() => {
    const observer = new ResizeObserver(e => setWidth(e[0]!.contentRect.width));
    observer.observe(frame.current!);
    return () => observer.disconnect();
  }, []);
  const narrow = width < 600;
  const shape = shapeOf(picture);
  const placed = useMemo(() => place(picture, narrow), [shape, narrow]);
  const { upright } = placed;
  const view = usePanZoom(placed.width, placed.height);
  const bundles = new globalThis.Map(picture.bundles.map(b => [b.key, b]));
  const raised = groups.filter(g => g.said.length > 0).length;

  return (
    <section class="map" aria-labelledby="map-title">
      <h2 id="map-title">Map</h2>
      <div class="tools">
        <button type="button" onClick={() => view.zoom(1.25)} aria-label="Closer">+</button>
        <button type="button" onClick={() => view.zoom(0.8)} aria-label="Farther">−</button>
        <button type="button" onClick={view.reset}>All</button>
      </div>
      <div class="frame" ref={frame}>
        <svg viewBox={view.box} {...view.handlers} style={{ aspectRatio: `${placed.width} / ${placed.height}`, maxHeight: narrow ? 'none' : '56vh', minWidth: `${Math.min(placed.width * 0.7, 900)}px`, maxWidth: `${placed.width * 1.4}px` }} role="group" onKeyDown={roam}
          aria-label={`Map: ${plural(picture.nodes.length, 'node')}, ${raised === 0 ? 'no alarm' : plural(raised, 'alarm')}. Arrow keys go from one to the next, Enter opens.`}>
          {placed.bundles.map(({ bundle, a, b, bend }) => {
            const now = bundles.get(bundle.key);
            return now && <BundleView key={bundle.key} bundle={now} a={a} b={b} boxes={[placed.nodes.get(bundle.a.id)!, placed.nodes.get(bundle.b.id)!]} bend={bend} upright={upright} open={open} select={select} />;
          })}
          {[...placed.nodes.values()].map(({ node, at, width: w, height: h }, i) => {
            const now = picture.nodes.find(n => n.id === node.id) ?? node;
            const joined = now.server ? [] : picture.bundles.filter(x => x.b === now || x.a === now);
            return <NodeBox key={node.id} node={now} at={at} width={w} height={h} joined={joined} isFirst={i === 0} select={select} />;
          })}
        </svg>
      </div>
      <ul class="legend" aria-label="Legend">
        {TONES.map(t => <li key={t}><svg width="30" height="12" aria-hidden="true"><Sample tone={t} /></svg>{toneText[t]}</li>)}
        <li><svg width="30" height="12" aria-hidden="true"><line x1="1" y1="6" x2="29" y2="6" class="channel t-alloc" /></svg>control channel</li>
      </ul>
    </section>
  );
}

function NodeBox({ node, at, width, height, joined, isFirst, select }: { node: NodeView; at: Point; width: number; height: number; joined: Bundle[]; isFirst: boolean; select: (search: string) => void }) {
  const { server } = node;
  const lines = !server ? joined.flatMap(b => [channelsText(b), teLinksText(b)])
    : [server.status === 'lost' ? 'not reached' : server.status === 'connecting' ? 'reading' : node.raised > 0 ? plural(node.raised, 'alarm') : 'no alarm'];
  const look = !server ? 'ghost' : server.status === 'lost' ? 'lost' : node.raised > 0 ? 'alarmed' : '';
  const top = at.y - (lines.length > 1 ? 21 : 12);
  return (
    <g class={`node ${look}`} role="button" data-item tabindex={isFirst ? 0 : -1} aria-label={`${server ? 'Node' : 'Neighbor'} ${node.name}, Node_Id ${node.id}: ${lines.join(', ')}. Shows what is of it.`} {...activate(() => select(node.name))}>
      <rect x={at.x - width / 2} y={at.y - height / 2} width={width} height={height} rx="7" />
      <text x={at.x} y={top} class="name">{node.name}</text>
      <text x={at.x} y={top + 16} class="id">{server?.node || !server ? node.id : ''}</text>
      {lines.map((line, i) => <text key={i} x={at.x} y={top + 32 + i * 15} class={`state ${node.raised > 0 ? 'alert' : ''}`}>{line}</text>)}
    </g>
  );
}

const channelsText = ({ channels }: Bundle) => channels.length === 1 ? `control channel ${channels[0]!.channel.state}`
  : `control channels: ${channels.filter(c => c.channel.state === 'Up').length} of ${channels.length} Up`;

function teLinksText({ teLinks }: Bundle): string {
  const strands = teLinks.flatMap(t => t.strands);
  const states = [...new Set(teLinks.map(t => t.link.state))].join(', ');
  return `${teLinks.length === 1 ? 'TE link' : `${teLinks.length} TE links`} ${states} · ${strands.filter(s => s.near.link.state.startsWith('Up')).length}/${strands.length} up`;
}

function Sample({ tone }: { tone: Tone }) {
  return tone === 'swapped'
    ? <><line x1="1" y1="2" x2="29" y2="10" class="strand t-swapped" /><line x1="1" y1="10" x2="29" y2="2" class="strand t-swapped" /></>
    : <><line x1="1" y1="6" x2="29" y2="6" class={`strand t-${tone}`} />{tone === 'fault' && <path class="mark" d="M11 2l8 8M19 2l-8 8" />}</>;
}

interface Box { width: number; height: number }
interface BundleProps { bundle: Bundle; a: Point; b: Point; boxes: [Box, Box]; bend: Point | null; upright: boolean; open: (end: End) => void; select: (search: string) => void }

function BundleView({ bundle, a, b, boxes, bend, upright, open, select }: BundleProps) {
  const length = Math.hypot(b.x - a.x, b.y - a.y) || 1;
  // Across the bundle, the same side whichever way it runs.
  const sign = (upright ? b.y < a.y : b.x < a.x) ? -1 : 1;
  const n = { x: -(b.y - a.y) / length * sign, y: (b.x - a.x) / length * sign };
  const at = (p: Point, off: number) => ({ x: p.x + n.x * off, y: p.y + n.y * off });
  const middle = bend ?? { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
  const line = (from: number, to: number) => {
    const [p, q, m] = [at(a, from), at(b, to), at(middle, (from + to) / 2)];
    return bend ? `M${p.x} ${p.y}Q${2 * m.x - (p.x + q.x) / 2} ${2 * m.y - (p.y + q.y) / 2} ${q.x} ${q.y}` : `M${p.x} ${p.y}L${q.x} ${q.y}`;
  };
  // Where the lines leave the boxes.
  const d = { x: (b.x - a.x) / length, y: (b.y - a.y) / length };
  const edge = (box: Box) => Math.min(Math.abs(box.width / 2 / (d.x || 1e-9)), Math.abs(box.height / 2 / (d.y || 1e-9))) + 10;
  const ports = bend ? null : [{ x: a.x + d.x * edge(boxes[0]), y: a.y + d.y * edge(boxes[0]) }, { x: b.x - d.x * edge(boxes[1]), y: b.y - d.y * edge(boxes[1]) }] as [Point, Point];
  const place = { at, line, middle, ports, n, upright };
  const isBetween = bundle.a.server !== null && bundle.b.server !== null;
  let offset = -bundleWidth(bundle) / 2;
  const parts: JSX.Element[] = [];
  bundle.channels.forEach((channel, i) => {
    parts.push(<ChannelLine key={channel.channel.name} view={channel} place={place} offset={offset + 5} label={i === 0 && isBetween ? bundle : null} select={select} />);
    offset += 10;
  });
  bundle.teLinks.forEach((te, i) => {
    const width = widthOf(te.strands.length);
    parts.push(<TeLinkView key={te.link.name} te={te} place={place} offset={offset + 9} width={width} labelled={isBetween && (i === bundle.teLinks.length - 1 || bundle.teLinks.length < 4)} open={open} select={select} />);
    offset += width + 18;
  });
  return <g>{parts}</g>;
}

interface Place { at: (p: Point, off: number) => Point; line: (from: number, to: number) => string; middle: Point; ports: [Point, Point] | null; n: Point; upright: boolean }

function ChannelLine({ view, place, offset, label, select }: { view: ChannelView; place: Place; offset: number; label: Bundle | null; select: (s: string) => void }) {
  const { channel } = view;
  const p = place.at(place.middle, offset);
  return (
    <g role="button" data-item tabindex={-1} class="item" aria-label={`Control channel ${view.server.name} ${channel.name}: ${channel.state}. ${channel.reason}`} {...activate(() => select(channel.name))}>
      <path d={place.line(offset, offset)} class="hit" />
      <path d={place.line(offset, offset)} class={`channel t-${channelTone(channel.state)}`}><title>{`control channel ${channel.name}: ${channel.state}`}</title></path>
      {label && <Label at={p} place={place} side={-1} text={channelsText(label)} />}
    </g>
  );
}

function Label({ at, place, side, text, tone }: { at: Point; place: Place; side: number; text: string; tone?: string }) {
  return place.upright
    ? <text x={at.x + place.n.x * side * 10} y={at.y + (side < 0 ? -6 : 10)} class={`label ${tone ?? ''}`} text-anchor={place.n.x * side < 0 ? 'end' : 'start'}>{text}</text>
    : <text x={at.x} y={at.y + (place.n.y < 0 ? -side : side) * 9 + (side * place.n.y < 0 ? 0 : 5)} class={`label ${tone ?? ''}`}>{text}</text>;
}

interface TeProps { te: TeView; place: Place; offset: number; width: number; labelled: boolean; open: (end: End) => void; select: (s: string) => void }

function TeLinkView({ te, place, offset, width, labelled, open, select }: TeProps) {
  const { link, strands } = te;
  const centre = offset + width / 2;
  const up = strands.filter(s => s.near.link.state.startsWith('Up')).length;
  const summary = `${link.name} ${link.state}, ${up} of ${strands.length} data links up`;
  return (
    <>
      <g role="button" data-item tabindex={-1} class="item" aria-label={`TE link ${te.server.name} ${summary}. ${link.reason}`} {...activate(() => select(link.name))}>
        <path d={place.line(centre, centre)} class={`telink l-${link.state}`} stroke-width={width + 12}><title>{`TE link ${summary}`}</title></path>
        {labelled && <Label at={place.at(place.middle, offset + width + 5)} place={place} side={1} text={`TE link ${link.state} · ${up}/${strands.length} up`} />}
      </g>
      {strands.length > MAX_STRANDS ? <Band strands={strands} place={place} offset={offset} width={width} open={open} />
        : <Strands strands={strands} place={place} offset={offset} open={open} />}
    </>
  );
}

// A swapped fibre goes to the port where it was found, so two of them cross.
function Strands({ strands, place, offset, open }: { strands: Strand[]; place: Place; offset: number; open: (end: End) => void }) {
  const gap = gapOf(strands.length);
  const slot = (i: number) => offset + i * gap;
  const order = strands.map((s, i) => ({ s, i })).sort((x, y) => TONES.indexOf(y.s.tone) - TONES.indexOf(x.s.tone));
  return <>{order.map(({ s, i }) => {
    const found = s.to !== s.planned ? strands.findIndex(t => t.planned === s.to) : i;
    const d = place.line(slot(i), slot(found < 0 ? i : found));
    const text = strandText(s);
    return (
      <g key={s.key} role="button" data-item data-tone={s.tone} data-link={s.near.link.name} tabindex={-1} class="item" aria-label={text} {...activate(() => open(s.near))}>
        <path d={d} class="hit" />
        <path d={d} class={`strand t-${s.tone}`}><title>{text}</title></path>
        {s.tone === 'fault' && <Mark at={place.at(place.middle, slot(i))} />}
      </g>
    );
  })}
  {place.ports && gap >= 10 && strands.map((s, i) => <g key={`port ${s.key}`} aria-hidden="true"><PortName at={place.at(place.ports![0], slot(i))} id={s.from} /><PortName at={place.at(place.ports![1], slot(i))} id={s.planned} /></g>)}</>;
}

// The Interface_Id, at its port.
const PortName = ({ at, id }: { at: Point; id: Id | null }) => typeof id === 'number' && id < 10_000 ? <text x={at.x} y={at.y + 3.5} class="port">{id}</text> : null;

const Mark = ({ at }: { at: Point }) => <g class="marked"><circle cx={at.x} cy={at.y} r="9" /><path class="mark" d={`M${at.x - 4} ${at.y - 4}l8 8m0 -8l-8 8`} /></g>;

// Too many to tell apart: a stripe for each condition, as thick as it is frequent.
function Band({ strands, place, offset, width, open }: { strands: Strand[]; place: Place; offset: number; width: number; open: (end: End) => void }) {
  const groups = TONES.map(tone => ({ tone, of: strands.filter(s => s.tone === tone) })).filter(g => g.of.length > 0).reverse();
  const least = 2.5;
  const scale = (width - least * groups.length) / strands.length;
  let at = offset;
  return <>{groups.map(({ tone, of }) => {
    const thick = least + of.length * scale;
    const centre = at + thick / 2;
    at += thick;
    const text = `${plural(of.length, 'data link')}: ${toneText[tone]}`;
    return (
      <g key={tone} role="button" data-item data-tone={tone} tabindex={-1} class="item" aria-label={`${text}. Opens the first, ${of[0]!.near.link.name}`} {...activate(() => open(of[0]!.near))}>
        <path d={place.line(centre, centre)} class={`band t-${tone}`} stroke-width={thick}><title>{text}</title></path>
        {tone === 'fault' && <Mark at={place.at(place.middle, centre)} />}
      </g>
    );
  })}</>;
}

function strandText({ near, far, tone, fault, to, planned }: Strand): string {
  const { link, server } = near;
  const name = `Data link ${server.name} ${link.name}${far ? ` – ${far.server.name} ${far.link.name}` : ` to ${link.neighbor}`}`;
  const state = `${stateText(link.state)}${far && far.link.state !== link.state ? `, at ${far.server.name} ${stateText(far.link.state)}` : ''}`;
  const more = fault ? `, fault between ${fault.ports.map(p => `${p.node}:${p.interfaceId}`).join(' and ')}`
    : tone === 'swapped' ? `, swapped: ends at Interface_Id ${to} instead of ${planned}`
    : tone === 'dark' || tone === 'degrade' ? `, ${toneText[tone]}` : '';
  return `${name}: ${state}${more}`;
}

const activate = (act: () => void) => ({
  onClick: act,
  onKeyDown: (e: KeyboardEvent) => {
    if (e.key !== 'Enter' && e.key !== ' ') return;
    e.preventDefault();
    act();
  },
});

const STEPS: Record<string, number> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

function roam(e: TargetedKeyboardEvent<SVGSVGElement>) {
  const items = [...e.currentTarget.querySelectorAll<SVGGElement>('[data-item]')];
  const here = items.indexOf(document.activeElement as unknown as SVGGElement);
  const next = e.key === 'Home' ? 0 : e.key === 'End' ? items.length - 1 : STEPS[e.key] ? (here + STEPS[e.key]! + items.length) % items.length : -1;
  if (next < 0) return;
  e.preventDefault();
  items[next]?.focus();
}
