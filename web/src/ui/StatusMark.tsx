import { useTranslation } from '@/i18n/useTranslation';
import { iconOf, isKnownStatus, toneOf } from './status';
import classes from './StatusMark.module.css';

/** A status by colour, icon and word. */
export function StatusMark({ status, compact = false }: { status: string; compact?: boolean }) {
  const { t } = useTranslation();
  const Icon = iconOf(status);
  const word = isKnownStatus(status) ? t(`status.${status}`) : status;
  return (
    <span className={classes.mark} data-tone={toneOf(status)} title={compact ? word : undefined}>
      <Icon size={15} stroke={2} aria-hidden />
      <span className={compact ? 'visually-hidden' : undefined}>{word}</span>
    </span>
  );
}
