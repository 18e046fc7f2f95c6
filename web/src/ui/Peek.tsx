import { ActionIcon, Tooltip } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useRef, useState, type ReactNode } from 'react';
import { useTranslation } from '@/i18n/useTranslation';
import { useHotkeys } from '@/hotkeys/useHotkeys';
import classes from './Peek.module.css';

interface Props {
  title: ReactNode;
  actions?: ReactNode;
  onClose(): void;
  children: ReactNode;
}

const widthKey = 'switchyard.peek-width';

/** The panel beside a list that shows the open row; its left edge can be dragged. */
export function Peek({ title, actions, onClose, children }: Props) {
  const { t } = useTranslation();
  const [width, setWidth] = useState(() => Number(localStorage.getItem(widthKey)) || 480);
  const start = useRef<{ x: number; width: number } | null>(null);
  useHotkeys([{ id: 'peek.close', keys: 'Escape', label: 'hotkey.close', group: 'hotkey.group.list', run: onClose }]);

  const resize = (to: number) => {
    const next = Math.round(Math.min(Math.max(to, 320), window.innerWidth * 0.7));
    setWidth(next);
    localStorage.setItem(widthKey, String(next));
  };
  return (
    <aside className={classes.peek} style={{ '--peek-width': `${width}px` } as React.CSSProperties}>
      <div
        className={classes.edge}
        role="separator"
        aria-orientation="vertical"
        aria-label={t('common.resize')}
        aria-valuenow={width}
        aria-valuemin={320}
        aria-valuemax={1200}
        tabIndex={0}
        onPointerDown={(e) => {
          start.current = { x: e.clientX, width };
          e.currentTarget.setPointerCapture(e.pointerId);
        }}
        onPointerMove={(e) => start.current && resize(start.current.width + start.current.x - e.clientX)}
        onPointerUp={() => (start.current = null)}
        onKeyDown={(e) => {
          if (e.key === 'ArrowLeft') resize(width + 32);
          if (e.key === 'ArrowRight') resize(width - 32);
        }}
      />
      <header className={classes.head}>
        <div className={classes.title}>{title}</div>
        {actions}
        <Tooltip label={t('common.close')}>
          <ActionIcon aria-label={t('common.close')} onClick={onClose}>
            <IconX size={16} />
          </ActionIcon>
        </Tooltip>
      </header>
      <div className={classes.body}>{children}</div>
    </aside>
  );
}
