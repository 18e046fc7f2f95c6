import { Button } from '@mantine/core';
import { IconRoute2 } from '@tabler/icons-react';
import { useTranslation } from '@/i18n/useTranslation';
import { Link, useLocation } from 'react-router';
import { EmptyState } from '@/ui/EmptyState';

export default function NotFoundPage() {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  return (
    <div className="page">
      <h1 className="visually-hidden">{t('notFound.title')}</h1>
      <EmptyState
        icon={IconRoute2}
        title={t('notFound.title')}
        text={t('notFound.text', { path: pathname })}
        action={
          <Button component={Link} to="/">
            {t('notFound.home')}
          </Button>
        }
      />
    </div>
  );
}
