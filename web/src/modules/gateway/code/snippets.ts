/** A chat call as it could be written elsewhere; the key is always `$KEY`. */
export interface ChatCall {
  model: string;
  messages: { role: string; content: string }[];
  stream?: boolean;
  temperature?: number;
  max_tokens?: number;
}

export const snippetLanguages = ['curl', 'python', 'javascript', 'csharp'] as const;
export type SnippetLanguage = (typeof snippetLanguages)[number];

export const snippetNames: Record<SnippetLanguage, string> = { curl: 'curl', python: 'Python', javascript: 'JavaScript', csharp: 'C#' };

export function chatCurl(model: string, prompt: string): string {
  return snippet('curl', { model, messages: [{ role: 'user', content: prompt }] });
}

/** The call in a client's language, against this server's own address. */
export function snippet(language: SnippetLanguage, call: ChatCall, base = location.origin): string {
  return { curl, python, javascript, csharp }[language](call, base);
}

function curl(call: ChatCall, base: string): string {
  const body = JSON.stringify(call, null, 2).replaceAll("'", "'\\''");
  return `curl ${base}/v1/chat/completions \\\n  -H "Authorization: Bearer $KEY" \\\n  -H "Content-Type: application/json" \\\n  -d '${body}'`;
}

function python(call: ChatCall, base: string): string {
  const { stream, ...rest } = call;
  const lines = Object.entries(rest).map(([name, value]) => `    ${name}=${pythonOf(value)},`);
  if (stream) lines.push('    stream=True,');
  const read = stream
    ? 'for chunk in answer:\n    print(chunk.choices[0].delta.content or "", end="") if chunk.choices else None'
    : 'print(answer.choices[0].message.content)';
  return `import os\nfrom openai import OpenAI\n\nclient = OpenAI(base_url="${base}/v1", api_key=os.environ["KEY"])\nanswer = client.chat.completions.create(\n${lines.join('\n')}\n)\n${read}`;
}

/** JSON is Python here: the values are only text, numbers and lists of them. */
function pythonOf(value: unknown): string {
  return JSON.stringify(value);
}

function javascript(call: ChatCall, base: string): string {
  const read = call.stream
    ? "for await (const chunk of answer) process.stdout.write(chunk.choices[0]?.delta?.content ?? '');"
    : 'console.log(answer.choices[0].message.content);';
  return `import OpenAI from 'openai';\n\nconst client = new OpenAI({ baseURL: '${base}/v1', apiKey: process.env.KEY });\nconst answer = await client.chat.completions.create(${JSON.stringify(call, null, 2)});\n${read}`;
}

function csharp(call: ChatCall, base: string): string {
  const kinds: Record<string, string> = { system: 'SystemChatMessage', assistant: 'AssistantChatMessage' };
  const messages = call.messages.map((m) => `    new ${kinds[m.role] ?? 'UserChatMessage'}(${JSON.stringify(m.content)}),`).join('\n');
  const options = [
    call.temperature === undefined ? '' : `    Temperature = ${call.temperature}f,`,
    call.max_tokens === undefined ? '' : `    MaxOutputTokenCount = ${call.max_tokens},`,
  ].filter(Boolean);
  const withOptions = options.length ? `, new ChatCompletionOptions\n{\n${options.join('\n')}\n}` : '';
  const read = call.stream
    ? `await foreach (var update in client.CompleteChatStreamingAsync(messages${withOptions}))\n    foreach (var part in update.ContentUpdate) Console.Write(part.Text);`
    : `var answer = await client.CompleteChatAsync(messages${withOptions});\nConsole.WriteLine(answer.Value.Content[0].Text);`;
  return `using System.ClientModel;\nusing OpenAI;\nusing OpenAI.Chat;\n\nvar client = new ChatClient(${JSON.stringify(call.model)}, new ApiKeyCredential(Environment.GetEnvironmentVariable("KEY")!),\n    new OpenAIClientOptions { Endpoint = new Uri("${base}/v1") });\nChatMessage[] messages =\n[\n${messages}\n];\n${read}`;
}
