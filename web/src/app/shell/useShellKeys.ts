import { useLocation, useNavigate } from 'react-router';
import { useHotkeys } from '@/hotkeys/useHotkeys';
import { useMay } from '@/modules/platform/session/useSession';
import { restore } from '../remembered';
import { allScreens } from '../screens';

/** Keys that work everywhere: the palette, the sheet, `g` + letter. */
export function useShellKeys(open: { search(): void; keys(): void }): void {
  const navigate = useNavigate();
  const { search } = useLocation();
  const may = useMay();
  useHotkeys([
    { id: 'palette', keys: 'mod+k', label: 'hotkey.palette', group: 'hotkey.group.everywhere', everywhere: true, run: open.search },
    { id: 'sheet', keys: '?', label: 'hotkey.sheet', group: 'hotkey.group.everywhere', run: open.keys },
    ...allScreens
      .filter((screen) => may(screen.grant))
      .map((screen) => ({ id: `go${screen.path}`, keys: `g ${screen.letter}`, label: screen.label, group: 'hotkey.group.go', run: () => void navigate(restore(screen.path, search)) })),
  ]);
}
