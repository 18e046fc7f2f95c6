import { Stack, Text } from '@mantine/core';
import type { Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { CodeBlock } from './CodeBlock';

interface Props {
  icon: Icon;
  title: string;
  text: string;
  action?: ReactNode;
  /** A command that would fill this place. */
  code?: string;
}

/** Says what belongs here and how to get it. */
export function EmptyState({ icon: Icon, title, text, action, code }: Props) {
  return (
    <Stack align="center" gap={8} py={48} px={16} ta="center" maw={640} mx="auto">
      <Icon size={28} stroke={1.5} aria-hidden color="var(--sy-dim)" />
      <Text fw={600} size="md">
        {title}
      </Text>
      <Text className="dim" maw={480}>
        {text}
      </Text>
      {action}
      {code && (
        <div style={{ alignSelf: 'stretch', textAlign: 'left', marginTop: 8 }}>
          <CodeBlock code={code} />
        </div>
      )}
    </Stack>
  );
}
