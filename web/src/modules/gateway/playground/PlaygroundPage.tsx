import { Button, NumberInput, Switch, Textarea } from '@mantine/core';
import { IconCode, IconColumnInsertRight, IconPlayerPlay } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from '@/i18n/useTranslation';
import { Keys } from '@/app/shell/Keys';
import { useHotkeys } from '@/hotkeys/useHotkeys';
import { PageHead } from '@/ui/PageHead';
import { CopyAs } from '../code/CopyAs';
import { addPane, callOf, mostPanes } from './panes';
import { Pane } from './Pane';
import { usePlayground } from './usePlayground';
import classes from './PlaygroundPage.module.css';

/** One prompt, up to four models side by side. */
export default function PlaygroundPage() {
  const { t } = useTranslation();
  const { setup, set, setSetup, models, preset, settled } = usePlayground();
  const [ran, setRan] = useState(0);
  const [wanted, setWanted] = useState(false);
  const [copying, setCopying] = useState(false);
  const ready = setup.prompt.trim() !== '';
  const runAll = () => setWanted(ready);
  useEffect(() => {
    if (!wanted || !settled) return;
    setWanted(false);
    setRan((count) => count + 1);
  }, [wanted, settled]);
  useHotkeys([{ id: 'playground.run', keys: 'mod+Enter', label: 'playground.runAll', group: 'nav.playground', everywhere: true, run: runAll }]);
  return (
    <div className={`page ${classes.page}`}>
      <PageHead title={t('nav.playground')}>
        <Button variant="default" leftSection={<IconCode size={15} />} onClick={() => setCopying(true)}>
          {t('copyAs.button')}
        </Button>
        <Button variant="default" leftSection={<IconColumnInsertRight size={15} />} disabled={setup.panes.length >= mostPanes} onClick={() => setSetup(addPane)}>
          {t('playground.addPane')}
        </Button>
        <Button leftSection={<IconPlayerPlay size={15} />} disabled={!ready} onClick={runAll} rightSection={<span className="wide-only"><Keys keys="mod+Enter" /></span>}>
          {t('playground.runAll')}
        </Button>
      </PageHead>
      <section className={`panel ${classes.prompt}`}>
        <Textarea label={t('playground.system')} autosize minRows={6} maxRows={12} value={setup.system} onChange={(e) => set({ system: e.currentTarget.value })} placeholder={t('playground.systemHint')} />
        <Textarea label={t('playground.prompt')} autosize minRows={6} maxRows={16} value={setup.prompt} onChange={(e) => set({ prompt: e.currentTarget.value })} placeholder={t('playground.promptHint')} />
        <div className={classes.parameters}>
          <NumberInput label={t('playground.temperature')} min={0} max={2} step={0.1} value={setup.temperature} onChange={(v) => set({ temperature: typeof v === 'number' ? v : '' })} placeholder={t('playground.default')} />
          <NumberInput label={t('playground.maxTokens')} min={1} step={100} value={setup.maxTokens} onChange={(v) => set({ maxTokens: typeof v === 'number' ? v : '' })} placeholder={t('playground.default')} />
          <Switch label={t('playground.stream')} checked={setup.stream} onChange={(e) => set({ stream: e.currentTarget.checked })} mt={4} />
        </div>
      </section>
      <div className={classes.panes}>
        {setup.panes.map((pane) => (
          <Pane
            key={pane.id}
            model={pane.model || preset}
            models={models}
            call={callOf(setup, pane.model || preset)}
            runCount={ran}
            onModel={(model) => set({ panes: setup.panes.map((other) => (other.id === pane.id ? { ...other, model } : other)) })}
            onRemove={setup.panes.length > 1 ? () => set({ panes: setup.panes.filter((other) => other.id !== pane.id) }) : undefined}
          />
        ))}
      </div>
      {copying && <CopyAs call={callOf(setup, setup.panes[0]?.model || preset)} onClose={() => setCopying(false)} />}
    </div>
  );
}
