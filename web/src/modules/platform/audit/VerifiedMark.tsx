import { IconCircleX, IconShieldCheck } from '@tabler/icons-react';
import { useTranslation } from '@/i18n/useTranslation';
import { useFormat } from '@/i18n/useFormat';
import { useAuditVerification } from './useAudit';

/** Whether the chain of hashes is unbroken, and where it is not. */
export function VerifiedMark() {
  const { t } = useTranslation();
  const format = useFormat();
  const { data } = useAuditVerification();
  if (!data) return null;
  const Icon = data.ok ? IconShieldCheck : IconCircleX;
  return (
    <span style={{ display: 'inline-flex', gap: 6, alignItems: 'center', color: data.ok ? 'var(--sy-ok)' : 'var(--sy-bad)' }}>
      <Icon size={16} aria-hidden />
      {data.ok ? t('audit.verified', { count: format.number(data.checked) }) : t('audit.broken', { at: data.brokenAt ?? '–' })}
    </span>
  );
}
