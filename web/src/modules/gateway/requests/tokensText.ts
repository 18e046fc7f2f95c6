import type { Tokens } from '@/api/types';
import type { Format } from '@/i18n/useFormat';

/** Input → output tokens; "≈" where they were estimated because the provider counted none. */
export function tokensText(format: Format, tokens: Tokens | null): string {
  if (!tokens) return '–';
  return `${tokens.estimated ? '≈ ' : ''}${format.number(tokens.input)} → ${format.number(tokens.output)}`;
}
