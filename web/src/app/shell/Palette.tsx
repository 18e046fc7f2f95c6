import { Modal, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from '@/i18n/useTranslation';
import { usePaletteEntries } from './usePaletteEntries';
import classes from './Palette.module.css';

/** Goes anywhere and starts anything by its name; an id goes straight to what it names. */
export default function Palette({ onClose }: { onClose(): void }) {
  const { t } = useTranslation();
  return (
    <Modal.Root opened onClose={onClose} padding={0} size={560} yOffset={96} centered={false}>
      <Modal.Overlay />
      <Modal.Content aria-label={t('palette.label')}>
        <Modal.Body>
          <Body onClose={onClose} />
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}

function Body({ onClose }: { onClose(): void }) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const entries = usePaletteEntries(text);
  const chosen = Math.min(at, entries.length - 1);

  const run = (index: number) => {
    const entry = entries[index];
    if (!entry) return;
    onClose();
    entry.run();
  };
  const onKey = (event: React.KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'ArrowDown') setAt(Math.min(chosen + 1, entries.length - 1));
    else if (event.key === 'ArrowUp') setAt(Math.max(chosen - 1, 0));
    else if (event.key === 'Enter') run(chosen);
    else return;
    event.preventDefault();
  };
  return (
    <>
      <TextInput
        data-autofocus
        size="md"
        variant="unstyled"
        className={classes.input}
        leftSection={<IconSearch size={17} aria-hidden />}
        placeholder={t('palette.placeholder')}
        aria-label={t('palette.label')}
        role="combobox"
        aria-expanded
        aria-controls="palette-list"
        aria-activedescendant={entries[chosen] ? `palette-${chosen}` : undefined}
        value={text}
        onChange={(e) => {
          setText(e.currentTarget.value);
          setAt(0);
        }}
        onKeyDown={onKey}
      />
      <div id="palette-list" role="listbox" aria-label={t('palette.label')} className={classes.list}>
        {entries.map((entry, index) => {
          const Icon = entry.icon;
          return (
            <div key={entry.id} id={`palette-${index}`} role="option" aria-selected={index === chosen} className={classes.entry} onClick={() => run(index)} onMouseMove={() => setAt(index)}>
              <Icon size={16} aria-hidden />
              <span className={classes.name}>{entry.name}</span>
              <span className="dim">{entry.group}</span>
            </div>
          );
        })}
      </div>
      {entries.length === 0 && <div className={classes.none}>{t('palette.none')}</div>}
    </>
  );
}
