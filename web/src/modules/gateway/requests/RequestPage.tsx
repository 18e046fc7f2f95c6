import { Button } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useTranslation } from '@/i18n/useTranslation';
import { Link, useParams } from 'react-router';
import { restore } from '@/app/remembered';
import { ScreenSkeleton } from '@/app/shell/ScreenSkeleton';
import { CopyButton } from '@/ui/CopyButton';
import { ErrorView } from '@/ui/ErrorView';
import { StatusMark } from '@/ui/StatusMark';
import { RequestView } from './RequestView';
import { useRequest } from './useRequests';

/** One request on a page of its own, for a link to be passed on. */
export default function RequestPage() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const request = useRequest(id);
  if (request.isPending) return <ScreenSkeleton />;
  return (
    <div className="page" style={{ maxWidth: 1080 }}>
      <header className="page-head">
        <Button component={Link} to={restore('/gateway/requests', location.search)} variant="default" leftSection={<IconArrowLeft size={15} />}>
          {t('nav.requests')}
        </Button>
        <h1 className="mono" style={{ fontSize: 14, overflowWrap: 'anywhere' }}>{id}</h1>
        <CopyButton text={id} label={t('hotkey.copyId')} />
        {request.data && <StatusMark status={request.data.status} />}
      </header>
      {request.error && <ErrorView error={request.error} retry={() => void request.refetch()} />}
      {request.data && (
        <div className="panel" style={{ padding: 16 }}>
          <RequestView request={request.data} />
        </div>
      )}
    </div>
  );
}
