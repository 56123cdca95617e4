import { useEffect, useMemo, useRef } from 'preact/hooks';
import uPlot from 'uplot';
import type { DataLinkInfo, EventInfo } from '../data/api';
import { plural, time } from '../data/words';

const LEVEL: Record<string, number> = { fail: 0, degrade: 1, unknown: 2, ok: 2 };
const MARGIN_S = 5;

/** Signal here and there over time as steps, and below how often it got worse: bars, each a part of the time shown. */
export function Chart({ events, link }: { events: EventInfo[]; link: DataLinkInfo }) {
  const box = useRef<HTMLDivElement>(null);
  const signal = useMemo(() => stepsOf(events, link), [events, link]);
  const flaps = useMemo(() => flapsOf(events, signal[0]), [events, signal]);
  const total = flaps[1].reduce((n, f) => n + f, 0);
  useEffect(() => {
    const style = getComputedStyle(document.documentElement);
    const colour = (name: string) => style.getPropertyValue(name).trim();
    const axis = { stroke: colour('--muted'), grid: { stroke: colour('--line'), width: 1 }, ticks: { stroke: colour('--line'), width: 1 } };
    const left = { ...axis, size: 68 };
    const times: uPlot.Axis = { ...axis, space: 80, size: 28, values: (_, at) => at.map(t => time(new Date(t * 1000).toISOString()).slice(0, 8)) };
    const common = { width: box.current!.clientWidth, legend: { show: false }, cursor: { show: false } };
    const steps = uPlot.paths.stepped!({ align: 1 });
    const charts = [
      new uPlot({
        ...common, height: 90, scales: { y: { range: [-0.2, 2.2] } },
        series: [{}, { stroke: colour('--chart-here'), width: 2, paths: steps, points: { show: false } }, { stroke: colour('--chart-there'), width: 1.5, dash: [5, 4], paths: steps, points: { show: false } }],
        axes: [{ ...times, size: 8, values: (_, at) => at.map(() => '') }, { ...left, splits: () => [0, 1, 2], values: () => ['fail', 'degrade', 'ok'] }],
      }, signal, box.current!),
      new uPlot({
        ...common, height: 82, scales: { x: { range: () => [signal[0][0]!, signal[0].at(-1)!] }, y: { range: (_, __, max) => [0, Math.max(2, max ?? 0)] } },
        series: [{}, { stroke: colour('--bad'), fill: colour('--bad'), paths: uPlot.paths.bars!({ size: [0.8, 20] }), points: { show: false } }],
        axes: [times, { ...left, space: 14, incrs: [1, 2, 5, 10, 20], values: (_, at) => at.map(n => plural(n, 'flap')) }],
      }, [flaps[0], flaps[1].map(n => n || null)], box.current!),
    ];
    return () => charts.forEach(c => c.destroy());
  }, [signal, flaps]);
  return (
    <figure class="chart">
      <figcaption><b class="here">signal here: {link.signal}</b> <b class="there">signal there: {link.remoteSignal}</b> <span>{plural(total, 'flap')} in the time shown</span></figcaption>
      <div ref={box} role="img" aria-label={`Signal of ${link.name} over time: now ${link.signal} here and ${link.remoteSignal} there; it got worse ${total} times in the time shown. The list below has each change.`} />
    </figure>
  );
}

function stepsOf(events: EventInfo[], link: DataLinkInfo): [number[], number[], number[]] {
  const changes = events.filter(e => e.type === 'signal' || e.type === 'remote-signal');
  const now = Math.max(Date.now() / 1000, ...changes.map(e => Date.parse(e.time) / 1000));
  const first = (type: string, current: string) => LEVEL[changes.find(e => e.type === type)?.from ?? current] ?? 2;
  let [here, there] = [first('signal', link.signal), first('remote-signal', link.remoteSignal)];
  const begin = (changes.length > 0 ? Date.parse(changes[0]!.time) / 1000 : now - 60) - MARGIN_S;
  const [times, heres, theres] = [[begin], [here], [there]] as [number[], number[], number[]];
  for (const e of changes) {
    if (e.type === 'signal') here = LEVEL[e.to] ?? 2;
    else there = LEVEL[e.to] ?? 2;
    times.push(Date.parse(e.time) / 1000);
    heres.push(here);
    theres.push(there);
  }
  return [[...times, now], [...heres, here], [...theres, there]];
}

const BARS = 30;

function flapsOf(events: EventInfo[], times: number[]): [number[], number[]] {
  const [begin, end] = [times[0]!, times.at(-1)!];
  const step = Math.max(0.001, end - begin) / BARS;
  const counts = new Array<number>(BARS).fill(0);
  for (const e of events) {
    if (e.type !== 'signal' || (LEVEL[e.to] ?? 2) >= (LEVEL[e.from ?? 'ok'] ?? 2)) continue;
    const bar = Math.min(BARS - 1, Math.floor((Date.parse(e.time) / 1000 - begin) / step));
    if (bar >= 0) counts[bar]!++;
  }
  return [counts.map((_, i) => begin + (i + 0.5) * step), counts];
}
