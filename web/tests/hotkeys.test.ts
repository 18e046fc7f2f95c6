import { beforeEach, describe, expect, it, vi } from 'vitest';
import { HotkeyRegistry, type Hotkey } from '@/hotkeys/HotkeyRegistry';
import { conflictOf } from '@/modules/platform/settings/bindable';

let registry: HotkeyRegistry;
beforeEach(() => {
  registry = new HotkeyRegistry();
  document.body.innerHTML = '<input id="text"><button id="button"></button><div role="dialog"><span id="inside"></span></div><p id="page"></p>';
});

function bind(keys: string, more: Partial<Hotkey> = {}) {
  const run = vi.fn();
  registry.add({ id: keys, keys, label: 'hotkey.next', group: 'hotkey.group.list', run, ...more });
  return run;
}

function press(key: string, init: KeyboardEventInit & { on?: string; now?: number } = {}) {
  const event = new KeyboardEvent('keydown', { key, ...init });
  Object.defineProperty(event, 'target', { value: document.getElementById(init.on ?? 'page') });
  registry.handle(event, init.now ?? 0);
  return event;
}

describe('hotkeys', () => {
  it('run on a bare page', () => {
    const run = bind('j');
    press('j');
    expect(run).toHaveBeenCalledOnce();
  });

  it('leave every key to an input method that composes', () => {
    const single = bind('j');
    const enter = bind('mod+Enter', { everywhere: true });
    press('j', { isComposing: true });
    press('Enter', { isComposing: true, ctrlKey: true });
    press('Process', { keyCode: 229 });
    expect(single).not.toHaveBeenCalled();
    expect(enter).not.toHaveBeenCalled();
  });

  it('stay quiet while typing, in a dialog, and Enter on a focused control', () => {
    const letter = bind('j');
    const enter = bind('Enter');
    press('j', { on: 'text' });
    press('j', { on: 'inside' });
    press('Enter', { on: 'button' });
    expect(letter).not.toHaveBeenCalled();
    expect(enter).not.toHaveBeenCalled();
  });

  it('with a modifier work everywhere if they say so, and a letter with a modifier is not the letter', () => {
    const palette = bind('mod+k', { everywhere: true });
    const letter = bind('k');
    press('k', { ctrlKey: true, on: 'text' });
    expect(palette).toHaveBeenCalledOnce();
    expect(letter).not.toHaveBeenCalled();
  });

  it('understand two presses after each other, but not with a long pause', () => {
    const go = bind('g p');
    press('g', { now: 0 });
    press('p', { now: 500 });
    expect(go).toHaveBeenCalledOnce();
    press('g', { now: 10_000 });
    press('p', { now: 12_000 });
    expect(go).toHaveBeenCalledOnce();
  });

  it('can be switched off, all but those with a modifier', () => {
    const letter = bind('j');
    const go = bind('g p');
    const palette = bind('mod+k', { everywhere: true });
    registry.settings = { enabled: false, rebound: {} };
    press('j');
    press('g');
    press('p');
    press('k', { metaKey: true });
    expect(letter).not.toHaveBeenCalled();
    expect(go).not.toHaveBeenCalled();
    expect(palette).toHaveBeenCalledOnce();
  });

  it('can be rebound, and a taken key is refused', () => {
    const run = bind('j');
    registry.settings = { enabled: true, rebound: { j: 'n' } };
    press('j');
    press('n');
    expect(run).toHaveBeenCalledOnce();
    expect(conflictOf('list.next', 'k', {})?.id).toBe('list.previous');
    expect(conflictOf('list.next', 'k', { 'list.previous': 'p' })).toBeUndefined();
    expect(conflictOf('list.next', 'g', {})).toBeDefined();
  });

  it('give way to the screen that came last', () => {
    const below = bind('Escape', { id: 'a' });
    const above = bind('Escape', { id: 'b' });
    press('Escape');
    expect(above).toHaveBeenCalledOnce();
    expect(below).not.toHaveBeenCalled();
  });
});
