// What the page calls things: the RFC's names, and one look for each condition.
import type { DataLinkInfo, Id } from './api';

/** Conditions of a data link, the most urgent first. Each has a look of its own in the style sheet, as class t-NAME. */
export const TONES = ['fault', 'swapped', 'dark', 'down', 'degrade', 'test', 'alloc', 'free'] as const;
export type Tone = typeof TONES[number];

export const toneText: Record<Tone, string> = {
  fault: 'fault is here', swapped: 'swapped fibre', dark: 'no signal', down: 'Down', degrade: 'degraded signal', test: 'under test', alloc: 'Up/Alloc', free: 'Up/Free',
};

export const stateText = (state: string) => state === 'UpFree' ? 'Up/Free' : state === 'UpAlloc' ? 'Up/Alloc' : state;

export function toneOf(link: DataLinkInfo): Tone {
  if (link.fault) return 'fault';
  if (isSwapped(link)) return 'swapped';
  const up = link.state === 'UpFree' || link.state === 'UpAlloc';
  if (link.settledSignal === 'fail') return 'dark';
  if (link.state === 'Test' || link.state === 'PasvTest') return 'test';
  if (!up) return 'down';
  if (link.settledSignal === 'degrade') return 'degrade';
  return link.state === 'UpAlloc' ? 'alloc' : 'free';
}

/** Where the fibre ends by the Test messages, where that is another place than planned. */
export function foundElsewhere(link: DataLinkInfo): Id | null {
  const planned = link.configuredRemoteId ?? link.remoteId;
  const found = link.foundTransmit ?? link.foundReceive;
  return found !== null && planned !== null && found !== planned ? found : null;
}

const isSwapped = (link: DataLinkInfo) => foundElsewhere(link) !== null;

export const worst = (a: Tone, b: Tone): Tone => TONES.indexOf(a) <= TONES.indexOf(b) ? a : b;

export const channelTone = (state: string): Tone => state === 'Up' ? 'alloc' : state === 'Down' ? 'down' : 'test';
export const teLinkTone = (state: string): Tone => state === 'Up' ? 'alloc' : state === 'Degraded' ? 'degrade' : state === 'Down' ? 'down' : 'test';

export const time = (iso: string) => new Date(iso).toLocaleTimeString('en-GB', { hour12: false }) + '.' + iso.slice(20, 23).replace(/\D/g, '').padEnd(3, '0');
export const dateTime = (iso: string) => `${new Date(iso).toLocaleDateString('en-CA')} ${time(iso)}`;
export const plural = (n: number, word: string) => `${n} ${word}${n === 1 ? '' : 's'}`;
