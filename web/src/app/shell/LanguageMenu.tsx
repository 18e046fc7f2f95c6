import { ActionIcon, Menu, Tooltip } from '@mantine/core';
import { IconCheck, IconLanguage } from '@tabler/icons-react';
import { useTranslation } from '@/i18n/useTranslation';
import { chooseLanguage } from '@/i18n/i18n';
import { languageNames, languages } from '@/i18n/language';

export function LanguageMenu() {
  const { t, language: current } = useTranslation();
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Tooltip label={t('topbar.language')}>
          <ActionIcon aria-label={t('topbar.language')}>
            <IconLanguage size={18} />
          </ActionIcon>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown>
        {languages.map((language) => (
          <Menu.Item key={language} lang={language} leftSection={language === current ? <IconCheck size={14} /> : <span style={{ width: 14 }} />} onClick={() => void chooseLanguage(language)}>
            {languageNames[language]}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
