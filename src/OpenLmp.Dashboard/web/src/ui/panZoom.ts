import type { TargetedPointerEvent, TargetedWheelEvent } from 'preact';
import { useRef, useState } from 'preact/hooks';

interface Box { x: number; y: number; scale: number }

/** A picture that can be dragged and brought closer. The wheel brings it closer with Ctrl only: without, it scrolls the page. */
export function usePanZoom(width: number, height: number) {
  const [view, setView] = useState<Box>({ x: 0, y: 0, scale: 1 });
  const drag = useRef<{ x: number; y: number; id: number } | null>(null);
  const zoom = (factor: number) => setView(v => {
    const scale = Math.min(12, Math.max(1, v.scale * factor));
    const [cx, cy] = [v.x + width / v.scale / 2, v.y + height / v.scale / 2];
    return scale === 1 ? { x: 0, y: 0, scale } : { x: cx - width / scale / 2, y: cy - height / scale / 2, scale };
  });
  type E = TargetedPointerEvent<SVGSVGElement>;
  return {
    box: `${view.x} ${view.y} ${width / view.scale} ${height / view.scale}`,
    zoom,
    reset: () => setView({ x: 0, y: 0, scale: 1 }),
    handlers: {
      onWheel: (e: TargetedWheelEvent<SVGSVGElement>) => {
        if (!e.ctrlKey) return;
        e.preventDefault();
        zoom(e.deltaY < 0 ? 1.15 : 0.87);
      },
      onPointerDown: (e: E) => { if (view.scale > 1) drag.current = { x: e.clientX, y: e.clientY, id: e.pointerId }; },
      onPointerMove: (e: E) => {
        if (!drag.current || drag.current.id !== e.pointerId) return;
        const unit = width / view.scale / e.currentTarget.clientWidth;
        const [dx, dy] = [(e.clientX - drag.current.x) * unit, (e.clientY - drag.current.y) * unit];
        drag.current = { x: e.clientX, y: e.clientY, id: e.pointerId };
        setView(v => ({ ...v, x: v.x - dx, y: v.y - dy }));
      },
      onPointerUp: () => { drag.current = null; },
      onPointerLeave: () => { drag.current = null; },
    },
  };
}
