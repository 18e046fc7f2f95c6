/** Reading key presses: which binding a press means, and when single letters must not act. */

/** The press as text: `j`, `?`, `Enter`, `mod+k`, `alt+ArrowUp`, `mod+Enter`. */
export function pressOf(event: KeyboardEvent): string {
  const parts: string[] = [];
  if (event.ctrlKey || event.metaKey) parts.push('mod');
  if (event.altKey) parts.push('alt');
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  // Shift is already in the character of a printable key ("?"); it counts only for named keys.
  if (event.shiftKey && event.key.length > 1) parts.push('shift');
  parts.push(key);
  return parts.join('+');
}

/** While an input method composes, every key belongs to it; 229 is what older engines report then. */
export function isComposing(event: KeyboardEvent): boolean {
  return event.isComposing || event.keyCode === 229;
}

export function hasModifier(press: string): boolean {
  return press.startsWith('mod+') || press.startsWith('alt+');
}

export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable) return true;
  if (target instanceof HTMLInputElement) return !['checkbox', 'radio', 'button', 'submit', 'range'].includes(target.type);
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}

/** Enter and Space belong to the control that has the focus. */
export function isOnControl(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('button, a, [role="menuitem"], [role="tab"], [role="option"], summary') !== null;
}

export function isInDialog(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('[role="dialog"]') !== null;
}
