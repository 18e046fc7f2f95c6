import { ActionIcon, Button, Popover, Stack, Text, TextInput, Tooltip } from '@mantine/core';
import { IconBookmark, IconX } from '@tabler/icons-react';
import { useState, type FormEvent } from 'react';
import { Link, useLocation } from 'react-router';
import { useTranslation } from '@/i18n/useTranslation';
import { useSavedViews, viewOf } from './views';
import classes from './SavedViews.module.css';

/** The list as it is now, under a name; and those that were kept before. */
export function SavedViews({ id, shown }: { id: string; shown: readonly string[] }) {
  const { t } = useTranslation();
  const { pathname, search } = useLocation();
  const { views, save, remove } = useSavedViews(id);
  const [opened, setOpened] = useState(false);
  const [name, setName] = useState('');
  const now = viewOf(search);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    // With its columns in any case: a view must not change when the usual ones do.
    const params = new URLSearchParams(search);
    params.set('columns', shown.join());
    save(name.trim(), params.toString());
    setName('');
    setOpened(false);
  };
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-end" width={280} trapFocus>
      <Popover.Target>
        <Tooltip label={t('table.views')}>
          <ActionIcon aria-label={t('table.views')} onClick={() => setOpened((before) => !before)}>
            <IconBookmark size={16} />
          </ActionIcon>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap={8}>
          {views.length === 0 && <Text className="dim">{t('table.noViews')}</Text>}
          {views.length > 0 && (
            <ul className={classes.list}>
              {views.map((view) => (
                <li key={view.name} data-current={view.search === now || undefined}>
                  <Link className={classes.view} to={`${pathname}?${view.search}`} onClick={() => setOpened(false)}>
                    {view.name}
                  </Link>
                  <ActionIcon aria-label={t('table.removeView', { name: view.name })} onClick={() => remove(view.name)}>
                    <IconX size={14} />
                  </ActionIcon>
                </li>
              ))}
            </ul>
          )}
          <form onSubmit={submit} className={classes.form}>
            <TextInput flex={1} aria-label={t('table.viewName')} placeholder={t('table.viewName')} value={name} onChange={(e) => setName(e.currentTarget.value)} maxLength={60} />
            <Button type="submit" disabled={name.trim() === ''}>
              {t('common.save')}
            </Button>
          </form>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
