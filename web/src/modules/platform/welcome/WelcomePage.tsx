import { Button, Skeleton, Stepper } from '@mantine/core';
import { useTranslation } from '@/i18n/useTranslation';
import { Link } from 'react-router';
import { LanguageMenu } from '@/app/shell/LanguageMenu';
import { Mark } from '@/app/shell/Mark';
import { ThemeButton } from '@/app/shell/ThemeButton';
import { HotkeyProvider } from '@/hotkeys/HotkeyProvider';
import { LiveProvider } from '@/live/LiveProvider';
import { ErrorView } from '@/ui/ErrorView';
import { StepCall } from './StepCall';
import { StepKey } from './StepKey';
import { StepProvider } from './StepProvider';
import { StepYou } from './StepYou';
import { steps, useWelcome } from './useWelcome';
import classes from './WelcomePage.module.css';

/** The first run: it ends in a call that has been seen, not in "done". */
export default function WelcomePage() {
  const { t } = useTranslation();
  const welcome = useWelcome();
  const at = steps.indexOf(welcome.step);
  const signedIn = welcome.session.data?.signedIn ?? false;
  return (
    <main className={classes.page}>
      <header className={classes.head}>
        <Mark size={28} />
        <h1>{t('welcome.title')}</h1>
        <LanguageMenu />
        <ThemeButton />
        {signedIn && (
          <Button component={Link} to="/" variant="default">
            {t('welcome.skip')}
          </Button>
        )}
      </header>
      <div className={`panel ${classes.card}`}>
        <Stepper active={at} size="xs" iconSize={28} onStepClick={(index) => signedIn && index > 0 && welcome.go(steps[index] ?? 'provider')} className={classes.steps}>
          {steps.map((step) => (
            <Stepper.Step key={step} label={t(`welcome.step.${step}`)} allowStepSelect={signedIn && step !== 'you'} />
          ))}
        </Stepper>
        {welcome.loading ? (
          <Skeleton height={240} />
        ) : !signedIn ? (
          <StepYou />
        ) : (
          <LiveProvider>
            <HotkeyProvider>
              {welcome.step === 'you' && <StepYou onDone={() => welcome.go('provider')} />}
              {welcome.query.error && <ErrorView error={welcome.query.error} retry={() => void welcome.query.refetch()} />}
              {welcome.step === 'provider' && <StepProvider providers={welcome.providers} usable={welcome.usable} onDone={() => welcome.go('key')} />}
              {welcome.step === 'key' && (
                <StepKey
                  created={welcome.key}
                  onCreated={welcome.setKey}
                  onDone={() => welcome.go('call')}
                />
              )}
              {welcome.step === 'call' && <StepCall created={welcome.key} usable={welcome.usable} />}
            </HotkeyProvider>
          </LiveProvider>
        )}
      </div>
    </main>
  );
}
