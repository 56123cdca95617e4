import type { AlarmInfo, ControlChannelInfo, DataLinkInfo, EventInfo, NeighborInfo, TeLinkInfo } from '../data/api';
import type { Server } from '../data/server';
import { channelTone, dateTime, foundElsewhere, stateText, teLinkTone, time, toneOf } from '../data/words';
import type { Column } from './Grid';

/** A row: an object, and the node that tells it. */
export interface Row<T> { server: Server; of: T }

const node = <T,>(): Column<Row<T>> => ({ name: 'Node', width: 'minmax(3.5rem, .7fr)', value: r => r.server.name });
const state = (tone: string, text: string) => <span class={`chip t-${tone}`}>{text}</span>;
const reason = <T extends { reason: string }>(): Column<Row<T>> => ({ name: 'Reason', width: 'minmax(10rem, 3fr)', value: r => r.of.reason, wide: true });
const changed = <T extends { lastChange: string }>(): Column<Row<T>> => ({ name: 'Last change', width: 'minmax(7rem, 1fr)', value: r => r.of.lastChange, show: r => time(r.of.lastChange), wide: true });

export const dataLinks: Column<Row<DataLinkInfo>>[] = [
  node(),
  { name: 'Data link', width: 'minmax(6.5rem, 1.3fr)', value: r => r.of.name },
  { name: 'State', width: 'minmax(5.6rem, .9fr)', value: r => stateText(r.of.state), show: r => state(toneOf(r.of), stateText(r.of.state)) },
  { name: 'Signal', width: 'minmax(4.5rem, .7fr)', value: r => r.of.signal, show: r => <span class={`signal-${r.of.signal}`}>{r.of.signal}</span> },
  { name: 'TE link', width: 'minmax(5rem, 1fr)', value: r => r.of.teLink, wide: true },
  { name: 'Neighbor', width: 'minmax(4rem, .8fr)', value: r => r.of.neighbor, wide: true },
  { name: 'Local ID', width: 'minmax(4rem, .6fr)', value: r => r.of.localId, wide: true },
  { name: 'Remote ID', width: 'minmax(5rem, .8fr)', value: r => r.of.remoteId ?? 'unknown', show: r => foundElsewhere(r.of) === null ? r.of.remoteId ?? 'unknown' : <span class="signal-fail">{r.of.remoteId}, found {foundElsewhere(r.of)}</span>, wide: true },
  { name: 'Flaps', width: 'minmax(3.2rem, .4fr)', value: r => r.of.signalFailures, wide: true },
  reason(),
];

export const teLinks: Column<Row<TeLinkInfo>>[] = [
  node(),
  { name: 'TE link', width: 'minmax(6rem, 1.2fr)', value: r => r.of.name },
  { name: 'State', width: 'minmax(5.6rem, .8fr)', value: r => r.of.state, show: r => state(teLinkTone(r.of.state), r.of.state) },
  { name: 'Neighbor', width: 'minmax(4rem, .8fr)', value: r => r.of.neighbor },
  { name: 'Local ID', width: 'minmax(4rem, .6fr)', value: r => r.of.localId, wide: true },
  { name: 'Remote ID', width: 'minmax(4.6rem, .6fr)', value: r => r.of.remoteId ?? 'unknown', wide: true },
  { name: 'Data links', width: 'minmax(5rem, .6fr)', value: r => r.of.dataLinks.length, wide: true },
  { name: 'Fault management', width: 'minmax(7rem, .8fr)', value: r => r.of.faultManagement ? 'yes' : 'no', wide: true },
  { name: 'Verification', width: 'minmax(5.5rem, .8fr)', value: r => r.of.linkVerification ? 'yes' : 'no', wide: true },
  changed(),
  reason(),
];

export const controlChannels: Column<Row<ControlChannelInfo>>[] = [
  node(),
  { name: 'Control channel', width: 'minmax(6rem, 1fr)', value: r => r.of.name },
  { name: 'State', width: 'minmax(5.6rem, .8fr)', value: r => r.of.state, show: r => state(channelTone(r.of.state), r.of.state) },
  { name: 'Flaps', width: 'minmax(3.2rem, .4fr)', value: r => r.of.flaps },
  { name: 'Local', width: 'minmax(8rem, 1.2fr)', value: r => r.of.localAddress, wide: true },
  { name: 'Remote', width: 'minmax(8rem, 1.2fr)', value: r => r.of.remoteAddress ?? 'unknown', wide: true },
  { name: 'Hello', width: 'minmax(7rem, .8fr)', value: r => r.of.helloInterval, show: r => r.of.helloInterval === 0 ? 'off' : `${r.of.helloInterval} / ${r.of.helloDeadInterval} ms`, wide: true },
  { name: 'TxSeqNum', width: 'minmax(5rem, .6fr)', value: r => r.of.txSeqNum, wide: true },
  { name: 'RcvSeqNum', width: 'minmax(5rem, .6fr)', value: r => r.of.rcvSeqNum, wide: true },
  changed(),
  reason(),
];

export const neighbors: Column<Row<NeighborInfo>>[] = [
  node(),
  { name: 'Neighbor', width: 'minmax(5rem, 1fr)', value: r => r.of.name },
  { name: 'State', width: 'minmax(5.6rem, .8fr)', value: r => r.of.state, show: r => state(r.of.state === 'Up' ? 'alloc' : 'down', r.of.state) },
  { name: 'Node_Id', width: 'minmax(6rem, 1fr)', value: r => r.of.nodeId },
  { name: 'Line system', width: 'minmax(6rem, .8fr)', value: r => r.of.wdm === 'ols' ? 'is one' : r.of.wdm === 'peer' ? 'for it' : 'no', wide: true },
  { name: 'Behaviors', width: 'minmax(8rem, 2fr)', value: r => r.of.behaviorSupport === 'Legacy' ? `legacy: ${r.of.legacyReason}` : r.of.behaviors.join(', '), wide: true },
  changed(),
  reason(),
];

export const alarms: Column<Row<AlarmInfo>>[] = [
  node(),
  { name: 'Severity', width: 'minmax(4.8rem, .7fr)', value: r => r.of.severity, show: r => <span class={`chip s-${r.of.state === 'raised' ? r.of.severity : r.of.state}`}>{r.of.severity}</span> },
  { name: 'State', width: 'minmax(5.6rem, .8fr)', value: r => r.of.state },
  { name: 'Kind', width: 'minmax(8rem, 1.2fr)', value: r => r.of.kind, wide: true },
  { name: 'Object', width: 'minmax(6rem, 1.2fr)', value: r => r.of.object },
  { name: 'Raised', width: 'minmax(11rem, 1.2fr)', value: r => r.of.raised, show: r => dateTime(r.of.raised), wide: true },
  { name: 'Count', width: 'minmax(3.2rem, .4fr)', value: r => r.of.count, wide: true },
  { name: 'Text', width: 'minmax(12rem, 4fr)', value: r => r.of.text, wide: true },
];

/** What an event says has changed. */
export const change = (e: EventInfo) => e.from !== undefined ? `${stateText(e.from)} → ${stateText(e.to)}` : e.kind ? `${e.to}: ${e.kind}` : e.to;

export const events: Column<Row<EventInfo>>[] = [
  { name: 'Time', width: 'minmax(6.3rem, .8fr)', value: r => r.of.time, show: r => <time dateTime={r.of.time}>{time(r.of.time)}</time> },
  node(),
  { name: 'Event', width: 'minmax(8rem, 1.1fr)', value: r => r.of.type, wide: true },
  { name: 'Object', width: 'minmax(6rem, 1.1fr)', value: r => r.of.object },
  { name: 'Change', width: 'minmax(8rem, 1.3fr)', value: r => change(r.of) },
  { name: 'Text', width: 'minmax(12rem, 4fr)', value: r => r.of.text, wide: true },
];
