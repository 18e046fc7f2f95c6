import { closestCenter, DndContext, KeyboardSensor, PointerSensor, useSensor, useSensors, type DragEndEvent } from '@dnd-kit/core';
import { arrayMove, SortableContext, sortableKeyboardCoordinates, useSortable, verticalListSortingStrategy } from '@dnd-kit/sortable';
import { CSS } from '@dnd-kit/utilities';
import { ActionIcon, Button, Menu, Text } from '@mantine/core';
import { IconGripVertical, IconPlus, IconX } from '@tabler/icons-react';
import { useTranslation } from '@/i18n/useTranslation';
import type { Provider } from '@/api/types';
import { ErrorView } from '@/ui/ErrorView';
import { StatusMark } from '@/ui/StatusMark';
import { statusOf, useFallbackOrder, useProviderActions } from './useProviders';
import classes from './FallbackOrder.module.css';

/** Who answers when the active provider cannot; by dragging, or by Alt with the arrows. */
export function FallbackOrder({ providers }: { providers: Provider[] }) {
  const { t } = useTranslation();
  const { order } = useProviderActions();
  const ordered = useFallbackOrder(providers);
  const others = providers.filter((provider) => provider.fallbackPosition === null && !provider.active);
  const sensors = useSensors(useSensor(PointerSensor, { activationConstraint: { distance: 4 } }), useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates }));
  const ids = ordered.map((provider) => provider.id);

  const move = (id: string, to: number) => {
    const from = ids.indexOf(id);
    if (to >= 0 && to < ids.length && from !== to) order.mutate(arrayMove(ids, from, to));
  };
  const onDragEnd = ({ active, over }: DragEndEvent) => {
    if (over) move(String(active.id), ids.indexOf(String(over.id)));
  };
  return (
    <section className={`panel ${classes.panel}`} aria-label={t('fallback.title')}>
      <header className={classes.head}>
        <h2>{t('fallback.title')}</h2>
        <Text className="dim">{t('fallback.text')}</Text>
        {others.length > 0 && (
          <Menu position="bottom-end">
            <Menu.Target>
              <Button variant="subtle" leftSection={<IconPlus size={14} />}>{t('fallback.add')}</Button>
            </Menu.Target>
            <Menu.Dropdown>
              {others.map((provider) => (
                <Menu.Item key={provider.id} onClick={() => order.mutate([...ids, provider.id])}>{provider.name}</Menu.Item>
              ))}
            </Menu.Dropdown>
          </Menu>
        )}
      </header>
      {order.error && <ErrorView error={order.error} />}
      {ordered.length === 0 && <Text className="dim">{t('fallback.none')}</Text>}
      <DndContext
        sensors={sensors}
        collisionDetection={closestCenter}
        onDragEnd={onDragEnd}
        accessibility={{
          screenReaderInstructions: { draggable: t('fallback.instructions') },
          announcements: {
            onDragStart: ({ active }) => t('fallback.lifted', { name: nameOf(ordered, active.id) }),
            onDragOver: ({ over }) => (over ? t('fallback.over', { position: ids.indexOf(String(over.id)) + 1 }) : undefined),
            onDragEnd: ({ active, over }) => t('fallback.dropped', { name: nameOf(ordered, active.id), position: over ? ids.indexOf(String(over.id)) + 1 : 0 }),
            onDragCancel: () => t('fallback.cancelled'),
          },
        }}
      >
        <SortableContext items={ids} strategy={verticalListSortingStrategy}>
          <ol className={classes.list}>
            {ordered.map((provider, index) => (
              <Entry
                key={provider.id}
                provider={provider}
                position={index + 1}
                onMove={(step) => move(provider.id, index + step)}
                onRemove={ids.length > 1 ? () => order.mutate(ids.filter((id) => id !== provider.id)) : undefined}
              />
            ))}
          </ol>
        </SortableContext>
      </DndContext>
    </section>
  );
}

function nameOf(providers: Provider[], id: string | number): string {
  return providers.find((provider) => provider.id === id)?.name ?? String(id);
}

function Entry({ provider, position, onMove, onRemove }: { provider: Provider; position: number; onMove(step: number): void; onRemove: (() => void) | undefined }) {
  const { t } = useTranslation();
  const { attributes, listeners, setNodeRef, transform, transition, isDragging } = useSortable({ id: provider.id });
  return (
    <li ref={setNodeRef} className={classes.entry} data-dragging={isDragging || undefined} style={{ transform: CSS.Translate.toString(transform), transition }}>
      <ActionIcon
        {...attributes}
        {...listeners}
        aria-label={t('fallback.move', { name: provider.name })}
        className={classes.handle}
        onKeyDown={(event) => {
          if (event.altKey && (event.key === 'ArrowUp' || event.key === 'ArrowDown')) {
            event.preventDefault();
            onMove(event.key === 'ArrowUp' ? -1 : 1);
          } else listeners?.onKeyDown?.(event);
        }}
      >
        <IconGripVertical size={15} />
      </ActionIcon>
      <span className="num dim">{position}</span>
      <span className={classes.name}>{provider.name}</span>
      <StatusMark status={statusOf(provider)} />
      {onRemove && (
        <ActionIcon aria-label={t('fallback.remove', { name: provider.name })} onClick={onRemove}>
          <IconX size={14} />
        </ActionIcon>
      )}
    </li>
  );
}
