import { Table, Text } from '@mantine/core';
import { useTranslation } from '@/i18n/useTranslation';
import type { Price, RequestDetail, Tokens } from '@/api/types';
import { useFormat } from '@/i18n/useFormat';
import { usePrices } from '../models/usePrices';
import { useProviders } from '../providers/useProviders';

const noTokens: Tokens = { input: 0, output: 0, cachedRead: 0, cacheWrite: 0, reasoning: 0, estimated: false };

interface Line {
  name: string;
  tokens: number;
  price: number | null;
}

/** Tokens by class × price = cost, with the price version that was valid. */
export function Money({ request }: { request: RequestDetail }) {
  const { t } = useTranslation();
  const format = useFormat();
  const prices = usePrices();
  const { providers } = useProviders();
  const price = priceFor(request, prices.data ?? [], providers.find((provider) => provider.name === request.provider)?.kind);
  const tokens = request.tokens ?? noTokens;
  const currency = request.currency ?? price?.currency;
  const lines: Line[] = [
    { name: t('requests.tokensIn'), tokens: tokens.input, price: price?.input ?? null },
    { name: t('requests.tokensCached'), tokens: tokens.cachedRead, price: price?.cachedRead ?? null },
    { name: t('requests.cacheWrite'), tokens: tokens.cacheWrite, price: price?.cacheWrite ?? null },
    { name: t('requests.tokensOut'), tokens: tokens.output, price: price?.output ?? null },
  ];
  return (
    <>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('money.class')}</Table.Th>
            <Table.Th className="num">{t('requests.tokens')}</Table.Th>
            <Table.Th className="num">{t('money.perMillion')}</Table.Th>
            <Table.Th className="num">{t('requests.cost')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {lines.map((line) => (
            <Table.Tr key={line.name}>
              <Table.Td>{line.name}</Table.Td>
              <Table.Td className="num">{format.number(line.tokens)}</Table.Td>
              <Table.Td className="num">{format.money(line.price, currency)}</Table.Td>
              <Table.Td className="num">{line.price === null ? '–' : format.money((line.tokens * line.price) / 1e6, currency)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
        <Table.Tfoot>
          <Table.Tr>
            <Table.Th colSpan={3}>{t('money.charged')}</Table.Th>
            <Table.Th className="num">{request.cost === null ? t('requests.noPrice') : format.money(request.cost, currency)}</Table.Th>
          </Table.Tr>
        </Table.Tfoot>
      </Table>
      <Text className="dim" mt={8}>
        {request.cost === null ? t('requests.unpriced') : t('money.version', { version: request.priceVersion ?? '–' })}
      </Text>
      {tokens.estimated && <Text className="dim">{t('money.estimated')}</Text>}
      {tokens.reasoning > 0 && <Text className="dim">{t('money.reasoning', { tokens: format.number(tokens.reasoning) })}</Text>}
    </>
  );
}

/** The price that was valid: the named version, else the newest that had begun by then. */
function priceFor(request: RequestDetail, prices: readonly Price[], kindOf: string | undefined): Price | undefined {
  return (
    prices.find((price) => price.id === request.priceVersion) ??
    prices
      .filter((price) => price.model === request.model && (kindOf === undefined || price.provider === kindOf || price.provider === request.provider) && price.validFrom <= request.at)
      .sort((a, b) => b.validFrom.localeCompare(a.validFrom))[0]
  );
}
