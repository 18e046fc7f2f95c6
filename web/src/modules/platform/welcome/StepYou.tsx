import { Button, Group, Loader, PasswordInput, Stack, Text } from '@mantine/core';
import { useEffect, useRef, useState, type FormEvent } from 'react';
import { useTranslation } from '@/i18n/useTranslation';
import { Link, useSearchParams } from 'react-router';
import { fieldErrors } from '@/api/fieldErrors';
import { ErrorView } from '@/ui/ErrorView';
import { useChangePassword, useSession, useSignInByLink } from '../session/useSession';
import { CodeBlock } from '@/ui/CodeBlock';

/** Comes in by the one-time link, then sets a password to come in by later. */
export function StepYou({ onDone }: { onDone?: () => void }) {
  const { t } = useTranslation();
  const [params, setParams] = useSearchParams();
  const session = useSession();
  const link = useSignInByLink();
  const token = params.get('token');
  const tried = useRef(false);
  const { mutate } = link;
  useEffect(() => {
    // A link works once: it must not be sent twice, and not stay in the address.
    if (!token || tried.current || session.data?.signedIn) return;
    tried.current = true;
    mutate(token, { onSettled: () => setParams({}, { replace: true }) });
  }, [token, mutate, setParams, session.data?.signedIn]);

  if (link.isPending) {
    return (
      <Group gap={8}>
        <Loader size="xs" />
        <Text>{t('welcome.you.checking')}</Text>
      </Group>
    );
  }
  if (session.data?.signedIn) return <SetPassword name={session.data.user?.name ?? ''} onDone={onDone} />;
  return (
    <Stack gap="sm">
      {link.error && <ErrorView error={link.error} />}
      <Text>{t('welcome.you.link')}</Text>
      <CodeBlock code="dotnet run --project src/Switchyard.Server" />
      <Link className="link" to="/sign-in">
        {t('welcome.you.signIn')}
      </Link>
    </Stack>
  );
}

function SetPassword({ name, onDone }: { name: string; onDone: (() => void) | undefined }) {
  const { t } = useTranslation();
  const change = useChangePassword();
  const [password, setPassword] = useState('');
  const fields = fieldErrors(change.error);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    change.mutate({ new: password }, { onSuccess: () => onDone?.() });
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <Text fw={600}>{t('welcome.you.hello', { name })}</Text>
        <Text className="dim">{t('welcome.you.password')}</Text>
        <input type="hidden" autoComplete="username" value={name} readOnly />
        <PasswordInput size="sm" maw={360} label={t('settings.newPassword')} autoComplete="new-password" value={password} onChange={(e) => setPassword(e.currentTarget.value)} error={fields.new} data-autofocus />
        {change.error && <ErrorView error={change.error} />}
        <Group gap={8}>
          <Button type="submit" disabled={!password} loading={change.isPending}>
            {t('welcome.next')}
          </Button>
          <Button variant="subtle" onClick={onDone}>
            {t('welcome.later')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
