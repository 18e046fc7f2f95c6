import { Button, Group, Stack, Text } from '@mantine/core';
import { IconBan, IconPencil } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from '@/i18n/useTranslation';
import { Link } from 'react-router';
import type { ApiKey } from '@/api/types';
import { CodeBlock } from '@/ui/CodeBlock';
import { ConfirmDialog } from '@/ui/ConfirmDialog';
import { Facts } from '@/ui/Facts';
import { Peek } from '@/ui/Peek';
import { StatusMark } from '@/ui/StatusMark';
import { Time } from '@/ui/Time';
import { chatCurl } from '../code/snippets';
import { KeyForm } from './KeyForm';
import { useRevokeKey } from './useKeys';

export function KeyPeek({ apiKey, onClose }: { apiKey: ApiKey; onClose(): void }) {
  const { t } = useTranslation();
  const revoke = useRevokeKey();
  const [dialog, setDialog] = useState<'edit' | 'revoke' | null>(null);
  const revoked = apiKey.status === 'revoked';
  return (
    <Peek
      onClose={onClose}
      title={
        <>
          <span className="clip">{apiKey.name}</span>
          <StatusMark status={apiKey.status} />
        </>
      }
    >
      <Stack gap="md">
        {!revoked && (
          <Group gap={8}>
            <Button variant="default" leftSection={<IconPencil size={15} />} onClick={() => setDialog('edit')}>
              {t('common.edit')}
            </Button>
            <Button variant="default" leftSection={<IconBan size={15} />} onClick={() => setDialog('revoke')}>
              {t('keys.revoke')}
            </Button>
          </Group>
        )}
        <Facts
          items={[
            [t('keys.prefix'), <span key="p" className="mono">{apiKey.prefix}…</span>],
            [t('keys.owner'), apiKey.owner ?? '–'],
            [t('keys.scopes'), apiKey.scopes.map((scope) => t(`role.${scope}`)).join(', ')],
            [t('keys.models'), apiKey.allowedModels.join(', ') || t('keys.allModels')],
            [t('common.created'), <Time key="c" at={apiKey.createdAt} />],
            [t('keys.lastUsed'), apiKey.lastUsedAt ? <Time key="u" at={apiKey.lastUsedAt} /> : t('keys.never')],
            [t('keys.expires'), apiKey.expiresAt ? <Time key="e" at={apiKey.expiresAt} /> : t('keys.noExpiry')],
          ]}
        />
        <Link className="link" to={`/gateway/requests?key=${apiKey.id}`}>
          {t('keys.itsRequests')}
        </Link>
        <Text className="dim">{t('keys.secretGone')}</Text>
        <CodeBlock code={chatCurl(apiKey.allowedModels[0] ?? 'balanced', 'Say hello.')} />
      </Stack>
      {dialog === 'edit' && <KeyForm existing={apiKey} onClose={() => setDialog(null)} />}
      <ConfirmDialog
        opened={dialog === 'revoke'}
        title={t('keys.revokeTitle', { name: apiKey.name })}
        confirm={t('keys.revoke')}
        busy={revoke.isPending}
        error={revoke.error}
        onClose={() => setDialog(null)}
        onConfirm={() => revoke.mutate(apiKey.id, { onSuccess: () => setDialog(null) })}
      >
        <Text>{t('keys.revokeText')}</Text>
        <Text className="dim">
          {t('keys.lastUsed')}: {apiKey.lastUsedAt ? <Time at={apiKey.lastUsedAt} ago /> : t('keys.never')}
        </Text>
      </ConfirmDialog>
    </Peek>
  );
}
