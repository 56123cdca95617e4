import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { EventInfo } from '../data/api';
import { otherEnd, type End } from '../data/model';
import type { Network } from '../data/network';
import { dateTime, foundElsewhere, stateText, time, toneOf } from '../data/words';
import { Chart } from './Chart';

interface Props { network: Network; end: End; go: (end: End) => void; close: () => void }

/** A data link with everything that is known of it, and how it has fared. */
export function Detail({ network, end, go, close }: Props) {
  const { server, link } = end;
  const dialog = useRef<HTMLDialogElement>(null);
  const [history, setHistory] = useState<EventInfo[]>([]);
  useEffect(() => {
    const back = document.activeElement as HTMLElement | null;
    dialog.current?.showModal();
    return () => back?.focus?.();
  }, []);
  const latest = server.events.findLast(e => e.object === link.name)?.id ?? 0;
  useEffect(() => {
    let stale = false;
    server.get<EventInfo[]>(`events?name=${encodeURIComponent(link.name)}`).then(e => { if (!stale) setHistory(e ?? []); }, () => { /* The header says that the server is not reached. */ });
    return () => { stale = true; };
  }, [server, link.name, latest]);
  const other = otherEnd(network, end);
  const alarms = server.alarms.filter(a => a.object === link.name && a.state !== 'cleared');
  const found = foundElsewhere(link);

  return (
    <dialog ref={dialog} onClose={close} onClick={e => { if (e.target === dialog.current) dialog.current?.close(); }} aria-labelledby="detail-title">
      <div class="detail">
        <header>
          <h2 id="detail-title"><span class={`chip t-${toneOf(link)}`}>{stateText(link.state)}</span> {link.name} <small>at {server.name}</small></h2>
          <button type="button" onClick={() => dialog.current?.close()}>Close</button>
        </header>
        {link.reason && <p class="reason">{link.reason}</p>}
        {link.fault && <p class="reason">Since {dateTime(link.fault.since)}: {[link.fault.receive && `${server.name} receives ${link.fault.signal}`, link.fault.transmit && `${link.neighbor} receives ${link.fault.signal}`].filter(Boolean).join(', ')}.</p>}
        {alarms.map(a => <p key={a.kind} class={`reason s-${a.state === 'raised' ? a.severity : 'suppressed'}`}>{a.state === 'suppressed' ? `suppressed ${a.kind}, cause: ${a.cause}` : `${a.severity} ${a.kind}`}</p>)}
        {other && <p>Other end: <button type="button" class="link" onClick={() => go(other)}>{other.server.name} {other.link.name}</button> <span class={`chip t-${toneOf(other.link)}`}>{stateText(other.link.state)}</span></p>}
        <Chart events={history} link={link} />
        <dl class="fields">
          <Field name="TE link">{link.teLink}</Field>
          <Field name="Neighbor">{link.neighbor}</Field>
          <Field name="Transmitting / receiving side">{stateText(link.activeState)} / {stateText(link.passiveState)}</Field>
          <Field name="Signal here">{link.signal}{link.settledSignal !== link.signal && `, settled: ${link.settledSignal}`}</Field>
          <Field name="Signal there">{link.remoteSignal}</Field>
          {link.lineSignal !== 'unknown' && <Field name="Line system sends">{link.lineSignal}</Field>}
          <Field name="Flaps since the start">{link.signalFailures}</Field>
          <Field name="Allocated here / there">{yes(link.allocated)} / {yes(link.activeThere)}</Field>
          <Field name="Verified">{yes(link.verified)}</Field>
          <Field name="Local Interface_Id">{link.localId}</Field>
          <Field name="Remote Interface_Id">{link.remoteId ?? 'unknown'}{found !== null && <strong>, but the fibre ends at {found}</strong>}</Field>
          {link.continuesOn === link.comesFrom
            ? <Field name="Cross-connected with">{link.continuesOn ?? 'none'}</Field>
            : <Field name="Light comes from / goes on to">{link.comesFrom ?? 'none'} / {link.continuesOn ?? 'none'}</Field>}
          {link.through && <Field name="Through line system on">{link.through}</Field>}
          {link.interface && <Field name="Interface">{link.interface}</Field>}
          <Field name="Capabilities">{link.capabilities.map(c => `${c.switchingType} ${c.encoding} ${c.bandwidth}`).join(', ') || 'none'}</Field>
          {link.wavelength > 0 && <Field name="Wavelength">{link.wavelength}</Field>}
          {link.srlg.length > 0 && <Field name="SRLG">{link.srlg.join(', ')}</Field>}
          {link.linkGroups.length > 0 && <Field name="Link groups">{link.linkGroups.join(', ')}</Field>}
          {link.ber !== null && <Field name="Bit error rate">{`10^-${link.ber}`}</Field>}
          {link.spanLength !== null && <Field name="Span length">{link.spanLength} m</Field>}
          {link.traces.map(t => <Field key={t.type} name={`Trace ${t.type}`}>sent {t.send ?? 'unknown'}, expected {t.expect ?? 'nothing'}, received {t.received ?? 'unknown'}{t.reason && <strong>: {t.reason}</strong>}</Field>)}
          <Field name="Last change">{dateTime(link.lastChange)}</Field>
        </dl>
        <h3>What happened to it</h3>
        <ol class="history">{history.slice(-60).reverse().map(e => (
          <li key={e.id}><time dateTime={e.time}>{time(e.time)}</time> <span>{e.type}</span> {e.from !== undefined && `${stateText(e.from)} → `}{stateText(e.to)}{e.kind && ` ${e.kind}`}{e.text && <small>{e.text}</small>}</li>
        ))}</ol>
      </div>
    </dialog>
  );
}

const yes = (b: boolean) => b ? 'yes' : 'no';
const Field = ({ name, children }: { name: string; children: ComponentChildren }) => <div><dt>{name}</dt><dd>{children}</dd></div>;
