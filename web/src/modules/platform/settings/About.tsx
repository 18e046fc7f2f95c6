import { Text } from '@mantine/core';
import { useTranslation } from '@/i18n/useTranslation';
import { Link } from 'react-router';
import { Facts } from '@/ui/Facts';
import { useMay } from '../session/useSession';
import { useSystemInfo } from '../system/useSystem';

export function About() {
  const { t } = useTranslation();
  const may = useMay();
  return (
    <>
      <Text mb={8}>{t('settings.aboutText')}</Text>
      {may('admin') ? <Version /> : null}
      <Facts items={[[t('settings.licence'), 'MIT']]} />
      <Link className="link" to="/licences">
        {t('licences.title')}
      </Link>
    </>
  );
}

function Version() {
  const { t } = useTranslation();
  const info = useSystemInfo();
  return <Facts items={[[t('system.version'), info.data?.version ?? '–']]} />;
}
