import { IconCircleCheck, IconCircleDashed, IconCircleX, IconLoader2 } from '@tabler/icons-react';
import { useTranslation } from '@/i18n/useTranslation';
import type { TestResult, TestStep } from '@/api/types';
import { useFormat } from '@/i18n/useFormat';
import { CodeBlock } from '@/ui/CodeBlock';
import classes from './TestSteps.module.css';

const order = ['dns', 'tls', 'auth', 'models', 'call', 'stream'];

/** A connection test step by step: how long each took, and the provider's whole message where it failed. */
export function TestSteps({ result, running }: { result: TestResult | undefined; running: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const steps: TestStep[] = running || !result ? order.map((name) => ({ name, ok: false, ms: 0, message: '', detail: null, skipped: true })) : result.steps;
  return (
    <section aria-live="polite" className={classes.steps}>
      <div className={classes.head}>
        <strong>{running ? t('test.running') : result?.ok ? t('test.passed') : t('test.failed')}</strong>
        {!running && result?.ok && <span className="dim">{t('test.summary', { ms: format.ms(result.latencyMs), models: result.models.length })}</span>}
      </div>
      <ol>
        {steps.map((step) => (
          <li key={step.name}>
            <div className={classes.step} data-state={stateOf(step, running)}>
              <StepIcon step={step} running={running} />
              <span className={classes.name}>{order.includes(step.name) ? t(`test.step.${step.name}`) : step.name}</span>
              <span className={classes.message}>{step.message}</span>
              <span className="num dim">{step.skipped ? '' : format.ms(step.ms)}</span>
            </div>
            {step.detail && (
              <div className={classes.detail}>
                <CodeBlock code={step.detail} label={t('test.detail')} />
              </div>
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}

function stateOf(step: TestStep, running: boolean): string {
  return running ? 'running' : step.skipped ? 'skipped' : step.ok ? 'ok' : 'bad';
}

function StepIcon({ step, running }: { step: TestStep; running: boolean }) {
  const { t } = useTranslation();
  const state = stateOf(step, running);
  const Icon = { running: IconLoader2, skipped: IconCircleDashed, ok: IconCircleCheck, bad: IconCircleX }[state] ?? IconCircleDashed;
  return (
    <>
      <Icon size={16} aria-hidden />
      <span className="visually-hidden">{t(`test.state.${state}`)}</span>
    </>
  );
}
