import { ActionIcon, Skeleton, Stack, Tooltip } from '@mantine/core';
import { IconArrowsDiagonal } from '@tabler/icons-react';
import { useTranslation } from '@/i18n/useTranslation';
import { Link } from 'react-router';
import { CopyButton } from '@/ui/CopyButton';
import { ErrorView } from '@/ui/ErrorView';
import { Peek } from '@/ui/Peek';
import { StatusMark } from '@/ui/StatusMark';
import { RequestView } from './RequestView';
import { useRequest } from './useRequests';

export function RequestPeek({ id, onClose }: { id: string; onClose(): void }) {
  const { t } = useTranslation();
  const request = useRequest(id);
  return (
    <Peek
      onClose={onClose}
      title={
        <>
          <span className="mono clip">{id}</span>
          {request.data && <StatusMark status={request.data.status} />}
        </>
      }
      actions={
        <>
          <CopyButton text={id} label={t('hotkey.copyId')} />
          <Tooltip label={t('hotkey.openFull')}>
            <ActionIcon component={Link} to={`/gateway/requests/${id}`} aria-label={t('hotkey.openFull')}>
              <IconArrowsDiagonal size={16} />
            </ActionIcon>
          </Tooltip>
        </>
      }
    >
      {request.error && <ErrorView error={request.error} retry={() => void request.refetch()} />}
      {request.isPending && (
        <Stack gap={8}>
          <Skeleton height={28} />
          <Skeleton height={160} />
        </Stack>
      )}
      {request.data && <RequestView request={request.data} />}
    </Peek>
  );
}
