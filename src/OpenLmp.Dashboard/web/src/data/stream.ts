// Server-Sent Events by fetch: EventSource would have to know every type of event by name, and new ones may come; and it could not show a token.

import { ask } from './token';

export interface Frame { event: string; data: string }

/** Reads a stream for as long as it lasts; throws where it cannot be read. The first call of onFrame has no data: from there on nothing is missed. */
export async function readStream(url: string, onFrame: (frame: Frame) => void, signal: AbortSignal): Promise<void> {
  const response = await ask(url, { accept: 'text/event-stream' }, signal);
  if (!response.ok || !response.body) throw new Error(`${response.status} ${response.statusText}`);
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  let isOpen = false;
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    if (!isOpen) {
      isOpen = true;
      onFrame({ event: '', data: '' });
    }
    const blocks = (rest + value).split('\n\n');
    rest = blocks.pop()!;
    for (const block of blocks) {
      const frame: Frame = { event: '', data: '' };
      for (const line of block.split('\n')) {
        if (line.startsWith('event: ')) frame.event = line.slice(7);
        else if (line.startsWith('data: ')) frame.data += line.slice(6);
      }
      if (frame.data) onFrame(frame);
    }
  }
}
