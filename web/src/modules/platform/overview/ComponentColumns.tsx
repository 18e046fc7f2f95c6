import { IconCircleDashed } from '@tabler/icons-react';
import { useTranslation } from '@/i18n/useTranslation';
import type { ComponentName, GlobalState } from '@/api/types';
import { useFormat } from '@/i18n/useFormat';
import { Facts } from '@/ui/Facts';
import classes from './ComponentColumns.module.css';

const columns: { component: ComponentName; title: string; text: string }[] = [
  { component: 'center', title: 'overview.center', text: 'overview.centerText' },
  { component: 'ml', title: 'overview.ml', text: 'overview.mlText' },
  { component: 'data', title: 'overview.data', text: 'overview.dataText' },
];

/** What each component of the loop publishes about itself; one that publishes nothing says so. */
export function ComponentColumns({ state }: { state: GlobalState | undefined }) {
  const { t } = useTranslation();
  return (
    <div className={classes.columns}>
      {columns.map(({ component, title, text }) => {
        const published = state?.components[component];
        return (
          <section key={component} className={`panel ${classes.column}`}>
            <h2>{t(title)}</h2>
            {published && Object.keys(published).length > 0 ? (
              <Published fields={published} />
            ) : (
              <p className={classes.off}>
                <IconCircleDashed size={16} aria-hidden />
                <span>
                  {t('overview.notConnected')}
                  <span className="dim"> {t(text)}</span>
                </span>
              </p>
            )}
          </section>
        );
      })}
    </div>
  );
}

function Published({ fields }: { fields: Record<string, unknown> }) {
  const format = useFormat();
  const shown = Object.entries(fields).filter(([, value]) => ['string', 'number', 'boolean'].includes(typeof value));
  return <Facts items={shown.slice(0, 6).map(([name, value]) => [name, typeof value === 'number' ? format.number(value, 3) : String(value)])} />;
}
