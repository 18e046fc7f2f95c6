// The official OpenAI SDK. node openai.mjs SCENARIO BASE_URL KEY MODEL → one line of JSON.
import OpenAI from 'openai';
import { play } from './play.mjs';

const weather = {
  type: 'function',
  function: {
    name: 'get_weather',
    description: 'Weather of a city',
    parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
  },
};

await play((baseURL, apiKey, model) => {
  const client = new OpenAI({ baseURL, apiKey, maxRetries: 0 });
  const messages = [{ role: 'user', content: 'Hi there' }];

  return {
    async chat() {
      const { data, response } = await client.chat.completions.create({ model, messages }).withResponse();
      return {
        text: data.choices[0].message.content,
        finish: data.choices[0].finish_reason,
        input: data.usage.prompt_tokens,
        output: data.usage.completion_tokens,
        provider: response.headers.get('x-switchyard-provider'),
        vendor: data.x_vendor,
      };
    },

    async stream() {
      const stream = await client.chat.completions.create({ model, messages, stream: true, stream_options: { include_usage: true } });
      let [text, pieces, usage, finish] = ['', 0, null, null];
      for await (const chunk of stream) {
        const choice = chunk.choices[0];
        if (choice?.delta.content) [text, pieces] = [text + choice.delta.content, pieces + 1];
        finish = choice?.finish_reason ?? finish;
        usage = chunk.usage ?? usage;
      }
      return { text, pieces, finish, input: usage?.prompt_tokens, output: usage?.completion_tokens };
    },

    async streamWithoutUsage() {
      let usageSeen = false;
      let text = '';
      for await (const chunk of await client.chat.completions.create({ model, messages, stream: true })) {
        usageSeen ||= chunk.usage != null || chunk.choices.length === 0;
        text += chunk.choices[0]?.delta.content ?? '';
      }
      return { text, usageSeen };
    },

    async tools() {
      const asked = await client.chat.completions.create({ model, messages, tools: [weather] });
      const calls = asked.choices[0].message.tool_calls;
      const answered = await client.chat.completions.create({
        model,
        tools: [weather],
        messages: [
          ...messages,
          asked.choices[0].message,
          ...calls.map((call) => ({ role: 'tool', tool_call_id: call.id, content: 'sunny' })),
        ],
      });
      return {
        finish: asked.choices[0].finish_reason,
        names: calls.map((call) => call.function.name),
        cities: calls.map((call) => JSON.parse(call.function.arguments).city),
        text: answered.choices[0].message.content,
      };
    },

    async streamedTools() {
      const runner = client.chat.completions.stream({ model, messages, tools: [weather] });
      const { choices } = await runner.finalChatCompletion();
      return { finish: choices[0].finish_reason, calls: choices[0].message.tool_calls.map((call) => call.function.arguments) };
    },

    async embeddings() {
      const { data, usage } = await client.embeddings.create({ model, input: ['a', 'b'] });
      return { count: data.length, dimensions: data[0].embedding.length, first: data[0].embedding[0], input: usage.prompt_tokens };
    },

    async models() {
      const ids = [];
      for await (const { id } of client.models.list()) ids.push(id);
      return { ids };
    },

    async abort() {
      const leave = new AbortController();
      const stream = await client.chat.completions.create({ model, messages, stream: true }, { signal: leave.signal });
      let pieces = 0;
      for await (const chunk of stream) {
        if (chunk.choices[0]?.delta.content && ++pieces === 2) leave.abort();
      }
      return { pieces };
    },
  };
});
