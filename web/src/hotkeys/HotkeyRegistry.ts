import { hasModifier, isComposing, isInDialog, isOnControl, isTyping, pressOf } from './keys';

export interface Hotkey {
  /** Stable name, also for rebinding. */
  id: string;
  /** One press (`j`, `mod+k`) or two after each other (`g p`). */
  keys: string;
  /** Message key of what it does. */
  label: string;
  /** Message key of the heading it stands under in the sheet. */
  group: string;
  run(event: KeyboardEvent): void;
  /** Also acts while typing or inside a dialog; only for presses with a modifier. */
  everywhere?: boolean;
}

export interface HotkeySettings {
  /** Single-letter keys may be switched off (WCAG 2.1.4); presses with a modifier stay. */
  enabled: boolean;
  rebound: Record<string, string>;
}

const sequenceMs = 1500;

/** Every binding that is live on the present screen; the last registered wins. */
export class HotkeyRegistry {
  private readonly hotkeys = new Map<symbol, Hotkey>();
  private readonly watchers = new Set<() => void>();
  private list: Hotkey[] = [];
  private pending: { press: string; at: number } | null = null;
  settings: HotkeySettings = { enabled: true, rebound: {} };

  add(hotkey: Hotkey): () => void {
    const token = Symbol(hotkey.id);
    this.hotkeys.set(token, hotkey);
    this.changed();
    return () => {
      this.hotkeys.delete(token);
      this.changed();
    };
  }

  watch = (watcher: () => void): (() => void) => {
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  };

  read = (): readonly Hotkey[] => this.list;

  keysOf(hotkey: Pick<Hotkey, 'id' | 'keys'>): string {
    return this.settings.rebound[hotkey.id] ?? hotkey.keys;
  }

  /** By when the key was pressed, not by when a busy page comes to hear of it. */
  handle(event: KeyboardEvent, now = event.timeStamp): void {
    if (isComposing(event) || event.defaultPrevented) return;
    if (['Shift', 'Control', 'Alt', 'Meta'].includes(event.key)) return;
    const press = pressOf(event);
    const hotkey = this.find(press, now);
    if (!hotkey || !this.may(hotkey, press, event)) return;
    event.preventDefault();
    hotkey.run(event);
  }

  private find(press: string, now: number): Hotkey | undefined {
    const started = this.pending && now - this.pending.at < sequenceMs ? `${this.pending.press} ${press}` : null;
    this.pending = null;
    const all = [...this.hotkeys.values()].reverse();
    const whole = all.find((hotkey) => this.keysOf(hotkey) === (started ?? press)) ?? all.find((hotkey) => this.keysOf(hotkey) === press);
    if (whole) return whole;
    if (this.settings.enabled && all.some((hotkey) => this.keysOf(hotkey).startsWith(`${press} `))) this.pending = { press, at: now };
    return undefined;
  }

  private may(hotkey: Hotkey, press: string, event: KeyboardEvent): boolean {
    if (hotkey.everywhere && hasModifier(press)) return true;
    if (!this.settings.enabled && !hasModifier(press) && press.length === 1) return false;
    if (isTyping(event.target) || isInDialog(event.target)) return false;
    return !((press === 'Enter' || press === ' ') && isOnControl(event.target));
  }

  private changed(): void {
    this.list = [...this.hotkeys.values()];
    for (const watcher of this.watchers) watcher();
  }
}
