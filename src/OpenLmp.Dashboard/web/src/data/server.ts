import type { AlarmInfo, ControlChannelInfo, DataLinkInfo, EventInfo, NeighborInfo, NodeInfo, TeLinkInfo, Word, Words } from './api';
import { ask, TokenWanted } from './token';

/** What an event may have changed: words, and of which name. '' is the object it names, '*' all. */
const CHANGES: Record<string, [Word, '' | '*'][]> = {
  'control-channel-state': [['control-channels', ''], ['neighbors', '*']],
  'adjacency': [['neighbors', '*']],
  'behaviors': [['neighbors', '*']],
  'te-link-state': [['te-links', '']],
  'te-link-availability': [['te-links', '']],
  'link-summary': [['te-links', ''], ['data-links', '']],
  'verification': [['te-links', '*'], ['data-links', '*']],
  'resynchronization': [['te-links', ''], ['data-links', '']],
  'confirmation': [['data-links', '']],
  'link-group': [['data-links', '']],
  'data-link-state': [['data-links', '']],
  'allocation': [['data-links', '']],
  'activation': [['data-links', '']],
  'signal': [['data-links', '']],
  'remote-signal': [['data-links', '']],
  'line-signal': [['data-links', '']],
  'fault-localized': [['data-links', '']],
  'fault-cleared': [['data-links', '']],
  'trace': [['data-links', '']],
  'trace-request': [['data-links', '']],
  'cross-connect': [['data-links', '*']],
  'alarm': [['alarms', '*']],
};

const ALL: Word[] = ['node', 'neighbors', 'control-channels', 'te-links', 'data-links', 'alarms', 'events'];
const MAX_EVENTS = 1000;
// Above this many names of a word, all of it is read in one request.
const MAX_NAMES = 6;
const RETRY_MS = 1000;

/** What one node says of itself, as far as it is known here. */
export class Server {
  status: 'connecting' | 'live' | 'lost' = 'connecting';
  /** Why it is not live. */
  problem = '';
  /** Whether that is because it wants to know who asks. */
  wantsToken = false;
  /** Whether all of it has been read once: before that, what is here is a part. */
  isRead = false;
  node: NodeInfo | null = null;
  neighbors = new Map<string, NeighborInfo>();
  controlChannels = new Map<string, ControlChannelInfo>();
  teLinks = new Map<string, TeLinkInfo>();
  dataLinks = new Map<string, DataLinkInfo>();
  alarms: AlarmInfo[] = [];
  /** Oldest first. */
  events: EventInfo[] = [];

  private dirty = new Map<Word, Set<string>>();
  private running = false;

  /** @param base The URL above v1/, with a slash at its end. @param changed Called when anything here is another than before. */
  constructor(readonly base: string, private readonly changed: () => void) {}

  /** How the page calls the node: by its name once it is known. */
  get name(): string { return this.node?.name ?? decodeURIComponent(new URL(this.base).pathname.split('/').filter(Boolean).pop() ?? new URL(this.base).host); }

  /** The stream of events has begun: what is not read from now on is told. */
  connected(): void {
    this.events = []; // Their numbers begin anew with each start of the daemon.
    for (const word of ALL) this.dirty.set(word, new Set(['*']));
    void this.refresh();
  }

  /** Something has happened. */
  happened(e: EventInfo): void {
    if (this.events.length > 0 && e.id <= this.events[this.events.length - 1]!.id) return;
    this.events = [...this.events.slice(-MAX_EVENTS + 1), e];
    // An event this page does not know may have changed anything.
    for (const [word, name] of CHANGES[e.type] ?? ALL.map(w => [w, '*'] as const)) this.mark(word, name || e.object);
    void this.refresh();
  }

  /** Not everything that changes is told: sequence numbers, counts. */
  readAgain(...words: Word[]): void {
    for (const word of words) this.mark(word, '*');
    void this.refresh();
  }

  lost(problem: unknown): void {
    this.status = 'lost';
    this.problem = problem instanceof Error ? problem.message : String(problem);
    this.wantsToken = problem instanceof TokenWanted;
    this.changed();
  }

  /** Reads something of this server. */
  async get<T>(path: string): Promise<T | null> {
    const response = await ask(`${this.base}v1/${path}`, {});
    return response.ok ? await response.json() as T : null;
  }

  private mark(word: Word, name: string): void {
    const names = this.dirty.get(word);
    if (names) names.add(name);
    else this.dirty.set(word, new Set([name]));
  }

  // One at a time. What happens meanwhile is read in the next round; rounds of a busy node come in a distance that leaves it air.
  private async refresh(): Promise<void> {
    if (this.running) return;
    this.running = true;
    try {
      if (this.isRead) await pause(15); // Events come in groups.
      while (this.dirty.size > 0) {
        const begin = performance.now();
        const round = this.dirty;
        this.dirty = new Map();
        await Promise.all([...round].map(([word, names]) => this.read(word, names)));
        this.status = 'live';
        this.isRead = true;
        this.problem = '';
        this.wantsToken = false;
        this.changed();
        if (this.dirty.size > 0) await pause(Math.max(30, performance.now() - begin));
      }
    } catch (e) {
      this.lost(e);
      setTimeout(() => this.connected(), RETRY_MS);
    } finally {
      this.running = false;
    }
  }

  private async read(word: Word, names: Set<string>): Promise<void> {
    if (names.has('*') || names.size > MAX_NAMES) {
      this.replace(word, await this.get<Words[typeof word][]>(word) ?? []);
      return;
    }
    await Promise.all([...names].map(async name => {
      const objects = await this.get<{ name: string }[]>(`${word}?name=${encodeURIComponent(name)}`);
      const map = this.mapOf(word);
      if (!objects) map?.delete(name);
      else for (const o of objects) map?.set(o.name, o);
    }));
  }

  private replace(word: Word, objects: Words[Word][]): void {
    if (word === 'node') this.node = objects[0] as NodeInfo ?? null;
    else if (word === 'alarms') this.alarms = objects as AlarmInfo[];
    else if (word === 'events') {
      const last = (objects as EventInfo[]).at(-1)?.id ?? 0;
      this.events = [...objects as EventInfo[], ...this.events.filter(e => e.id > last)].slice(-MAX_EVENTS);
    } else {
      const map = this.mapOf(word)!;
      map.clear();
      for (const o of objects as { name: string }[]) map.set(o.name, o);
    }
  }

  private mapOf(word: Word): Map<string, { name: string }> | null {
    switch (word) {
      case 'neighbors': return this.neighbors;
      case 'control-channels': return this.controlChannels;
      case 'te-links': return this.teLinks;
      case 'data-links': return this.dataLinks;
      default: return null;
    }
  }
}

const pause = (ms: number) => new Promise(done => setTimeout(done, ms));
