import { use, useEffect, useRef } from 'react';
import type { Hotkey, HotkeyRegistry } from './HotkeyRegistry';
import { HotkeyContext } from './HotkeyProvider';

export function useHotkeyRegistry(): HotkeyRegistry {
  const registry = use(HotkeyContext);
  if (!registry) throw new Error('hotkeys need a HotkeyProvider above them');
  return registry;
}

/** Offers these keys while the component is on screen; the sheet (`?`) lists them. */
export function useHotkeys(hotkeys: readonly Hotkey[]): void {
  const registry = useHotkeyRegistry();
  const latest = useRef(hotkeys);
  useEffect(() => {
    latest.current = hotkeys;
  });
  const shape = hotkeys.map(({ id, keys }) => `${id}=${keys}`).join('|');
  useEffect(() => {
    const removals = latest.current.map((hotkey, index) =>
      registry.add({ ...hotkey, run: (event) => latest.current[index]?.run(event) }),
    );
    return () => removals.forEach((remove) => remove());
  }, [registry, shape]);
}
