import { Button, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useTranslation } from '@/i18n/useTranslation';
import { Navigate, useSearchParams } from 'react-router';
import { Mark } from '@/app/shell/Mark';
import { LanguageMenu } from '@/app/shell/LanguageMenu';
import { CodeBlock } from '@/ui/CodeBlock';
import { ErrorView } from '@/ui/ErrorView';
import { useSession, useSignIn } from './useSession';
import classes from './SignInPage.module.css';

/** The door: name and password. The very first time the server's start-up line has a link instead. */
export default function SignInPage() {
  const { t } = useTranslation();
  const [params] = useSearchParams();
  const session = useSession();
  const signIn = useSignIn();
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  if (session.data?.signedIn) return <Navigate to={safeTarget(params.get('to'))} replace />;

  const submit = (event: FormEvent) => {
    event.preventDefault();
    signIn.mutate({ name, password });
  };
  return (
    <main className={classes.page}>
      <form className={`panel ${classes.card}`} onSubmit={submit}>
        <Stack gap="sm">
          <div className={classes.brand}>
            <Mark size={28} />
            <h1>{t('app.name')}</h1>
            <LanguageMenu />
          </div>
          {session.error && <ErrorView error={session.error} retry={() => void session.refetch()} />}
          {session.data?.firstRun && (
            <div className={classes.note}>
              <Text fw={600}>{t('signIn.firstRun.title')}</Text>
              <Text className="dim">{t('signIn.firstRun.text')}</Text>
              <CodeBlock code="dotnet run --project src/Switchyard.Server" />
            </div>
          )}
          <TextInput size="sm" label={t('signIn.name')} autoComplete="username" required withAsterisk={false} value={name} onChange={(e) => setName(e.currentTarget.value)} autoFocus />
          <PasswordInput size="sm" label={t('signIn.password')} autoComplete="current-password" required withAsterisk={false} value={password} onChange={(e) => setPassword(e.currentTarget.value)} />
          {signIn.error && <ErrorView error={signIn.error} />}
          <Button size="sm" type="submit" loading={signIn.isPending}>
            {t('signIn.submit')}
          </Button>
        </Stack>
      </form>
    </main>
  );
}

/** Only a path of this console may be gone to after signing in. */
function safeTarget(to: string | null): string {
  return to && to.startsWith('/') && !to.startsWith('//') ? to : '/';
}
