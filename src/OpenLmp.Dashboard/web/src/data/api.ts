// The objects of the API, as docs/operating/api.md describes them; only the fields that the page reads.

export type Id = number | string;

export interface UpCount { total: number; up: number }

export interface NodeInfo {
  name: string; nodeId: string; version: string; started: string;
  neighbors: UpCount; controlChannels: UpCount; teLinks: UpCount; dataLinks: UpCount;
  allocated: number; alarms: number; reason: string;
  dataPlane: { kind: string; reason: string };
}

export interface NeighborInfo {
  name: string; nodeId: string; state: 'Up' | 'Down'; wdm: string; behaviorSupport: string; behaviors: string[]; legacyReason: string;
  controlChannels: string[]; teLinks: string[]; reason: string; lastChange: string;
}

export interface ControlChannelInfo {
  name: string; neighbor: string; id: number; remoteId: number | null; localAddress: string; remoteAddress: string | null;
  role: string; adminState: string; state: string; helloInterval: number; helloDeadInterval: number;
  txSeqNum: number; rcvSeqNum: number; flaps: number; reason: string; lastChange: string;
}

export interface TeLinkInfo {
  name: string; neighbor: string; localId: Id; remoteId: Id | null; state: string; faultManagement: boolean; linkVerification: boolean;
  acceptsConnections: boolean; dataLinks: string[]; reason: string; lastChange: string;
}

export type Signal = 'unknown' | 'ok' | 'degrade' | 'fail';

export interface Port { node: string; nodeId: string; interfaceId: Id | null }

export interface FaultInfo { ports: Port[]; signal: Signal; receive: boolean; transmit: boolean; since: string; allocated: boolean; continuesOn: string | null }

export interface TraceInfo { type: string; send: string | null; expect: string | null; received: string | null; remoteReceived: string | null; reason: string }

export interface DataLinkInfo {
  name: string; teLink: string; neighbor: string; localId: Id; remoteId: Id | null; interface: string | null; port: boolean; componentLink: string | null;
  state: string; activeState: string; passiveState: string; allocated: boolean; verified: boolean;
  signal: Signal; remoteSignal: Signal; settledSignal: Signal; signalFailures: number; watched: boolean; activeThere: boolean;
  continuesOn: string | null; comesFrom: string | null; fault: FaultInfo | null; capabilities: { switchingType: string; encoding: string; bandwidth: string }[];
  wavelength: number; srlg: number[]; linkGroups: number[]; ber: number | null; spanLength: number | null; opticalProtection: string[] | null;
  traces: TraceInfo[]; reason: string; lastChange: string; configuredRemoteId: Id | null; foundTransmit: Id | null; foundReceive: Id | null;
  through: string | null; lineSignal: Signal;
}

export interface AlarmInfo {
  severity: 'critical' | 'major' | 'minor' | 'warning'; kind: string; object: string; text: string; state: 'raised' | 'suppressed' | 'cleared';
  raised: string; cleared: string | null; count: number; cause: string | null; suppresses: string[];
}

export interface EventInfo {
  id: number; time: string; type: string; object: string; from?: string; to: string; text: string; severity?: string; kind?: string; fault?: FaultInfo;
}

/** The words below v1/ that the page reads, and what each answers. */
export interface Words {
  'node': NodeInfo; 'neighbors': NeighborInfo; 'control-channels': ControlChannelInfo; 'te-links': TeLinkInfo; 'data-links': DataLinkInfo;
  'alarms': AlarmInfo; 'events': EventInfo;
}

export type Word = keyof Words;
