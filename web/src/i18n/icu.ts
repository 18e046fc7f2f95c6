/**
 * Reads the part of ICU's message format that our messages use: `{name}`, `{n, number}`, `plural` with exact
 * cases and `#`, `select`. A tenth of what a complete reader weighs on the first page; a test holds every
 * message to the same result as the complete one.
 */
export type Values = Record<string, unknown>;
type Part = string | Argument;

interface Argument {
  name: string;
  kind: 'text' | 'number' | 'plural' | 'select' | 'pound';
  cases: Record<string, Part[]>;
}

const read = new Map<string, Part[]>();
const numbers = new Map<string, Intl.NumberFormat>();
const plurals = new Map<string, Intl.PluralRules>();

export function formatMessage(message: string, values: Values, language: string): string {
  let parts = read.get(message);
  if (!parts) read.set(message, (parts = new Reader(message).parts(null)));
  return write(parts, values, language);
}

function write(parts: Part[], values: Values, language: string): string {
  return parts.map((part) => (typeof part === 'string' ? part : writeArgument(part, values, language))).join('');
}

function writeArgument({ name, kind, cases }: Argument, values: Values, language: string): string {
  const value = values[name];
  if (kind === 'text') return value == null ? '' : String(value);
  if (kind === 'number' || kind === 'pound') return kept(numbers, language, () => new Intl.NumberFormat(language)).format(Number(value));
  const chosen =
    kind === 'select' ? cases[String(value)] : (cases[`=${String(value)}`] ?? cases[kept(plurals, language, () => new Intl.PluralRules(language)).select(Number(value))]);
  return write(chosen ?? cases.other ?? [], values, language);
}

function kept<T>(cache: Map<string, T>, key: string, make: () => T): T {
  const found = cache.get(key) ?? make();
  cache.set(key, found);
  return found;
}

class Reader {
  private at = 0;
  constructor(private readonly text: string) {}

  /** Up to the brace that closes this level; `counted` names the number that `#` stands for. */
  parts(counted: string | null): Part[] {
    const parts: Part[] = [];
    let plain = '';
    const flush = () => {
      if (plain) parts.push(plain);
      plain = '';
    };
    for (; this.at < this.text.length && this.text[this.at] !== '}'; this.at++) {
      const char = this.text[this.at] ?? '';
      if (char === '#' && counted) {
        flush();
        parts.push({ name: counted, kind: 'pound', cases: {} });
      } else if (char === '{') {
        flush();
        parts.push(this.argument());
      } else plain += char;
    }
    flush();
    return parts;
  }

  private argument(): Argument {
    this.at++;
    const name = this.until(/[,}]/);
    if (this.text[this.at] === '}') return { name, kind: 'text', cases: {} };
    this.at++;
    const kind = this.until(/[,}]/) as Argument['kind'];
    const cases: Record<string, Part[]> = {};
    // Stands on the comma before the first case, then on the brace that closed the last one.
    while (kind !== 'number' && this.at < this.text.length) {
      this.at++;
      const word = this.until(/[{}]/);
      if (this.text[this.at] !== '{') break;
      this.at++;
      cases[word] = this.parts(kind === 'plural' ? name : null);
    }
    return { name, kind, cases };
  }

  private until(end: RegExp): string {
    const start = this.at;
    while (this.at < this.text.length && !end.test(this.text[this.at] ?? '')) this.at++;
    return this.text.slice(start, this.at).trim();
  }
}
