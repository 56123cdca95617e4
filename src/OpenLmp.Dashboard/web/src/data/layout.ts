// Where the nodes stand and how wide the bundles between them are.
import { graphlib, layout } from '@dagrejs/dagre';
import type { Bundle, NodeView, Picture } from './model';

export interface Point { x: number; y: number }
export interface Placed { nodes: Map<string, { node: NodeView; at: Point; width: number; height: number }>; bundles: { bundle: Bundle; a: Point; b: Point; bend: Point | null }[]; width: number; height: number; upright: boolean }

/** A TE link with more data links than this is drawn as a band of its states. */
export const MAX_STRANDS = 24;
const BAND = 18;

/** How wide the data links of a TE link are drawn. */
export const widthOf = (strands: number) => strands > MAX_STRANDS ? BAND : Math.max(0, strands - 1) * gapOf(strands);
export const gapOf = (strands: number) => strands > 12 ? 5 : strands > 6 ? 10 : strands > 4 ? 15 : 18;
/** How wide a bundle is: its control channels, then its TE links. */
export const bundleWidth = (bundle: Bundle) => bundle.channels.length * 10 + bundle.teLinks.reduce((sum, t) => sum + widthOf(t.strands.length) + 18, 0);

/** Lies; on a narrow screen it stands, where that makes it narrower. */
export function place(picture: Picture, narrow: boolean): Placed {
  const lying = arrange(picture, false);
  const standing = narrow ? arrange(picture, true) : lying;
  return standing.width < lying.width ? standing : lying;
}

function arrange(picture: Picture, upright: boolean): Placed {
  const graph = new graphlib.Graph({ multigraph: false });
  graph.setGraph({ rankdir: upright ? 'TB' : 'LR', ranksep: upright ? 118 : 170, nodesep: upright ? 36 : 44, edgesep: 30, marginx: upright ? 112 : 14, marginy: upright ? 10 : 26 });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const node of picture.nodes) {
    const thick = Math.max(0, ...picture.bundles.filter(b => b.a === node || b.b === node).map(bundleWidth));
    // What joins a neighbour is written in its box.
    const [width, height] = node.server ? [122, 56] : [152, 76];
    graph.setNode(node.id, upright ? { width: Math.max(width, thick + 24), height } : { width, height: Math.max(height, thick + 20) });
  }
  // One node with all its neighbours stands between them.
  const isStar = picture.nodes.filter(n => n.server).length === 1;
  picture.bundles.forEach((b, i) => isStar && i % 2 === 1 ? graph.setEdge(b.b.id, b.a.id) : graph.setEdge(b.a.id, b.b.id));
  if (picture.nodes.length === 0) return { nodes: new Map(), bundles: [], width: 600, height: 120, upright };
  layout(graph);
  const size = graph.graph() as { width?: number; height?: number };
  const nodes: Placed['nodes'] = new Map(picture.nodes.map(node => {
    const at = graph.node(node.id) as Point & { width: number; height: number };
    return [node.id, { node, at: { x: at.x, y: at.y }, width: at.width, height: at.height }];
  }));
  const bundles = picture.bundles.map(bundle => {
    const [a, b] = [nodes.get(bundle.a.id)!.at, nodes.get(bundle.b.id)!.at];
    const points = (graph.edge(bundle.a.id, bundle.b.id) ?? graph.edge(bundle.b.id, bundle.a.id))?.points as Point[] | undefined ?? [];
    const middle = points[Math.floor(points.length / 2)];
    // Past nodes that stand between its ends, a bundle goes round.
    const isFar = points.length > 3 && middle && Math.abs(upright ? middle.x - (a.x + b.x) / 2 : middle.y - (a.y + b.y) / 2) > 12;
    return { bundle, a, b, bend: isFar ? middle! : null };
  });
  return { nodes, bundles, width: size.width ?? 300, height: size.height ?? 200, upright };
}

/** What the layout depends on: as long as it is the same, nothing moves. */
export const shapeOf = (picture: Picture) => picture.nodes.map(n => n.id).join() + picture.bundles.map(b => `${b.a.id}>${b.b.id}:${bundleWidth(b)}`).join();
