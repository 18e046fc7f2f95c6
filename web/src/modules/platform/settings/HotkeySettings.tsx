import { Button, Table, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from '@/i18n/useTranslation';
import { Keys } from '@/app/shell/Keys';
import { isComposing, pressOf } from '@/hotkeys/keys';
import { setPreferences, usePreferences } from '@/theme/preferences';
import { bindableHotkeys, conflictOf } from './bindable';

/** Gives keys to actions; a key that is taken is refused with the action that has it. */
export function HotkeySettings() {
  const { t } = useTranslation();
  const { reboundHotkeys } = usePreferences();
  const [listening, setListening] = useState<string | null>(null);
  const [refused, setRefused] = useState<string | null>(null);

  const onKey = (id: string) => (event: React.KeyboardEvent) => {
    if (listening !== id || isComposing(event.nativeEvent)) return;
    event.preventDefault();
    event.stopPropagation();
    if (['Shift', 'Control', 'Alt', 'Meta'].includes(event.key)) return;
    setListening(null);
    if (event.key === 'Escape') return;
    const keys = pressOf(event.nativeEvent);
    const taken = conflictOf(id, keys, reboundHotkeys);
    setRefused(taken ? t('settings.taken', { action: t(taken.label) }) : null);
    if (!taken) setPreferences({ reboundHotkeys: { ...reboundHotkeys, [id]: keys } });
  };
  return (
    <div>
      <Table>
        <Table.Tbody>
          {bindableHotkeys.map((hotkey) => (
            <Table.Tr key={hotkey.id}>
              <Table.Td>{t(hotkey.label)}</Table.Td>
              <Table.Td className="num">
                <Keys keys={reboundHotkeys[hotkey.id] ?? hotkey.keys} />
              </Table.Td>
              <Table.Td className="num" w={160}>
                <Button size="compact-xs" variant={listening === hotkey.id ? 'filled' : 'default'} onClick={() => setListening(hotkey.id)} onKeyDown={onKey(hotkey.id)} onBlur={() => setListening(null)}>
                  {listening === hotkey.id ? t('settings.press') : t('settings.rebind')}
                </Button>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <Text c="var(--sy-bad)" role="status">{refused}</Text>
      {Object.keys(reboundHotkeys).length > 0 && (
        <Button mt={8} variant="default" onClick={() => setPreferences({ reboundHotkeys: {} })}>
          {t('settings.resetKeys')}
        </Button>
      )}
    </div>
  );
}
