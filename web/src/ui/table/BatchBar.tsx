import { Button, Text } from '@mantine/core';
import { IconX, type Icon } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from '@/i18n/useTranslation';
import { ConfirmDialog } from '../ConfirmDialog';
import { ErrorView } from '../ErrorView';
import type { Selection } from './useSelection';
import classes from './BatchBar.module.css';

export interface BatchAction<T> {
  id: string;
  label: string;
  icon: Icon;
  /** What it means for each of them, said before. */
  text: string;
  /** Their number must be typed: it cannot be undone. */
  typed?: boolean;
  /** Whether it can be done with this one; the others are passed over, and that is said. */
  can?(row: T): boolean;
  run(row: T): Promise<unknown>;
}

interface Props<T> {
  selected: readonly T[];
  selection: Selection;
  keyOf(row: T): string;
  nameOf(row: T): string;
  actions: readonly BatchAction<T>[];
  /** After the last one, however they went. */
  onDone(): void;
}

const mostNames = 12;

/** What can be done with all chosen rows. One after the other: a refusal stops none, and what was refused stays chosen. */
export default function BatchBar<T>({ selected, selection, keyOf, nameOf, actions, onDone }: Props<T>) {
  const { t } = useTranslation();
  const [asked, setAsked] = useState<BatchAction<T> | null>(null);
  const [done, setDone] = useState<number | null>(null);
  const [refused, setRefused] = useState<{ name: string; error: unknown }[]>([]);
  const able = asked ? selected.filter((row) => asked.can?.(row) ?? true) : [];
  const close = () => {
    setAsked(null);
    setRefused([]);
  };
  const run = async () => {
    if (!asked) return;
    const failures: { row: T; error: unknown }[] = [];
    setRefused([]);
    for (const [index, row] of able.entries()) {
      setDone(index);
      await asked.run(row).catch((error: unknown) => failures.push({ row, error }));
    }
    setDone(null);
    onDone();
    selection.set(failures.map(({ row }) => keyOf(row)));
    setRefused(failures.map(({ row, error }) => ({ name: nameOf(row), error })));
    if (failures.length === 0) close();
  };
  return (
    <div className={classes.bar} role="toolbar" aria-label={t('batch.label')}>
      <strong>{t('batch.chosen', { count: selected.length })}</strong>
      {actions.map((action) => (
        <Button key={action.id} variant="default" leftSection={<action.icon size={15} />} onClick={() => setAsked(action)}>
          {action.label}
        </Button>
      ))}
      <Button variant="subtle" leftSection={<IconX size={14} />} onClick={() => selection.set([])}>
        {t('batch.clear')}
      </Button>
      <ConfirmDialog
        opened={asked !== null}
        title={t('batch.title', { action: asked?.label ?? '', count: able.length })}
        confirm={done === null ? (asked?.label ?? '') : t('batch.progress', { done, total: able.length })}
        {...(asked?.typed ? { typed: String(able.length) } : {})}
        blocked={able.length === 0}
        busy={done !== null}
        onClose={close}
        onConfirm={() => void run()}
      >
        <Text>{asked?.text}</Text>
        <Text className="dim">
          {able.slice(0, mostNames).map(nameOf).join(', ')}
          {able.length > mostNames && ` ${t('batch.more', { count: able.length - mostNames })}`}
        </Text>
        {able.length < selected.length && <Text>{t('batch.passedOver', { count: selected.length - able.length })}</Text>}
        {refused.map(({ name, error }) => (
          <div key={name}>
            <Text fw={600}>{name}</Text>
            <ErrorView error={error} />
          </div>
        ))}
      </ConfirmDialog>
    </div>
  );
}
