import { IconActivity, IconAdjustments, IconApi, IconCoin, IconFlag, IconHistory, IconKey, IconLayoutDashboard, IconListDetails, IconMessages, IconPlugConnected, IconServer, IconUsers, type Icon } from '@tabler/icons-react';
import type { Role } from '@/api/types';

/** One entry of the navigation. Sections that do not exist yet are absent, not dead links. */
export interface Screen {
  path: string;
  /** Message key of its name. */
  label: string;
  icon: Icon;
  /** Second letter of `g` + letter. */
  letter: string;
  grant: Role;
}

export interface ScreenGroup {
  label: string | null;
  screens: Screen[];
}

export const screenGroups: ScreenGroup[] = [
  { label: null, screens: [{ path: '/', label: 'nav.overview', icon: IconLayoutDashboard, letter: 'o', grant: 'viewer' }] },
  {
    label: 'nav.gateway',
    screens: [
      { path: '/gateway/providers', label: 'nav.providers', icon: IconPlugConnected, letter: 'p', grant: 'viewer' },
      { path: '/gateway/models', label: 'nav.models', icon: IconCoin, letter: 'm', grant: 'viewer' },
      { path: '/gateway/keys', label: 'nav.keys', icon: IconKey, letter: 'k', grant: 'admin' },
      { path: '/gateway/requests', label: 'nav.requests', icon: IconListDetails, letter: 'r', grant: 'viewer' },
      { path: '/gateway/playground', label: 'nav.playground', icon: IconMessages, letter: 'y', grant: 'viewer' },
    ],
  },
  {
    label: 'nav.admin',
    screens: [
      { path: '/admin/flags', label: 'nav.flags', icon: IconFlag, letter: 'f', grant: 'admin' },
      { path: '/admin/audit', label: 'nav.audit', icon: IconHistory, letter: 'a', grant: 'admin' },
      { path: '/admin/users', label: 'nav.users', icon: IconUsers, letter: 'u', grant: 'admin' },
      { path: '/admin/jobs', label: 'nav.jobs', icon: IconActivity, letter: 'j', grant: 'viewer' },
      { path: '/admin/system', label: 'nav.system', icon: IconServer, letter: 's', grant: 'admin' },
      { path: '/docs', label: 'nav.reference', icon: IconApi, letter: 'd', grant: 'viewer' },
      { path: '/settings', label: 'nav.settings', icon: IconAdjustments, letter: ',', grant: 'viewer' },
    ],
  },
];

export const allScreens = screenGroups.flatMap((group) => group.screens);
