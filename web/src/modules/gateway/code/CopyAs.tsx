import { Modal, Tabs } from '@mantine/core';
import { useTranslation } from '@/i18n/useTranslation';
import { CodeBlock } from '@/ui/CodeBlock';
import { snippet, snippetLanguages, snippetNames, type ChatCall } from './snippets';

/** A call as code in four languages, to be taken along. */
export function CopyAs({ call, onClose }: { call: ChatCall; onClose(): void }) {
  const { t } = useTranslation();
  return (
    <Modal opened onClose={onClose} size={720} title={t('copyAs.title')} closeButtonProps={{ 'aria-label': t('common.close') }}>
      <CopyAsTabs call={call} />
    </Modal>
  );
}

export function CopyAsTabs({ call }: { call: ChatCall }) {
  return (
    <Tabs defaultValue="curl">
      <Tabs.List mb={8}>
        {snippetLanguages.map((language) => (
          <Tabs.Tab key={language} value={language}>
            {snippetNames[language]}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {snippetLanguages.map((language) => (
        <Tabs.Panel key={language} value={language}>
          <CodeBlock code={snippet(language, call)} label={snippetNames[language]} />
        </Tabs.Panel>
      ))}
    </Tabs>
  );
}
