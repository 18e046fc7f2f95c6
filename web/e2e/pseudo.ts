import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(import.meta.dirname, '../src/i18n/messages/en-US');
const accented: Record<string, string> = Object.fromEntries([...'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'].map((letter, index) => [letter, [...'áƀčďéƒǧȟíǰǩľɱñóƥʠřšťúṽŵẋýžÁƁČĎÉƑǦȞÍǰǨĽṀÑÓƤɊŘŠŤÚṼŴẊÝŽ'][index] ?? letter]));

/** Every message as a language would have it that needs four tenths more room and uses no plain letter. */
export function pseudoMessages(): Record<string, string> {
  const messages = Object.assign({}, ...readdirSync(folder).map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as Record<string, string>)) as Record<string, string>;
  return Object.fromEntries(Object.entries(messages).map(([key, message]) => [key, pseudo(message)]));
}

/** What stands inside one pair of braces is an argument, inside two it is text again. */
export function pseudo(message: string): string {
  let depth = 0;
  let letters = 0;
  let text = '';
  for (const char of message) {
    if (char === '{') depth++;
    else if (char === '}') depth--;
    const plain = depth % 2 === 0 && accented[char] !== undefined;
    if (plain) letters++;
    text += plain ? accented[char] : char;
  }
  return letters === 0 ? message : `[${text}${' ~~~~'.repeat(Math.ceil((letters * 0.4) / 5))}]`;
}
