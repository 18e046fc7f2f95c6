import { Button, Group, NumberInput, Stack, Table, Text, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconMessages } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from '@/i18n/useTranslation';
import { Link } from 'react-router';
import { useFormat } from '@/i18n/useFormat';
import { useMay } from '@/modules/platform/session/useSession';
import { ErrorView } from '@/ui/ErrorView';
import { Facts } from '@/ui/Facts';
import { Peek } from '@/ui/Peek';
import { Time } from '@/ui/Time';
import { CopyAsTabs } from '../code/CopyAs';
import { fieldErrors } from '@/api/fieldErrors';
import type { ModelRow } from './useModels';
import { usePrices, useSavePrice } from './usePrices';

const classesOfToken = ['input', 'output', 'cachedRead', 'cacheWrite'] as const;

/** A model's week, its price and price history, and the code to call it. */
export function ModelPeek({ row, onClose }: { row: ModelRow; onClose(): void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const may = useMay();
  const prices = usePrices();
  const history = (prices.data ?? []).filter((price) => price.model === row.model && (!price.provider || [row.provider.name, row.provider.kind].includes(price.provider))).sort((a, b) => b.validFrom.localeCompare(a.validFrom));
  return (
    <Peek onClose={onClose} title={<span className="clip">{row.id}</span>}>
      <Stack gap="md">
        <Group gap={8}>
          <Button variant="default" leftSection={<IconMessages size={15} />} component={Link} to={`/gateway/playground?model=${encodeURIComponent(row.id)}`}>
            {t('requests.playground')}
          </Button>
          <Button variant="default" component={Link} to={`/gateway/requests?provider=${encodeURIComponent(row.provider.name)}&model=${encodeURIComponent(row.model)}`}>
            {t('models.itsRequests')}
          </Button>
        </Group>
        <Facts
          items={[
            [t('models.requests'), format.number(row.usage?.requests ?? 0)],
            [t('models.ttft'), format.ms(row.usage?.ttftMsP50)],
            [t('requests.total'), `${format.ms(row.usage?.latencyMsP50)} / ${format.ms(row.usage?.latencyMsP95)}`],
            [t('requests.cost'), format.money(row.usage?.cost, row.usage?.currency)],
          ]}
        />
        {may('admin') && <PriceForm row={row} />}
        {history.length > 0 && (
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('models.validFrom')}</Table.Th>
                <Table.Th className="num">{t('models.input')}</Table.Th>
                <Table.Th className="num">{t('models.output')}</Table.Th>
                <Table.Th>{t('models.source')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {history.map((price) => (
                <Table.Tr key={price.id}>
                  <Table.Td><Time at={price.validFrom} /></Table.Td>
                  <Table.Td className="num">{format.money(price.input, price.currency)}</Table.Td>
                  <Table.Td className="num">{format.money(price.output, price.currency)}</Table.Td>
                  <Table.Td>{price.source}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        )}
        <CopyAsTabs call={{ model: row.id, messages: [{ role: 'user', content: 'Say hello.' }] }} />
      </Stack>
    </Peek>
  );
}

function PriceForm({ row }: { row: ModelRow }) {
  const { t } = useTranslation();
  const save = useSavePrice();
  const [values, setValues] = useState({ input: row.price?.input ?? null, output: row.price?.output ?? null, cachedRead: row.price?.cachedRead ?? null, cacheWrite: row.price?.cacheWrite ?? null });
  const [currency, setCurrency] = useState(row.price?.currency ?? 'USD');
  const fields = fieldErrors(save.error);
  const submit = () =>
    save.mutate({ provider: row.provider.name, model: row.model, currency, ...values }, { onSuccess: () => notifications.show({ message: t('models.priceSaved') }) });
  return (
    <section>
      <Text fw={600}>{t('models.setPrice')}</Text>
      <Text className="dim" mb={4}>{t('models.setPriceHint')}</Text>
      <Group gap={8} align="end" grow preventGrowOverflow={false}>
        {classesOfToken.map((name) => (
          <NumberInput key={name} label={t(`models.${name}`)} min={0} decimalScale={6} hideControls value={values[name] ?? ''} onChange={(v) => setValues({ ...values, [name]: typeof v === 'number' ? v : null })} error={fields[name]} />
        ))}
        <TextInput label={t('models.currency')} maxLength={3} value={currency} onChange={(e) => setCurrency(e.currentTarget.value.toUpperCase())} error={fields.currency} />
      </Group>
      {save.error && <ErrorView error={save.error} />}
      <Button mt={8} variant="default" loading={save.isPending} disabled={values.input === null || values.output === null} onClick={submit}>
        {t('common.save')}
      </Button>
    </section>
  );
}
