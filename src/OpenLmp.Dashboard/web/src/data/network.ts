import type { EventInfo } from './api';
import { Server } from './server';
import { readStream } from './stream';

// Browsers open six connections to one HTTP/1.1 server: some have to stay free for reading.
const MAX_STREAMS = 4;
const POLL_MS = 1000;
const RETRY_MS = 1000;
const STATISTICS_MS = 5000;

/** The servers that the page shows, and their life. */
export class Network {
  readonly servers: Server[];
  /** Goes up with each change. */
  version = 0;
  private readonly listeners = new Set<() => void>();
  private readonly events: string | null;
  private announced = false;

  /** @param url The page's: ?server=URL for each server, and ?events=URL where one stream tells of all of them; without any, the page's own server. */
  constructor(url: URL) {
    const bases = url.searchParams.getAll('server');
    this.servers = (bases.length > 0 ? bases : ['']).map(b => new Server(new URL(b && !b.endsWith('/') ? `${b}/` : b || '.', url.origin + url.pathname).href, () => this.change()));
    this.events = url.searchParams.get('events') && new URL(url.searchParams.get('events')!, url.origin + url.pathname).href;
  }

  get isOne(): boolean { return this.servers.length === 1; }

  start(): void {
    const here: Server[] = [];
    for (const server of this.servers) {
      if (new URL(server.base).origin === location.origin) here.push(server);
      else server.lost(`it is of another origin than this page (${location.origin}), and browsers let a page read its own origin only: serve both below one address`);
    }
    if (this.events && new URL(this.events).origin === location.origin) void this.follow(this.events, here);
    else here.forEach((server, i) => void (i < MAX_STREAMS ? this.follow(`${server.base}v1/events`, [server], server) : this.poll(server)));
    setInterval(() => {
      if (document.hidden) return;
      for (const server of here) if (server.status === 'live') server.readAgain('node', 'control-channels');
    }, STATISTICS_MS);
  }

  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  // Changes of one moment are one picture.
  private change(): void {
    this.version++;
    if (this.announced) return;
    this.announced = true;
    queueMicrotask(() => {
      this.announced = false;
      for (const listener of this.listeners) listener();
    });
  }

  private async follow(url: string, servers: Server[], only?: Server): Promise<void> {
    const byName = new Map(servers.map(s => [decodeURIComponent(new URL(s.base).pathname.split('/').filter(Boolean).pop() ?? ''), s]));
    for (;;) {
      let problem: unknown = 'its stream of events has ended';
      try {
        await readStream(url, frame => {
          const server = only ?? byName.get(frame.event);
          if (!frame.data) only?.connected();
          // Of several servers in one stream, "null" says that one of them has begun.
          else if (frame.data === 'null') server?.connected();
          else server?.happened(JSON.parse(frame.data) as EventInfo);
        }, new AbortController().signal);
      } catch (e) {
        problem = e;
      }
      for (const server of servers) server.lost(problem);
      await new Promise(done => setTimeout(done, RETRY_MS));
    }
  }

  private async poll(server: Server): Promise<void> {
    server.connected();
    for (;;) {
      await new Promise(done => setTimeout(done, POLL_MS));
      try {
        const events = await server.get<EventInfo[]>(`events?after=${server.events.at(-1)?.id ?? 0}`) ?? [];
        if (server.status === 'lost') server.connected();
        else for (const e of events) server.happened(e);
      } catch (e) {
        server.lost(e);
      }
    }
  }
}
