/** Runs the scenario named on the command line and prints what it gave, or the error as the SDK understood it. */
export async function play(scenariosOf) {
  const [scenario, baseURL, key, model] = process.argv.slice(2);
  try {
    const result = await scenariosOf(baseURL, key, model)[scenario]();
    console.log(JSON.stringify({ result }));
  } catch (error) {
    console.log(JSON.stringify({
      error: {
        kind: error.constructor.name,
        status: error.status ?? null,
        type: error.type ?? error.error?.error?.type ?? null,
        code: error.code ?? null,
        message: String(error.message),
        requestId: error.requestID ?? error.request_id ?? null,
      },
    }));
  }
}
