export type VersionedRecord = { id: string; version: number } & Record<string, unknown>

type ProblemBody = {
  code?: string
  title?: string
  detail?: string
  field?: string
  errors?: { field?: string; detail?: string }[]
  current?: VersionedRecord
}

/** The server's refusal: a stable code, and a sentence that says what to do. */
export class Problem extends Error {
  readonly status: number
  readonly code: string
  readonly field: string | undefined
  readonly fields: Record<string, string>
  readonly current: VersionedRecord | undefined
  readonly retryAfter: number | undefined

  constructor(status: number, body: ProblemBody, retryAfter?: number) {
    super(body.detail ?? body.title ?? `HTTP ${status}`)
    this.name = 'Problem'
    this.status = status
    this.code = body.code ?? 'unknown'
    this.field = body.field
    this.current = body.current
    this.retryAfter = retryAfter
    const listed = (body.errors ?? []).map((error) => [error.field ?? '', error.detail ?? ''] as const)
    this.fields = Object.fromEntries([...listed, ...(body.field ? [[body.field, this.message] as const] : [])])
  }
}

/** Nobody answered: no network, or the server is down. */
export class Unreachable extends Error {
  constructor(cause: unknown) {
    super('unreachable', { cause })
    this.name = 'Unreachable'
  }
}

/** Reads any answer that is not 2xx as a Problem, whatever its body. */
export async function readProblem(answer: Response): Promise<Problem> {
  const retryAfter = Number(answer.headers.get('Retry-After')) || undefined
  try {
    return new Problem(answer.status, (await answer.json()) as ProblemBody, retryAfter)
  } catch {
    return new Problem(answer.status, {}, retryAfter)
  }
}
