import { Button, Group, Menu, Stack, TextInput } from '@mantine/core';
import { IconCheck, IconClock } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from '@/i18n/useTranslation';
import { useFormat } from '@/i18n/useFormat';
import { presetRanges, useTimeRange } from '../timeRange';
import classes from './TimeRangeMenu.module.css';

/** The time range that every screen reads, kept in the address. */
export function TimeRangeMenu() {
  const { t } = useTranslation();
  const format = useFormat();
  const [range, setRange] = useTimeRange();
  const [opened, setOpened] = useState(false);
  const preset = range.to === 'now' && presetRanges.find((candidate) => candidate === range.from);
  const name = (end: string) => (/^-\d|^now$/.test(end) ? end : format.dateTime(end));
  const label = preset ? t(`range.${preset}`) : `${name(range.from)} → ${name(range.to)}`;
  return (
    <Menu position="bottom-end" opened={opened} onChange={setOpened}>
      <Menu.Target>
        <Button variant="default" leftSection={<IconClock size={15} aria-hidden />} aria-label={t('topbar.range', { range: label })}>
          <span className={classes.wideLabel}>{label}</span>
          <span className={classes.narrowLabel}>{preset ? preset.slice(1) : '…'}</span>
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {presetRanges.map((from) => (
          <Menu.Item key={from} leftSection={preset === from ? <IconCheck size={14} /> : <span style={{ width: 14 }} />} onClick={() => setRange({ from, to: 'now' })}>
            {t(`range.${from}`)}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <OwnRange
          apply={(from, to) => {
            setRange({ from, to });
            setOpened(false);
          }}
        />
      </Menu.Dropdown>
    </Menu>
  );
}

function OwnRange({ apply }: { apply(from: string, to: string): void }) {
  const { t } = useTranslation();
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  const ready = from !== '' && (to === '' || from < to);
  return (
    <Stack gap={8} p={8}>
      <TextInput type="datetime-local" label={t('range.from')} value={from} onChange={(e) => setFrom(e.currentTarget.value)} />
      <TextInput type="datetime-local" label={t('range.to')} value={to} onChange={(e) => setTo(e.currentTarget.value)} />
      <Group justify="flex-end">
        <Button disabled={!ready} onClick={() => apply(new Date(from).toISOString(), to ? new Date(to).toISOString() : 'now')}>
          {t('common.apply')}
        </Button>
      </Group>
    </Stack>
  );
}
