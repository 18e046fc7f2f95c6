import { Modal, Text } from '@mantine/core';
import { useSyncExternalStore } from 'react';
import { useTranslation } from '@/i18n/useTranslation';
import type { Hotkey } from '@/hotkeys/HotkeyRegistry';
import { useHotkeyRegistry } from '@/hotkeys/useHotkeys';
import { Keys } from './Keys';
import classes from './KeySheet.module.css';

/** The keys that work on the present screen. */
export default function KeySheet({ onClose }: { onClose(): void }) {
  const { t } = useTranslation();
  const registry = useHotkeyRegistry();
  const hotkeys = useSyncExternalStore(registry.watch, registry.read);
  const groups = byGroup(unique(hotkeys));
  return (
    <Modal opened onClose={onClose} title={t('topbar.keys')} size="lg" closeButtonProps={{ 'aria-label': t('common.close') }}>
      {!registry.settings.enabled && <Text className="dim">{t('keys.off')}</Text>}
      <div className={classes.groups}>
        {[...groups].map(([group, entries]) => (
          <section key={group}>
            <h2>{t(group)}</h2>
            <dl>
              {entries.map((hotkey) => (
                <div key={hotkey.id}>
                  <dt>{t(hotkey.label)}</dt>
                  <dd>
                    <Keys keys={registry.keysOf(hotkey)} />
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Modal>
  );
}

function unique(hotkeys: readonly Hotkey[]): Hotkey[] {
  return [...new Map(hotkeys.map((hotkey) => [hotkey.id, hotkey])).values()];
}

function byGroup(hotkeys: Hotkey[]): Map<string, Hotkey[]> {
  const groups = new Map<string, Hotkey[]>();
  for (const hotkey of hotkeys) groups.set(hotkey.group, [...(groups.get(hotkey.group) ?? []), hotkey]);
  return groups;
}
