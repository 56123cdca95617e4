// What the page draws, made from what the servers say: nodes, what joins them, and alarms under their causes.
import type { AlarmInfo, ControlChannelInfo, DataLinkInfo, FaultInfo, Id, TeLinkInfo } from './api';
import type { Network } from './network';
import type { Server } from './server';
import { foundElsewhere, toneOf, worst, type Tone } from './words';

/** A node: one of the servers, or a neighbour that one of them speaks of. */
export interface NodeView { id: string; name: string; server: Server | null; raised: number }

/** One end of a data link, at the node that says so. */
export interface End { server: Server; link: DataLinkInfo }

/** A data link as it lies between two nodes; near is the end that tells it, far the same link as the other node tells it. */
export interface Strand {
  key: string; near: End; far: End | null; tone: Tone; fault: FaultInfo | null;
  /** Interface_Ids at the two nodes: the fibre ends at these ports. For a swapped one, not where it is planned to. */
  from: Id; to: Id | null; planned: Id | null;
}

export interface TeView { server: Server; link: TeLinkInfo; strands: Strand[] }
export interface ChannelView { server: Server; channel: ControlChannelInfo }

/** All that joins two nodes. */
export interface Bundle { key: string; a: NodeView; b: NodeView; teLinks: TeView[]; channels: ChannelView[] }

export interface Picture { nodes: NodeView[]; bundles: Bundle[] }

const nodeIdOf = (server: Server, neighbor: string) => server.neighbors.get(neighbor)?.nodeId ?? neighbor;

export function pictureOf(network: Network): Picture {
  const nodes = new Map<string, NodeView>();
  for (const server of network.servers) {
    if (!server.isRead && server.status === 'connecting') continue;
    const id = server.node?.nodeId ?? server.base;
    nodes.set(id, { id, name: server.name, server, raised: server.alarms.filter(a => a.state === 'raised').length });
  }
  const bundles = new Map<string, Bundle>();
  for (const server of network.servers) {
    const here = server.isRead && server.node ? nodes.get(server.node.nodeId) : null;
    if (!here) continue;
    for (const neighbor of server.neighbors.values()) {
      if (!nodes.has(neighbor.nodeId)) nodes.set(neighbor.nodeId, { id: neighbor.nodeId, name: neighbor.name, server: null, raised: 0 });
      const there = nodes.get(neighbor.nodeId)!;
      const key = [here.id, there.id].sort().join(' ');
      // The node that comes first among the servers tells; what only the other one knows of is nothing that joins them.
      if (bundles.has(key)) continue;
      bundles.set(key, {
        key, a: here, b: there,
        channels: [...server.controlChannels.values()].filter(c => c.neighbor === neighbor.name).map(channel => ({ server, channel })),
        teLinks: [...server.teLinks.values()].filter(t => t.neighbor === neighbor.name).map(link => ({ server, link, strands: strandsOf(server, link, there.server) })),
      });
    }
  }
  return { nodes: [...nodes.values()], bundles: [...bundles.values()] };
}

function strandsOf(server: Server, te: TeLinkInfo, other: Server | null): Strand[] {
  const far = new Map<Id, DataLinkInfo>();
  if (other) for (const l of other.dataLinks.values()) if (nodeIdOf(other, l.neighbor) === server.node?.nodeId) far.set(l.localId, l);
  return te.dataLinks.flatMap(name => {
    const link = server.dataLinks.get(name);
    if (!link) return [];
    const planned = link.configuredRemoteId ?? link.remoteId;
    const opposite = planned !== null ? far.get(planned) ?? null : null;
    return [{
      key: `${server.base} ${name}`, near: { server, link }, far: opposite && other ? { server: other, link: opposite } : null,
      tone: opposite ? worst(toneOf(link), toneOf(opposite)) : toneOf(link), fault: link.fault ?? opposite?.fault ?? null,
      from: link.localId, to: foundElsewhere(link) ?? planned, planned,
    }];
  });
}

/** The other end of a data link, where its node is among the servers. */
export function otherEnd(network: Network, end: End): End | null {
  const other = serverOf(network, nodeIdOf(end.server, end.link.neighbor));
  const planned = end.link.configuredRemoteId ?? end.link.remoteId;
  if (!other || planned === null) return null;
  const link = [...other.dataLinks.values()].find(l => l.localId === planned && nodeIdOf(other, l.neighbor) === end.server.node?.nodeId);
  return link ? { server: other, link } : null;
}

const serverOf = (network: Network, nodeId: string) => network.servers.find(s => s.node?.nodeId === nodeId) ?? null;

export interface AlarmAt { server: Server; alarm: AlarmInfo }

/** A condition that stands: the alarms that say it (both ends of a link do), and those it explains. */
export interface AlarmGroup { key: string; said: AlarmAt[]; suppressed: AlarmAt[]; cause: string | null }

const ORDER = ['critical', 'major', 'minor', 'warning'];

export function alarmGroupsOf(network: Network): AlarmGroup[] {
  const groups = new Map<string, AlarmGroup>();
  const all = network.servers.flatMap(server => server.alarms.map(alarm => ({ server, alarm })));
  for (const at of all.filter(a => a.alarm.state === 'raised')) {
    const key = keyOf(at);
    const group = groups.get(key) ?? { key, said: [], suppressed: [], cause: null };
    group.said.push(at);
    groups.set(key, group);
  }
  for (const at of all.filter(a => a.alarm.state === 'suppressed')) {
    const root = rootOf(network, at);
    // Its cause is at a node that this page does not show: what can be said is where to look.
    const key = root ? keyOf(root) : `${at.server.base} ${at.alarm.cause}`;
    const group = groups.get(key) ?? { key, said: [], suppressed: [], cause: root ? root.alarm.text : at.alarm.cause };
    group.suppressed.push(at);
    groups.set(key, group);
  }
  const rank = (g: AlarmGroup) => Math.min(...(g.said.length > 0 ? g.said : g.suppressed).map(s => ORDER.indexOf(s.alarm.severity)));
  return [...groups.values()].sort((a, b) => rank(a) - rank(b) || a.key.localeCompare(b.key));
}

// Both ends tell one fault, with the same two ports; of one swap, both links tell the same.
function keyOf({ server, alarm }: AlarmAt): string {
  const fault = faultOf(server, alarm);
  if (fault) return `fault ${fault.ports.map(p => `${p.nodeId}:${p.interfaceId}`).join(' ')}`;
  const swap = alarm.kind === 'miswired' ? swapOf(server, server.dataLinks.get(alarm.object)) : null;
  if (swap) return `swap ${swap.join(' ')}`;
  const said = alarm.text.startsWith(`${alarm.object}: `) ? alarm.text.slice(alarm.object.length + 2) : alarm.text;
  return `${alarm.kind} ${server.base} ${said}`;
}

function faultOf(server: Server, alarm: AlarmInfo): FaultInfo | null {
  if (alarm.kind !== 'fault-localized') return null;
  // Of a TE link whose data links all failed at once there is one alarm.
  return server.dataLinks.get(alarm.object)?.fault ?? [...server.dataLinks.values()].find(l => l.teLink === alarm.object && l.fault)?.fault ?? null;
}

/** The four ports of two swapped fibres, the same ones whichever end and link says it. */
function swapOf(server: Server, link: DataLinkInfo | undefined): string[] | null {
  const found = link && foundElsewhere(link);
  if (!link || found === null || found === undefined) return null;
  const other = [...server.dataLinks.values()].find(l => l.neighbor === link.neighbor && l.configuredRemoteId === found);
  if (!other) return null;
  const there = nodeIdOf(server, link.neighbor);
  return [`${server.node?.nodeId}:${link.localId}`, `${server.node?.nodeId}:${other.localId}`, `${there}:${link.configuredRemoteId}`, `${there}:${found}`].sort();
}

/** The alarm that explains a suppressed one: at the same node by its name, else upstream, the way the light comes. */
function rootOf(network: Network, at: AlarmAt): AlarmAt | null {
  const named = at.server.alarms.find(a => a.state === 'raised' && `${a.kind} ${a.object}` === at.alarm.cause);
  if (named) return { server: at.server, alarm: named };
  let end: End | null = at.server.dataLinks.has(at.alarm.object) ? { server: at.server, link: at.server.dataLinks.get(at.alarm.object)! } : null;
  for (let hops = 0; end && hops < 250; hops++) {
    const { server, link }: End = end;
    const alarm = server.alarms.find(a => a.kind === 'fault-localized' && a.state === 'raised' && (a.object === link.name || a.object === link.teLink) && link.fault);
    if (alarm) return { server, alarm };
    const sender = otherEnd(network, end);
    const from = sender?.link.comesFrom ? sender.server.dataLinks.get(sender.link.comesFrom) : undefined;
    end = sender && from ? { server: sender.server, link: from } : null;
  }
  return null;
}
