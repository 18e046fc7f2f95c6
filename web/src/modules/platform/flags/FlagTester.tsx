import { Button, Group, Text, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useTranslation } from '@/i18n/useTranslation';
import { ErrorView } from '@/ui/ErrorView';
import { StatusMark } from '@/ui/StatusMark';
import { useEvaluateFlag } from './useFlags';

/** "Would this key get it?" */
export function FlagTester({ name }: { name: string }) {
  const { t } = useTranslation();
  const [key, setKey] = useState('');
  const evaluate = useEvaluateFlag();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (key) evaluate.mutate({ name, key });
  };
  return (
    <form onSubmit={submit}>
      <Group gap={8} align="end">
        <TextInput flex={1} label={t('flags.tester')} placeholder={t('flags.testerHint')} value={key} onChange={(e) => setKey(e.currentTarget.value)} />
        <Button variant="default" type="submit" disabled={!key} loading={evaluate.isPending}>
          {t('flags.testerRun')}
        </Button>
      </Group>
      <div aria-live="polite">
        {evaluate.data && (
          <Group gap={8} mt={8}>
            <StatusMark status={evaluate.data.enabled ? 'on' : 'off'} />
            <Text className="dim">{t(`flagReason.${evaluate.data.reason}`)}</Text>
          </Group>
        )}
      </div>
      {evaluate.error && <ErrorView error={evaluate.error} />}
    </form>
  );
}
