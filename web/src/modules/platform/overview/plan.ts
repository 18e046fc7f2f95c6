import type { Provider } from '@/api/types';

/** Where things stand on the track plan; one unit is one pixel at full width. */
export const plan = { width: 960, height: 208, mainY: 168, gatewayX: 430, switchX: 520, fanX: 640, endX: 760 };

export interface Siding {
  id: string;
  name: string;
  y: number;
  path: string;
  active: boolean;
  provider: Provider | null;
}

const most = 5;

/** One siding per provider, spread over the right side; the active one is the straight track. */
export function sidingsOf(providers: readonly Provider[]): { sidings: Siding[]; hidden: number } {
  const ordered = [...providers].sort((a, b) => Number(b.active) - Number(a.active) || (a.fallbackPosition ?? 99) - (b.fallbackPosition ?? 99) || a.name.localeCompare(b.name));
  const shown = ordered.slice(0, most);
  const gap = shown.length > 1 ? Math.min(40, (plan.mainY - 24) / (shown.length - 1)) : 0;
  const sidings = shown.map((provider, index) => {
    const y = plan.mainY - index * gap;
    return { id: provider.id, name: provider.name, y, path: sidingPath(y), active: provider.active, provider };
  });
  return { sidings, hidden: ordered.length - shown.length };
}

/** A turnout in the manner of a track plan: straight, one slant, straight. */
function sidingPath(y: number): string {
  const { switchX, mainY, fanX, endX } = plan;
  const slant = Math.abs(mainY - y) * 0.6;
  const from = Math.max(switchX, fanX - slant);
  return y === mainY ? `M${switchX} ${mainY}H${endX}` : `M${switchX} ${mainY}H${from - 24}L${from - 24 + slant} ${y}H${endX}`;
}

/** Trains run faster the more flows; nothing flows, nothing runs. */
export function trainSeconds(perSecond: number): number | null {
  if (perSecond <= 0) return null;
  return Math.max(1.2, 5 - Math.log2(1 + perSecond));
}
