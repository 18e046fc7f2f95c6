import { Alert, Button, Group, Modal, Stack, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from '@/i18n/useTranslation';
import type { CreatedKey } from '@/api/types';
import { CodeBlock } from '@/ui/CodeBlock';
import { chatCurl } from '../code/snippets';
import { useProviders } from '../providers/useProviders';

/** The one time a key is seen, with a command that proves it. */
export function KeyShownOnce({ created, onClose }: { created: CreatedKey; onClose(): void }) {
  const { t } = useTranslation();
  const { providers } = useProviders();
  const provider = providers.find((candidate) => candidate.active) ?? providers[0];
  const model = created.allowedModels[0] ?? (provider ? `${provider.name}/${provider.models[0] ?? ''}` : 'balanced');
  return (
    <Modal opened onClose={onClose} closeOnClickOutside={false} title={t('keys.created', { name: created.name })} size={640} closeButtonProps={{ 'aria-label': t('common.close') }}>
      <Stack gap="sm">
        <Alert color="yellow" icon={<IconAlertTriangle size={16} />}>
          {t('keys.once')}
        </Alert>
        <CodeBlock code={created.secret} label={t('keys.secret')} />
        <Text fw={600}>{t('keys.tryIt')}</Text>
        <CodeBlock code={`export KEY=${created.secret}\n${chatCurl(model, 'Say hello.')}`} />
        <Group justify="flex-end">
          <Button onClick={onClose}>{t('keys.kept')}</Button>
        </Group>
      </Stack>
    </Modal>
  );
}
