import { IconHash, IconKey, IconLanguage, IconLogout, IconMoon, IconPlus, IconSun, type Icon } from '@tabler/icons-react';
import { useTranslation } from '@/i18n/useTranslation';
import { useNavigate } from 'react-router';
import { chooseLanguage } from '@/i18n/i18n';
import { useProviders } from '@/modules/gateway/providers/useProviders';
import { useMay, useSignOut } from '@/modules/platform/session/useSession';
import { setPreferences } from '@/theme/preferences';
import { IconPlugConnected } from '@tabler/icons-react';
import { allScreens } from '../screens';

export interface PaletteEntry {
  id: string;
  name: string;
  group: string;
  icon: Icon;
  run(): void;
}

const idForm = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Everything the palette offers that fits the text. */
export function usePaletteEntries(text: string): PaletteEntry[] {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const may = useMay();
  const signOut = useSignOut();
  const { providers } = useProviders();
  const go = (to: string) => () => void navigate(to);
  const wanted = text.trim().toLowerCase();

  if (idForm.test(wanted)) {
    return [{ id: 'request', name: t('palette.openRequest', { id: wanted }), group: t('nav.requests'), icon: IconHash, run: go(`/gateway/requests/${wanted}`) }];
  }
  const screens = allScreens.filter((s) => may(s.grant)).map((s) => ({ id: s.path, name: t(s.label), group: t('palette.screen'), icon: s.icon, run: go(s.path) }));
  const admin = may('admin')
    ? [
        { id: 'new-provider', name: t('providers.add'), icon: IconPlus, run: go('/gateway/providers?new=1') },
        { id: 'new-key', name: t('keys.add'), icon: IconKey, run: go('/gateway/keys?new=1') },
      ]
    : [];
  const actions = [
    ...admin,
    { id: 'light', name: t('palette.light'), icon: IconSun, run: () => setPreferences({ scheme: 'light' }) },
    { id: 'dark', name: t('palette.dark'), icon: IconMoon, run: () => setPreferences({ scheme: 'dark' }) },
    { id: 'en', name: t('palette.english'), icon: IconLanguage, run: () => void chooseLanguage('en-US') },
    { id: 'zh', name: t('palette.chinese'), icon: IconLanguage, run: () => void chooseLanguage('zh-CN') },
    { id: 'out', name: t('topbar.signOut'), icon: IconLogout, run: () => signOut.mutate() },
  ].map((action) => ({ ...action, group: t('palette.action') }));
  const named = providers.map((p) => ({ id: p.id, name: p.name, group: t('palette.provider'), icon: IconPlugConnected, run: go(`/gateway/providers?open=${p.id}`) }));
  return [...screens, ...named, ...actions].filter((entry) => fits(entry.name, wanted)).slice(0, 40);
}

/** Every letter in order: "rql" finds "Request log". */
function fits(name: string, wanted: string): boolean {
  let at = 0;
  const text = name.toLowerCase();
  for (const letter of wanted) {
    at = text.indexOf(letter, at) + 1;
    if (at === 0) return false;
  }
  return true;
}
