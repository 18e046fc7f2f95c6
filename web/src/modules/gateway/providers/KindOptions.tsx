import { Select, TextInput } from '@mantine/core';
import { useTranslation } from '@/i18n/useTranslation';
import type { KindOption } from '@/api/types';

interface Props {
  options: readonly KindOption[];
  values: Record<string, string>;
  errors: Record<string, string>;
  onChange(values: Record<string, string>): void;
}

/** The settings that only this kind of provider has, drawn from its schema. */
export function KindOptions({ options, values, errors, onChange }: Props) {
  const { t } = useTranslation();
  return options.map((option) => {
    const shared = {
      label: <span className="mono">{option.name}</span>,
      withAsterisk: option.required,
      error: errors[`options.${option.name}`] ?? problemOf(option, values[option.name] ?? '') ? (errors[`options.${option.name}`] ?? t('providers.optionForm', { pattern: option.pattern ?? '' })) : undefined,
    };
    const set = (value: string) => onChange({ ...values, [option.name]: value });
    return option.choices.length > 0 ? (
      <Select key={option.name} {...shared} data={option.choices} value={values[option.name] ?? null} onChange={(value) => value !== null && set(value)} />
    ) : (
      <TextInput key={option.name} {...shared} value={values[option.name] ?? ''} onChange={(e) => set(e.currentTarget.value)} placeholder={option.default ?? ''} />
    );
  });
}

function problemOf(option: KindOption, value: string): boolean {
  if (value === '' || !option.pattern) return false;
  try {
    return !new RegExp(option.pattern).test(value);
  } catch {
    return false;
  }
}
