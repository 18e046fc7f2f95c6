import { Alert, Button, Group, Stack, Tabs, Text } from '@mantine/core';
import { IconCode, IconColumns2, IconInfoCircle, IconMessages, IconRepeat } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useTranslation } from '@/i18n/useTranslation';
import { Link } from 'react-router';
import type { RequestDetail } from '@/api/types';
import { useUrlParam } from '@/app/useUrlParam';
import { useFormat } from '@/i18n/useFormat';
import { CodeBlock } from '@/ui/CodeBlock';
import { Facts } from '@/ui/Facts';
import { Time } from '@/ui/Time';
import { CopyAs } from '../code/CopyAs';
import { keptCall } from '../playground/keptCalls';
import { Money } from './Money';
import { Timeline } from './Timeline';
import { tokensText } from './tokensText';

/** Reasons that have words of their own. */
const reasons = ['explicit', 'default'];
const tabs = ['timeline', 'messages', 'money', 'route', 'json'] as const;

/** A request that explains itself: what happened when, what it cost and why, where it went and why. */
export function RequestView({ request }: { request: RequestDetail }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [tab, setTab] = useUrlParam('tab');
  const [copying, setCopying] = useState(false);
  const model = request.provider && request.model ? `${request.provider}/${request.model}` : (request.model ?? 'balanced');
  const kept = useMemo(() => keptCall(request.requestId), [request.requestId]);
  const playground = `/gateway/playground?model=${encodeURIComponent(model)}${kept ? `&replay=${encodeURIComponent(request.requestId)}` : ''}`;
  return (
    <Stack gap="sm">
      <Group gap="8px 16px">
        <Lead name={t('requests.total')} value={format.ms(request.totalMs)} />
        <Lead name={t('requests.ttft')} value={format.ms(request.ttftMs)} />
        <Lead name={t('requests.tokens')} value={tokensText(format, request.tokens)} />
        <Lead name={t('requests.cost')} value={request.cost === null ? t('requests.noPrice') : format.money(request.cost, request.currency)} />
        <Lead name={t('requests.attempts')} value={format.number(request.attempts)} />
      </Group>
      <Group gap={8}>
        <Button variant="default" leftSection={<IconCode size={15} />} onClick={() => setCopying(true)}>
          {t('copyAs.button')}
        </Button>
        <Button variant="default" leftSection={kept ? <IconRepeat size={15} /> : <IconMessages size={15} />} component={Link} to={playground}>
          {kept ? t('requests.replay') : t('requests.playground')}
        </Button>
        <Button variant="default" leftSection={<IconColumns2 size={15} />} component={Link} to={`${playground}&compare=1`}>
          {t('requests.compare')}
        </Button>
      </Group>
      <Tabs value={tab ?? 'timeline'} onChange={(value) => setTab(value === 'timeline' ? null : value)}>
        <Tabs.List mb={12}>
          {tabs.map((name) => (
            <Tabs.Tab key={name} value={name}>
              {t(`requests.tab.${name}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="timeline">
          <Timeline request={request} />
        </Tabs.Panel>
        <Tabs.Panel value="messages">
          <Stack gap="sm">
            {kept?.messages.map((message, index) => (
              <section key={index}>
                <Text fw={600} mb={4}>{t(`requests.role.${message.role}`)}</Text>
                <CodeBlock code={message.content} />
              </section>
            ))}
            <Alert icon={<IconInfoCircle size={16} />} title={t('requests.bodies.title')} color="gray">
              <Text>{t(kept ? 'requests.bodies.kept' : 'requests.bodies.text')}</Text>
            </Alert>
          </Stack>
        </Tabs.Panel>
        <Tabs.Panel value="money">
          <Money request={request} />
        </Tabs.Panel>
        <Tabs.Panel value="route">
          <Facts
            items={[
              [t('requests.endpoint'), <span key="e" className="mono">{request.endpoint}</span>],
              [t('requests.dialect'), request.dialect],
              [t('requests.asked'), request.asked ?? '–'],
              [t('requests.route'), request.route ?? '–'],
              [t('requests.task'), request.taskType ?? '–'],
              [t('requests.feature'), request.feature ?? '–'],
              [t('requests.provider'), request.provider ?? '–'],
              [t('requests.model'), request.model ?? '–'],
              [t('requests.reason'), request.reason ? reasons.includes(request.reason) ? t(`reason.${request.reason}`) : request.reason : '–'],
              [t('requests.cache'), request.cache ?? '–'],
              [t('requests.stop'), request.stopReason ?? '–'],
              [t('requests.error'), request.errorClass ?? '–'],
              [t('requests.key'), request.key?.name ?? '–'],
              [t('requests.user'), request.user ?? '–'],
              [t('requests.at'), <Time key="a" at={request.at} />],
            ]}
          />
        </Tabs.Panel>
        <Tabs.Panel value="json">
          <CodeBlock code={JSON.stringify(request, null, 2)} tall />
        </Tabs.Panel>
      </Tabs>
      {copying && <CopyAs call={kept ?? { model, messages: [{ role: 'user', content: '…' }], stream: request.stream }} onClose={() => setCopying(false)} />}
    </Stack>
  );
}

function Lead({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <div className="dim" style={{ fontSize: 12 }}>{name}</div>
      <div style={{ fontSize: 15, fontWeight: 600 }}>{value}</div>
    </div>
  );
}
