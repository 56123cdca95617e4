import type { AlarmAt, AlarmGroup } from '../data/model';
import type { Network } from '../data/network';
import type { Server } from '../data/server';
import { dateTime, plural, time } from '../data/words';

const MAX_SHOWN = 50;
const MAX_CLEARED = 20;

type Open = (server: Server, dataLink: string) => void;

/** The alarms that stand, each condition once, with what it explains folded below it; then those that are over. */
export function Alarms({ network, groups, open }: { network: Network; groups: AlarmGroup[]; open: Open }) {
  const cleared = network.servers.flatMap(server => server.alarms.filter(a => a.state === 'cleared').map(alarm => ({ server, alarm })))
    .sort((a, b) => b.alarm.cleared!.localeCompare(a.alarm.cleared!)).slice(0, MAX_CLEARED);
  return (
    <section class="alarms" aria-labelledby="alarms-title">
      <h2 id="alarms-title">Alarms</h2>
      {groups.length === 0 && <p class="calm">No alarm stands.</p>}
      <ul class="groups">
        {groups.slice(0, MAX_SHOWN).map(g => <li key={g.key}><Group network={network} group={g} open={open} /></li>)}
      </ul>
      {groups.length > MAX_SHOWN && <p class="calm">and {groups.length - MAX_SHOWN} more; all are in the table Alarms</p>}
      {cleared.length > 0 && (
        <details>
          <summary>Cleared lately: {cleared.length}</summary>
          <ul class="over">{cleared.map(({ server, alarm }) => (
            <li key={`${server.base}${alarm.kind}${alarm.object}`}><time dateTime={alarm.cleared!}>{dateTime(alarm.cleared!)}</time> {network.isOne ? '' : `${server.name} `}{alarm.kind} {alarm.object}</li>
          ))}</ul>
        </details>
      )}
    </section>
  );
}

function Group({ network, group, open }: { network: Network; group: AlarmGroup; open: Open }) {
  const first = group.said[0];
  const { alarm } = first ?? group.suppressed[0]!;
  const said = [...new Set(group.said.map(s => s.server.name))];
  const text = (first ? alarm.text : group.cause ?? '').replace(`${alarm.object}: `, '');
  return (
    <article class={`alarm s-${first ? alarm.severity : 'suppressed'}`}>
      <h3><span class="severity">{first ? alarm.severity : 'elsewhere'}</span> <span class="kind">{first ? alarm.kind : 'cause at another node'}</span> <time dateTime={alarm.raised}>{time(alarm.raised)}</time></h3>
      <p>{text}</p>
      <p class="objects">{!network.isOne && said.length > 0 && <>told by {said.join(' and ')}: </>}{group.said.map(at => <ObjectName key={`${at.server.base}${at.alarm.object}`} at={at} open={open} />)}</p>
      {group.suppressed.length > 0 && (
        <details>
          <summary>{plural(group.suppressed.length, 'suppressed alarm')}: {first ? 'this is the cause' : 'look there'}</summary>
          <ul>{group.suppressed.map(at => (
            <li key={`${at.server.base}${at.alarm.kind}${at.alarm.object}`}>{!network.isOne && <>{at.server.name} </>}<ObjectName at={at} open={open} /> {at.alarm.kind}: {at.alarm.text.replace(`${at.alarm.object}: `, '')}</li>
          ))}</ul>
        </details>
      )}
    </article>
  );
}

function ObjectName({ at, open }: { at: AlarmAt; open: Open }) {
  const name = at.alarm.object;
  return at.server.dataLinks.has(name) ? <button type="button" class="link" onClick={() => open(at.server, name)}>{name}</button> : <span>{name} </span>;
}
