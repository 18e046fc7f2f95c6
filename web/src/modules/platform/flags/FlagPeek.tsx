import { Button, Group, SegmentedControl, Slider, Stack, Switch, TagsInput, Text, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from '@/i18n/useTranslation';
import type { Flag, FlagChange } from '@/api/types';
import { fieldErrors } from '@/api/fieldErrors';
import { ConfirmDialog } from '@/ui/ConfirmDialog';
import { ErrorView } from '@/ui/ErrorView';
import { Peek } from '@/ui/Peek';
import { StatusMark } from '@/ui/StatusMark';
import { FlagHistory } from './FlagHistory';
import { FlagTester } from './FlagTester';
import { changeOf, useDeleteFlag, useSaveFlag } from './useFlags';

/** A first step may be set at 1 %; its words would run into those of 10. */
const marks = [1, 10, 50, 100].map((value) => (value === 1 ? { value } : { value, label: `${value} %` }));

/** One flag: how far it is out, who gets it by name, the switch that ends it at once. */
export function FlagPeek({ flag, onClose }: { flag: Flag; onClose(): void }) {
  const { t } = useTranslation();
  const save = useSaveFlag();
  const remove = useDeleteFlag();
  const [draft, setDraft] = useState<FlagChange>({ ...changeOf(flag), percentage: flag.percentage ?? 1 });
  const [deleting, setDeleting] = useState(false);
  const set = (change: Partial<FlagChange>) => setDraft((before) => ({ ...before, ...change }));
  const { percentage, ...rest } = draft;
  const change: FlagChange = draft.state === 'percentage' ? { ...rest, percentage } : rest;
  const dirty = JSON.stringify(change) !== JSON.stringify(changeOf(flag));
  const fields = fieldErrors(save.error);
  const apply = (to: FlagChange) => save.mutate({ name: flag.name, change: to }, { onSuccess: () => notifications.show({ message: t('flags.saved', { name: flag.name }) }) });
  return (
    <Peek onClose={onClose} title={<><span className="mono clip">{flag.name}</span><StatusMark status={flag.kill ? 'killed' : flag.state} /></>}>
      <Stack gap="md">
        <SegmentedControl aria-label={t('flags.state')} value={draft.state} onChange={(state) => set({ state: state as FlagChange['state'] })} data={(['off', 'percentage', 'on'] as const).map((state) => ({ value: state, label: t(`status.${state}`) }))} />
        {draft.state === 'percentage' && (
          <div style={{ padding: '0 20px 20px 8px' }}>
            <Slider min={0} max={100} marks={marks} value={percentage ?? 0} onChange={(value) => set({ percentage: value })} label={(value) => `${value} %`} thumbLabel={t('flags.share')} />
          </div>
        )}
        <TagsInput label={t('flags.targets')} description={t('flags.targetsHint')} value={draft.targets ?? []} onChange={(targets) => set({ targets })} error={fields.targets} />
        <TextInput label={t('flags.description')} value={draft.description ?? ''} onChange={(e) => set({ description: e.currentTarget.value })} error={fields.description} />
        <Switch color="red" label={t('flags.kill')} description={t('flags.killHint')} checked={draft.kill ?? false} onChange={(e) => set({ kill: e.currentTarget.checked })} />
        {save.error && <ErrorView error={save.error} />}
        <Group gap={8}>
          <Button disabled={!dirty} loading={save.isPending} onClick={() => apply(change)}>
            {t('common.save')}
          </Button>
          <Button variant="default" leftSection={<IconTrash size={15} />} onClick={() => setDeleting(true)}>
            {t('common.delete')}
          </Button>
        </Group>
        <FlagTester name={flag.name} />
        <FlagHistory name={flag.name} version={flag.version} onRevert={apply} />
        <Text className="dim">{t('flags.spread')}</Text>
      </Stack>
      <ConfirmDialog opened={deleting} title={t('flags.deleteTitle', { name: flag.name })} confirm={t('common.delete')} typed={flag.name} busy={remove.isPending} error={remove.error} onClose={() => setDeleting(false)} onConfirm={() => remove.mutate(flag.name, { onSuccess: onClose })}>
        <Text>{t('flags.deleteText')}</Text>
      </ConfirmDialog>
    </Peek>
  );
}
