import { Kbd } from '@mantine/core';

const names: Record<string, string> = { mod: navigator.platform.startsWith('Mac') ? '⌘' : 'Ctrl', alt: 'Alt', ArrowDown: '↓', ArrowUp: '↑', Escape: 'Esc' };

/** A binding as keys to be pressed. */
export function Keys({ keys }: { keys: string }) {
  return (
    <>
      {keys.split(' ').map((press) => (
        <span key={press} style={{ marginLeft: 4 }}>
          {press.split('+').map((part) => (
            <Kbd key={part} size="xs" mr={2}>
              {names[part] ?? part}
            </Kbd>
          ))}
        </span>
      ))}
    </>
  );
}
