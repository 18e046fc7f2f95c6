import { SegmentedControl, Stack, Switch, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from '@/i18n/useTranslation';
import { chooseLanguage } from '@/i18n/i18n';
import { languageNames, languages, type Language } from '@/i18n/language';
import { setPreferences, usePreferences, type Density, type Scheme } from '@/theme/preferences';
import { PageHead } from '@/ui/PageHead';
import { About } from './About';
import { HotkeySettings } from './HotkeySettings';
import { PasswordForm } from './PasswordForm';
import classes from './SettingsPage.module.css';

export default function SettingsPage() {
  const { t, language } = useTranslation();
  const { scheme, density, hotkeys } = usePreferences();
  return (
    <div className="page" style={{ maxWidth: 880 }}>
      <PageHead title={t('nav.settings')} note={t('settings.note')} />
      <Section title={t('settings.look')}>
        <Row name={t('settings.language')}>
          <SegmentedControl aria-label={t('settings.language')} value={language} onChange={(value) => void chooseLanguage(value as Language)} data={languages.map((language) => ({ value: language, label: <span lang={language}>{languageNames[language]}</span> }))} />
        </Row>
        <Row name={t('settings.theme')}>
          <SegmentedControl aria-label={t('settings.theme')} value={scheme} onChange={(value) => setPreferences({ scheme: value as Scheme })} data={(['auto', 'light', 'dark'] as const).map((value) => ({ value, label: t(`scheme.${value}`) }))} />
        </Row>
        <Row name={t('settings.density')}>
          <SegmentedControl aria-label={t('settings.density')} value={density} onChange={(value) => setPreferences({ density: value as Density })} data={(['compact', 'comfortable'] as const).map((value) => ({ value, label: t(`density.${value}`) }))} />
        </Row>
        <Row name={t('settings.timeZone')}>
          <Text>{Intl.DateTimeFormat().resolvedOptions().timeZone}</Text>
        </Row>
      </Section>
      <Section title={t('settings.hotkeys')}>
        <Stack gap="sm">
          <Switch label={t('settings.hotkeysOn')} description={t('settings.hotkeysHint')} checked={hotkeys} onChange={(e) => setPreferences({ hotkeys: e.currentTarget.checked })} />
          <HotkeySettings />
        </Stack>
      </Section>
      <Section title={t('settings.password')}>
        <PasswordForm />
      </Section>
      <Section title={t('settings.about')}>
        <About />
      </Section>
    </div>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={`panel ${classes.section}`}>
      <h2>{title}</h2>
      <div>{children}</div>
    </section>
  );
}

function Row({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className={classes.row}>
      <span>{name}</span>
      {children}
    </div>
  );
}
