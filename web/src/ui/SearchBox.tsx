import { CloseButton, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from '@/i18n/useTranslation';
import { useUrlParam } from '@/app/useUrlParam';
import { useHotkeys } from '@/hotkeys/useHotkeys';

/** Search of a list, kept in the address; `/` goes to it. Waits for an input method to finish composing. */
export function SearchBox({ param = 'q', label }: { param?: string; label?: string }) {
  const { t } = useTranslation();
  const [value, setValue] = useUrlParam(param);
  const [text, setText] = useState(value ?? '');
  const input = useRef<HTMLInputElement>(null);
  const composing = useRef(false);
  useHotkeys([{ id: 'list.search', keys: '/', label: 'hotkey.search', group: 'hotkey.group.list', run: () => input.current?.focus() }]);

  useEffect(() => setText(value ?? ''), [value]);
  useEffect(() => {
    if (composing.current || text === (value ?? '')) return;
    const timer = setTimeout(() => setValue(text || null), 200);
    return () => clearTimeout(timer);
  }, [text, value, setValue]);

  return (
    <TextInput
      ref={input}
      w={220}
      aria-label={label ?? t('common.search')}
      placeholder={label ?? t('common.search')}
      leftSection={<IconSearch size={14} aria-hidden />}
      rightSection={text ? <CloseButton size="xs" aria-label={t('common.clear')} onClick={() => setText('')} /> : null}
      value={text}
      onChange={(e) => setText(e.currentTarget.value)}
      onCompositionStart={() => (composing.current = true)}
      onCompositionEnd={(e) => {
        composing.current = false;
        setText(e.currentTarget.value);
      }}
      onKeyDown={(e) => {
        if (e.key === 'Escape' && !e.nativeEvent.isComposing) e.currentTarget.blur();
      }}
    />
  );
}
