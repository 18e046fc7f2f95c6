import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from '@/i18n/useTranslation';
import { send } from '@/api/client';
import { CodeBlock } from '@/ui/CodeBlock';
import type { Operation } from './document';

const shown = 20_000;

/** Sends a reading call with the session of this browser and shows the answer as it came. Streams are left out. */
export function TryIt({ operation }: { operation: Operation }) {
  const { t } = useTranslation();
  const [path, setPath] = useState(operation.path);
  const [answer, setAnswer] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  if (Object.values(operation.responses).some((response) => response.content?.['text/event-stream'])) return null;

  const run = async () => {
    setBusy(true);
    try {
      const response = await send(path);
      const text = (await response.text()).slice(0, shown);
      setAnswer(`${response.status} ${response.statusText}\n\n${pretty(text)}`);
    } catch (error) {
      setAnswer(error instanceof Error ? error.message : String(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void run();
      }}
    >
      <div style={{ display: 'flex', gap: 8, alignItems: 'end', marginBlock: 8 }}>
        <TextInput flex={1} className="mono" label={t('reference.address')} value={path} onChange={(e) => setPath(e.currentTarget.value)} />
        <Button type="submit" variant="default" loading={busy} disabled={!path.startsWith('/')}>
          {t('reference.try')}
        </Button>
      </div>
      {answer && <CodeBlock code={answer} label={t('reference.answer')} tall />}
    </form>
  );
}

function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
