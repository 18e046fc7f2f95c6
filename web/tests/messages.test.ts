import { IntlMessageFormat } from 'intl-messageformat';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import en from '@/i18n/en-US';
import { formatMessage } from '@/i18n/icu';
import zh from '@/i18n/zh-CN';

type Node = ReturnType<IntlMessageFormat['getAst']>[number];

/** Names, and for choices also the kind, of everything a message asks for. */
function placeholders(message: string, language: string): string[] {
  const found = new Set<string>();
  const visit = (nodes: Node[]) => {
    for (const node of nodes) {
      if ('value' in node && node.type !== 0 && typeof node.value === 'string') found.add(node.value);
      if ('options' in node) Object.values(node.options).forEach((option) => visit(option.value));
    }
  };
  visit(new IntlMessageFormat(message, language).getAst());
  return [...found].sort();
}

function sources(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file))
    .map((file) => readFileSync(join(folder, file), 'utf8'));
}

const code = sources(join(import.meta.dirname, '../src')).join('\n');
/** Keys named in full anywhere in the code. */
const literals = new Set([...code.matchAll(/['"`]([a-zA-Z]+(?:\.[\w-]+)+)['"`]/g)].map((match) => match[1] ?? ''));
/** Keys made from a fixed beginning: `status.${word}`. */
const prefixes = [...code.matchAll(/\bt\(`([a-zA-Z.]+\.)\$\{/g)].map((match) => match[1] ?? '');
const called = [...code.matchAll(/\bt\(\s*'([^']+)'/g)].map((match) => match[1] ?? '');
/** Said the same way in both languages: names, formats, arrows. */
const alike = new Set(['app.name', 'requests.tab.json', 'export.csv', 'export.jsonl']);

describe('P21 i18n completeness', () => {
  it('has the same keys in both languages', () => {
    expect(Object.keys(zh).sort()).toEqual(Object.keys(en).sort());
  });

  it('has every key that the code uses', () => {
    const missing = [...called, ...[...literals].filter((key) => /^(hotkey|nav|overview|playground|status)\./.test(key))].filter((key) => !(key in en));
    expect([...new Set(missing)]).toEqual([]);
  });

  it('has a message for every fixed beginning', () => {
    expect(prefixes.filter((prefix) => !Object.keys(en).some((key) => key.startsWith(prefix)))).toEqual([]);
  });

  it('has no key that nothing uses', () => {
    const unused = Object.keys(en).filter((key) => !literals.has(key) && !prefixes.some((prefix) => key.startsWith(prefix)));
    expect(unused).toEqual([]);
  });

  it('asks for the same placeholders in both languages', () => {
    const different = Object.keys(en).filter((key) => placeholders(en[key] ?? '', 'en-US').join() !== placeholders(zh[key] ?? '', 'zh-CN').join());
    expect(different).toEqual([]);
  });

  it('reads every message as a complete reader of the format does', () => {
    const words = ['yes', 'no', 'cloud', 'x & <y>'];
    for (const [language, messages] of [['en-US', en], ['zh-CN', zh]] as const) {
      for (const [key, message] of Object.entries(messages)) {
        const whole = new IntlMessageFormat(message, language, undefined, { ignoreTag: true });
        for (const number of [0, 1, 2, 1234567]) {
          const counted = new Set([...message.matchAll(/\{(\w+), (?:plural|number)/g)].map((match) => match[1]));
          const values = Object.fromEntries(placeholders(message, language).map((name, index) => [name, counted.has(name) ? number : words[(index + number) % words.length]]));
          expect(formatMessage(message, values, language), key).toBe(whole.format(values));
        }
      }
    }
  });

  it('leaves nothing untranslated', () => {
    const untranslated = Object.keys(en).filter((key) => !alike.has(key) && !/\p{Script=Han}/u.test(zh[key] ?? '') && /\p{L}{2}/u.test((en[key] ?? '').replace(/\{[^}]*\}/g, '')));
    expect(untranslated).toEqual([]);
  });

  it('keeps Chinese out of English, and half-width punctuation out of Chinese sentences', () => {
    expect(Object.values(en).filter((text) => /\p{Script=Han}/u.test(text))).toEqual([]);
    expect(Object.values(zh).filter((text) => /\p{Script=Han}[,;!?]/u.test(text))).toEqual([]);
  });

  it('writes no visible text into the code', () => {
    // Text between tags, and the attributes that people read or hear.
    const texts = sources(join(import.meta.dirname, '../src')).flatMap((source) => [
      ...[...source.matchAll(/<[A-Za-z][\w.]*(?:\s[^<>]*)?>\s*([A-Z][a-z]+ [a-z][^<>{}]*)</g)].map((match) => match[1]),
      ...[...source.matchAll(/\s(?:label|placeholder|title|aria-label|description)="([^"]*[a-z]{3,} [^"]*)"/g)].map((match) => match[1]),
    ]);
    expect(texts).toEqual([]);
  });
});
