import type { Problem, ProblemField } from './types';

/** A refusal or a failure of the server, with everything it said about it. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly problem: Problem,
    readonly requestId: string | null,
  ) {
    super(problem.detail ?? problem.title ?? String(status));
    this.name = 'ApiError';
  }

  get code(): string | undefined {
    return this.problem.code;
  }

  /** What is wrong with each field, by the field's name. */
  fields(): Record<string, string> {
    const all: ProblemField[] = [...(this.problem.errors ?? [])];
    if (this.problem.field) {
      all.push({ code: this.code ?? '', field: this.problem.field, detail: this.message, cure: this.problem.cure ?? null });
    }
    const found: Record<string, string> = {};
    for (const { field, detail, cure } of all) {
      if (field && !(field in found)) found[field] = cure ? `${detail} ${cure}` : detail;
    }
    return found;
  }
}

/** The server could not be reached at all. */
export class OfflineError extends Error {
  constructor(cause: unknown) {
    super('offline', { cause });
    this.name = 'OfflineError';
  }
}
