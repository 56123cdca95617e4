import type { ComponentChildren, TargetedKeyboardEvent } from 'preact';
import { useMemo, useRef, useState } from 'preact/hooks';
import { useVirtual } from './virtual';

/** A column: what it sorts by, and how it looks where that differs. */
export interface Column<T> {
  name: string;
  width: string;
  value: (row: T) => string | number;
  show?: (row: T) => ComponentChildren;
  /** Not on a narrow screen. */
  wide?: boolean;
}

interface Props<T> { label: string; rows: T[]; columns: Column<T>[]; keyOf: (row: T) => string; open?: (row: T) => void; narrow: boolean; toneOf?: (row: T) => string; empty: string; unsorted?: boolean }

const ROW = 30;

/** A table of any length: sorted by its heads, walked through with the arrow keys, Enter opens a row. */
export function Grid<T>({ label, rows, columns, keyOf, open, narrow, toneOf, empty, unsorted }: Props<T>) {
  const [sort, setSort] = useState<{ by: string; down: boolean } | null>(null);
  const [active, setActive] = useState(0);
  const scroller = useRef<HTMLDivElement>(null);
  const shown = columns.filter(c => !narrow || !c.wide);
  const sorted = useMemo(() => {
    const column = sort && columns.find(c => c.name === sort.by);
    if (!column) return rows;
    const direction = sort.down ? -1 : 1;
    return [...rows].sort((a, b) => {
      const [x, y] = [column.value(a), column.value(b)];
      return direction * (typeof x === 'number' && typeof y === 'number' ? x - y : String(x).localeCompare(String(y), 'en', { numeric: true }));
    });
  }, [rows, sort, columns]);
  const virtual = useVirtual(sorted.length, ROW, scroller);
  const template = { gridTemplateColumns: shown.map(c => c.width).join(' ') };
  const current = Math.min(active, sorted.length - 1);

  const walk = (e: TargetedKeyboardEvent<HTMLDivElement>) => {
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / ROW) - 1);
    const step = ({ ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -sorted.length, End: sorted.length } as Record<string, number>)[e.key];
    if (step !== undefined) {
      e.preventDefault();
      const next = Math.max(0, Math.min(sorted.length - 1, current + step));
      setActive(next);
      virtual.scrollToIndex(next);
      // The row may be in the document only after the scrolling.
      requestAnimationFrame(() => requestAnimationFrame(() => scroller.current?.querySelector<HTMLElement>(`[data-index="${next}"]`)?.focus()));
    } else if (e.key === 'Enter' && open && sorted[current]) {
      e.preventDefault();
      open(sorted[current]);
    }
  };

  return (
    <div class="grid" role="grid" aria-label={label} aria-rowcount={sorted.length + 1}>
      <div role="rowgroup">
        <div role="row" aria-rowindex={1} class="head" style={template}>
          {shown.map(c => (
            <div key={c.name} role="columnheader" aria-sort={sort?.by === c.name ? sort.down ? 'descending' : 'ascending' : 'none'}>
              {unsorted ? c.name : <button type="button" onClick={() => setSort(s => s?.by !== c.name ? { by: c.name, down: false } : s.down ? null : { by: c.name, down: true })}>{c.name}<span aria-hidden="true">{sort?.by === c.name ? sort.down ? ' ▾' : ' ▴' : ''}</span></button>}
            </div>
          ))}
        </div>
      </div>
      <div class="scroller" role="rowgroup" ref={scroller} onKeyDown={walk}>
        {sorted.length === 0 && <p class="calm">{empty}</p>}
        <div role="presentation" style={{ height: `${virtual.getTotalSize()}px`, position: 'relative' }}>
          {virtual.getVirtualItems().map(item => {
            const row = sorted[item.index];
            return row !== undefined && (
              <div key={keyOf(row)} role="row" aria-rowindex={item.index + 2} data-index={item.index} tabIndex={item.index === current ? 0 : -1} class={`row ${toneOf?.(row) ?? ''} ${open ? 'opens' : ''}`}
                style={{ ...template, transform: `translateY(${item.start}px)`, height: `${ROW}px` }} onFocus={() => setActive(item.index)} onClick={() => open?.(row)}>
                {shown.map(c => <div key={c.name} role="gridcell" title={String(c.value(row))}>{c.show ? c.show(row) : c.value(row)}</div>)}
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}
